"""Ledgers at the level of stored JSON: whatever the schemas of a release accept, made up.

No editor wrote these documents and no check has seen them; only their digests are right.
"""

import json
from pathlib import Path

from hypothesis import strategies as st
from marshmallow import fields

from content.ledger.release import compute_digest
from schemas.collections import COLLECTIONS
from schemas.declarations.collection import build_collection
from schemas.declarations.faults import find_unreadable
from schemas.fields import Anything, Day, Flag, Id, Patterned, WholeNumber
from schemas.networks import Cidr
from schemas.words import OpenEnum

#: Few, so that documents meet: references hold, ids are aliases, and both are missing.
NAMES = ("uk", "de", "from-service", "google", "a", "b", "site")
_NAMES = st.sampled_from(NAMES)
_COLLECTIONS = st.sampled_from([*COLLECTIONS.names, "nothing"])
_DAYS = st.sampled_from(["2026-01-01", "2026-02-03", "2026-03-01", "2027-01-01", "9999-12-31"])
_CIDRS = st.sampled_from(
    [
        *("203.0.114.0/24", "203.0.114.0/25", "192.0.2.0/24", "10.0.0.0/8", "0.0.0.0/0"),
        *("2a00:100::/48", "::/0", "203.0.114.7/32", "2001:db8::/32"),
    ]
)
_MARKS = st.sampled_from(
    [
        *("{{ x }}", "{{", "}}", "{{ data-centers.uk.name }}", "{{ data-centers.uk.nothing }}"),
        *("{{ nothing.a.b }}", "{{ faqs.a.summary }}", "{{ data-centers.nothing.name }}"),
        *(
            "{{ dc.name }}",
            "{{ dc.nothing }}",
            '{{ application or "it" }}',
            "{{ clouds.a.sources }}",
        ),
        *("\n\n{{ with dc }}\n\n", "\n\n{{ without dc }}\n\n", "\n\n{{ end }}\n\n", "{{ end }}"),
        *("\n\n{{ table clouds: name }}\n\n", "\n\n{{ table nothing: a }}\n\n"),
        *("\n\n{{ table clouds: nothing; none = a }}\n\n", "\n\n{{ table faqs: markdown }}\n\n"),
        *("\n\n{{ table ip-ranges: cidr, ports, sources; data_center = uk }}\n\n", "\\{\\{ x }}"),
        *("\n", "- ", "1. ", "> ", "### ", "# ", "```\n", "`", "|", "\n| a |\n| --- |\n", "    "),
        *(
            "<b>",
            "[a](",
            ")",
            "![a](b)",
            "javascript:x",
            "&#0;",
            "\x00",
            "\x1b",
            "\u2028",
            "\u202e",
        ),
        *("\ufffe", "\U0001f600", "P1D", "\r", "</script>", "]]>", '"', "'"),
    ]
)
_PIECES = _MARKS | st.text(st.characters(exclude_categories=["Cs"]), max_size=3)
TEXTS = st.lists(_PIECES, min_size=1, max_size=6).map("".join).filter(str.strip)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=3,
)
_CITATIONS = st.fixed_dictionaries(
    {
        "collection": _COLLECTIONS,
        "id": st.none() | _NAMES,
        "fields": st.lists(st.sampled_from(["name", "sources", "nothing"]), unique=True),
        "where": st.dictionaries(st.sampled_from(["data_center", "support", "nothing"]), TEXTS),
    }
)


def _order_keys(value) -> str:
    """Return *value* as text, regardless of the order of its keys."""
    return json.dumps(value, sort_keys=True)


def _make_values(field: fields.Field) -> st.SearchStrategy:
    """Return what *field* accepts; a null where it may be one."""
    values = _make_set_values(field)
    return st.none() | values if field.allow_none else values


def _make_set_values(field: fields.Field) -> st.SearchStrategy:
    known = {Id: _NAMES, Day: _DAYS, Cidr: _CIDRS, Flag: st.booleans(), Anything: _JSON}
    for kind, values in known.items():
        if isinstance(field, kind):
            return values
    if isinstance(field, OpenEnum):
        return st.sampled_from(field.choices)
    if isinstance(field, Patterned):
        return st.from_regex(field.pattern.strip("^$"), fullmatch=True).filter(len)
    if isinstance(field, WholeNumber):
        return st.integers(field.metadata.get("minimum"), field.metadata.get("maximum", 2**70))
    if isinstance(field, fields.List):
        return st.lists(_make_values(field.inner), max_size=2, unique_by=_order_keys)
    if isinstance(field, fields.Nested):
        return st.fixed_dictionaries(_make_fields(field.schema.load_fields))
    return TEXTS


def _make_fields(known: dict[str, fields.Field]) -> dict[str, st.SearchStrategy]:
    return {name: _make_values(field) for name, field in known.items() if name != "id"}


_BODIES = {
    row.name: st.fixed_dictionaries(_make_fields(row.lenient.load_fields)) for row in COLLECTIONS
}


#: Names of kinds; and of fields, some of which Python, a schema or a view could take for its own.
_KINDS = st.sampled_from(["smtp-hosts", "items", "rate-limits"])
_FIELDS = st.sampled_from(
    [
        *("name", "title", "self", "items", "fields", "load", "format", "class", "get", "opts"),
        *("effective_from", "effective_until", "happens_on", "status", "default", "data_center"),
    ]
)
_TARGETS = st.sampled_from(["data-centers", "smtp-hosts", "items", "faqs", "kinds", "nothing"])
_KIND_FIELDS = _make_fields(
    COLLECTIONS["kinds"].lenient.load_fields["fields"].inner.schema.load_fields
)


def _order_bounds(bound: int | None) -> int:
    return 0 if bound is None else bound


@st.composite
def _make_declarations(draw):
    """What `check` could accept, and some that it does not."""
    names = draw(st.lists(_FIELDS, min_size=1, max_size=5, unique=True))
    named = st.lists(st.sampled_from([*names, "id"]), max_size=2, unique=True)
    fields = [{**draw(st.fixed_dictionaries(_KIND_FIELDS)), "name": name} for name in names]
    for each in fields:
        each |= {"to": draw(_TARGETS) if each["type"] == "reference" else None}
        least, most = sorted((each["min"], each["max"]), key=_order_bounds)
        each |= {"min": least, "max": most}
        if each["name"].startswith(("effective", "happens")):
            each |= {"type": "day", "list": False, "to": None}
        if each["name"] == "data_center":
            each |= {"type": "reference", "list": False, "to": "data-centers", "example": None}
        each |= {"choices": ["low", "high"] if each["type"] == "choice" else []}
    filters = [
        {
            "field": n,
            "parameter": draw(st.none() | _FIELDS),
            "multiple": draw(st.booleans()),
        }
        for n in draw(named)
    ]
    body = {name: draw(TEXTS) for name in ("title", "one", "description")}
    body |= {"fields": fields, "filters": filters, "order": draw(named), "copied": draw(named)}
    return body | {"unique": draw(st.lists(named, max_size=1)), "example": None}


@st.composite
def _make_kinds(draw, kinds: dict):
    """Changes of declared kinds, and of documents of those that there are then in *kinds*."""
    changes = []
    for name in draw(st.lists(_KINDS, max_size=2, unique=True)):
        if draw(st.integers(0, 3)):
            body = {"id": name, **draw(_make_declarations())}
            if not any(find_unreadable(body)):
                kinds[name] = body
                changes.append(("kinds", name, body))
        elif kinds.pop(name, None):
            changes.append(("kinds", name, None))
    for kind, body in kinds.items():
        fields = _make_fields(build_collection(body).lenient.load_fields)
        names = draw(st.lists(_NAMES, max_size=2, unique=True))
        changes += [(kind, n, {"id": n, **draw(st.fixed_dictionaries(fields))}) for n in names]
    return [
        {
            "collection": collection,
            "id": name,
            "body": body,
            "cites": [],
            "successor": None,
            "action": "put" if body else "delete",
            "reason": None,
        }
        for collection, name, body in changes
    ]


#: Kinds are made with their documents.
BUILT_IN = [name for name in COLLECTIONS.names if name != "kinds"]


@st.composite
def _make_changes(draw):
    pairs = st.tuples(st.sampled_from([*BUILT_IN, "faqs", "faqs", "nothing"]), _NAMES)
    changes = []
    for collection, name in draw(st.lists(pairs, max_size=8, unique=True)):
        change = {"collection": collection, "id": name, "reason": None, "successor": None}
        if draw(st.integers(0, 4)):
            body = draw(_BODIES.get(collection, _JSON.map(lambda value: {"value": value})))
            change |= {"action": "put", "body": {"id": name, **body}}
        else:
            successors = st.none() | st.tuples(_COLLECTIONS, _NAMES).map("/".join)
            change |= {"action": "delete", "body": None, "successor": draw(successors)}
            change |= {"reason": draw(st.none() | TEXTS)}
        change["cites"] = draw(st.lists(_CITATIONS, max_size=2, unique_by=_order_keys))
        changes.append(change)
    return changes


@st.composite
def stored_ledgers(draw):
    """One to three releases as JSON, in order."""
    ledger, previous, kinds = [], None, {}
    for number in range(1, draw(st.integers(1, 3)) + 1):
        stored = {
            "format": 1,
            "number": number,
            "release": f"2026-02-{number:02d}.01",
            "published_at": f"2026-02-{number:02d}T12:00:00Z",
            "summary": draw(TEXTS),
            "previous": previous,
            "changes": [*draw(_make_changes()), *draw(_make_kinds(kinds))],
        }
        stored["digest"] = previous = compute_digest(stored)
        ledger.append(stored)
    return ledger


def write_ledger(folder: Path, ledger: list[dict]) -> None:
    """Write the files of *ledger*."""
    folder.mkdir(parents=True)
    for stored in ledger:
        path = folder / f"{stored['number']:05d}.json"
        path.write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")
