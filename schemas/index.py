"""The front page of the API: what there is."""

from marshmallow import Schema

from schemas.fields import Instant, List, Nested, ReleaseId, Text


class ResourceSchema(Schema):
    """One thing that can be asked for."""

    name = Text("Name of the resource.", example="ip-ranges")
    title = Text("Display name.")
    description = Text("What the resource contains.")
    href = Text("URL path.", example="/v1/ip-ranges")


class IndexSiteSchema(Schema):
    """The service, in short."""

    name = Text("Name of this service.", example="Admin guidance")
    organization = Text("Who publishes it. Null if not stated.", allow_none=True)
    tagline = Text("What it is, in one sentence. Null if not stated.", allow_none=True)
    language = Text("Language of the content, as a BCP 47 tag.", example="en")
    notice = Text("Notice at the top of every page. Null if there is none.", allow_none=True)


class IndexSchema(Schema):
    """What this service has, and as of which release."""

    site = Nested(IndexSiteSchema, "This service. `/v1/site` has more.")
    release = ReleaseId("Release that was read.")
    published_at = Instant("When that release was published.")
    resources = List(Nested(ResourceSchema, "A resource."), "Available resources.")
