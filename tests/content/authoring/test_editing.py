"""new: a file or an entry with every field explained, which check leads through."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from content.sources.located_yaml import parse_yaml
from schemas.collections import COLLECTIONS
from tests.terminal import run

#: What to write where `new` left a blank, by the field's name; lists of parts by the part's.
FILLED = dict(
    line.split(": ", 1)
    for line in """\
question: What?
summary: That.
title: Title
name: Name
description: Words.
position: 7
status: current
confidence: confirmed
country: GB
api_host: api.example.com
app_host: app.example.com
default: false
initiator: service
rule: inbound
fixed_addresses: true
advice: Allow it.
cidr: 203.0.120.0/24
data_center: uk
traffic: from-service
protocol: tcp
provider: google
product: Workspace
client_id: a1
approved_for: Calendars.
support: supported
individual: supported
enterprise: supported
period: P30D
counted_from: the last use
kind: delegated
happens_on: 2027-01-01
precision: day
""".splitlines()
)
FACTS = [c.name for c in COLLECTIONS if c.name != "faqs" and not c.is_plain]


def fill(text: str) -> str:
    """*text* with every blank filled in."""
    lines = []
    for line in text.split("\n"):
        found = re.fullmatch(r"( *(?:- )?)(\w+):(?:  #.*)?", line)
        if found and found[2] in FILLED:
            lines.append(f"{found[1]}{found[2]}: {FILLED[found[2]]}")
        else:
            lines.append(line)
    return "\n".join(lines)


@pytest.fixture
def today() -> str:
    return datetime.now(UTC).date().isoformat()


def find_blanks(text: str, path: str) -> set[str]:
    """The place of every field of *text* with no value, as a fault names it."""
    lines = text.split("\n")
    return {
        f"{path}:{line}:"
        for at, (line, _) in parse_yaml(text).keys.items()
        if at[-1] in FILLED and re.fullmatch(r"[ -]*\w+:(  #.*)?", lines[line - 1])
    }


def test_a_new_answer_explains_every_field_and_check_names_each_blank(factory, today):
    factory.world()

    written = run(factory, "new", "faq", "calendar-invitations")
    checked = run(factory, "check")

    path = factory.path("faqs/calendar-invitations.md")
    front = path.read_text().split("---\n")[1]
    fields = [f for f in COLLECTIONS["faqs"].authored if f != "markdown"]
    assert written.exit_code == 0
    assert str(path.relative_to(factory.root)) in written.output
    assert list(parse_yaml(front).value) == fields
    for name in fields[1:]:
        message = COLLECTIONS["faqs"].strict.fields[name].metadata["description"]
        assert re.search(rf"^# {re.escape(message)}.*\n{name}:", front, re.MULTILINE)
    assert f"\nwritten_on: {today}\n" in front
    assert "\nreviewed_on: null\n" in front
    assert "One of: current, deprecated." in front
    assert checked.exit_code == 1
    name = "content/faqs/calendar-invitations.md"
    named = set(re.findall(rf"^{name}:\d+:", checked.stderr, re.MULTILINE))
    assert named == find_blanks(f"\n{front}", name) | {f"{name}:{front.count(chr(10)) + 2}:"}
    assert "the answer is empty. Write it below the fields." in checked.stderr


def test_a_new_answer_passes_when_it_is_filled_in(factory):
    factory.world()
    run(factory, "new", "faq", "calendar-invitations")
    path = factory.path("faqs/calendar-invitations.md")

    path.write_text(fill(path.read_text()) + "Like this.\n")

    assert factory.faults() == []


@pytest.mark.parametrize("collection", FACTS)
def test_a_new_fact_is_named_at_every_blank_and_passes_when_filled_in(factory, collection):
    factory.world()
    path = factory.path(f"facts/{collection}.yaml")
    path.unlink(missing_ok=True)
    kept = [fault for fault in factory.faults() if f"/{collection}.yaml" in fault]

    written = run(factory, "new", collection, "uk")
    text = path.read_text()
    faults = [f for f in factory.faults() if f"/{collection}.yaml" in f and f not in kept]
    path.write_text(fill(text).replace("default: false", "default: true"))

    assert written.exit_code == 0
    assert {re.match(r"\S+?:\d+:", fault)[0] for fault in faults} == (
        find_blanks(text, f"content/facts/{collection}.yaml")
    )
    assert [f for f in factory.faults() if f.startswith(f"content/facts/{collection}")] == []
    assert text.count("# ") >= len(COLLECTIONS[collection].authored) - 1


def test_what_a_default_gives_is_left_out(factory):
    factory.world().write(
        "facts/topics.yaml",
        "defaults:\n  description: Words.\n  review_by: 2030-01-01\nitems:\n"
        "  # The first.\n  - id: network\n    title: Network\n    position: 1\n"
        "    sources: [{title: A, url: null, retrieved_on: null, confidence: stated}]\n"
        "    written_on: 2026-01-01\n",
    )

    run(factory, "new", "topics", "email")

    added = factory.path("facts/topics.yaml").read_text().split("- id: email\n")[1]
    assert "title:" in added
    assert "description:" not in added
    assert "review_by:" not in added


@pytest.mark.parametrize(
    ("before", "first"),
    [
        ("items:\n", "  - id: email\n"),
        ("# Topics.\nitems:", "  - id: email\n"),
        ("items:\n- id: network\n", "- id: email\n"),
        ("items:\n  - id: network\n\n\n", "  - id: email\n"),
        ("items:\n    -   id: network\n        title: A\n", "    -   id: email\n"),
        ("items:\n  - {id: network, title: A}\n", "  - id: email\n"),
        ("items:\r\n  - id: network\r\n    title: A\r\n", "  - id: email\r\n"),
    ],
    ids=["none", "no newline", "not indented", "blank lines", "deep", "flow entry", "CRLF"],
)
def test_an_entry_is_added_in_the_style_of_the_file(factory, before, first):
    path = factory.path("facts/topics.yaml")
    path.write_bytes(before.encode())

    result = run(factory, "new", "topics", "email")

    after = path.read_bytes().decode()
    assert result.exit_code == 0
    assert after.startswith(before.rstrip() + ("\r\n" if "\r" in before else "\n") + first)
    assert after.count("\r\n") in (0, after.count("\n"))
    items = parse_yaml(after.replace("\r\n", "\n")).value["items"]
    assert [item["id"] for item in items][-1] == "email"
    assert "review_by" in items[-1]


@pytest.mark.parametrize(
    "text",
    [
        b'{"items": [{"id": "network"}]}\n',
        b"items: [{id: network}]\n",
        b"items: []\n",
        b"items: none\n",
        b"items:\n  - id: network\ndefaults:\n  position: 1\n",
        b"defaults: 5\nitems:\n  - id: [\n",
        b"defaults: [[1]]\n",
        b"",
        b"# Nothing yet.\n",
        b"- id: network\n",
        b"items:\n  - id: network\n...\n",
        b"items:\n  - id: network\n    id: again\n",
        b"items:\n  - id: caf\xe9\n",
        b"items:\n  - id: network\n    title: |+\n      A\n\n\n",
    ],
)
def test_a_file_that_cannot_be_added_to_stays_as_it_was(factory, text):
    path = factory.path("facts/topics.yaml")
    path.write_bytes(text)

    result = run(factory, "new", "topics", "email")

    assert result.exit_code == 2
    assert "topics.yaml" in result.stderr
    assert path.read_bytes() == text
    assert [found.name for found in path.parent.iterdir()] == ["topics.yaml"]


@pytest.mark.parametrize(
    ("collection", "name", "message"),
    [
        ("faq", "../x", "'../x' is not an ID; use lowercase letters, digits"),
        ("faq", "a/b", "'a/b' is not an ID"),
        ("faq", "Über", "'Über' is not an ID"),
        ("faq", "", "this is empty"),
        ("faq", "\udcff", "is not an ID"),
        ("topics", "-", "'-' is not an ID"),
        ("towns", "york", "Unknown collection 'towns'. Use faq, kind, or one of: "),
        ("../faqs", "x", "Unknown collection '../faqs'"),
        ("faq", "addresses", "faqs/addresses already exists. Choose another ID."),
        ("faqs", "addresses", "faqs/addresses already exists. Choose another ID."),
        ("topics", "network", "topics/network already exists. Choose another ID."),
    ],
)
def test_a_wrong_name_writes_nothing(factory, collection, name, message):
    factory.world()
    before = {path: path.read_bytes() for path in factory.root.rglob("*.*") if path.is_file()}

    result = run(factory, "new", "--", collection, name)

    assert result.exit_code == 2
    assert message in result.stderr
    assert {
        path: path.read_bytes() for path in factory.root.rglob("*.*") if path.is_file()
    } == before


@pytest.mark.parametrize("collection", ["faq", "topics"])
def test_the_same_document_is_added_once(factory, collection):
    first = run(factory, "new", collection, "a")
    before = {path: path.read_bytes() for path in factory.root.rglob("*.*") if path.is_file()}

    second = run(factory, "new", collection, "a")

    assert (first.exit_code, second.exit_code) == (0, 2)
    assert "already exists" in second.stderr
    assert {
        path: path.read_bytes() for path in factory.root.rglob("*.*") if path.is_file()
    } == before


@pytest.mark.parametrize("text", ["---\nid: b\n---\nYes.\n", "My notes.\n", ""])
def test_a_file_in_the_way_is_never_overwritten(factory, text):
    path = factory.write("faqs/a.md", text)

    result = run(factory, "new", "faq", "a")

    assert result.exit_code == 2
    assert path.read_text() == text


@pytest.mark.parametrize(
    ("collection", "document_id", "reason"),
    [
        ("faq", "former", "is an alias of faqs/b. Choose another ID."),
        ("faq", "gone", "was withdrawn. Delete its entry in withdrawn.yaml, or choose"),
        ("ip-ranges", "lookup", "is an endpoint. Choose another ID."),
    ],
)
def test_an_id_that_is_taken_otherwise_is_refused_and_nothing_written(
    factory, collection, document_id, reason
):
    factory.faq("b", aliases=["former"])
    factory.withdrawn({"collection": "faqs", "id": "gone", "reason": "It ended."})
    before = {path: path.read_bytes() for path in factory.root.rglob("*.*") if path.is_file()}

    result = run(factory, "new", collection, document_id)

    assert result.exit_code == 2
    assert f"{document_id} {reason}" in result.stderr
    assert {
        path: path.read_bytes() for path in factory.root.rglob("*.*") if path.is_file()
    } == before


def test_a_folder_in_the_way_is_named(factory):
    factory.path("faqs/a.md").mkdir()

    result = run(factory, "new", "faq", "a")

    assert result.exit_code == 2
    assert "faqs/a.md is not a regular file. Remove it first." in result.stderr
    assert [path.name for path in factory.path("faqs").iterdir()] == ["a.md"]


def test_other_files_may_have_faults_meanwhile(factory):
    factory.world().write("facts/clouds.yaml", "items: [\n")
    factory.write("faqs/b.md", "nothing")

    assert run(factory, "new", "faq", "a").exit_code == 0
    assert run(factory, "new", "permissions", "a").exit_code == 0


def test_the_next_review_of_what_is_new_is_half_a_year_away(factory, today):
    run(factory, "new", "faq", "a")

    due = datetime.now(UTC).date() + timedelta(days=180)
    assert f"review_by: {due}\n" in factory.path("faqs/a.md").read_text()
