"""Build a collection from the declaration of a kind."""

import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from marshmallow import Schema, fields

from schemas.collection import Collection, Collections, Filter
from schemas.document import FactPart, build_document_schema
from schemas.fields import Day, Flag, Id, List, Markdown, Period, Reference, Text, Uri, WholeNumber
from schemas.networks import Cidr
from schemas.shapes import judge_host, judge_mail_address
from schemas.words import OpenEnum

#: Body of a document in the collection `kinds`.
Declaration = Mapping[str, Any]
#: Plural endings with their singular endings.
_PLURALS = (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"))
_KEPT_COLLECTIONS = 4096
_NUMBER = "-?[0-9]{1,18}"


def apply_kinds(collections: Collections, kinds: Mapping[str, Declaration | None]) -> Collections:
    """Return *collections* with changed declared kinds.

    Args:
        kinds: New declaration of each changed kind, by name. None if it was withdrawn.
    """
    declared = {c.name: c for c in collections if c.declaration is not None}
    for name, declaration in kinds.items():
        if declaration is None:
            declared.pop(name, None)
        else:
            declared[name] = build_collection(declaration)
    return Collections((*collections.built_in, *(declared[name] for name in sorted(declared))))


def build_collection(declaration: Declaration) -> Collection:
    """Return the collection that *declaration* describes.

    Returns the same object for equal declarations. *declaration* must be valid.
    """
    return _build_collection(json.dumps(declaration))


@lru_cache(maxsize=_KEPT_COLLECTIONS)
def _build_collection(text: str) -> Collection:
    kind = json.loads(text)
    name = kind["id"]
    return Collection(
        name=name,
        item=name_item(name),
        title=kind["title"],
        one=kind["one"],
        description=kind["description"],
        schema=build_document_schema(_build_schema(kind), FactPart),
        order=tuple(kind["order"]),
        filters=tuple(
            Filter(f["parameter"] or f["field"], f["field"], multiple=f["multiple"])
            for f in kind["filters"]
        ),
        unique=tuple(tuple(names) for names in kind["unique"]),
        configures=tuple(kind["copied"]),
        declaration=kind,
    )


def name_item(name: str) -> str:
    """Return the name of the component for one document of the collection *name*."""
    for plural, singular in _PLURALS:
        if name.endswith(plural):
            name = name.removesuffix(plural) + singular
            break
    else:
        name = re.sub("(?<![isu])s$", "", name)
    return "".join(word.capitalize() for word in name.split("-"))


def _build_schema(kind: Declaration) -> type[Schema]:
    members: dict[str, fields.Field[Any]] = {
        "id": Id(f"ID of the {kind['one']}.", example=kind["example"])
    }
    members |= {field["name"]: _build_field(field) for field in kind["fields"]}
    schema = Schema.from_dict(members, name=f"{name_item(kind['id'])}Schema")
    schema.__doc__ = kind["description"]
    return schema


def _build_field(field: Mapping[str, Any]) -> fields.Field[Any]:
    make = _choose_type(field)
    if field["list"]:
        to = field["to"]
        described = f"ID of one of the {to.replace('-', ' ')}." if to else "One value."
        empty = {} if field["required"] else {"load_default": list[Any]}
        inner = make(described, example=read_example(field))
        return List(inner, field["description"], title=field["title"], **empty)
    options = {"title": field["title"]} | ({} if field["required"] else {"load_default": None})
    return make(field["description"], example=read_example(field), **options)


def _choose_type(field: Mapping[str, Any]) -> Callable[..., fields.Field[Any]]:
    """Return a function that builds a field of this type from a description and options."""
    makers: dict[str, Callable[..., fields.Field[Any]]] = {
        "text": Text,
        "markdown": Markdown,
        "id": Id,
        "reference": lambda *args, **more: Reference(field["to"], *args, **more),
        "choice": lambda *args, **more: OpenEnum(tuple(field["choices"]), *args, **more),
        "number": lambda *args, **more: WholeNumber(*args, facets=_list_bounds(field), **more),
        "boolean": Flag,
        "day": Day,
        "period": Period,
        "url": Uri,
        "host": lambda *args, **more: Text(*args, shape=judge_host, **more),
        "email": lambda *args, **more: Text(*args, shape=judge_mail_address, **more),
        "cidr": Cidr,
    }
    return makers[field["type"]]


def _list_bounds(field: Mapping[str, Any]) -> dict[str, int]:
    bounds = {"minimum": field["min"], "maximum": field["max"]}
    return {word: value for word, value in bounds.items() if value is not None}


def read_example(field: Mapping[str, Any]) -> Any:
    """Return the example of *field* as a JSON value; None if it has none of its type."""
    example = field["example"]
    if field["type"] == "boolean":
        return {"true": True, "false": False}.get(example)
    if field["type"] == "number":
        return int(example) if re.fullmatch(_NUMBER, example or "") else None
    return example
