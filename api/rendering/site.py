"""The site document, prepared for templates."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from content.answers.site import find_site_change, find_turn, has_documents, read_site
from content.formats.answer_html import order_headings
from content.ledger.catalogue import Catalogue
from content.text.markdown import render_markdown

#: Built-in pages by name: title, path and collection.
_PAGES: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "answers": ("Answers", "/", "faqs"),
        "ip-ranges": ("IP ranges", "/ip-ranges", "ip-ranges"),
        "clouds": ("Clouds", "/clouds", "clouds"),
        "changes": ("Changes", "/changes", ""),
    }
)
#: Pages that are listed even if they have no content.
_ALWAYS = ("answers", "changes")


@dataclass(frozen=True)
class SitePage:
    """A page that the navigation may list."""

    name: str
    title: str
    path: str


@dataclass(frozen=True)
class Site:
    """The service as templates see it.

    Attributes:
        name: The name of the service.
        organization: The publisher, or None.
        service: The service that connects to the reader's servers, or None.
        tagline: A description in one sentence, or None.
        audience: The readers, or None.
        language: The BCP 47 tag of the content.
        footer_links: `[{"title", "url"}]`.
        terms: The terms of the content as HTML, or None.
        license: `{"name", "url"}`, or None.
        contact: `{"title", "url"}`, or None.
        colors: `{"light", "dark"}`; None for the default colors.
        logo: `{"url", "media_type", "digest"}`, or None.
        navigation: The pages in the navigation, only those with content.
        pages: All pages with content.
        notice: The notice at the top of every page, or None.
        changed_at: When any of these last changed; empty before the first release.
    """

    name: str
    organization: str | None
    service: str | None
    tagline: str | None
    audience: str | None
    language: str
    footer_links: tuple[Mapping[str, str], ...]
    terms: str | None
    license: Mapping[str, str] | None
    contact: Mapping[str, str] | None
    colors: Mapping[str, str] | None
    logo: Mapping[str, str] | None
    navigation: tuple[SitePage, ...]
    pages: tuple[SitePage, ...]
    notice: str | None
    changed_at: str = ""

    @property
    def publisher(self) -> str:
        """The organization, or else the name of the service."""
        return self.organization or self.name

    @property
    def stylesheet(self) -> str | None:
        """The path of the style sheet with the colors, or None."""
        if self.colors is None:
            return None
        return f"/colors-{self.colors['light'][1:]}-{self.colors['dark'][1:]}.css"

    @property
    def picture(self) -> str | None:
        """The path of the preview image of links, or None."""
        logo = self.logo
        return logo["url"] if logo is not None and logo["media_type"] == "image/png" else None


def describe_site(catalogue: Catalogue | None) -> Site:
    """Return the site as of *catalogue*; pass None if there is no release yet."""
    if catalogue is None:
        return _build_site(read_site(None), [SitePage("answers", *_PAGES["answers"][:2])])
    return catalogue.get_or_build(("site view",), lambda: _describe(catalogue))


def _describe(catalogue: Catalogue) -> Site:
    body = read_site(catalogue)
    others = {
        name: (catalogue.collections[name].title, f"/{name}", name)
        for name in body["navigation"]
        if name in catalogue.collections and name not in _PAGES
    }
    listed = {**_PAGES, **others}
    pages = [
        SitePage(name, title, path)
        for name, (title, path, collection) in listed.items()
        if name in _ALWAYS or has_documents(catalogue, collection)
    ]
    turns = (find_turn(catalogue, c) for name, (_, _, c) in listed.items() if name not in _ALWAYS)
    newest = max(find_site_change(catalogue).number, *turns)
    return _build_site(body, pages, catalogue.get_release(newest).published_at)


def _build_site(body: Mapping[str, Any], pages: list[SitePage], changed_at: str = "") -> Site:
    fields = {name: value for name, value in body.items() if name != "id"}
    known = {page.name: page for page in pages}
    chosen = [known[name] for name in body["navigation"] if name in known]
    fields |= {
        "footer_links": tuple(body["footer_links"]),
        "terms": _render_terms(body["terms"]) if body["terms"] else None,
        "navigation": tuple(chosen or pages),
    }
    return Site(**fields, pages=tuple(pages), changed_at=changed_at)


def _render_terms(terms: str) -> str:
    """Return *terms* as HTML; they are a part of the section "Content" of their page."""
    return order_headings(render_markdown(terms)[0], top=3)
