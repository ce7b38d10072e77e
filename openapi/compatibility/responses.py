"""Compare the responses of an operation: statuses, headers, media types and schemas."""

from collections.abc import Iterator
from dataclasses import replace

from openapi.compatibility.finding import Finding, Place
from openapi.compatibility.parts import (
    Part,
    compare_deprecation,
    refuse_unknown,
    resolve_part,
)
from openapi.compatibility.shapes import ShapeComparison

_JUDGED_OF_RESPONSE = frozenset({"headers", "content"})
_JUDGED_OF_HEADER = frozenset({"schema", "deprecated"})


def compare_responses(
    shapes: ShapeComparison, old: Part, new: Part, at: Place
) -> Iterator[Finding]:
    """Yield the differences in the responses of the operation *at*."""
    before, after = old["responses"], new["responses"]
    for status, response in before.items():
        place = replace(at, at=f"{at.at}, {status}")
        if status in after:
            yield from _compare_response(
                shapes,
                resolve_part(shapes.old, response),
                resolve_part(shapes.new, after[status]),
                place,
            )
        else:
            yield replace(place, anchor=f"status {status}").breaking(
                "the status was removed",
                "clients that expect it no longer have a type for it",
                "Keep it in the contract, even if it is never sent.",
            )
    for status in [status for status in after if status not in before]:
        yield replace(at, at=f"{at.at}, {status}", anchor=f"status {status}").addition(
            "the status is new"
        )


def _compare_response(
    shapes: ShapeComparison, old: Part, new: Part, place: Place
) -> Iterator[Finding]:
    yield from _compare_headers(shapes, old, new, place)
    yield from refuse_unknown(old, new, _JUDGED_OF_RESPONSE, place)
    yield from _compare_content(shapes, old.get("content", {}), new.get("content", {}), place)


def _compare_content(
    shapes: ShapeComparison, before: Part, after: Part, place: Place
) -> Iterator[Finding]:
    for media_type, body in before.items():
        if media_type in after:
            inner = replace(place, at=f"{place.at}, {media_type}")
            inner = place if media_type == next(iter(before)) else inner
            yield from refuse_unknown(body, after[media_type], frozenset({"schema"}), inner)
            schemas = (body.get("schema", {}), after[media_type].get("schema", {}))
            yield from shapes.compare(*schemas, inner)
        else:
            yield place.breaking(
                f"the media type {media_type} was removed",
                "clients that request it get 406",
                "Keep it.",
            )
    for media_type in [media_type for media_type in after if media_type not in before]:
        yield place.addition(f"the media type {media_type} is new")
    yield from _compare_first(next(iter(before), None), next(iter(after), None), after, place)


def _compare_first(
    was: str | None, now: str | None, after: Part, place: Place
) -> Iterator[Finding]:
    if was != now and was in after:
        yield place.breaking(
            f"the first media type changed from {was} to {now}",
            "generated clients use the first one and would return text instead of objects",
            f"Move {was} to the first place.",
        )


def _compare_headers(
    shapes: ShapeComparison, old: Part, new: Part, place: Place
) -> Iterator[Finding]:
    before, after = old.get("headers", {}), new.get("headers", {})
    for name, header in before.items():
        within = _place_header(place, name)
        if name in after:
            was, now = resolve_part(shapes.old, header), resolve_part(shapes.new, after[name])
            yield from compare_deprecation(was, now, within)
            yield from refuse_unknown(was, now, _JUDGED_OF_HEADER, within)
            yield from shapes.compare(was.get("schema", {}), now.get("schema", {}), within)
        else:
            yield within.breaking(
                "the header was removed",
                "clients that read it fail",
                "Keep the header and send it.",
            )
    for name in [name for name in after if name not in before]:
        yield _place_header(place, name).addition("the header is new")


def _place_header(place: Place, name: str) -> Place:
    return replace(place, at=f"{place.at}, header {name}", anchor=f"header {name}")
