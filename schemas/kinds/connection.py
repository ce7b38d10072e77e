"""A way to reach calendars: protocol, endpoint, versions and limits."""

from marshmallow import Schema

from schemas.fields import Id, List, Reference, Text, WholeNumber
from schemas.kinds.oauth_client import PROVIDERS
from schemas.shapes import judge_code, judge_endpoint
from schemas.words import OpenEnum


class ConnectionSchema(Schema):
    """A protocol by which calendars are reached."""

    id = Id("The name of this connection.", example="ews")
    name = Text("What people call it.")
    provider = OpenEnum(PROVIDERS, "Whose protocol it is.")
    protocol = Text("What is spoken above TCP.")
    endpoint_pattern = Text(
        "What the address of the server usually looks like; null: not known.",
        shape=judge_endpoint,
        allow_none=True,
    )
    port = WholeNumber(
        "The TCP port; null: not known.", allow_none=True, facets={"minimum": 1, "maximum": 65535}
    )
    versions = Text("Which versions of the server it works with; null: not known.", allow_none=True)
    clouds = List(Reference("clouds", "A cloud."), "Where it is used.")
    permissions = List(
        Reference("permissions", "A permission."), "What it asks for.", load_default=list
    )
    operations = List(
        Text("An operation.", shape=judge_code), "Operations it calls.", load_default=list
    )
    limits = Text("What it cannot do; null: nothing known.", allow_none=True)
