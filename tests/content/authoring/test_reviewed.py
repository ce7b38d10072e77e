"""reviewed: two days in a source file change, and not a byte beside them."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from content.sources.located_yaml import parse_yaml
from content.sources.reader import read_sources
from tests.terminal import run

SOURCES = "    sources: [{title: A, url: null, retrieved_on: null, confidence: stated}]\n"
TOPIC = (
    f"title: Network\n    written_on: 2020-01-01\n    description: A.\n    position: 1\n{SOURCES}"
)
FLOW = f"title: A, description: B, position: 1, written_on: 2020-01-01, {SOURCES.strip()}"
BUT_ONE = f"items:\n  - id: a\n    {TOPIC}    review_by: 2026-07-01\n"
DEFAULT_DAYS = "defaults:\n  reviewed_on: 2026-01-01  # all\n  review_by: 2026-07-01\n"


@pytest.fixture
def today() -> date:
    return datetime.now(UTC).date()


def review(factory, name: str, *arguments: str) -> str:
    result = run(factory, "reviewed", name, *arguments)
    assert result.exit_code == 0, result.output
    return result.output


def test_the_next_review_is_as_far_away_as_it_was(factory, today):
    path = factory.faq(
        "a", written_on="2025-01-01", reviewed_on="2026-01-01", review_by="2026-01-31"
    )
    before = path.read_text()

    message = review(factory, "a")

    due = today + timedelta(days=30)
    place = path.relative_to(factory.root)
    assert message == f"faqs/a is reviewed. The next review is due by {due}. Changed {place}.\n"
    assert path.read_text() == before.replace("2026-01-01", str(today)).replace(
        "2026-01-31", str(due)
    )


def test_until_says_when_the_next_review_is_due(factory, today):
    path = factory.faq("a", reviewed_on="2026-01-01")

    review(factory, "faqs/a", "--until", "2999-12-31")

    assert 'review_by: "2999-12-31"\n' in path.read_text()
    assert f'reviewed_on: "{today}"\n' in path.read_text()


def test_a_review_is_no_fault_and_no_revision(factory):
    factory.world().publish()
    factory.faq("a", written_on="2001-01-01", review_by="2001-06-30")
    factory.publish()

    review(factory, "a")
    strict = run(factory, "check", "--strict")
    factory.publish(days=400)

    answer = factory.client().get("/v1/faqs/a").get_json()
    assert strict.exit_code == 0
    assert answer["revision"] == 1


@pytest.mark.parametrize(
    "days",
    [
        "reviewed_on: <on>\n    review_by: <by>\n",
        "reviewed_on: '<on>'  # 2026-01-01 was a holiday\n    review_by: \"<by>\"\n",
        "review_by:   <by>   # not 2026-01-01\n    reviewed_on:    <on>\n",
        "# reviewed_on: 2026-01-01\n    reviewed_on: <on>\n    review_by: <by>",
        "reviewed_on:\n      <on>\n    review_by: <by>\n    aliases: [network-1]\n",
        "reviewed_on: <on> # é 😀\n    review_by: <by> # 😀\n",
    ],
    ids=["plain", "quoted", "spaced", "comment", "next line", "not ASCII"],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_all_but_the_two_days_stays_as_it_was(factory, today, days, end):
    text = f"# Topics\n\nitems:\n  - id: network\n    {TOPIC}    {days}\n# The end"
    text = text.replace("\n", end)
    path = factory.path("facts/topics.yaml")
    path.write_bytes(text.replace("<on>", "2026-01-01").replace("<by>", "2026-07-01").encode())
    due = today + timedelta(days=181)

    review(factory, "topics/network")

    written = path.read_bytes().decode()
    assert written == text.replace("<on>", str(today)).replace("<by>", str(due))
    found = parse_yaml(written.replace("\r\n", "\n")).value["items"][0]
    assert (found["reviewed_on"], found["review_by"]) == (str(today), str(due))


@pytest.mark.parametrize("null", [" null", " ~  # nobody", "", " # nobody"])
def test_the_first_review_is_as_far_away_as_it_was_from_the_day_of_writing(factory, today, null):
    text = f"items:\n  - id: network\n    {TOPIC}    reviewed_on:<on>\n    review_by: <by>\n"
    path = factory.path("facts/topics.yaml")
    path.write_text(text.replace("<on>", null).replace("<by>", "2020-01-31"))

    review(factory, "topics/network")

    due = today + timedelta(days=30)
    rest = null.replace(" null", "").replace(" ~", "")
    assert path.read_text() == text.replace("<on>", f" {today}{rest}").replace("<by>", str(due))
    assert factory.faults() == []


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_days_from_the_defaults_are_written_for_the_one_document(factory, today, end):
    text = (
        f"{DEFAULT_DAYS}items:\n  - id: network  # the first\n    {TOPIC}  - id: email\n    {TOPIC}"
    )
    path = factory.path("facts/topics.yaml")
    path.write_bytes(text.replace("\n", end).encode())
    due = today + timedelta(days=181)

    review(factory, "topics/network")

    added = f"    reviewed_on: {today}\n    review_by: {due}\n"
    first = "  - id: network  # the first\n"
    assert path.read_bytes().decode() == text.replace(first, first + added).replace("\n", end)


def test_one_day_from_the_defaults_is_added_and_the_other_changed(factory, today):
    text = f"{DEFAULT_DAYS}items:\n  - id: a\n    {TOPIC}    review_by: 2026-01-31\n"
    path = factory.write("facts/topics.yaml", text)

    review(factory, "topics/a")

    due = today + timedelta(days=30)
    assert path.read_text() == text.replace(
        "- id: a\n", f"- id: a\n    reviewed_on: {today}\n"
    ).replace("2026-01-31", str(due))


@pytest.mark.parametrize("indent", [None, 1])
def test_a_file_in_flow_style_is_changed_in_place(factory, today, indent):
    factory.world()
    path = factory.path("facts/ip-ranges.yaml")
    before = json.loads(path.read_text())
    before["items"][1]["reviewed_on"] = "2026-01-01"
    path.write_text(json.dumps(before, indent=indent))

    review(factory, "ip-ranges/uk-2", "--until", "2999-01-01")

    before["items"][1] |= {"reviewed_on": str(today), "review_by": "2999-01-01"}
    assert path.read_text() == json.dumps(before, indent=indent)


@pytest.mark.parametrize(
    "text",
    [
        f"{DEFAULT_DAYS}items: [{{id: a, {FLOW}}}]\n",
        f"{DEFAULT_DAYS}items:\n- {{id: a,\n   {FLOW}}}\n",
        f"{BUT_ONE}    reviewed_on: >-\n      2026-01-01\n",
        f'{BUT_ONE}    reviewed_on: "2026\\x2d01-01"  # 2026-01-01\n',
        f"{DEFAULT_DAYS}items:\n  - id: >-\n      a\n    {TOPIC}",
    ],
    ids=["flow", "flow of lines", "folded", "escaped", "folded id"],
)
def test_what_cannot_be_changed_safely_is_left_as_it_was(factory, text, today):
    path = factory.write("facts/topics.yaml", text)
    assert factory.faults() == []

    result = run(factory, "reviewed", "topics/a", "--until", "2999-01-01")

    assert result.exit_code == 2
    assert result.stderr == (
        "content/facts/topics.yaml was not changed, because this command cannot "
        f"safely edit the dates of topics/a there. Write reviewed_on: {today} and "
        "review_by: 2999-01-01 by hand.\n"
    )
    assert path.read_text() == text
    assert factory.faults() == []


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("nothing", (), "faqs has no 'nothing'. Use one of: a."),
        ("b", (), "faqs has no 'b'. Use one of: a."),
        ("../a", (), "Unknown collection '..'. Use one of: "),
        ("faqs/../a", (), "Unknown collection 'faqs/..'. Use one of: "),
        ("towns/york", (), "Unknown collection 'towns'. Use one of: "),
        ("topics/networt", (), "topics has no 'networt'. Did you mean 'network'?"),
        ("", (), "faqs has no ''. Use one of: a."),
        ("\udcff", (), "faqs has no"),
        ("a", ("--until", "2001-01-01"), "--until 2001-01-01 is before 20"),
        ("a", ("--until", "tomorrow"), "'tomorrow' does not match the format '%Y-%m-%d'"),
        ("a", ("--until", "2027-02-30"), "'2027-02-30' does not match the format"),
    ],
)
def test_a_wrong_call_changes_nothing(factory, name, arguments, message):
    path = factory.faq("a")
    factory.facts("topics", {"id": "network"})
    before = path.read_bytes()

    result = run(factory, "reviewed", name, *arguments)

    assert result.exit_code == 2
    assert message in result.stderr
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("written_on", "review_by"), [("2026-01-01", "2025-01-01"), ("2020-01-01", "9999-12-31")]
)
def test_a_span_that_cannot_be_repeated_asks_for_a_day(factory, written_on, review_by):
    path = factory.faq("a", written_on=written_on, review_by=review_by)
    before = path.read_bytes()

    refused = run(factory, "reviewed", "a")
    kept = path.read_bytes()
    told = run(factory, "reviewed", "a", "--until", "2999-01-01")

    assert refused.exit_code == 2
    assert refused.stderr == (
        f"faqs/a was written on {written_on} and its review was due by {review_by}, so "
        "the next date cannot be computed. Set it with --until.\n"
    )
    assert kept == before
    assert told.exit_code == 0


def test_a_document_with_faults_is_to_be_mended_first(factory):
    path = factory.faq("a", position="first")
    before = path.read_bytes()

    result = run(factory, "reviewed", "a")

    assert (result.exit_code, path.read_bytes()) == (2, before)
    assert result.stderr == "faqs/a has faults. Run 'faqts check' and fix them first.\n"


def test_faults_elsewhere_do_not_hinder_a_review(factory):
    factory.faq("a")
    factory.write("faqs/b.md", "nothing")
    factory.path("faqs/c.md").write_bytes(b"\xff")
    factory.write("facts/clouds.yaml", "items: [\n")

    assert run(factory, "reviewed", "a").exit_code == 0


def test_the_mode_of_a_file_and_what_a_link_leads_to_stay(factory, tmp_path):
    path = factory.faq("a")
    path.chmod(0o640)
    kept = path.rename(tmp_path / "elsewhere.md")
    path.symlink_to(kept)

    review(factory, "a", "--until", "2999-01-01")

    assert path.is_symlink()
    assert "2999-01-01" in kept.read_text()
    assert kept.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("topics", ["topics/email", "topics/network"]),
        ("topics/*", ["topics/email", "topics/network"]),
        ("network", ["faqs/ews-a", "faqs/ews-b"]),
        ("ews-*", ["faqs/ews-a", "faqs/ews-b"]),
        ("*/e*", ["topics/email", "faqs/email", "faqs/ews-a", "faqs/ews-b"]),
        ("email", ["faqs/email"]),
        ("topics/email", ["topics/email"]),
    ],
    ids=["collection", "all", "topic", "pattern", "pattern of all", "an answer first", "one"],
)
def test_many_are_reviewed_at_once_and_listed(factory, today, name, expected):
    factory.write("facts/topics.yaml", f"{DEFAULT_DAYS}items:\n  - id: email\n    {TOPIC}")
    with factory.path("facts/topics.yaml").open("a") as file:
        file.write(f"  - id: network\n    {TOPIC}".replace("Network", "A").replace(": 1", ": 2"))
    factory.faq("ews-a", topics=["network"])
    factory.faq("ews-b", topics=["email", "network"])
    factory.faq("email")

    lines = review(factory, name).splitlines()

    listed = [line.partition(" is reviewed. ")[0] for line in lines[: len(expected)]]
    assert sorted(listed) == sorted(expected)
    assert lines[len(expected) :] == (
        [f"{len(expected)} documents reviewed."] if len(expected) > 1 else []
    )
    sources = read_sources(factory.place.root, factory.place.collections)
    done = [d for d in sources.drafts if d.document.body["reviewed_on"] == str(today)]
    assert sorted(str(draft.document.key) for draft in done) == sorted(expected)


def test_many_are_reviewed_or_none(factory):
    factory.faq("ews-a", review_by="2026-06-01")
    factory.faq("ews-b", review_by="2025-01-01")
    factory.site()
    before = factory.path("faqs/ews-a.md").read_text()

    impossible = run(factory, "reviewed", "ews-*")
    broken = run(factory, "reviewed", "site")
    factory.faq("ews-b", position="first")
    faulty = run(factory, "reviewed", "ews-*")

    assert "faqs/ews-b was written on 2026-01-01" in impossible.stderr
    assert (
        broken.stderr
        == "'site' selects no document with a review date. Only answers and facts are reviewed.\n"
    )
    assert faulty.stderr == "faqs/ews-b has faults. Run 'faqts check' and fix them first.\n"
    assert factory.path("faqs/ews-a.md").read_text() == before
