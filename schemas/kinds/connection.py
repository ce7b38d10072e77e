"""Schema of connections to clouds and servers: protocol, endpoint, versions and limits."""

from marshmallow import Schema

from schemas.fields import Id, List, Reference, Text, WholeNumber
from schemas.shapes import judge_code, judge_endpoint


class ConnectionSchema(Schema):
    """How the service connects to clouds and servers."""

    id = Id("ID of the connection.", example="ews")
    name = Text("Display name.", title="Connection")
    provider = Id("ID of the provider.", example="microsoft")
    protocol = Text("Protocol used. Null if unknown.", allow_none=True, load_default=None)
    endpoint_pattern = Text(
        "Usual form of the server's URL. Null if unknown.",
        title="Endpoint",
        shape=judge_endpoint,
        allow_none=True,
    )
    port = WholeNumber(
        "TCP port. Null if unknown.", allow_none=True, facets={"minimum": 1, "maximum": 65535}
    )
    versions = Text(
        "Supported server versions. Null if unknown.", title="Server versions", allow_none=True
    )
    clouds = List(
        Reference("clouds", "ID of one of the clouds."), "Clouds that use this connection."
    )
    permissions = List(
        Reference("permissions", "ID of one of the permissions."),
        "Permissions that the service requests, and rights that limit its access.",
        load_default=list,
    )
    operations = List(
        Text("One value.", shape=judge_code),
        "Operations that the service calls.",
        load_default=list,
    )
    limits = Text("Limitations. Null if none are known.", title="Limitations", allow_none=True)
