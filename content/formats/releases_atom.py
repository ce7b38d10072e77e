"""Releases as an Atom feed, with the changes of each release in its entry."""

from collections.abc import Callable, Iterable, Iterator
from uuid import UUID, uuid5

from content.answers.answer import ReadContext
from content.answers.site import read_site
from content.changes.comparison import Comparison
from content.changes.releases import continue_after
from content.documents import Body, Key
from content.formats.change_xhtml import escape_xml, render_change
from content.formats.rendering import Rendering
from content.ledger.catalogue import Catalogue

#: Maximum number of entries in a page, of changes in an entry, and (roughly) of characters in it.
MAX_ENTRIES, MAX_CHANGES, MAX_LETTERS = 20, 50, 100_000
#: Entry IDs are derived from digests, so that they are the same on every server, at any time.
_NAMESPACE = UUID("c64cfb22-5969-4dbc-8d98-83bd461c9598")
#: The pages of the site with the same content.
_LOG, _RELEASES = "/changes", "/releases"
_TYPE = ' type="application/atom+xml"'


def render_atom(
    context: ReadContext,
    body: Body,
    *,
    public_url: str,
    build_target: Callable[..., str],
    cursor: str | None,
    in_force_on: str | None,
) -> Rendering:
    """Return a page of the feed with at most 20 entries, newest first.

    Args:
        public_url: The base URL for links.
        build_target: Returns the path and query string of this request with changed parameters.
        cursor: The cursor of this page. None for the first page.
        in_force_on: List only the release in force on this day.

    Source: RFC 4287; RFC 5005, section 3, for the links between pages.
    """
    shown = body["items"][:MAX_ENTRIES]
    following = body["next_cursor"]
    if len(shown) < len(body["items"]):
        following = continue_after(body, shown[-1]["release"], in_force_on)
    pages = {"self": build_target(format="atom")}
    if cursor:
        pages["first"] = build_target(format="atom", cursor=None)
    if following:
        pages["next"] = build_target(format="atom", cursor=following)
    links = [_link("alternate", public_url + _LOG)]
    links += [_link(rel, public_url + to, _TYPE) for rel, to in pages.items()]
    entries = "".join(_render_entry(context, item, public_url) for item in shown)
    text = _head(context, body) + "".join(links) + entries + "</feed>\n"
    return Rendering(text, next_cursor=following)


def _head(context: ReadContext, body: Body) -> str:
    archive = context.catalogue.archive
    site = read_site(context.catalogue)
    newest = archive.get_catalogue(body["release"]).release
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="'
        f'{escape_xml(site["language"])}">\n'
        f"<id>{_name(f'feed {archive.history.releases[0].digest}')}</id>\n"
        f"<title>{escape_xml(site['name'])}: releases and their changes</title>\n"
        f"<updated>{newest.published_at}</updated>\n"
        f"<author><name>{escape_xml(site['organization'] or site['name'])}</name></author>\n"
    )


def _render_entry(context: ReadContext, item: Body, public_url: str) -> str:
    address = f"{public_url}{_RELEASES}/{item['release']}"
    title = escape_xml(f"{item['release']}: {item['summary']}")
    catalogue = context.catalogue.archive.get_catalogue(item["release"])
    return (
        "<entry>\n"
        f"<id>{_name(item['digest'])}</id>\n"
        f"<title>{title}</title>\n"
        f"<published>{item['published_at']}</published>\n"
        f"<updated>{item['published_at']}</updated>\n"
        f"{_link('alternate', address)}"
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">\n'
        f"{_render_content(catalogue, item, address)}</div></content>\n</entry>\n"
    )


def _render_content(catalogue: Catalogue, item: Body, address: str) -> str:
    """Return the changes. Those with fields that administrators copy come first."""
    counts = item["counts"]
    text = f"{counts['added']} added, {counts['changed']} changed, {counts['removed']} removed."
    comparison = Comparison(catalogue.archive.get_numbered(catalogue.number - 1), catalogue)
    changed = comparison.list_changed()
    keys = sorted(changed, key=lambda key: _is_read(catalogue, key))[:MAX_CHANGES]
    changes = [comparison.describe(found) for found in comparison.list_differences(keys)]
    collections = catalogue.known_collections
    texts = (render_change(c, collections[c["collection"]].configures) for c in changes)
    shown = list(_cut(texts))
    left = len(changed) - len(keys) + len(changes) - len(shown)
    listed = f"<ul>\n{''.join(shown)}</ul>\n" if shown else ""
    more = f'<p>{left} more: <a href="{escape_xml(address)}">see all changes</a>.</p>\n'
    return f"<p>{text}</p>\n{listed}{more if left else ''}"


def _cut(texts: Iterable[str]) -> Iterator[str]:
    """Yield *texts* until they have MAX_LETTERS characters in total."""
    letters = 0
    for text in texts:
        if letters >= MAX_LETTERS:
            return
        letters += len(text)
        yield text


def _is_read(catalogue: Catalogue, key: Key) -> bool:
    """Return whether administrators copy no field of *key*, so that its impact is `read`."""
    return not catalogue.known_collections[key.collection].configures


def _name(text: str) -> str:
    return f"urn:uuid:{uuid5(_NAMESPACE, text)}"


def _link(rel: str, href: str, more: str = "") -> str:
    """Return a link. An alternate has no type, or feed readers would not open it as a page."""
    return f'<link rel="{rel}"{more} href="{escape_xml(href)}"/>\n'
