"""The Link header: the contract, other formats, the next page, versions, deprecation."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from openapi.info import ENDING_PART, TERMS_PATH
from schemas.formats import JSON, PAGE, Format

#: Returns the target of the current request with changed parameters. None removes one.
Writer = Callable[..., str]

#: The contract. Source: RFC 8631, section 4.1.
CONTRACT = f'</v1/openapi.json>; rel="service-desc"; type="{JSON.media_type}"'
#: The API reference. Source: RFC 8631, section 4.2.
_REFERENCE = f'</docs>; rel="service-doc"; type="{PAGE.media_type}"'
#: The API catalog. Source: RFC 9727, section 3.
API_CATALOG = '</.well-known/api-catalog>; rel="api-catalog"'
_TERMS = f'<{TERMS_PATH}#{ENDING_PART}>; rel="deprecation"; type="{PAGE.media_type}"'


def build_links(
    body: Mapping[str, Any],
    next_cursor: str | None,
    format_: Format,
    formats: Iterable[Format],
    build_target: Writer,
) -> str:
    """Return the Link header of a response in *format_* whose JSON body is *body*.

    Args:
        next_cursor: The cursor of the next page, or None.
        formats: All formats of the path.

    Source: RFC 8288; RFC 8631, section 4; RFC 9727, section 3; RFC 5829, sections 3.1 and 3.2.
    """
    same_format = None if format_ is JSON else format_.name
    links = [CONTRACT, *_list_alternates(format_, formats, build_target)]
    if "resources" in body:
        # Only in the index, to keep the responses that clients poll small.
        links += [_REFERENCE, API_CATALOG]
    if next_cursor:
        links.append(f'<{build_target(cursor=next_cursor, format=same_format)}>; rel="next"')
    if "links" in body:
        latest = build_target(release=None, on=None, format=same_format)
        links.append(f'<{latest}>; rel="latest-version"')
    if "revisions" in body.get("links", {}):
        links.append(f'<{body["links"]["revisions"]}>; rel="version-history"')
    return ", ".join(links)


def deprecation_links(successor: str | None, ids: Mapping[str, str]) -> str:
    """Return the links for a deprecated operation or document.

    Args:
        successor: The path to use instead, with placeholders, or None.
        ids: The IDs in the path of the request, by parameter.

    Source: RFC 9745, section 3; RFC 5829, section 3.4.
    """
    if successor is None:
        return _TERMS
    target = successor.format(**{name: quote(value, safe="") for name, value in ids.items()})
    return f'<{target}>; rel="successor-version", {_TERMS}'


def _list_alternates(
    format_: Format, formats: Iterable[Format], build_target: Writer
) -> Iterator[str]:
    for other in formats:
        if other is not format_ and other.announced:
            # Only plain lists support `aggregate`, and they are not announced.
            target = build_target(format=other.name, aggregate=None)
            yield f'<{target}>; rel="alternate"; type="{other.media_type}"'
