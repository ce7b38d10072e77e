"""Render answers and errors for frames."""

from collections.abc import Mapping
from typing import Any

from api.rendering.answers import fit_tables, let_addresses_break
from api.rendering.site import Site, describe_site
from api.rendering.templates import render_template
from content.answers.answer import ReadContext
from content.answers.citations import contains_samples, list_facts_used
from content.documents import FAQS, Body, Key
from content.formats.answer_html import (
    link_to_pages,
    open_in_new_tab,
    order_headings,
)
from content.formats.rendering import Rendering


def render_frame(
    context: ReadContext, body: Body, *, pinned: bool, query: str, address: str
) -> Rendering:
    """Render the page of an answer.

    Args:
        body: The answer as the API returns it.
        pinned: Whether the request selects a release.
        query: The query, with its `?`, for links to other answers.
        address: The URL of the page's oEmbed description.
    """
    has_samples, changed_at = _find_samples(context, body)
    site = describe_site(context.catalogue)
    page = render_template(
        "framed_answer.html",
        site,
        title=body["question"],
        address=address,
        faq=body,
        page=f"/{FAQS}/{body['id']}{query}",
        answer=_adapt(body["answer"]["html"], query),
        sample=has_samples,
        pinned=context.catalogue.release if pinned else None,
    )
    return Rendering(page, changed_at=max(changed_at, site.changed_at))


def render_failure(problem: Mapping[str, Any], successor: str | None, site: Site) -> str:
    """Render the page of an error.

    Args:
        problem: The problem as the API returns it.
        successor: The path of the replacement, or None.
    """
    return render_template(
        "framed_failure.html",
        site,
        title=problem["title"],
        faults=[fault["detail"] for fault in problem["errors"]] or [problem["detail"]],
        successor=successor,
        type=problem["type"],
    )


def _find_samples(context: ReadContext, body: Body) -> tuple[bool, str]:
    """Return whether the answer uses sample data, and when that data last changed."""
    catalogue = context.catalogue
    document = catalogue.find_document(Key(FAQS, body["id"]))
    used = list_facts_used(catalogue, document) if document else []
    has_samples = contains_samples(body, (fact.body for fact in used))
    revisions = (catalogue.find_revision(fact.key).number for fact in used)
    return has_samples, max((catalogue.get_release(n).published_at for n in revisions), default="")


def _adapt(html: str, query: str) -> str:
    """Return the *html* of an answer, adapted to a frame."""
    linked = link_to_pages(html, query.removeprefix("?"), answers=f"/embed/{FAQS}")
    return fit_tables(let_addresses_break(open_in_new_tab(order_headings(linked))))
