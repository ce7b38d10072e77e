"""Query parameters: field types that parse strings, and the parameters that operations share."""

import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from unicodedata import category, normalize

from marshmallow import Schema, ValidationError, fields

from schemas.characters import find_invisible
from schemas.fields import Day, List, Patterned, ReleaseId, Text, WholeNumber, show
from schemas.formats import JSON, Format
from schemas.words import Enum

MAX_PAGE_ITEMS = 500
DEFAULT_PAGE_ITEMS = 100
MAX_LOOKUPS = 100
MAX_NAME_LENGTH = 40
#: Parts of a URL: a scheme, an `@`, or a host name followed by a path. A host name alone is
#: allowed, because many products are named like one.
_LEADS_ELSEWHERE = re.compile(
    r"[a-z][a-z0-9+.-]*:\S|//|@|(?:\w\.[^\W\d_][\w-]+\.?|(?:\d+\.){3}\d+)(?::\d*)?(?:[/\\]|[?#]\S)",
    re.IGNORECASE,
)
#: Characters that look like a slash, backslash, colon or dot and that NFKC does not replace.
_LOOK_ALIKES = str.maketrans(
    dict.fromkeys("\u2044\u2215\u2571\u27cb\u29f8", "/")
    | dict.fromkeys("\u2216\u2572\u29f5\u29f9", "\\")
    | dict.fromkeys("\u02d0\u02f8\u2236\ua789", ":")
    | {"\u3002": "."}
)


class QueryFlag(fields.Boolean):
    """A flag in a query string: `true` or `false`."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if value not in ("true", "false"):
            raise ValidationError(f"{show(value)} is neither true nor false.")
        return bool(value == "true")


class QueryNumber(WholeNumber):
    """A whole number in ASCII digits, within bounds."""

    def __init__(self, description: str, *, least: int, most: int, **options: Any) -> None:
        self.least, self.most = least, most
        facets = {"minimum": least, "maximum": most}
        super().__init__(description, facets=facets, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        digits = isinstance(value, str) and value.isascii() and value.isdigit()
        short = digits and len(value) <= len(str(self.most))
        if not short or not self.least <= int(value) <= self.most:
            message = f"{show(value)} is not a whole number from {self.least} to {self.most}."
            raise ValidationError(message)
        return int(value)


class LanguageTag(Patterned):
    """A language tag, in the syntax of RFC 5646 without grandfathered and private-use tags."""

    pattern = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,5}$"
    expected = "a language tag; write one such as en or de-AT"


class DocumentPath(Patterned):
    """A document, as `collection/id`."""

    pattern = r"^[a-z0-9-]+/[a-z0-9-]+$"
    expected = "a document; write collection/id, such as clouds/gcc-high"


class CollectionName(Text):
    """The name of a collection."""

    facets: ClassVar[Mapping[str, Any]] = {"minLength": 1}


class ProductName(Text):
    """The name of a partner's product. It is shown to readers and must not look like a link."""

    facets: ClassVar[Mapping[str, Any]] = {"minLength": 1, "maxLength": MAX_NAME_LENGTH}

    def check(self, value: str) -> None:
        """Reject invisible characters and text that looks like a URL."""
        for _, character in find_invisible(value):
            raise ValidationError(f"{show(value)} contains {character}; remove it.")
        if len(value) > MAX_NAME_LENGTH or value != value.strip():
            message = f"{show(value)} is not a product name; write at most {MAX_NAME_LENGTH}"
            raise ValidationError(f"{message} characters without spaces at the start or end.")
        # Combining marks are removed, because host names may contain them. NFKC replaces full-width
        # characters, because browsers read them as the ASCII ones.
        narrow = normalize("NFKC", value).translate(_LOOK_ALIKES)
        if found := _LEADS_ELSEWHERE.search("".join(c for c in narrow if category(c)[0] != "M")):
            message = f"{show(value)} looks like a URL because of {show(found[0])}"
            raise ValidationError(f"{message}; write only the name of the product.")


def optional(field: Callable[..., Text], *args: Any, **options: Any) -> Text:
    """Return an optional parameter that must not be repeated."""
    return field(*args, load_default=None, allow_none=False, **options)


class Repeated(List):
    """A parameter that may be repeated.

    Attributes:
        ordered: Whether the order of the values matters to the response. If not, they are a set.
    """

    def __init__(
        self, inner: Text, description: str, *, ordered: bool = False, **options: Any
    ) -> None:
        self.ordered = ordered
        super().__init__(inner, description, **options)


def repeated(inner: Text, description: str, **options: Any) -> Repeated:
    """Return an optional parameter that may be repeated and has values of the type *inner*."""
    return Repeated(inner, description, load_default=tuple, **options)


def optional_enum(
    description: str, names: tuple[str, ...], enum_name: str | None = None, **options: Any
) -> Enum:
    """Return an optional parameter with the allowed values *names*."""
    return Enum(enum_name or "", names, description, load_default=None, allow_none=False, **options)


#: Parameters of every operation: the release and the day to read.
READ_PARAMETERS: Mapping[str, fields.Field[Any]] = {
    "release": optional(
        ReleaseId, "Release to read. Default: the latest.", example="2026-11-23.06"
    ),
    "on": optional(
        Day,
        "Day for which statuses and review states are computed. Default: today in UTC or, if "
        "`release` is set, the day of that release.",
        example="2026-12-01",
    ),
}

#: Parameters of paged lists.
PAGE_PARAMETERS: Mapping[str, fields.Field[Any]] = {
    "limit": QueryNumber(
        "Maximum number of items to return.",
        least=1,
        most=MAX_PAGE_ITEMS,
        load_default=DEFAULT_PAGE_ITEMS,
    ),
    "cursor": optional(
        Text,
        "Value of `next_cursor` from the previous page. Send it with the same filters.",
        facets={"minLength": 1},
    ),
}


def list_parameters(schema: Schema) -> dict[str, fields.Field[Any]]:
    """Return the fields of *schema* by parameter name, in order."""
    return {field.data_key or name: field for name, field in schema.load_fields.items()}


def build_query(
    name: str,
    own: Mapping[str, fields.Field[Any]] | None = None,
    *,
    formats: tuple[Format, ...] = (JSON,),
    paged: bool = False,
) -> type[Schema]:
    """Return the query parameters of an operation: its *own*, then the shared ones.

    A parameter in *own* replaces a shared one with the same name.
    """
    mine = own or {}
    taken = {field.data_key or name for name, field in mine.items()}
    shared = {**(PAGE_PARAMETERS if paged else {}), **READ_PARAMETERS}
    others = {name: field for name, field in shared.items() if name not in taken}
    shape = {**mine, **others, "format_": build_format(name, formats)}
    return Schema.from_dict(shape, name=f"{name}QuerySchema")


def build_format(name: str, formats: tuple[Format, ...]) -> Enum:
    """Return the parameter `format`. *name* is the prefix of its component in the contract."""
    listed = "; ".join(f"{format_.name}: {format_.description.rstrip('.')}" for format_ in formats)
    description = f"Response format. Overrides the Accept header. {listed}."
    enum_name = f"{name}Format" if len(formats) > 1 else None
    return optional_enum(
        description, tuple(format_.name for format_ in formats), enum_name, data_key="format"
    )
