"""Compare the shape of what is sent in two documents, down to the last field."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from openapi.compatibility.finding import Direction, Finding, Place
from openapi.compatibility.parts import (
    Part,
    compare_deprecation,
    list_hidden,
    refuse_unknown,
    resolve_part,
)
from openapi.compatibility.words import JUDGED, compare_words, find_type_change, format_value

#: Where the components that describe a shape are.
SCHEMAS = "#/components/schemas/"
#: Words that a rule looks at.
_JUDGED = JUDGED | {"items", "properties", "required", "additionalProperties", "deprecated"}
_NO_TYPE = "clients that name the type no longer compile when they are generated anew"


@dataclass(frozen=True)
class ShapeComparison:
    """Compares schemas of two documents.

    Attributes:
        old: The document that was released.
        new: The document that is to be.
    """

    old: Part
    new: Part

    def compare(self, old: Part, new: Part, place: Place) -> Iterator[Finding]:
        """Yield what differs between two schemas and within them, as it is met at *place*."""
        names = (_find_name(old), _find_name(new))
        before, after = resolve_part(self.old, old), resolve_part(self.new, new)
        # Where something else has taken its place, what differs within does not matter.
        other = find_type_change(before, after, place) or self._find_swap(names, place)
        if other is not None:
            yield other
            return
        yield from self._compare_names(old, names, place)
        if all(names):
            if names in place.entered:
                return
            place = place.enter(*names)
        yield from compare_words(before, after, place)
        yield from compare_deprecation(before, after, place)
        yield from refuse_unknown(before, after, _JUDGED, place)
        yield from self._compare_within(before, after, place)

    def _compare_within(self, old: Part, new: Part, place: Place) -> Iterator[Finding]:
        yield from self._compare_items(old, new, place)
        yield from self._compare_properties(old, new, place)
        yield from self._compare_openness(old, new, place)
        # Equal words, such as `anyOf`, differ when what they refer to does.
        for hidden in list_hidden(old, new, _JUDGED):
            yield from self.compare(hidden, hidden, place)

    def _find_swap(self, names: tuple[str, str], place: Place) -> Finding | None:
        was, now = names
        if not (was and now) or was == now or not self._is_known(was):
            return None
        message = f"it was the component {was} and is the component {now}"
        return place.breaking(message, _NO_TYPE, f"Let it be {was} again.")

    def _compare_names(self, old: Part, names: tuple[str, str], place: Place) -> Iterator[Finding]:
        was, now = names
        # A constant has no class in generated clients that could get another name.
        if was == now or (not was and "const" in old):
            return
        if was and now:
            # A component is renamed once, wherever it is met.
            yield replace(place, anchor=f"component {was}").breaking(
                f"the component {was} is called {now} now", _NO_TYPE, f"Call it {was} again."
            )
        elif was:
            message = f"it was the component {was} and is written out"
            yield place.breaking(message, _NO_TYPE, f"Let it be {was} again.")
        else:
            message = f"it was written out and is the component {now}"
            yield place.breaking(message, _NO_TYPE, "Write it out again.")

    def _is_known(self, name: str) -> bool:
        return name in self.new["components"]["schemas"]

    def _compare_items(self, old: Part, new: Part, place: Place) -> Iterator[Finding]:
        if "items" in old or "items" in new:
            yield from self.compare(old.get("items", {}), new.get("items", {}), place.step("[]"))

    def _compare_properties(self, old: Part, new: Part, place: Place) -> Iterator[Finding]:
        before, after = old.get("properties", {}), new.get("properties", {})
        for name in before:
            if name in after:
                yield from self.compare(before[name], after[name], place.step(name))
                yield from _compare_need(name, (old, new), place.step(name))
            else:
                yield place.step(name).breaking(
                    "the field was removed",
                    "clients that read it find nothing",
                    "Put it back; it may say `deprecated`.",
                )
        for name in [name for name in after if name not in before]:
            yield _judge_new_field(place.step(name), needed=name in new.get("required", ()))

    def _compare_openness(self, old: Part, new: Part, place: Place) -> Iterator[Finding]:
        before, after = (shape.get("additionalProperties") for shape in (old, new))
        if isinstance(before, dict) and isinstance(after, dict):
            yield from self.compare(before, after, place.step("*"))
        elif before != after and (before, after) == (None, True):
            yield place.addition(
                "fields beyond the named ones are announced (additionalProperties)"
            )
        elif before != after:
            was, now = format_value(before), format_value(after)
            yield place.breaking(
                f"additionalProperties changed from {was} to {now}",
                "generated clients drop or refuse the fields that a later version adds",
                "Put it back.",
            )


def _find_name(shape: Part) -> str:
    """Return the name of the component that *shape* refers to; empty when it refers to none."""
    reference: str = shape.get("$ref", "")
    return reference.removeprefix(SCHEMAS)


def _judge_new_field(place: Place, *, needed: bool) -> Finding:
    """Return what a field that was not there before does; *needed*: it is always there."""
    if needed and place.direction is Direction.REQUEST:
        impact = "clients that do not send it get 400"
        return place.breaking("the field is new and needed", impact, "Make it optional.")
    return place.addition("the field is new")


def _compare_need(name: str, shapes: tuple[Part, Part], place: Place) -> Iterator[Finding]:
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
