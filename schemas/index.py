"""The front page of the API: what there is."""

from marshmallow import Schema

from schemas.fields import Instant, List, Nested, ReleaseId, Text


class ResourceSchema(Schema):
    """One thing that can be asked for."""

    name = Text("Name of the resource.", example="ip-ranges")
    title = Text("Display name.")
    description = Text("What the resource contains.")
    href = Text("URL path.", example="/v1/ip-ranges")


class IndexSchema(Schema):
    """What this service has, and as of which release."""

    title = Text("Title of the service.")
    release = ReleaseId("Release that was read.")
    published_at = Instant("When that release was published.")
    resources = List(Nested(ResourceSchema, "A resource."), "Available resources.")
