"""The header Link: the contract, other formats, the next page, other versions, deprecation."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from openapi.info import ENDING_PART, TERMS_PATH
from schemas.formats import JSON, PAGE, Format

#: Returns the target of the same request with other parameters; None leaves one out.
Writer = Callable[..., str]

#: The contract, for machines. Source: RFC 8631, section 4.1.
CONTRACT = f'</v1/openapi.json>; rel="service-desc"; type="{JSON.media_type}"'
#: The same for people. Source: RFC 8631, section 4.2.
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
    """Return the links of an answer with the JSON *body*, sent in *format_*.

    Args:
        next_cursor: The cursor of the next page; None: there is none.
        formats: Every format of its path.

    Source: RFC 8288; RFC 8631, section 4; RFC 9727, section 3; RFC 5829, sections 3.1 and 3.2.
    """
    same_format = None if format_ is JSON else format_.name
    links = [CONTRACT, *_list_alternates(format_, formats, build_target)]
    if "resources" in body:
        # Only the index, so that answers that are polled stay small.
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
    """Return the links of something deprecated.

    Args:
        successor: The path to use instead, with parameters; None: there is none.
        ids: The ids in the path of the request, by parameter.

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
            # Ranges are aggregated in plain lists only, which are not announced.
            target = build_target(format=other.name, aggregate=None)
            yield f'<{target}>; rel="alternate"; type="{other.media_type}"'
