"""The law of declared kinds: code and data that say the same give the same service."""

import json
import re
from pathlib import Path

import pytest

from api.app import create_app
from api.routing.collections import list_operations
from api.settings import Settings
from openapi.builder import build_document
from openapi.document import read_document
from openapi.info import build_info
from schemas.collection import Collection, Collections
from schemas.collections import COLLECTIONS
from schemas.declarations.collection import build_collection
from schemas.declarations.faults import RESERVED_ITEMS, RESERVED_NAMES, find_faults
from schemas.document import FactPart
from schemas.fields import ID_PATTERN, List

RELEASES = Path(__file__).parents[3] / "content" / "releases"
ID = {"type": "id"}
HOST = {"type": "host"}
OPTIONAL = {"required": False}
NULLABLE = {"type": "text", **OPTIONAL}
PERMISSIONS = {"type": "reference", "to": "permissions", "list": True, **OPTIONAL}
PORT = {"type": "number", "min": 1, "max": 65535, **OPTIONAL}
KINDS = ("scope", "delegated", "application", "role", "access_right", "policy")
#: What is more than a required text, by kind and field. The words are those of the built-in kinds.
DECLARED = {
    "data-centers": {
        **dict.fromkeys(("api_host", "app_host"), HOST),
        "sdk_identifier": NULLABLE,
        "invite_address": {"type": "email", **OPTIONAL},
        "default": {"type": "boolean"},
    },
    "oauth-clients": {
        "provider": ID,
        "marketplace_url": {"type": "url", **OPTIONAL},
        "permissions": PERMISSIONS,
    },
    "connections": {
        "provider": ID,
        **dict.fromkeys(("protocol", "endpoint_pattern", "versions", "limits"), NULLABLE),
        "port": PORT,
        "clouds": {"type": "reference", "to": "clouds", "list": True},
        "permissions": PERMISSIONS,
        "operations": {"type": "text", "list": True, **OPTIONAL},
    },
    "permissions": {
        "provider": ID,
        "kind": {"type": "choice", "choices": list(KINDS)},
        **dict.fromkeys(("asked_by", "reason", "narrower_note"), NULLABLE),
        "narrower": PERMISSIONS,
    },
    "data-retention": {"period": {"type": "period"}},
}


def declare(collection: Collection) -> Collection:
    """Return *collection* as its declaration makes it, with the words of the built-in one."""
    schema = COLLECTIONS["kinds"].strict
    shared = FactPart().fields
    fields = []
    for name in collection.authored:
        if name == "id" or name in shared:
            continue
        field = collection.strict.fields[name]
        inner = field.inner if isinstance(field, List) else field
        words = {
            "description": field.metadata["description"],
            "title": field.title,
            "example": inner.metadata.get("example"),
        }
        more = DECLARED[collection.name].get(name, {})
        fields.append({"name": name, "type": "text", "required": True, **words, **more})
    kind = schema.load(
        {
            "id": collection.name,
            "title": collection.title,
            "one": collection.one,
            "description": collection.description,
            "fields": fields,
            "example": collection.strict.fields["id"].metadata["example"],
            "order": list(collection.order),
            "filters": [
                {"field": f.field, "parameter": f.parameter, "multiple": f.multiple}
                for f in collection.filters
            ],
            "unique": [list(names) for names in collection.unique],
            "copied": list(collection.configures),
        }
    )
    assert [wrong for wrong in find_faults(kind) if wrong[0] != ("id",)] == []
    return build_collection(kind)


TABLE = Collections(declare(c) if c.name in DECLARED else c for c in COLLECTIONS)


@pytest.fixture(scope="module")
def apps():
    """The service over the shipped releases, with five kinds built in and with them declared."""
    apps = [create_app(Settings(ledger=RELEASES), table) for table in (COLLECTIONS, TABLE)]
    for app in apps:
        app.extensions["faqts"].follower.refresh()
    return apps


def test_no_kind_can_take_a_path_or_a_shape_of_the_service(apps):
    """What is no collection and is not reserved would be hidden by a kind of that name."""
    rules = [rule.rule.split("/") for rule in apps[0].url_map.iter_rules()]
    paths = {parts[1] for parts in rules} | {
        parts[2] for parts in rules if parts[1] == "v1" and parts[2:]
    }
    document = json.loads(read_document())
    known = {name for c in COLLECTIONS for name in (c.item, f"{c.item}List")}

    taken = {path for path in paths if re.fullmatch(ID_PATTERN, path) and len(path) > 2}
    assert taken - set(COLLECTIONS.names) <= RESERVED_NAMES
    assert document["components"]["schemas"].keys() - known <= RESERVED_ITEMS


@pytest.mark.parametrize("name", DECLARED)
def test_a_declared_kind_is_the_built_in_one(name):
    declared, built_in = TABLE[name], COLLECTIONS[name]

    assert declared.item == built_in.item
    assert (declared.authored, declared.served) == (built_in.authored, built_in.served)
    assert (declared.references, declared.filters) == (built_in.references, built_in.filters)


def test_a_declared_kind_gives_the_same_contract(apps):
    built_in, declared = (
        build_document(list(list_operations(app, table)), {}, build_info())
        for app, table in zip(apps, (COLLECTIONS, TABLE), strict=True)
    )

    for name, component in built_in["components"]["schemas"].items():
        assert declared["components"]["schemas"][name] == component
    assert declared == built_in


@pytest.mark.parametrize("name", DECLARED)
def test_a_declared_kind_gives_the_same_json(apps, name):
    built_in, declared = (app.test_client() for app in apps)
    ids = [item["id"] for item in built_in.get(f"/v1/{name}").get_json()["items"]]
    paths = [f"/v1/{name}", f"/v1/changes?collection={name}&limit=500"]

    assert ids
    for path in [*paths, *(f"/v1/{name}/{document_id}" for document_id in ids)]:
        assert built_in.get(path).data == declared.get(path).data
