"""A way to connect to calendars: protocol, endpoint, versions and limits."""

from marshmallow import Schema

from schemas.fields import Id, List, Reference, Text, WholeNumber
from schemas.shapes import judge_code, judge_endpoint


class ConnectionSchema(Schema):
    """How the service connects to calendars."""

    id = Id("ID of the connection.", example="ews")
    name = Text("Display name.", title="Connection")
    provider = Id("ID of the calendar provider.", example="microsoft")
    protocol = Text("Protocol used. Null if unknown.", allow_none=True, load_default=None)
    endpoint_pattern = Text(
        "What the server's address usually looks like. Null if unknown.",
        title="Endpoint",
        shape=judge_endpoint,
        allow_none=True,
    )
    port = WholeNumber(
        "TCP port. Null if unknown.", allow_none=True, facets={"minimum": 1, "maximum": 65535}
    )
    versions = Text(
        "Server versions it works with. Null if unknown.", title="Server versions", allow_none=True
    )
    clouds = List(Reference("clouds", "One of the clouds, by its ID."), "Clouds it is used for.")
    permissions = List(
        Reference("permissions", "One of the permissions, by its ID."),
        "Permissions it requests.",
        load_default=list,
    )
    operations = List(
        Text("One value.", shape=judge_code), "Operations it calls.", load_default=list
    )
    limits = Text(
        "What it cannot do. Null if nothing is known.", title="Limitations", allow_none=True
    )
