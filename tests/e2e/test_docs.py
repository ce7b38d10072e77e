"""The documents: their blocks run, their links lead somewhere, and they leave nothing out."""

import json
import re
from dataclasses import fields
from itertools import chain

import click
import pytest

from api.app import create_app
from api.cli.commands import main
from api.settings import Settings
from content.sources.located_yaml import parse_yaml
from schemas.collections import COLLECTIONS
from schemas.document import CONFIDENCES, SourceSchema
from schemas.problem import PROBLEM_TYPES
from tests.blocks import DOCUMENTS, ROOT, Block, Project, check_block, find_server, read_blocks
from tests.programs import require_program

#: `test_readme.py` runs those of the other two.
WITH_BLOCKS = [p for p in DOCUMENTS if read_blocks(p) and p.name not in ("README.md", "tour.md")]
#: Blocks of these files are not run here: `tests/e2e/sdk` runs the files that they are taken from
#: (`test_clients.py`), and compares the page with them (`test_page.py`).
TAKEN = "tests/e2e/sdk/"
#: Run by a browser: `tests/e2e/browser/test_frames.py`.
TRIED = {("docs/embedding.md", "frame"), ("docs/embedding.md", "listener")}
#: Shown, not run here: a drawing of the flow, and what belongs to programs that are not ours.
SHOWN = {
    *(("docs/architecture.md", "text"), ("docs/api.md", "nginx"), ("docs/embedding.md", "text")),
    # Real browsers run these: `tests/e2e/browser/elements`, `tests/e2e/browser/test_engines.py`.
    ("docs/embedding.md", "html"),
    ("docs/embedding.md", "js"),
    # A fault and a recipe: `tests/content/authoring/test_check.py`, `tests/content/cli`.
    *(("docs/content.md", "text"), ("docs/content.md", "console")),
    # `tests/upgrades` and `tests/e2e/test_installed.py` upgrade and install.
    ("docs/upgrading.md", "console"),
    # `test_granian.py` runs granian, `test_installed.py` the package.
    ("docs/operations.md", "console"),
}
#: The files that pages load, and what is for the operator alone.
NOT_PATHS_OF_THE_API = {
    *("/docs/<path:name>", "/favicon.ico", "/logo-<name>", "/colors-<name>", "/healthz", "/readyz")
}
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_PATH = re.compile(
    r"`((?:api|content|deploy|docs|openapi|schemas|tests|\.ci)/[a-z0-9_./-]*[a-z0-9])`"
)


def name(path) -> str:
    return path.relative_to(ROOT).as_posix()


def read(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def read_section(document: str, title: str) -> str:
    """The text below the heading *title*, up to the next of its level."""
    _, _, rest = read(document).partition(f"\n## {title}\n")
    assert rest, f"{document} has no section {title!r}"
    return rest.partition("\n## ")[0]


def strip_blocks(text: str) -> str:
    """*text* without its code blocks."""
    return re.sub(r"```.*?```", "", text, flags=re.DOTALL)


def list_anchors(text: str) -> set[str]:
    """The anchors of the headings of *text*, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", strip_blocks(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in headings}


def list_first_cells(section: str) -> list[str]:
    """What stands between backticks in the first column of the tables of *section*."""
    rows = re.findall(r"^\| ([^|]*) \|", section, re.MULTILINE)
    return list(chain.from_iterable(re.findall(r"`([^`]+)`", row) for row in rows))


def run_block(project: Project, block: Block) -> None:
    settings = find_server(block)
    if settings is not None:
        project.start(settings)
    elif (block.place.partition(":")[0], block.file) in TRIED:
        assert block.language in ("html", "js")
    elif block.file.startswith(TAKEN):
        assert block.place.startswith("docs/sdks.md:")
    elif block.file:
        project.write(block)
    elif block.language == "sh":
        check_block(project, block)
    elif block.language == "json":
        json.loads(block.text)
    elif block.language == "yaml":
        assert parse_yaml(block.text).faults == []
    else:
        assert (block.place.partition(":")[0], block.language) in SHOWN, block.place


@pytest.fixture
def project(tmp_path):
    for program in ("bash", "make", "curl", "jq", "sha256sum", "unshare", "nft", "ipset"):
        require_program(program)
    project = Project(tmp_path)
    yield project
    project.stop()


@pytest.mark.parametrize("path", WITH_BLOCKS, ids=name)
def test_every_block_of_a_document_works(path, project):
    for block in read_blocks(path):
        run_block(project, block)


def test_a_kind_of_fact_is_three_steps():
    blocks = read_blocks(ROOT / "docs/architecture.md")

    files = [block.file for block in blocks if block.file]

    assert files == [
        "schemas/kinds/maintenance_window.py",
        "schemas/collections.py",
        "content/facts/maintenance-windows.yaml",
    ]


def test_the_ledger_is_verified_by_one_line_of_shell(project):
    sections = read_section("docs/releases.md", "Verify releases")
    line = next(line for line in sections.splitlines() if line.startswith("test "))
    releases = sorted((project.root / "content" / "releases").glob("*.json"))

    good = [project.run(line.replace("00001.json", path.name)) for path in releases]
    releases[0].write_text(releases[0].read_text(encoding="utf-8").replace("network", "Network"))
    bad, _ = project.run(line)

    assert good == [(0, "good\n")] * len(releases)
    assert len(releases) >= 6
    assert bad == 1


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_link_leads_somewhere(path):
    text = strip_blocks(path.read_text(encoding="utf-8"))
    lost = []

    for link in _LINK.findall(text):
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        if link.startswith("https://"):
            continue
        if not target.exists() or (anchor and anchor not in list_anchors(target.read_text())):
            lost.append(link)

    assert lost == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_file_that_is_named_is_there(path):
    made = {block.file for block in read_blocks(path)} | {"content/withdrawn.yaml"}
    named = set(_PATH.findall(path.read_text(encoding="utf-8"))) - made

    assert sorted(file for file in named if not (ROOT / file).exists()) == []


def test_every_setting_is_described_with_its_default():
    rows = re.findall(
        r"^\| `FAQTS_(\w+)` \| (?:`([^`]*)`|not set) \|",
        read_section("docs/operations.md", "Settings"),
        re.MULTILINE,
    )

    assert {setting.lower(): default for setting, default in rows} == {
        field.name: "" if field.default is None else str(field.default)
        for field in fields(Settings)
    }


def test_every_line_of_the_proxy_that_is_to_be_changed_is_described():
    marks = re.findall(r"# CHANGE (.+)$", read("deploy/nginx.conf"), re.MULTILINE)

    described = list_first_cells(read_section("docs/operations.md", "A proxy in front"))

    assert sorted(described) == sorted(marks)


def test_every_command_and_flag_is_described():
    section = read_section("docs/content.md", "Commands")
    commands = {f"faqts {command.name}": command for command in main.commands.values()}
    flags = {
        flag
        for command in (main, *commands.values())
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for flag in parameter.opts
    }

    assert {command for command in commands if f"`{command}" not in section} == set()
    assert {flag for flag in flags if f"{flag}`" not in section and f"{flag} " not in section} == (
        set()
    )


def test_no_command_is_described_that_is_not_there():
    described = re.findall(r"`faqts (\w+)", "".join(path.read_text() for path in DOCUMENTS))

    assert set(described) <= set(main.commands)


def test_every_field_of_an_answer_is_described():
    fields_of_answer = list_first_cells(read_section("docs/content.md", "Fields of an answer"))
    authored = [field for field in COLLECTIONS["faqs"].authored if field != "markdown"]

    assert sorted(fields_of_answer) == sorted([*authored, *SourceSchema().fields, *CONFIDENCES])


def test_every_field_that_facts_share_and_every_field_of_a_range_is_described():
    section = read_section("docs/content.md", "Facts and defaults")
    ranges = COLLECTIONS["ip-ranges"].authored

    assert [field for field in ranges if f"`{field}`" not in section] == []


def test_every_fault_that_is_explained_can_be_met():
    modules = [*(ROOT / "content").rglob("*.py"), *(ROOT / "schemas").rglob("*.py")]
    # A message that was broken over lines is one again.
    source = re.sub(r'"\s*\n\s*f?"', "", "".join(path.read_text() for path in modules))
    messages = re.findall(r'^\| "(.+?)"', read_section("docs/content.md", "Faults"), re.MULTILINE)
    messages += re.findall(
        r'^\| ".+?", "(.+?)"', read_section("docs/content.md", "Faults"), re.MULTILINE
    )
    parts = [part.strip() for message in messages for part in message.split("…")]

    assert len(messages) > 15
    assert [part for part in parts if part not in source] == []


def test_every_problem_is_described_with_its_status():
    section = read_section("docs/api.md", "Problems")
    rows = re.findall(r"^\| `/problems/([\w-]+)` \| (\d+) \|", section, re.MULTILINE)

    assert {slug: int(status) for slug, status in rows} == {
        slug: problem.status for slug, problem in PROBLEM_TYPES.items()
    }


def test_every_path_is_described():
    described = list_first_cells(read_section("docs/api.md", "Paths"))
    rules = {rule.rule for rule in create_app().url_map.iter_rules()}

    paths = {rule.replace("<", "{").replace(">", "}") for rule in rules - NOT_PATHS_OF_THE_API}
    for collection in COLLECTIONS:
        if collection.has_default_views:
            paths |= {f"/v1/{collection.name}", f"/v1/{collection.name}/{{id}}"}
    assert rules > NOT_PATHS_OF_THE_API
    assert sorted(described) == sorted(paths)


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_a_document_is_plain(path):
    text = path.read_text(encoding="utf-8")

    assert text.endswith("\n")
    assert re.findall(r"/(?:work|home|tmp|root|Users)/\S*", text) == []
    assert re.findall("[\U0001f300-\U0001faff☀-➿]", text) == []
