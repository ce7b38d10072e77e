"""The index of the API."""

from marshmallow import Schema

from schemas.fields import Instant, List, Nested, ReleaseId, Text


class ResourceSchema(Schema):
    """A resource of the API."""

    name = Text("Name of the resource.", example="ip-ranges")
    title = Text("Display name.")
    description = Text("What the resource contains.")
    href = Text("URL path.", example="/v1/ip-ranges")


class IndexSiteSchema(Schema):
    """The service: name, publisher and language."""

    name = Text("Name of this service.", example="Admin guidance")
    organization = Text("Publisher of the content. Null if not stated.", allow_none=True)
    tagline = Text("One sentence about the service. Null if not stated.", allow_none=True)
    language = Text("Language of the content, as a BCP 47 tag.", example="en")
    notice = Text("Notice at the top of every page. Null if there is none.", allow_none=True)


class IndexSchema(Schema):
    """Available resources, and the release that was read."""

    site = Nested(IndexSiteSchema, "About this service. See `/v1/site` for details.")
    release = ReleaseId("Release that was read.")
    published_at = Instant("When that release was published.")
    resources = List(Nested(ResourceSchema, "A resource."), "Available resources.")
