"""Compare the schemas of requests and responses in two contracts."""

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

#: Prefix of references to schemas.
SCHEMAS = "#/components/schemas/"
#: Keywords that a rule covers.
_JUDGED = JUDGED | {"items", "properties", "required", "additionalProperties", "deprecated"}
_NO_TYPE = "client code that uses the type does not compile after the client is regenerated"


@dataclass(frozen=True)
class ShapeComparison:
    """Compares schemas in two contracts.

    Attributes:
        old: The released contract.
        new: The contract that replaces it.
    """

    old: Part
    new: Part

    def compare(self, old: Part, new: Part, place: Place) -> Iterator[Finding]:
        """Yield the differences between two schemas at *place*, including nested ones."""
        names = (_find_name(old), _find_name(new))
        before, after = resolve_part(self.old, old), resolve_part(self.new, new)
        # If the type was replaced, differences inside it are irrelevant.
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
        # Keywords such as `anyOf` can be equal although the components they refer to differ.
        for hidden in list_hidden(old, new, _JUDGED):
            yield from self.compare(hidden, hidden, place)

    def _find_swap(self, names: tuple[str, str], place: Place) -> Finding | None:
        was, now = names
        if not (was and now) or was == now or not self._is_known(was):
            return None
        message = f"it changed from the component {was} to the component {now}"
        return place.breaking(message, _NO_TYPE, f"Use {was} again.")

    def _compare_names(self, old: Part, names: tuple[str, str], place: Place) -> Iterator[Finding]:
        was, now = names
        # Generated clients have no class for a constant, so no class is renamed.
        if was == now or (not was and "const" in old):
            return
        if was and now:
            # The anchor reports a renamed component only once.
            yield replace(place, anchor=f"component {was}").breaking(
                f"the component {was} was renamed to {now}", _NO_TYPE, f"Name it {was} again."
            )
        elif was:
            message = f"it changed from the component {was} to an inline schema"
            yield place.breaking(message, _NO_TYPE, f"Use {was} again.")
        else:
            message = f"it changed from an inline schema to the component {now}"
            yield place.breaking(message, _NO_TYPE, "Use an inline schema again.")

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
                    "clients that read it fail",
                    "Restore it. You can mark it as `deprecated`.",
                )
        for name in [name for name in after if name not in before]:
            yield _judge_new_field(place.step(name), needed=name in new.get("required", ()))

    def _compare_openness(self, old: Part, new: Part, place: Place) -> Iterator[Finding]:
        before, after = (shape.get("additionalProperties") for shape in (old, new))
        if isinstance(before, dict) and isinstance(after, dict):
            yield from self.compare(before, after, place.step("*"))
        elif before != after and (before, after) == (None, True):
            yield place.addition("additional fields are now allowed (additionalProperties)")
        elif before != after:
            was, now = format_value(before), format_value(after)
            yield place.breaking(
                f"additionalProperties changed from {was} to {now}",
                "generated clients drop or reject fields that a later version adds",
                "Undo the change.",
            )


def _find_name(shape: Part) -> str:
    """Return the name of the component that *shape* refers to, or an empty string."""
    reference: str = shape.get("$ref", "")
    return reference.removeprefix(SCHEMAS)


def _judge_new_field(place: Place, *, needed: bool) -> Finding:
    """Return the finding for a new field. *needed*: whether the field is required."""
    if needed and place.direction is Direction.REQUEST:
        impact = "clients that do not send it get 400"
        return place.breaking("the field is new and required", impact, "Make it optional.")
    return place.addition("the field is new")


def _compare_need(name: str, shapes: tuple[Part, Part], place: Place) -> Iterator[Finding]:
    """Yield a finding if the field *name* became required or optional."""
    was, now = (name in shape.get("required", ()) for shape in shapes)
    if was == now:
        return
    if place.direction is Direction.REQUEST and was:
        yield place.addition("it is now optional")
    elif place.direction is Direction.REQUEST:
        impact = "clients that omit it get 400"
        yield place.breaking("it is now required", impact, "Make it optional again.")
    elif was:
        impact = "clients that do not check whether it exists fail"
        yield place.breaking("it is now optional", impact, "Make it required again.")
    else:
        impact = "the type in generated clients changes, and existing code does not compile"
        yield place.breaking(
            "it is now required", impact, "Keep it optional, even if it is always sent."
        )
