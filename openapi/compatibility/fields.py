"""Rules on the fields of an object: which are new, and which are always there."""

from collections.abc import Iterator

from openapi.compatibility.finding import Direction, Finding, Place
from openapi.compatibility.parts import Part


def judge_new_field(place: Place, *, needed: bool) -> Finding:
    """Return what a field that was not there before does; *needed*: it is always there."""
    if needed and place.direction is Direction.REQUEST:
        impact = "clients that do not send it get 400"
        return place.breaking("the field is new and needed", impact, "Make it optional.")
    return place.addition("the field is new")


def compare_need(name: str, shapes: tuple[Part, Part], place: Place) -> Iterator[Finding]:
    """Yield that the field *name* of both *shapes* may be missing now, or may not any more."""
    was, now = (name in shape.get("required", ()) for shape in shapes)
    if was == now:
        return
    if place.direction is Direction.REQUEST and was:
        yield place.addition("it may be left out now")
    elif place.direction is Direction.REQUEST:
        impact = "clients that leave it out get 400"
        yield place.breaking("it is needed now", impact, "Make it optional again.")
    elif was:
        impact = "clients that read it without asking whether it is there fail"
        yield place.breaking("it may be missing now", impact, "Make it required again.")
    else:
        impact = "generated clients have another type there, which old code does not fit"
        yield place.breaking(
            "it is always there now", impact, "Leave it optional; it may always come."
        )
