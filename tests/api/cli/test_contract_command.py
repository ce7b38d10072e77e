"""`faqts contract`: what it refuses, with which status, and how a contract is released."""

import json
import sys

import pytest
from click.testing import CliRunner, Result

from api.cli.commands import main
from openapi.document import PATH, find_released, read_document
from tests.blocks import Project
from tests.openapi.documents import (
    SEEDED,
    SHIPPED,
    add_parameter,
    drop,
    edit,
    find_operation,
    find_schema,
    remove_field,
)

#: What is said of each seeded change.
SAID = {
    "removed field": (
        "GET /v1/clouds, 200, CloudList.items[].conditions (and 1 more place): the field was"
    ),
    "new required parameter": (
        "GET /v1/clouds, parameter region: the parameter is new and required: clients that do not"
    ),
    "narrowed enum": (
        "GET /v1/clouds, 200, CloudList.items[].support (and 1 more place): the value "
        "'conditional' of CloudSupport was removed: client code that uses it does not"
    ),
    "renamed component": (
        "the component ConnectionTypes was renamed to CloudConnections: client code that uses"
    ),
    "changed default": (
        "GET /v1/faqs, parameter limit: the default changed from 100 to 50: clients that omit it"
    ),
    "removed status": (
        "GET /v1/clouds, 406: the status was removed: clients that expect it no longer have a type"
    ),
    "removed media type": (
        "GET /v1/ip-ranges, 200: the media type text/csv was removed: clients that request it get"
    ),
}


def judge(*arguments: str) -> Result:
    """What `faqts contract` says in the root of the project."""
    return CliRunner().invoke(main, ["contract", *arguments], catch_exceptions=False)


def compare(folder, change, *arguments: str):
    """What the program says of the committed document, changed, against the committed one."""
    path = folder / "v1.json"
    path.write_text(json.dumps(edit(json.loads(read_document()), change)))
    files = ("--document", str(path), "--released", str(PATH))
    return judge(*files, *arguments)


@pytest.mark.parametrize("kind", SEEDED)
def test_a_change_that_breaks_clients_is_refused_by_name(tmp_path, kind):
    done = compare(tmp_path, SEEDED[kind])

    assert done.exit_code == 1
    assert done.stdout == ""
    first, *lines = done.stderr.splitlines()
    assert first == f"{tmp_path}/v1.json compared with openapi/v1.json:"
    assert any(line.startswith("breaking: ") and SAID[kind] in line for line in lines), lines


def test_all_that_is_wrong_is_said_at_once(tmp_path):
    def change(document):
        for seeded in SEEDED.values():
            seeded(document)

    done = compare(tmp_path, change)

    assert [kind for kind, message in SAID.items() if message not in done.stderr] == []
    # A version is nothing to think of before what breaks is taken back.
    assert "version: " not in done.stderr


def test_what_did_not_change_passes(tmp_path):
    done = compare(tmp_path, lambda document: document["info"].update(description="Other words."))

    assert done.exit_code == 0
    assert (
        done.stdout == f"{tmp_path}/v1.json compared with openapi/v1.json: no breaking changes.\n"
    )


def test_an_addition_passes_with_its_version_and_its_line(tmp_path):
    changelog = tmp_path / "changes.md"
    major, minor, _ = json.loads(read_document())["info"]["version"].split(".")
    following = f"{major}.{int(minor) + 1}.0"

    def change(document):
        add_parameter(document, "/v1/clouds", "region")
        document["info"]["version"] = following

    changelog.write_text("## 1.0.0\n\n- The first.\n")
    without = compare(tmp_path, change, "--changelog", str(changelog))
    changelog.write_text(f"## {following}\n\n- Regions.\n")
    done = compare(tmp_path, change, "--changelog", str(changelog))

    assert without.exit_code == 1
    assert f"docs/api-changelog.md has no section for {following}. Add:" in without.stderr
    assert "\n- GET /v1/clouds, parameter region: the parameter is new.\n" in without.stderr
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == (
        "addition: GET /v1/clouds, parameter region: the parameter is new."
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<<<<<<< ours", "is not valid JSON: "),
        ("{}", "cannot be checked: it has no openapi, info, paths, components."),
        ("[]", "cannot be checked: it is not an object."),
        (
            read_document().replace("schemas/CloudSupport", "schemas/Nothing"),
            "cannot be checked: the reference '#/components/schemas/Nothing' has no target.",
        ),
    ],
    ids=["no JSON", "nothing", "a list", "a reference to nothing"],
)
def test_a_file_that_is_no_document_is_a_wrong_call(tmp_path, text, message):
    path = tmp_path / "v1.json"
    path.write_text(text)

    done = judge("--document", str(path), "--released", str(PATH))

    assert done.exit_code == 2
    assert message in done.stderr


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d.clear(), "it has no openapi, info, paths, components."),
        (lambda d: d.update(info="1.0.0"), "it has no info."),
        (lambda d: drop(d["info"], "title", "version"), "info has no title, version."),
        (lambda d: drop(d["components"], "schemas"), "components has no schemas."),
        (lambda d: d["paths"].update({"/v1/clouds": None}), "/v1/clouds is not an object."),
        (
            lambda d: drop(find_operation(d, "/v1/clouds"), "operationId", "responses"),
            "GET /v1/clouds has no operationId, responses.",
        ),
        (
            lambda d: drop(d["components"]["headers"], "Allow"),
            "the reference '#/components/headers/Allow' has no target.",
        ),
        (
            lambda d: find_schema(d, "Cloud")["properties"].update(
                description={"$ref": "#/components/schemas/Nothing"}
            ),
            "the reference '#/components/schemas/Nothing' has no target.",
        ),
        (
            lambda d: find_schema(d, "Cloud").update({"$ref": "#/components/schemas/Cloud"}),
            "the reference '#/components/schemas/Cloud' has no target.",
        ),
    ],
)
def test_a_released_file_that_was_damaged_is_called_by_its_own_name(tmp_path, change, message):
    path = tmp_path / "v1-1.0.0.json"
    path.write_text(json.dumps(edit(json.loads(read_document()), change)))

    done = judge("--released", str(path))

    assert (done.exit_code, done.stderr) == (2, f"{path} cannot be checked: {message}\n")


def test_an_empty_released_file_does_not_pass_for_none(tmp_path):
    path = tmp_path / "v1-1.0.0.json"
    path.write_text("null")

    done = judge("--released", str(path))

    assert (done.exit_code, done.stderr) == (2, f"{path} cannot be checked: it is not an object.\n")


@pytest.mark.parametrize(("option", "path"), [((), SHIPPED), (("--engine",), PATH)])
def test_the_committed_documents_keep_what_the_latest_released_ones_promised(option, path):
    done = judge(*option)

    assert done.exit_code == 0, done.stderr
    released = find_released(path)
    assert (
        f"{released.name}: no breaking changes." if released else "is released yet"
    ) in done.stdout


def test_a_contract_is_released_once_and_guards_what_comes_after(tmp_path):
    project = Project(tmp_path)
    folder = project.root / "content" / "openapi" / "released"
    for path in folder.glob("*.json"):
        path.unlink()
    faqts = f"{sys.executable} -c 'from api.cli.commands import main; main()' contract"
    document = project.root / "content" / "openapi" / "v1.json"
    version = json.loads(document.read_text())["info"]["version"]
    kept = f"content/openapi/released/v1-{version}.json"

    before = project.run(faqts)
    released = project.run(f"{faqts} --release")
    text = (project.root / kept).read_text()
    again = project.run(f"{faqts} --release")
    after = project.run(faqts)
    document.write_text(
        json.dumps(edit(json.loads(text), lambda d: remove_field(d, "Cloud", "name")))
    )
    broken = project.run(faqts)
    not_released = project.run(f"{faqts} --release")

    assert before[0] == 0
    assert before[1].startswith(
        "content/openapi/v1.json: no version is released yet, so there is nothing"
    )
    assert released == (0, f"Released {kept}.\n")
    assert text == read_document(SHIPPED)
    assert again == (
        1,
        (
            f"{kept} exists, and a released document must not change. Increase the "
            "version: set VERSION in openapi/info.py of the engine, or publish a "
            "release that changes the kinds.\n"
        ),
    )
    assert after == (0, f"content/openapi/v1.json compared with {kept}: no breaking changes.\n")
    assert broken[0] == not_released[0] == 1
    assert "name (and 1 more place): the field was removed" in broken[1]
    assert [path.name for path in folder.glob("*.json")] == [f"v1-{version}.json"]


@pytest.mark.parametrize("option", ["--document", "--released"])
def test_no_other_file_is_released_or_decides_about_it(tmp_path, option):
    project = Project(tmp_path)
    other = project.root / "other.json"
    other.write_text(read_document())
    folder = project.root / "content" / "openapi" / "released"
    before = sorted(folder.glob("*.json"))
    faqts = f"{sys.executable} -c 'from api.cli.commands import main; main()' contract"

    status, message = project.run(f"{faqts} --release {option} {other}")

    assert status == 2
    assert "Do not use --document or --released" in message
    assert sorted(folder.glob("*.json")) == before


def test_the_highest_version_is_the_latest(tmp_path):
    folder = tmp_path / "released"
    folder.mkdir()
    assert find_released(tmp_path / "v1.json") is None
    for version in ("1.9.0", "1.10.0", "1.10.0+kinds.9", "1.10.0+kinds.10", "1.2.30"):
        (folder / f"v1-{version}.json").write_text("{}")
    (folder / "README.json").write_text("{}")

    assert find_released(tmp_path / "v1.json").name == "v1-1.10.0+kinds.10.json"
