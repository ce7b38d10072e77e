"""The pages of an answer: one for administrators, one for developers."""

from collections.abc import Iterable
from functools import partial

from marshmallow import Schema

from api.rendering.answers import Heading, anchor_headings, fit_tables, let_addresses_break
from api.site.differences import describe_change
from api.site.facts import group_facts, read_facts
from api.site.page import PINNED, Page, PageContext
from api.site.summaries import RANGES, build_summaries, is_about_ranges
from content.answers.answer import Answer, ReadContext
from content.answers.citations import contains_samples
from content.answers.facts import list_facts
from content.answers.faqs import asks_for_center, get_faq, get_faq_summary
from content.answers.topics import list_topics
from content.changes.revisions import list_revision_changes
from content.documents import DATA_CENTERS, FAQS, Body, Key
from content.formats.answer_html import link_to_pages, order_headings
from content.formats.answer_jsonld import build_jsonld
from content.formats.answer_texts import render_answer
from schemas.fields import Reference
from schemas.formats import HTML, JSON, JSONLD, MD, TXT
from schemas.query import optional

#: The formats of an answer in the API.
FORMATS = (JSON, HTML, MD, TXT, JSONLD)
#: The maximum numbers on a page. The API returns all of them.
_MAX_REVISIONS, _MAX_FACTS = 20, 50
#: The IDs in the template, which headings of the answer must not use.
_IDS = ("main", "dc", "on-this-page", "sources", "related", "said")
#: The minimum number of headings for a table of contents.
_MIN_LISTED = 3


def show_faq(context: ReadContext, faq_id: str, *, data_center: str | None = None) -> PageContext:
    """Return the page of an answer for a *data_center*.

    Raises:
        MovedDocumentError: the ID is an alias.
        WithdrawnDocumentError: the answer was withdrawn.
        UnknownDocumentError: the release has no such answer.
    """
    answer, values, parts = _read(context, faq_id, data_center)
    facts = read_facts(context, answer.body["facts_used"])
    related = _list_related(context, answer.body)
    center = values["data_center"]
    values |= {
        "groups": group_facts(context, answer.body["facts_used"], facts, center),
        "most": _MAX_FACTS,
        "sample": contains_samples(answer.body, (fact.body for fact in facts), center),
        "related": build_summaries(context, [other.body for other in related]),
        "ranges": _points_to_ranges(context, answer.body),
        "build_answer": partial(_build_answer, answer.body),
        "build_jsonld": partial(_build_jsonld, answer.body),
    }
    return PageContext(values, (answer, *parts, *facts, *related))


def show_data(context: ReadContext, faq_id: str, *, data_center: str | None = None) -> PageContext:
    """Return the developer page of an answer: history, formats and embed code.

    Raises:
        MovedDocumentError: the ID is an alias.
        WithdrawnDocumentError: the answer was withdrawn.
        UnknownDocumentError: the release has no such answer.
    """
    answer, values, parts = _read(context, faq_id, data_center)
    revisions = list_revision_changes(context, faq_id, limit=_MAX_REVISIONS)
    values |= {"formats": FORMATS, **_show_history(revisions.body)}
    return PageContext(values, (answer, *parts, revisions))


def _read(
    context: ReadContext, faq_id: str, data_center: str | None
) -> tuple[Answer, Body, Iterable[Answer]]:
    """Return an answer, the template values of its two pages, and what these come from."""
    answer = get_faq(context, faq_id, data_center=data_center)
    collections = _read_collections(context)
    values = {
        **_select_items(context, answer.body, collections),
        "faq": answer.body,
        "data_center": data_center and context.catalogue.resolve_alias(DATA_CENTERS, data_center),
        "formats": FORMATS,
    }
    return answer, values, collections.values()


def _build_answer(body: Body, query: str) -> tuple[str, list[Heading]]:
    """Return the HTML of an answer, with *query* in its links, and the headings to list."""
    ordered = order_headings(link_to_pages(body["answer"]["html"], query))
    html, headings = anchor_headings(fit_tables(let_addresses_break(ordered)), _IDS)
    sections = [heading for heading in headings if heading.level == 2]  # noqa: PLR2004  Only h2.
    return html, sections if len(sections) >= _MIN_LISTED else []


def _points_to_ranges(context: ReadContext, body: Body) -> bool:
    """Tell whether the page should link to the IP ranges because the text does not."""
    document = context.catalogue.find_document(Key(FAQS, body["id"]))
    linked = f'href="/{RANGES}' in link_to_pages(body["answer"]["html"], "")
    return document is not None and is_about_ranges(document) and not linked


def _build_jsonld(body: Body, address: str, public_url: str) -> str:
    """Return an answer as JSON-LD for the page whose canonical URL is *address*."""
    return build_jsonld(body, render_answer(body, public_url), address)


def _show_history(revisions: Body) -> Body:
    """Return the *revisions* to show, and how many older ones are left out."""
    items = revisions["items"]
    return {
        "revisions": [describe_change(item) for item in items],
        "older": revisions["count"] - len(items),
    }


def _read_collections(context: ReadContext) -> dict[str, Answer]:
    """Return the collections that an answer refers to."""
    facts = {name: list_facts(context, name) for name in (DATA_CENTERS, "clouds")}
    return facts | {"topics": list_topics(context)}


def _select_items(context: ReadContext, faq: Body, collections: dict[str, Answer]) -> Body:
    """Return the documents of other collections that an answer refers to."""
    return {
        "centers": collections[DATA_CENTERS].body["items"],
        "asks_for_center": asks_for_center(context, faq["id"]),
        "topics": _select(collections["topics"].body, faq["topics"]),
        "clouds": _select(collections["clouds"].body, faq["applies_to"]),
    }


def _select(body: Body, ids: list[str]) -> list[Body]:
    return [item for item in body["items"] if item["id"] in ids]


def _list_related(context: ReadContext, body: Body) -> list[Answer]:
    """Return the related answers, without withdrawn ones."""
    found = (context.catalogue.find_current(FAQS, name) for name in body["related"])
    return [get_faq_summary(context, other.key.id) for other in found if other is not None]


_QUERY = Schema.from_dict(
    {
        "data_center": optional(
            Reference, DATA_CENTERS, "Data center of the reader.", data_key="dc"
        ),
        **PINNED,
    },
    name="FaqPageSchema",
)
FAQ_PAGE = Page("/faqs/<id>", "faq.html", show_faq, _QUERY)
FAQ_DATA_PAGE = Page("/faqs/<id>/data", "faq_data.html", show_data, _QUERY)
