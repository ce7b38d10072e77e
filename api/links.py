"""The header Link: the contract, other forms, the next page, other versions."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from schemas.formats import JSON, Form

#: Writes the target of the same request with other parameters; None leaves one out.
Writer = Callable[..., str]

_CONTRACT = f'</v1/openapi.json>; rel="service-desc"; type="{JSON.media_type}"'


def write_links(
    body: Mapping[str, Any], form: Form, forms: Iterable[Form], write_target: Writer
) -> str:
    """Return what leads on from an answer with the JSON *body*, sent in *form*.

    Args:
        forms: Every form of its path.

    Source: RFC 8288; RFC 8631, section 4.1; RFC 5829, sections 3.1 and 3.2.
    """
    return ", ".join((_CONTRACT, *_list_links(body, form, forms, write_target)))


def _list_links(
    body: Mapping[str, Any], form: Form, forms: Iterable[Form], write_target: Writer
) -> Iterator[str]:
    for other in forms:
        if other is not form and other.announced:
            # What was put together for a plain list is told apart in every form that is announced.
            target = write_target(format=other.name, aggregate=None)
            yield f'<{target}>; rel="alternate"; type="{other.media_type}"'
    same_form = None if form is JSON else form.name
    if body.get("next_cursor"):
        yield f'<{write_target(cursor=body["next_cursor"], format=same_form)}>; rel="next"'
    if "links" in body:
        yield f'<{write_target(release=None, on=None, format=same_form)}>; rel="latest-version"'
    if "revisions" in body.get("links", {}):
        yield f'<{body["links"]["revisions"]}>; rel="version-history"'
