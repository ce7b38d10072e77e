"""The front page of the API: what there is."""

from marshmallow import Schema

from schemas.fields import Instant, List, Nested, ReleaseId, Text


class ResourceSchema(Schema):
    """One thing that can be asked for."""

    name = Text("Its name.", example="ip-ranges")
    title = Text("What people call it.")
    description = Text("What it holds.")
    href = Text("Its path.", example="/v1/ip-ranges")


class IndexSchema(Schema):
    """What this service has, and as of which release."""

    title = Text("What this service is.")
    release = ReleaseId("The release read.")
    published_at = Instant("When that was published.")
    resources = List(Nested(ResourceSchema, "A resource."), "Everything there is to ask for.")
