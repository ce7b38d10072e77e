"""Answers: `/v1/faqs`, a single answer, and its revisions."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint
from marshmallow import Schema
from marshmallow.fields import Field

from api.routing.endpoint import route
from api.v1.facts import build_tag
from content.answers.faqs import get_faq, list_faqs
from content.changes.revisions import list_revisions
from content.formats.answer_jsonld import render_jsonld
from content.formats.answer_texts import render_html, render_md, render_txt
from content.formats.rendering import Renderer
from openapi.operation import Component, Operation
from schemas.collections import COLLECTIONS
from schemas.fields import Id, Reference
from schemas.formats import HTML, JSON, JSONLD, MD, TXT
from schemas.kinds.faq import FAQ_STATUSES, SUMMARY_FIELDS
from schemas.listing import build_list_schema
from schemas.problem import UNKNOWN_DOCUMENT, WITHDRAWN
from schemas.query import DocumentPath, LanguageTag, ProductName, build_query, optional, repeated
from schemas.release import RevisionSchema
from schemas.words import Enum

_TAG = build_tag(COLLECTIONS["faqs"])
_FAQ = COLLECTIONS["faqs"].schema
_FORMATS = (JSON, HTML, MD, TXT, JSONLD)
_LANGUAGE = optional(
    LanguageTag,
    "Preferred language (BCP 47). Falls back to a less specific tag, then to the language of "
    "the site.",
    data_key="lang",
    example="en",
)
#: Parameters about the reader of an answer.
CONTEXT: Mapping[str, Field[Any]] = {
    "data_center": optional(
        Reference,
        "data-centers",
        "Data center of the reader. Its name, hosts and ranges are filled in.",
        data_key="dc",
        example="uk",
    ),
    "application": optional(
        ProductName,
        "Product name to use in the answer: at most 40 characters, none of them invisible. Names "
        "that look like a URL are rejected.",
        example="Acme",
    ),
    "language": _LANGUAGE,
}
_PATH = {"id": Id("Answer ID.", example="fixed-ip-addresses")}


def _build_summary_schema() -> type[Schema]:
    known = _FAQ().fields
    shape = {name: known[name] for name in SUMMARY_FIELDS}
    summary = Schema.from_dict(shape, name="FaqSummarySchema")
    summary.__doc__ = "Summary of an answer, without its text."
    return summary


LIST_FAQS = Operation(
    id="listFaqs",
    tag=_TAG,
    summary="List answers",
    description="Returns summaries in editorial order, one page at a time.",
    query=build_query(
        "ListFaqs",
        {
            "topics": repeated(
                Reference("topics", "Topic ID.", example="network"),
                "Filter by topic.",
                data_key="topic",
            ),
            "applies_to": repeated(
                Reference("clouds", "Cloud ID.", example="exchange-on-premises"),
                "Filter by cloud.",
            ),
            "status": repeated(Enum("FaqStatus", FAQ_STATUSES, "Status."), "Filter by status."),
            "cites": optional(
                DocumentPath,
                "Filter by a document whose values the answer shows.",
                example="connections/ews",
            ),
            "language": _LANGUAGE,
        },
        paged=True,
    ),
    response=Component("FaqList", build_list_schema(_build_summary_schema(), "Page of answers.")),
    example="/v1/faqs?limit=2",
)

GET_FAQ = Operation(
    id="getFaq",
    tag=_TAG,
    summary="Get one answer",
    description=(
        "Returns the answer in Markdown, HTML and plain text. If you give a data center or a "
        "product name, they are filled in. A former ID is redirected (308). A withdrawn answer "
        "returns 410."
    ),
    query=build_query(
        "GetFaq",
        CONTEXT,
        formats=_FORMATS,
    ),
    response=Component("Faq", _FAQ),
    formats=_FORMATS,
    problems=(UNKNOWN_DOCUMENT, WITHDRAWN),
    moves=True,
    path_parameters=_PATH,
    example="/v1/faqs/google-oauth-client-id?application=Acme",
)

LIST_REVISIONS = Operation(
    id="listFaqRevisions",
    tag=_TAG,
    summary="List the revisions of an answer",
    description=(
        "Returns the releases that changed the answer or a value it shows, newest first, one "
        "page at a time. Works for withdrawn answers too."
    ),
    query=build_query("ListFaqRevisions", paged=True),
    response=Component("RevisionList", build_list_schema(RevisionSchema, "Page of revisions.")),
    problems=(UNKNOWN_DOCUMENT,),
    moves=True,
    path_parameters={"id": Id("Answer ID.", example="exchange-connection")},
    example="/v1/faqs/exchange-connection/revisions",
)


def add_routes(blueprint: Blueprint) -> None:
    """Serve the answers."""
    renderers: dict[str, Renderer] = {
        HTML.name: render_html,
        MD.name: render_md,
        TXT.name: render_txt,
        JSONLD.name: render_jsonld,
    }
    route(blueprint, "/faqs", LIST_FAQS)(list_faqs)
    route(blueprint, "/faqs/<id>", GET_FAQ, renderers)(get_faq)
    route(blueprint, "/faqs/<id>/revisions", LIST_REVISIONS)(list_revisions)
