"""Strict field types: each accepts one notation and leaves the value plain JSON.

A day stays the string `2026-11-22` from the file to the bytes that are sent, so that a body never
needs a second type. Every type takes its description first, because all of them are documented.
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
#: Names the component of the OpenAPI document that a field is.
COMPONENT = "x-component"
_MAX_SHOWN_LENGTH = 100
#: What editors write for a flag.
_FLAGS = {
    **dict.fromkeys(("yes", "on", "true", "y"), "true"),
    **dict.fromkeys(("no", "off", "false", "n"), "false"),
}


def show(value: Any) -> str:
    """Return *value* as a message shows it: a long one is cut, so that the message stays one."""
    shown = repr(value)
    return shown if len(shown) <= _MAX_SHOWN_LENGTH else f"{shown[:_MAX_SHOWN_LENGTH]}..."


def title_of(name: str, field: fields.Field[Any]) -> str:
    """Return what people call the *field* called *name*, as the heading of a column."""
    title: str | None = getattr(field, "title", None)
    return title or ("ID" if name == "id" else name.replace("_", " ").capitalize())


class _Described(fields.Field[Any]):
    """A field with its description first; required unless it has a default or is derived.

    Attributes:
        title: What people call it, as the heading of a column; None: its name in words.
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
        """Return what *value* is ordered by: itself, unless a subclass knows better."""
        return value


class Text(_Described, fields.String):
    """A string that is not blank.

    Attributes:
        shape: What `check` asks of what an editor writes; a published value may differ.
    """

    shape: Shape | None = None

    def __init__(self, description: str, *, shape: Shape | None = None, **options: Any) -> None:
        super().__init__(description, **options)
        if shape is not None:
            self.shape = shape

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str):
            if type(value) is int:
                # Quotes would not help where the digits are not what this type wants.
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
        """Refuse a *value* that the subclass does not accept.

        Raises:
            ValidationError: *value* is not spelled as this type wants it.
        """


class Markdown(Text):
    """A text in CommonMark with tables and without raw HTML."""


class Patterned(Text):
    """A text of one pattern.

    Attributes:
        pattern: Its regular expression, as the document has it; the whole text is matched.
        expected: What a refused text is not, and what to write instead.
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
    """The authored name of a document."""

    pattern = ID_PATTERN
    expected = "an id; write lower-case letters and digits, in parts joined by single hyphens"


class Reference(Id):
    """The id of a document of another collection."""

    def __init__(self, collection: str, description: str, **options: Any) -> None:
        self.collection = collection
        super().__init__(description, **options)


class ReleaseId(Patterned):
    """The name of a release: its day and its place in that day."""

    pattern = RELEASE_PATTERN
    expected = "a release; write its day and its number in that day, for example 2026-11-22.01"

    def check(self, value: str) -> None:
        super().check(value)
        if not _is_day(value[:10]):
            raise ValidationError(f"{show(value)} is not {self.expected}.")


class Digest(Patterned):
    """A SHA-256 digest in hexadecimal, with the name of the algorithm before it."""

    pattern = DIGEST_PATTERN
    expected = "a digest; it is 'sha256:' and 64 hexadecimal digits"


class Day(Text):
    """A calendar day in UTC."""

    facets: ClassVar[Mapping[str, Any]] = {"format": "date"}

    def check(self, value: str) -> None:
        if not _is_day(value):
            raise ValidationError(f"{show(value)} is not a day; write YYYY-MM-DD, e.g. 2026-11-22.")


class Instant(Text):
    """A moment in UTC, whole seconds. Source: RFC 3339, section 5.6."""

    facets: ClassVar[Mapping[str, Any]] = {"format": "date-time"}

    def check(self, value: str) -> None:
        if not _is_instant(value):
            raise ValidationError(f"{show(value)} is not an instant; write YYYY-MM-DDThh:mm:ssZ.")


class Period(Patterned):
    """A length of time in days. Source: ISO 8601-1, section 5.5.2."""

    pattern = r"^P[1-9][0-9]{0,4}D$"
    expected = "a period in days; write P30D for thirty days"


class Uri(Patterned):
    """An absolute https address."""

    facets: ClassVar[Mapping[str, Any]] = {"format": "uri"}
    pattern = r'^https://[^\s<>"]+$'
    shape = staticmethod(judge_url)
    expected = "an address; write it in full, beginning with https://"


class WholeNumber(_Described, fields.Integer):
    """A JSON integer between its facets' bounds; not a string of digits, not `true`."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            meant = re.fullmatch(r"0*([0-9]{1,18})", value) if isinstance(value, str) else None
            repair = f"; write {meant[1]}" if meant else ""
            raise ValidationError(f"{show(value)} is not a whole number{repair}.")
        least, most = (self.metadata.get(bound) for bound in ("minimum", "maximum"))
        if (least is not None and value < least) or (most is not None and value > most):
            bounds = f"from {least} on" if most is None else f"from {least} to {most}"
            bounds = f"up to {most}" if least is None else bounds
            raise ValidationError(f"{show(value)} is not a whole number {bounds}.")
        return value


class Flag(_Described, fields.Boolean):
    """`true` or `false` and nothing that resembles them."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            meant = _FLAGS.get(value.lower()) if isinstance(value, str) else None
            repair = f"; write {meant}" if meant else ""
            raise ValidationError(f"{show(value)} is neither true nor false{repair}.")
        return value


class List(_Described, fields.List[Any]):
    """A list of one type, each value once."""

    def __init__(self, inner: fields.Field[Any], description: str, **options: Any) -> None:
        super().__init__(description, inner, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        if not isinstance(value, list):
            raise ValidationError(
                f"{show(value)} is not a list; write one value a line after '- '."
            )
        items = super()._deserialize(value, attr, data, **kwargs)
        # Compared by their text, so that a release of 20,000 changes takes linear time.
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
    """An object within an object; never null."""

    def __init__(self, nested: type[Schema], description: str, **options: Any) -> None:
        super().__init__(description, nested, **options)


class Anything(_Described, fields.Dict):
    """An object whose fields another schema defines, in a named shape."""

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
