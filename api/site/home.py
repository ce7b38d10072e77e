"""The home page: search, topics, recent changes and review status."""

from marshmallow import Schema

from api.site.page import PINNED, Page, PageContext
from api.site.range_lists import find_network
from api.site.summaries import build_summaries, mark_releases
from content.answers.answer import ReadContext
from content.answers.facts import list_facts
from content.answers.freshness import summarize_freshness
from content.answers.search import search_faqs
from content.answers.topics import list_topics
from content.changes.releases import list_releases
from content.documents import DATA_CENTERS, Body
from schemas.fields import Reference, Text
from schemas.query import QueryNumber, optional

_MAX_LISTED = 50
_MAX_RELEASES = 4
_MAX_START = 1_000_000


def show_home(context: ReadContext, *, q: str | None, topic: str | None, start: int) -> PageContext:
    """Return the home page, filtered by the words *q* and a *topic*."""
    found = search_faqs(context, q or "", topic=topic, start=start, limit=_MAX_LISTED)
    topics = list_topics(context)
    centers = list_facts(context, DATA_CENTERS)
    releases = list_releases(context, limit=_MAX_RELEASES)
    freshness = summarize_freshness(context)
    after = start + len(found.body["items"])
    values = {
        "q": q or "",
        "network": find_network(q or ""),
        "topic": _find_topic(context, topics.body["items"], topic),
        "faqs": found.body,
        "summaries": build_summaries(context, found.body["items"]),
        "start": start,
        "next_start": after if after < found.body["count"] else None,
        "topics": topics.body["items"],
        "centers": centers.body["items"],
        "releases": mark_releases(context, releases.body["items"]),
        "freshness": freshness.body,
    }
    return PageContext(values, (found, topics, centers, releases, freshness))


def _find_topic(context: ReadContext, topics: list[Body], topic: str | None) -> Body | None:
    chosen = topic and context.catalogue.resolve_alias("topics", topic)
    return next((item for item in topics if item["id"] == chosen), None)


HOME_PAGE = Page(
    "/",
    "home.html",
    show_home,
    Schema.from_dict(
        {
            "q": optional(Text, "Search words."),
            "topic": optional(Reference, "topics", "Topic ID."),
            "start": QueryNumber(
                "Number of answers to skip.", least=0, most=_MAX_START, load_default=0
            ),
            **PINNED,
        },
        name="HomePageSchema",
    ),
)
