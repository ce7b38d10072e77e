"""The index of the API: all resources of a release."""

from content.answers.answer import Answer, ReadContext, build_answer
from content.answers.site import read_site
from content.documents import Body, pick

_SITE_FIELDS = ("name", "organization", "tagline", "language", "notice")
_OTHERS = (
    (
        "aws-ip-ranges",
        "IP ranges in AWS syntax",
        "For tools that read the ip-ranges.json file of AWS.",
        "/v1/ip-ranges/aws",
    ),
    (
        "lookup",
        "Address lookup",
        "Check whether an IP address is in a published range.",
        "/v1/ip-ranges/lookup",
    ),
    ("releases", "Releases", "All releases, newest first.", "/v1/releases"),
    ("changes", "Changes", "Changes between two releases.", "/v1/changes"),
    ("openapi", "OpenAPI document", "The OpenAPI document of this API.", "/v1/openapi.json"),
)


def get_index(context: ReadContext) -> Answer:
    """Return all resources: first the collections in their order, then the others."""
    release = context.catalogue.release
    collections = [
        (c.name, c.title, c.description, f"/v1/{c.name}") for c in context.catalogue.collections
    ]
    body: Body = {
        "site": pick(read_site(context.catalogue), _SITE_FIELDS),
        "release": release.id,
        "published_at": release.published_at,
        "resources": [
            {"name": name, "title": title, "description": description, "href": href}
            for name, title, description, href in (*collections, *_OTHERS)
        ],
    }
    return build_answer(context, body, release)
