"""The JSON Schemas for editors: they accept what check accepts, and refuse what nobody can mean."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from api.cli.preview import create_preview
from content.editors.schema_files import build_line, build_schemas
from content.sources.located_yaml import parse_yaml
from content.sources.reader import read_sources
from schemas.collections import COLLECTIONS
from schemas.kinds.kind import TYPES
from tests.content_factory import COMMON, LEAST
from tests.terminal import run

CONTENT = Path(__file__).parents[3] / "content"
FILES = sorted(
    path.relative_to(CONTENT).as_posix()
    for pattern in ("site.yaml", "faqs/*.md", "facts/*.yaml", "kinds/*.yaml", "withdrawn.yaml")
    for path in CONTENT.glob(pattern)
)
#: A value of each type of field, as its editor writes it.
VALUES = {
    "text": "A",
    "markdown": "A *b*",
    "id": "a-b",
    "reference": "uk",
    "choice": "tls",
    "number": 25,
    "boolean": True,
    "day": "2026-01-01",
    "period": "P30D",
    "cidr": "10.0.0.0/8",
    "url": "https://example.com/",
    "host": "mail.example.com",
    "email": "help@example.com",
}


def read_schema(root: Path, file: str) -> Draft7Validator:
    """What editors check *file* with."""
    path = re.fullmatch(r".*\$schema=(?:\.\./)?(\.schemas/.*)", build_line(file))[1]
    text = build_schemas(read_sources(root, COLLECTIONS))[path]
    Draft7Validator.check_schema(json.loads(text))
    return Draft7Validator(json.loads(text))


def read_fields(root: Path, file: str):
    text = (root / file).read_text()
    return parse_yaml(text.split("\n---\n")[0][4:] if file.endswith(".md") else text).value


def list_errors(root: Path, file: str, fields=None) -> list[str]:
    found = read_schema(root, file).iter_errors(fields or read_fields(root, file))
    return [error.message for error in found]


@pytest.fixture
def world(factory):
    """An editor with a document of every kind, and with a kind that has fields of every type."""
    factory.world()
    for collection in COLLECTIONS:
        if collection.name in LEAST and not factory.path(f"facts/{collection.name}.yaml").exists():
            factory.facts(collection.name, {"id": "a"})
    fields = []
    for name in TYPES:
        more = {"to": "data-centers"} if name == "reference" else {}
        more |= {"choices": ["tls", "none"]} if name == "choice" else {}
        field = {"name": f"a_{name}", "type": name, "example": None, **more}
        fields += [field, {**field, "name": f"{name}_list", "list": True}]
    factory.kind("everything", *fields)
    lists = {f"{name}_list": [value] for name, value in VALUES.items() if name != "boolean"}
    single = {f"a_{name}": value for name, value in VALUES.items()}
    nulls = dict.fromkeys(single)
    factory.facts("everything", {"id": "all", **single, **lists}, {"id": "none", **nulls})
    factory.site(logo=None, navigation=["answers", "everything"])
    return factory


def test_every_shipped_file_is_accepted():
    assert len(FILES) > 20
    assert {name: list_errors(CONTENT, name) for name in FILES} == {name: [] for name in FILES}


def test_what_check_accepts_is_accepted(world):
    files = [
        path.relative_to(world.place.root).as_posix()
        for pattern in ("*.yaml", "*/*.yaml", "*/*.md")
        for path in world.place.root.glob(pattern)
    ]

    assert world.faults() == []
    assert len(files) > 12
    assert {name: list_errors(world.place.root, name) for name in files} == {n: [] for n in files}


@pytest.mark.parametrize("name", [*LEAST, "everything"])
def test_what_nobody_can_mean_is_refused_in_every_field(world, name):
    file = f"facts/{name}.yaml"
    document = read_fields(world.place.root, file)
    schema = read_schema(world.place.root, file)
    (item, *_), collection = document["items"], world.place.read_collections()[name]

    for field in collection.authored:
        wrong = {**item, field: {"x": {}}}
        assert not schema.is_valid({"items": [wrong]}), field
        assert not schema.is_valid({"defaults": {field: {"x": {}}}, "items": [item]}), field
        rest = {key: value for key, value in item.items() if key != field}
        needed = collection.strict.fields[field].required
        assert schema.is_valid({"items": [rest]}) != needed, field
        if field != "id":
            shared = {field: item[field]} if field in item else {}
            assert schema.is_valid({"defaults": shared, "items": [rest]}), field
    assert not schema.is_valid({"items": [{**item, "colour": "red"}]})
    assert not schema.is_valid({"items": [item], "colour": "red"})


@pytest.mark.parametrize(
    ("file", "change"),
    [
        ("faqs/addresses.md", {"topics": ["networt"]}),
        ("faqs/addresses.md", {"status": "old"}),
        ("faqs/addresses.md", {"markdown": "Below, please."}),
        ("faqs/addresses.md", {"sources": [{"title": "A"}]}),
        ("faqs/addresses.md", {"position": "1"}),
        ("site.yaml", {"logo": "logo.gif"}),
        ("site.yaml", {"navigation": ["nothing"]}),
        ("site.yaml", {"colors": {"light": "red", "dark": "#ffffff"}}),
        ("site.yaml", {"id": "site"}),
        (
            "kinds/everything.yaml",
            {"fields": [{"name": "a", "type": "float", "description": "A."}]},
        ),
    ],
)
def test_a_wrong_value_is_refused(world, file, change):
    fields = read_fields(world.place.root, file)

    assert list_errors(world.place.root, file) == []
    assert list_errors(world.place.root, file, {**fields, **change}) != []


def test_a_withdrawal_is_described(world):
    entry = {"collection": "topics", "id": "a", "reason": "Old."}

    assert list_errors(world.place.root, "withdrawn.yaml", {"items": [entry]}) == []
    wrong = {"items": [{**entry, "collection": "nothing"}]}
    assert len(list_errors(world.place.root, "withdrawn.yaml", wrong)) == 1


def test_new_and_the_preview_know_the_ids_of_now(factory):
    factory.facts("topics", {"id": "network"})
    schema = factory.path(".schemas/faqs.json")

    def read_ids():
        return json.loads(schema.read_text())["properties"]["topics"]["items"]["enum"]

    run(factory, "new", "faq", "a")
    first = read_ids()
    factory.path("faqs/a.md").unlink()
    factory.facts("topics", {"id": "network"}, {"id": "email"})
    create_preview(factory.place)

    assert first == ["network"]
    assert read_ids() == ["email", "network"]
    assert run(factory, "schema").stdout.startswith("14 schemas in content/.schemas.\n")


def test_the_preview_writes_nothing_where_there_are_no_schemas(factory):
    create_preview(factory.world().place)

    assert not factory.path(".schemas").exists()


@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_files_are_marked_once_and_say_the_same(factory, end):
    path = factory.facts("topics", {"id": "network", **COMMON})
    factory.site()
    path.write_bytes(path.read_bytes().replace(b"\n", end))
    before = path.read_bytes()

    listed = run(factory, "schema")
    kept = path.read_bytes()
    marked = run(factory, "schema", "--mark")
    again = run(factory, "schema", "--mark")

    names = "content/facts/topics.yaml, content/site.yaml.\n"
    assert listed.stdout.endswith(f"to add the line: {names}")
    assert kept == before
    assert marked.stdout.endswith(f"\nMarked {names}")
    assert again.stdout.count("\n") == 1
    line = b"# yaml-language-server: $schema=../.schemas/facts/topics.json"
    assert path.read_bytes() == line + end + before
    assert factory.faults() == []


def test_what_new_makes_names_its_schema(factory):
    for arguments in (("topics", "network"), ("kind", "smtp-hosts")):
        run(factory, "new", *arguments)

    assert run(factory, "schema").stdout.count("\n") == 1
