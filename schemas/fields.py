"""Strict field types. Each one accepts a single notation and keeps the value as plain JSON.

For example, a day is the string `2026-11-22` in the source file, in the release and in the
response. The first argument of every type is its description.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, fields

from schemas.shapes import Shape, judge_url

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
RELEASE_PATTERN = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\.[0-9]{2,9}$"
DIGEST_PATTERN = r"^sha256:[0-9a-f]{64}$"
#: Key in a field's metadata: the name of its component in the contract.
COMPONENT = "x-component"
_MAX_SHOWN_LENGTH = 100
#: Words that editors may write by mistake for true and false.
_FLAGS = {
    **dict.fromkeys(("yes", "on", "true", "y"), "true"),
    **dict.fromkeys(("no", "off", "false", "n"), "false"),
}


def show(value: Any) -> str:
    """Return *value* for a message. Long values are truncated."""
    shown = repr(value)
    return shown if len(shown) <= _MAX_SHOWN_LENGTH else f"{shown[:_MAX_SHOWN_LENGTH]}..."


class _Described(fields.Field[Any]):
    """A field with a description. It is required unless it has a default or is derived.

    Attributes:
        title: Column heading. None if the heading is built from the field name.
    """

    facets: ClassVar[Mapping[str, Any]] = {}

    def __init__(
        self,
        description: str,
        *args: Any,
        example: Any = None,
        title: str | None = None,
        **options: Any,
    ) -> None:
        self.title = title
        facets = dict(self.facets) | dict(options.pop("facets", {}))
        if example is not None:
            facets["example"] = example
        optional = "load_default" in options or options.get("dump_only", False)
        options.setdefault("required", not optional)
        super().__init__(*args, metadata={"description": description, **facets}, **options)

    def sort_key(self, value: Any) -> Any:
        """Return the sort key of *value*: the value itself, unless a subclass overrides this."""
        return value


class Text(_Described, fields.String):
    """A string that is not blank.

    Attributes:
        shape: Extra check for text in source files. Published releases are not checked with it.
    """

    shape: Shape | None = None

    def __init__(self, description: str, *, shape: Shape | None = None, **options: Any) -> None:
        super().__init__(description, **options)
        if shape is not None:
            self.shape = shape

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str):
            if type(value) is int:
                # If the digits are wrong for this type, report that and do not suggest quotes.
                self.check(str(value))
            raise ValidationError(f"{show(value)} is not text; put it in quotes.")
        if not value.strip():
            other = (
                ", or leave the field out" * (not self.required) or ", or null" * self.allow_none
            )
            raise ValidationError(f"this is empty; write the text{other}.")
        self.check(value)
        return value

    def check(self, value: str) -> None:
        """Check the notation of *value*. Subclasses override this.

        Raises:
            ValidationError: *value* does not have the notation of this type.
        """


class Markdown(Text):
    """CommonMark text with tables and without raw HTML."""


class Patterned(Text):
    """Text that matches a pattern.

    Attributes:
        pattern: Regular expression, as shown in the contract. It must match the whole text.
        expected: End of the message "... is not ...": what was expected, and what to write.
    """

    pattern: ClassVar[str]
    expected: ClassVar[str]

    def __init__(self, description: str, **options: Any) -> None:
        facets = {"pattern": self.pattern} | dict(options.pop("facets", {}))
        super().__init__(description, facets=facets, **options)

    def check(self, value: str) -> None:
        if not re.fullmatch(self.pattern.strip("^$"), value):
            raise ValidationError(f"{show(value)} is not {self.expected}.")


class Id(Patterned):
    """The ID of a document."""

    pattern = ID_PATTERN
    expected = "an ID; use lowercase letters, digits and single hyphens"


class Reference(Id):
    """The ID of a document in another collection."""

    def __init__(self, collection: str, description: str, **options: Any) -> None:
        self.collection = collection
        super().__init__(description, **options)


class ReleaseId(Patterned):
    """The name of a release: its day and its number on that day."""

    pattern = RELEASE_PATTERN
    expected = "a release; write its day and its number in that day, for example 2026-11-22.01"

    def check(self, value: str) -> None:
        super().check(value)
        if not _is_day(value[:10]):
            raise ValidationError(f"{show(value)} is not {self.expected}.")


class Digest(Patterned):
    """A SHA-256 digest in hexadecimal, with the prefix `sha256:`."""

    pattern = DIGEST_PATTERN
    expected = "a digest; write 'sha256:' and 64 hexadecimal digits"


class Day(Text):
    """A calendar day in UTC."""

    facets: ClassVar[Mapping[str, Any]] = {"format": "date"}

    def check(self, value: str) -> None:
        if not _is_day(value):
            raise ValidationError(f"{show(value)} is not a day; write YYYY-MM-DD, e.g. 2026-11-22.")


class Instant(Text):
    """A date and time in UTC, in whole seconds. Source: RFC 3339, section 5.6."""

    facets: ClassVar[Mapping[str, Any]] = {"format": "date-time"}

    def check(self, value: str) -> None:
        if not _is_instant(value):
            raise ValidationError(
                f"{show(value)} is not a time in UTC; write YYYY-MM-DDThh:mm:ssZ."
            )


class Period(Patterned):
    """A duration in days. Source: ISO 8601-1, section 5.5.2."""

    pattern = r"^P[1-9][0-9]{0,4}D$"
    expected = "a period in days; write P30D for thirty days"


class Uri(Patterned):
    """An absolute `https` URL."""

    facets: ClassVar[Mapping[str, Any]] = {"format": "uri"}
    pattern = r'^https://[^\s<>"]+$'
    shape = staticmethod(judge_url)
    expected = "an address; write it in full, beginning with https://"


class WholeNumber(_Described, fields.Integer):
    """A JSON integer within its bounds. Digits in quotes and `true` are not accepted."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            meant = re.fullmatch(r"0*([0-9]{1,18})", value) if isinstance(value, str) else None
            repair = f"; write {meant[1]}" if meant else ""
            raise ValidationError(f"{show(value)} is not a whole number{repair}.")
        least, most = (self.metadata.get(bound) for bound in ("minimum", "maximum"))
        if (least is not None and value < least) or (most is not None and value > most):
            bounds = f"of {least} or more" if most is None else f"from {least} to {most}"
            bounds = f"of {most} or less" if least is None else bounds
            raise ValidationError(f"{show(value)} is not a whole number {bounds}.")
        return value


class Flag(_Described, fields.Boolean):
    """`true` or `false`, and no other notation."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            meant = _FLAGS.get(value.lower()) if isinstance(value, str) else None
            repair = f"; write {meant}" if meant else ""
            raise ValidationError(f"{show(value)} is neither true nor false{repair}.")
        return value


class List(_Described, fields.List[Any]):
    """A list of values of one type, without duplicates."""

    def __init__(self, inner: fields.Field[Any], description: str, **options: Any) -> None:
        super().__init__(description, inner, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        if not isinstance(value, list):
            raise ValidationError(
                f"{show(value)} is not a list; write one value a line after '- '."
            )
        items = super()._deserialize(value, attr, data, **kwargs)
        # Items are compared by `repr`, which takes linear time in a release of 20,000 changes.
        marks = [repr(item) for item in items]
        first = {mark: place for place, mark in reversed(list(enumerate(marks)))}
        messages = {
            place: [f"{show(items[place])} is listed twice; keep it once."]
            for place, mark in enumerate(marks)
            if first[mark] < place
        }
        if messages:
            raise ValidationError(messages)
        return items


class Nested(_Described, fields.Nested):
    """A nested object."""

    def __init__(self, nested: type[Schema], description: str, **options: Any) -> None:
        super().__init__(description, nested, **options)


class Anything(_Described, fields.Dict):
    """An object with arbitrary fields. It has a named component in the contract."""

    def __init__(self, name: str, description: str, **options: Any) -> None:
        facets = {"additionalProperties": True, COMPONENT: name}
        super().__init__(description, facets=facets, **options)


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_instant(value: str) -> bool:
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        return False
    return value == read.strftime("%Y-%m-%dT%H:%M:%SZ")
