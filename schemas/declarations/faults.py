"""What is wrong with the declaration of a kind, looked at alone."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from schemas.declarations.collection import Declaration
from schemas.document import FactPart
from schemas.kinds.kind import TYPES
from schemas.query import PAGE_PARAMETERS, READ_PARAMETERS

#: The path of a value within a declaration, and what is wrong with it.
Wrong = tuple[tuple[str | int, ...], str]

MAX_KINDS = 50
_MAX_LENGTHS = {"id": 40, "title": 60, "one": 60, "description": 300}
_MAX_COUNTS = {"fields": 60, "order": 5, "filters": 10, "unique": 10}
_MAX_CHOICES = 100
_MAX_NAME, _MAX_TEXT = 40, 300
#: Paths of the service, and words that may become some.
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
#: Names of shapes in the contract of the service itself.
RESERVED_ITEMS = frozenset(_ITEMS.split())
#: Fields that every document has, or that other fields are worked out as.
RESERVED_FIELDS = frozenset(
    {"id", "collection", "context", "derive", "selects", "shows", "sample", "revision"}
    | FactPart().fields.keys()
)
#: Days that a field of this name has to be, because the service computes with it.
_DAYS = frozenset({"effective_from", "effective_until", "happens_on"})
RESERVED_PARAMETERS = frozenset({*READ_PARAMETERS, *PAGE_PARAMETERS, "format", "collection"})
#: Types whose values are no word that a query could name.
_NOT_FILTERED = frozenset({"markdown", "number", "boolean"})
#: The settings that belong to one type each, and what they are when they are not set.
_OWNED: dict[str, tuple[str, Any]] = {
    "to": ("reference", None),
    "choices": ("choice", []),
} | dict.fromkeys(("min", "max"), ("number", None))


def find_faults(declaration: Declaration) -> Iterator[Wrong]:
    """Yield what is wrong with *declaration*, whose shape is right."""
    yield from _judge_sizes(declaration)
    yield from _judge_names(declaration)
    for place, field in enumerate(declaration["fields"]):
        for at, message in _judge_field(field):
            yield ("fields", place, *at), message
    yield from find_unknown_fields(declaration)
    known = {field["name"]: field for field in declaration["fields"]}
    for path, name in _list_named(declaration):
        if path[0] in ("order", "unique") and name in known and known[name]["list"]:
            yield path, f"{name!r} is a list; name a field with one value."
    yield from _judge_filters(declaration, known)


def find_unknown_fields(declaration: Declaration) -> Iterator[Wrong]:
    """Yield where *declaration* names a field that it does not have.

    No collection can be built from it, so a release cannot be read that has it. Other faults are
    those of `check` alone: what is reserved may differ from version to version.
    """
    known = [field["name"] for field in declaration["fields"]]
    for path, name in _list_named(declaration):
        if name not in known and name != "id":
            yield path, f"there is no field {name!r}; the fields are {', '.join(known)}."


def _judge_sizes(declaration: Declaration) -> Iterator[Wrong]:
    for name, most in _MAX_LENGTHS.items():
        if len(declaration[name]) > most:
            yield (name,), f"this has {len(declaration[name])} characters; {most} are the most."
    for name, most in _MAX_COUNTS.items():
        if len(declaration[name]) > most:
            yield (name,), f"these are {len(declaration[name])}; {most} are the most."
    if not declaration["fields"]:
        yield ("fields",), "a kind has at least one field; write one after '- '."


def _judge_names(declaration: Declaration) -> Iterator[Wrong]:
    name = declaration["id"]
    if name in RESERVED_NAMES or len(name) <= 2:  # noqa: PLR2004  A code of two letters names a language.
        yield ("id",), f"{name!r} is reserved for a path of the service; choose another name."
    if not re.match("[a-z]", name):
        yield ("id",), f"{name!r} begins with a digit; begin with a letter."
    counts = Counter(field["name"] for field in declaration["fields"])
    seen: set[str] = set()
    for place, field in enumerate(declaration["fields"]):
        at = ("fields", place, "name")
        if field["name"] in RESERVED_FIELDS:
            yield at, f"{field['name']!r} is a name that the service uses itself; choose another."
        if counts[field["name"]] > 1 and field["name"] in seen:
            yield at, f"there is a field {field['name']!r} already; choose another name."
        seen.add(field["name"])


def _judge_field(field: Mapping[str, Any]) -> Iterator[Wrong]:
    kind = field["type"]
    if kind not in TYPES:
        yield ("type",), f"{kind!r} is not a type; write one of {', '.join(TYPES)}."
    for name, most in {"name": _MAX_NAME, "title": _MAX_NAME, "description": _MAX_TEXT}.items():
        if len(field[name] or "") > most:
            yield (name,), f"this has {len(field[name])} characters; {most} are the most."
    for name, (owner, absent) in _OWNED.items():
        if field[name] != absent and kind != owner:
            yield (name,), f"only a {owner} has {name!r}; leave it out."
    if kind == "reference" and field["to"] is None:
        yield (), "a reference names its collection; add a line such as to: data-centers."
    if kind == "choice":
        yield from _judge_choices(field["choices"])
    if field["min"] is not None and field["max"] is not None and field["min"] > field["max"]:
        yield ("min",), f"{field['min']} is more than max, {field['max']}; exchange them."
    if field["name"] in _DAYS and (kind != "day" or field["list"]):
        yield ("type",), f"a field called {field['name']!r} is one day; write type: day."


def _judge_choices(choices: list[str]) -> Iterator[Wrong]:
    if not choices:
        yield (), "a choice has values to choose from; add a line such as choices: [low, high]."
    if len(choices) > _MAX_CHOICES:
        yield ("choices",), f"these are {len(choices)}; {_MAX_CHOICES} are the most."
    for place, choice in enumerate(choices):
        if len(choice) > _MAX_NAME:
            message = f"this has {len(choice)} characters; {_MAX_NAME} are the most."
            yield ("choices", place), message


def _list_named(declaration: Declaration) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every field that something other than `fields` names, with its path."""
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
                f"every list has a parameter {name!r}; add a line such as parameter: by_{name}."
            )
            yield (*at, "parameter"), message
        if name in parameters or listed["field"] in fields:
            yield at, f"there is a filter for {name!r} already; leave this one out."
        parameters.add(name)
        fields.add(listed["field"])
        field = known.get(listed["field"])
        if field is not None and field["type"] in _NOT_FILTERED:
            message = f"a list cannot be filtered by a {field['type']}; choose another field."
            yield (*at, "field"), message
