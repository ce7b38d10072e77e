"""Find faults in the declaration of a kind, without looking at other files."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from schemas.declarations.collection import Declaration, read_example
from schemas.document import FactPart
from schemas.kinds.kind import TYPES
from schemas.query import PAGE_PARAMETERS, READ_PARAMETERS

#: Path of a value in a declaration, and what is wrong with it.
Wrong = tuple[tuple[str | int, ...], str]

MAX_KINDS = 50
_MAX_LENGTHS = {"id": 40, "title": 60, "one": 60, "description": 300}
_MAX_COUNTS = {"fields": 60, "order": 5, "filters": 10, "unique": 10}
_MAX_CHOICES = 100
_MAX_NAME, _MAX_TEXT = 40, 300
#: URL paths of the service, and words that may become paths.
_RESERVED = """
about admin all answers api app assets cache changes client clients compare config contract cursor
declarations docs embed embeds errors events export facts feed feeds fields files format formats
frame frames health healthz help history home images index kind language languages latest limit
list login lookup mcp metrics name names new news oembed openapi page pages preview problem
problems query ready readyz release releases resources reviews revision revisions robots schema
schemas search service services signed sitemap source sources stale static status summary terms
test tests translations version versions webhooks well-known withdrawn
"""
RESERVED_NAMES = frozenset(_RESERVED.split())
_ITEMS = """
Answer AuthoredFields AwsIpRanges AwsIpv6Prefix AwsPrefix Cause Change ChangeAction ChangeList
CloudSupport Confidence ConnectionSupport ConnectionTypes DayPrecision DeadlineState FactLinks
FactUsed FaqLinks FaqStatus FaqSummary FirewallRule Freshness GetFaqFormat Impact IndexSite
Initiator IpFamily IpProtocol KindField KindFilter Language ListIpRangesFormat ListReleasesFormat
Lookup LookupList LookupRelation ParameterError PlainLinks Problem RangeStatus Release
ReleaseCounts ReleaseList ReleaseSummary Resource ReviewState Revision RevisionList ServiceIndex
SiteColors SiteContact SiteLicense SiteLink SiteLogo Source
"""
#: Names of components in the engine's contract.
RESERVED_ITEMS = frozenset(_ITEMS.split())
#: Fields that every document has, and names that derived fields use.
RESERVED_FIELDS = frozenset(
    {"id", "collection", "context", "derive", "selects", "shows", "sample", "revision"}
    | FactPart().fields.keys()
)
#: Names of fields that must be days, because the service uses them in computations.
_DAYS = frozenset({"effective_from", "effective_until", "happens_on"})
RESERVED_PARAMETERS = frozenset({*READ_PARAMETERS, *PAGE_PARAMETERS, "format", "collection"})
#: Types that lists cannot be filtered by.
_NOT_FILTERED = frozenset({"markdown", "number", "boolean"})
#: Settings that only one type has, with that type and the default value.
_OWNED: dict[str, tuple[str, Any]] = {
    "to": ("reference", None),
    "choices": ("choice", []),
} | dict.fromkeys(("min", "max"), ("number", None))


def find_faults(declaration: Declaration) -> Iterator[Wrong]:
    """Yield the faults of *declaration*, which must match its schema."""
    yield from _judge_sizes(declaration)
    yield from _judge_names(declaration)
    for place, field in enumerate(declaration["fields"]):
        for at, message in _judge_field(field):
            yield ("fields", place, *at), message
    yield from find_unreadable(declaration)


def find_unreadable(declaration: Declaration) -> Iterator[Wrong]:
    """Yield faults of *declaration* that keep its collection from being built or served.

    A release with such a fault cannot be read. All other faults are checked only by `check`,
    because reserved names may differ between versions.
    """
    known = {field["name"]: field for field in declaration["fields"]}
    for path, name in _list_named(declaration):
        if name not in known and name != "id":
            yield path, f"unknown field {name!r}; use one of {', '.join(known)}."
        elif path[0] in ("order", "unique") and name != "id" and known[name]["list"]:
            yield path, f"{name!r} is a list; use a field with a single value."
    for place, field in enumerate(declaration["fields"]):
        kind, at = field["type"], ("fields", place, "type")
        if kind not in TYPES:
            yield at, f"{kind!r} is not a type; write one of {', '.join(TYPES)}."
        if read_example(field) is None and field["example"] is not None:
            expected = "a whole number" if kind == "number" else "true or false"
            yield (*at[:2], "example"), f"{field['example']!r} is not {expected}; write one."
        if field["name"] == "data_center" and not _names_one_center(field):
            message = (
                "a field called 'data_center' must be a single reference to data-centers, because "
                "lists are filtered by it; write type: reference and to: data-centers, or choose "
                "another name."
            )
            yield at, message
        if field["name"] in _DAYS and (kind != "day" or field["list"]):
            yield at, f"a field called {field['name']!r} must be a single day; write type: day."
    yield from _judge_filters(declaration, known)


def _names_one_center(field: Mapping[str, Any]) -> bool:
    return field["type"] == "reference" and field["to"] == "data-centers" and not field["list"]


def _judge_sizes(declaration: Declaration) -> Iterator[Wrong]:
    for name, most in _MAX_LENGTHS.items():
        if len(declaration[name]) > most:
            yield (name,), _explain_length(declaration[name], most)
    for name, most in _MAX_COUNTS.items():
        if len(declaration[name]) > most:
            yield (name,), f"this has {len(declaration[name])} items; the maximum is {most}."
    if not declaration["fields"]:
        yield ("fields",), "a kind needs at least one field; write one after '- '."


def _explain_length(text: str, most: int) -> str:
    return f"this has {len(text)} characters; the maximum is {most}."


def _judge_names(declaration: Declaration) -> Iterator[Wrong]:
    name = declaration["id"]
    if name in RESERVED_NAMES or len(name) <= 2:  # noqa: PLR2004  A code of two letters names a language.
        yield ("id",), f"{name!r} is reserved for a path of the service; choose another name."
    if not re.match("[a-z]", name):
        yield ("id",), f"{name!r} starts with a digit; start with a letter."
    counts = Counter(field["name"] for field in declaration["fields"])
    seen: set[str] = set()
    for place, field in enumerate(declaration["fields"]):
        at = ("fields", place, "name")
        if field["name"] in RESERVED_FIELDS:
            yield at, f"{field['name']!r} is reserved for the service; choose another name."
        if counts[field["name"]] > 1 and field["name"] in seen:
            yield at, f"a field {field['name']!r} already exists; choose another name."
        seen.add(field["name"])


def _judge_field(field: Mapping[str, Any]) -> Iterator[Wrong]:
    kind = field["type"]
    for name, most in {"name": _MAX_NAME, "title": _MAX_NAME, "description": _MAX_TEXT}.items():
        if len(field[name] or "") > most:
            yield (name,), _explain_length(field[name], most)
    for name, (owner, absent) in _OWNED.items():
        if field[name] != absent and kind != owner:
            yield (name,), f"only a {owner} can have {name!r}; remove it."
    if kind == "reference" and field["to"] is None:
        yield (), "a reference needs a collection; add a line such as to: data-centers."
    if kind == "choice":
        yield from _judge_choices(field["choices"])
    if field["min"] is not None and field["max"] is not None and field["min"] > field["max"]:
        yield ("min",), f"{field['min']} is more than max, {field['max']}; swap them."


def _judge_choices(choices: list[str]) -> Iterator[Wrong]:
    if not choices:
        yield (), "a choice needs values; add a line such as choices: [low, high]."
    if len(choices) > _MAX_CHOICES:
        yield ("choices",), f"this has {len(choices)} items; the maximum is {_MAX_CHOICES}."
    for place, choice in enumerate(choices):
        if len(choice) > _MAX_NAME:
            yield ("choices", place), _explain_length(choice, _MAX_NAME)


def _list_named(declaration: Declaration) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield each field name in `filters`, `unique`, `order` and `copied`, with its path."""
    for place, listed in enumerate(declaration["filters"]):
        yield ("filters", place, "field"), listed["field"]
    groups = enumerate(declaration["unique"])
    yield from (
        (("unique", g, place), name) for g, names in groups for place, name in enumerate(names)
    )
    for word in ("order", "copied"):
        yield from (((word, place), name) for place, name in enumerate(declaration[word]))


def _judge_filters(
    declaration: Declaration, known: Mapping[str, Mapping[str, Any]]
) -> Iterator[Wrong]:
    parameters: set[str] = set()
    fields: set[str] = set()
    for place, listed in enumerate(declaration["filters"]):
        name, at = listed["parameter"] or listed["field"], ("filters", place)
        if name in RESERVED_PARAMETERS:
            message = (
                f"every list has a parameter {name!r}; choose another one with a line such as "
                f"parameter: by_{name}."
            )
            yield (*at, "parameter"), message
        if name in parameters or listed["field"] in fields:
            yield at, f"a filter for {name!r} already exists; remove this one."
        parameters.add(name)
        fields.add(listed["field"])
        field = known.get(listed["field"])
        if field is not None and field["type"] in _NOT_FILTERED:
            message = f"lists cannot be filtered by a {field['type']}; choose another field."
            yield (*at, "field"), message
