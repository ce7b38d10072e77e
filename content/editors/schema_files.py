"""Build the JSON Schemas for source files, and the line in a file that names its schema."""

import json
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from content.documents import FAQS, KINDS, SITE
from content.editors.json_schema import DRAFT, Ids, Json, describe_object
from content.sources.drafts import WITHDRAWN, Sources, name_file
from content.sources.site_source import LOGO_NAMES
from schemas.collection import Collection
from schemas.kinds.site import PAGES
from schemas.withdrawal import WithdrawalSchema

#: The folder of the schemas in the content folder.
FOLDER = ".schemas"
_DEFAULTS = "Values for fields that an item does not have."


def build_schemas(sources: Sources) -> dict[str, str]:
    """Return the text of each schema, by file, with the current IDs of *sources*."""
    ids = {
        name: sorted(key.id for key in sources.attempted if key.collection == name)
        for name in sources.collections.names
    }
    schemas = {_name_schema(WITHDRAWN): _describe_withdrawals(sources)}
    for collection in sources.collections:
        schemas[_name_schema(name_file(collection.name, ""))] = _describe(collection, ids, sources)
    return {
        name: json.dumps({"$schema": DRAFT, **schema}, indent=1, ensure_ascii=False) + "\n"
        for name, schema in schemas.items()
    }


def build_line(file: str) -> str:
    """Return the comment that makes editors use the schema for the YAML file *file*."""
    above = "../" * (len(PurePosixPath(file).parts) - 1)
    return f"# yaml-language-server: $schema={above}{_name_schema(file)}"


def list_unmarked(texts: Mapping[str, str]) -> list[str]:
    """Return the names of the YAML files in *texts* that do not name a schema."""
    return [name for name, text in texts.items() if "# yaml-language-server: $schema=" not in text]


def _name_schema(file: str) -> str:
    """Return the file of the schema for *file*. All answers share one, and so do all kinds."""
    path = PurePosixPath(file)
    folder = path.parent.name
    shared = {FAQS: FAQS, KINDS: KINDS}.get(folder)
    return f"{FOLDER}/{shared or PurePosixPath(folder, path.stem)}.json"


def _describe(collection: Collection, ids: Ids, sources: Sources) -> Json:
    about = {"title": collection.title, "description": collection.description}
    strict = collection.strict
    if collection.name == FAQS:
        return about | describe_object(strict, ids, without=("markdown",))
    if collection.name == KINDS:
        return about | describe_object(strict, ids)
    if collection.name == SITE.collection:
        pages = [*PAGES, *(name for name in sources.collections.names if name not in PAGES)]
        replaced = {
            "logo": {"type": ["string", "null"], "enum": [*LOGO_NAMES, None]},
            "navigation": {"items": {"enum": pages}},
        }
        site = describe_object(strict, ids, without=("id",), replaced=replaced)
        for part in ("properties", "required", "additionalProperties"):
            site["properties"]["logo"].pop(part, None)
        return about | site
    return about | _describe_list(describe_object(strict, ids))


def _describe_withdrawals(sources: Sources) -> Json:
    names = {"collection": {"enum": list(sources.collections.names)}}
    entry = describe_object(WithdrawalSchema(), {}, replaced=names)
    return {"title": "Withdrawn documents"} | _describe_list(entry)


def _describe_list(item: Json) -> Json:
    """Return the schema for a file with a list of documents and their `defaults`."""
    needed: Iterable[str] = [name for name in item["required"] if name != "id"]
    properties: dict[str, Any] = item["properties"]
    shared = {name: value for name, value in properties.items() if name != "id"}
    defaults = {
        "description": _DEFAULTS,
        "type": "object",
        "properties": shared,
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {
            "defaults": defaults,
            "items": {"type": "array", "items": {**item, "required": ["id"]}},
        },
        "required": ["items"],
        "additionalProperties": False,
        "allOf": [_require(name) for name in needed],
    }


def _require(name: str) -> Json:
    """Return the rule that each item needs the field *name* if `defaults` lacks it."""
    given = {"properties": {"defaults": {"required": [name]}}, "required": ["defaults"]}
    return {"if": given, "else": {"properties": {"items": {"items": {"required": [name]}}}}}
