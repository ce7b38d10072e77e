"""Answers: `/v1/faqs`, one of them, and its revisions."""

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
    "The language wanted, BCP 47; shortened from its end until there is one, then `en`.",
    data_key="lang",
    example="en",
)
#: Who reads an answer, and in which language.
CONTEXT: Mapping[str, Field[Any]] = {
    "data_center": optional(
        Reference,
        "data-centers",
        "The reader's data center: its name, hosts and ranges are filled in.",
        data_key="dc",
        example="uk",
    ),
    "application": optional(
        ProductName,
        "The partner's product, shown where the answer speaks of it: at most 40 letters "
        "of any script, digits, spaces and .,&'()+-; nothing that looks like an address.",
        example="Acme",
    ),
    "language": _LANGUAGE,
}
_PATH = {"id": Id("The id of the answer.", example="fixed-ip-addresses")}


def _build_summary_schema() -> type[Schema]:
    known = _FAQ().fields
    shape = {name: known[name] for name in SUMMARY_FIELDS}
    summary = Schema.from_dict(shape, name="FaqSummarySchema")
    summary.__doc__ = "An answer without its text."
    return summary


LIST_FAQS = Operation(
    id="listFaqs",
    tag=_TAG,
    summary="List answers",
    description="Summaries in authored order, a page at a time.",
    query=build_query(
        "ListFaqs",
        {
            "topics": repeated(
                Reference("topics", "A topic.", example="network"),
                "Only about one of these topics.",
                data_key="topic",
            ),
            "applies_to": repeated(
                Reference("clouds", "A cloud.", example="exchange-on-premises"),
                "Only about one of these clouds.",
            ),
            "status": repeated(
                Enum("FaqStatus", FAQ_STATUSES, "A status."), "Only of these statuses."
            ),
            "cites": optional(
                DocumentPath,
                "Only answers that show a value of this document.",
                example="connections/ews",
            ),
            "language": _LANGUAGE,
        },
        paged=True,
    ),
    response=Component("FaqList", build_list_schema(_build_summary_schema(), "A page of answers.")),
    example="/v1/faqs?limit=2",
)

GET_FAQ = Operation(
    id="getFaq",
    tag=_TAG,
    summary="Read one answer",
    description=(
        "The whole answer in Markdown, HTML and text, filled in for a partner's data center and "
        "product when they are given. A former id answers 308, a withdrawn one 410."
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
        "Every release that changed its text or a value it shows, the newest first, a page at a "
        "time; also of a withdrawn answer."
    ),
    query=build_query("ListFaqRevisions", paged=True),
    response=Component("RevisionList", build_list_schema(RevisionSchema, "A page of revisions.")),
    problems=(UNKNOWN_DOCUMENT,),
    moves=True,
    path_parameters={"id": Id("The id of the answer.", example="exchange-connection")},
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
