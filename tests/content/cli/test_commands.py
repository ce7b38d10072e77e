"""check, publish, log and verify: what they say, and the status they end with."""

import json

import pytest
from click.testing import CliRunner

from api.cli.commands import main
from tests.content_factory import SAMPLE
from tests.terminal import run


def tamper(factory, number: int = 1) -> None:
    path = factory.path(f"releases/{number:05d}.json")
    path.write_text(path.read_text().replace("Network", "network"))


def test_check_counts_what_it_read(factory):
    factory.facts("topics", {"id": "network"})
    one = run(factory, "check")
    factory.facts("topics", {"id": "network"}, {"id": "email"})

    two = run(factory, "check")

    assert (one.exit_code, one.output) == (0, "1 document, no faults.\n")
    assert (two.exit_code, two.output) == (0, "2 documents, no faults.\n")


def test_check_says_every_fault_where_it_stands(factory):
    factory.world()
    factory.faq("a", position="first")
    factory.write("facts/topics.yaml", "items:\n  - id: Network\n    colour: blue\n")

    result = run(factory, "check")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert "content/facts/topics.yaml:2:9: id: 'Network' is not an ID" in result.stderr
    assert "content/facts/topics.yaml:3:5: colour: unknown field 'colour'" in result.stderr
    assert "content/faqs/a.md:5:11: position: 'first' is not a whole number." in result.stderr
    assert result.stderr.endswith(f"{result.stderr.count('content/')} faults found.\n")


def test_one_fault_is_one_fault(factory):
    factory.faq("a", position="first")

    result = run(factory, "check")

    assert result.stderr.endswith("\n1 fault found.\n")


@pytest.mark.parametrize(("flags", "status"), [((), 0), (("--strict",), 1)])
def test_an_overdue_review_is_a_fault_for_strict_checks_only(factory, flags, status):
    path = factory.faq("a", written_on="2001-01-01", review_by="2001-06-30")
    line = path.read_text().split("\n").index('review_by: "2001-06-30"') + 1

    result = run(factory, "check", *flags)

    assert result.exit_code == status
    assert f"content/faqs/a.md:{line}:12: review_by: the review of faqs/a was due by" in (
        result.stderr
    )
    assert "run 'faqts reviewed faqs/a'" in result.stderr
    assert ("no fault" in result.stdout) == (status == 0)


@pytest.mark.parametrize(("flags", "level"), [((), "warning"), (("--strict",), "error")])
def test_faults_as_json_and_for_github_say_what_the_text_says(factory, flags, level):
    factory.faq("a", written_on="2001-01-01", review_by="2001-06-30")
    text = run(factory, "check", *flags)

    as_json = run(factory, "check", "--format", "json", *flags)
    for_github = run(factory, "check", "--format", "github", *flags)

    (fault,) = json.loads(as_json.stdout)
    place = f"{fault['file']}:{fault['line']}:{fault['column']}"
    shown = f"{fault['field']}: {fault['message']}"
    assert fault["level"] == level
    assert f"{place}: {shown}\n" in text.stderr
    assert for_github.stdout.splitlines()[0] == (
        f"::{level} file={fault['file']},line={fault['line']},col={fault['column']}::{shown}"
    )
    assert as_json.exit_code == for_github.exit_code == text.exit_code


def test_what_a_workflow_command_would_end_at_is_escaped(factory):
    factory.write("faqs/50%, a:b.md", "")
    factory.write("facts/topics.yaml", 'items:\n  - id: "100%\\n::error::x"\n')

    lines = run(factory, "check", "--format", "github").stdout.splitlines()
    faults = json.loads(run(factory, "check", "--format", "json").stdout)

    assert len(lines) == len(faults)
    named = "::error file=content/faqs/50%25%2C a%3Ab.md"
    assert any(line.startswith(named) for line in lines)
    assert any("'100%25\\n::error::x' is not an ID" in line for line in lines)


def test_a_broken_ledger_is_a_fault_of_its_file_in_every_format(factory):
    factory.world().publish()
    tamper(factory)

    as_json = run(factory, "check", "--format", "json")

    (fault,) = json.loads(as_json.stdout)
    assert (as_json.exit_code, fault["line"]) == (1, None)
    assert fault["file"] == "content/releases/00001.json"
    assert "digest that does not match" in fault["message"]


def test_no_fault_is_an_empty_list(factory):
    factory.facts("topics", {"id": "network"})

    assert run(factory, "check", "--format", "json").stdout == "[]\n"


def test_publish_lists_reviews_that_are_overdue(factory):
    factory.facts("topics", {"id": "network", "reviewed_on": "2026-01-01"})
    factory.faq("a", written_on="2001-01-01", review_by="2001-06-30")

    lines = run(factory, "publish", "-m", "One answer.").output.splitlines()

    assert lines[1] == "1 review overdue:"
    assert lines[2].startswith("  the review of faqs/a was due by 2001-06-30. ")
    assert lines[3:] == ["1 document never reviewed."]


def test_publish_says_what_it_made_and_where(factory):
    factory.facts("topics", {"id": "network"})

    result = run(factory, "publish", "-m", "One topic.")

    release = factory.archive().latest.release
    assert result.exit_code == 0
    assert result.output == (
        f"Published {release.id}: 1 document, in content/releases/00001.json.\n"
        "1 document never reviewed.\n"
    )
    assert release.summary == "One topic."


def test_publish_without_news_is_refused(factory):
    factory.world().publish()

    result = run(factory, "publish", "-m", "Again.")

    assert result.exit_code == 1
    assert result.stderr == "There is nothing to publish. The files match the latest release.\n"


@pytest.mark.parametrize(
    ("ranges", "flag", "expected"),
    [
        ([{"id": "uk-1", "cidr": "203.0.114.0/26"}], "--allow-shrink", "would lose 75% of its"),
        ([{"id": "uk-1", "effective_until": "2020-01-01"}], "--allow-empty", "would be empty"),
        (
            [{"id": "uk-1"}, {"id": "uk-2", "cidr": "192.0.2.0/28", "sources": [SAMPLE]}],
            "--allow-samples",
            "ip-ranges/uk-2: the source is a sample.",
        ),
    ],
    ids=["shrink", "empty", "samples"],
)
def test_a_refusal_names_the_flag_that_overrides_it(factory, ranges, flag, expected):
    factory.world().facts("ip-ranges", {"id": "uk-1"})
    factory.publish()
    factory.facts("ip-ranges", *ranges)

    refused = run(factory, "publish", "-m", "A change.")
    kept = len(list(factory.path("releases").iterdir()))
    allowed = run(factory, "publish", "-m", "A change.", flag)

    assert refused.exit_code == 1
    assert expected in refused.stderr
    assert flag in refused.stderr
    assert kept == 1
    assert allowed.exit_code == 0


@pytest.mark.parametrize(
    ("summary", "status", "expected"),
    [
        ((), 2, "Missing option '-m' / '--message'"),
        (("-m", "  "), 1, "A release needs a summary. Use -m"),
        (("-m", "\udcff"), 1, "invisible characters: U+DCFF at character 1"),
    ],
    ids=["none", "blank", "not UTF-8"],
)
def test_a_release_needs_a_summary(factory, summary, status, expected):
    factory.facts("topics", {"id": "network"})

    result = run(factory, "publish", *summary)

    assert result.exit_code == status
    assert expected in result.stderr
    assert not factory.path("releases").exists()


def test_faulty_files_are_not_published(factory):
    factory.faq("a", position="first")

    result = run(factory, "publish", "-m", "A change.")

    assert result.exit_code == 1
    assert result.stderr.startswith("content/faqs/a.md:5:11: position: 'first' is not")
    assert not factory.path("releases").exists()


def test_the_log_has_the_newest_first(factory):
    factory.world().publish("The world.")
    factory.facts("topics", {"id": "network", "title": "Networks"})
    factory.publish("One title.")

    result = run(factory, "log")

    assert result.exit_code == 0
    assert result.output == (
        "2026-02-03.01  2026-02-03T12:00:00Z      1 document  One title.\n"
        "2026-02-02.01  2026-02-02T12:00:00Z    12 documents  The world.\n"
    )


@pytest.mark.parametrize("command", ["log", "verify"])
def test_before_the_first_release_that_is_what_is_said(factory, command):
    result = run(factory, command)

    assert (result.exit_code, result.output) == (0, "There is no release yet.\n")


def test_verify_counts_and_shows_the_digest(factory):
    factory.world().publish()
    one = run(factory, "verify")
    factory.facts("topics", {"id": "network", "title": "Networks"})
    digest = factory.publish().digest

    two = run(factory, "verify")

    assert one.output.startswith("1 release verified. The latest is 2026-02-02.01, sha256:")
    assert (two.exit_code, two.output) == (
        0,
        f"2 releases verified. The latest is 2026-02-03.01, {digest}.\n",
    )


@pytest.mark.parametrize(
    "command",
    [
        *("check", "diff", "verify", "log", "publish -m X", "show topics/network"),
        *("openapi --check", "diff --since 2026-02-02.01"),
    ],
)
def test_a_ledger_that_does_not_verify_is_named(factory, command):
    factory.world().publish()
    factory.facts("topics", {"id": "network", "title": "Networks"})
    factory.publish()
    tamper(factory, 2)

    result = run(factory, *command.split())

    assert result.exit_code == 1
    assert result.stderr.startswith(
        "00002.json: has a digest that does not match its content. Restore"
    )
    assert ("2026-02-02.01" in result.stdout) == (command == "log")


@pytest.mark.parametrize("name", sorted(main.commands))
def test_help_is_to_be_had_anywhere_and_has_an_example(tmp_path, name):
    result = CliRunner().invoke(main, ["--root", str(tmp_path), name, "--help"], prog_name="faqts")

    assert result.exit_code == 0
    assert "Example" in result.output
    assert f"    faqts {name}" in result.output


@pytest.mark.parametrize("name", sorted(main.commands.keys() - {"init"}))
def test_a_folder_without_content_is_a_wrong_call(tmp_path, name):
    arguments = {
        "publish": ["-m", "X"],
        "show": ["a"],
        "revert": ["2026-02-02.01"],
        "new": ["faq", "a"],
        "reviewed": ["a"],
    }.get(name, [])

    result = CliRunner().invoke(main, ["--root", str(tmp_path), name, *arguments])

    assert result.exit_code == 2
    assert result.stderr == (
        f"{tmp_path} is not a content folder: it has no site.yaml, faqs, facts, kinds or "
        "releases. Set --root or FAQTS_CONTENT to yours, or create one: faqts init DIR.\n"
    )


@pytest.mark.parametrize(
    ("root", "message"),
    [
        ("nowhere", "it does not exist. Set --root"),
        ("content/site.yaml", "it is a file. Did you mean {}/content?"),
        (".", "it has no site.yaml, faqs, facts, kinds or releases. Did you mean {}/content?"),
        ("content/faqs", "kinds or releases. Did you mean {}/content?"),
    ],
)
def test_a_wrong_root_is_explained_with_the_folder_nearby(factory, root, message):
    factory.world().site()

    result = CliRunner().invoke(main, ["--root", str(factory.root / root), "check"])

    assert result.exit_code == 2
    assert message.format(factory.root) in result.stderr


def test_before_the_first_release_there_is_none_to_compare_with(factory):
    result = run(factory.world(), "diff", "--since", "2026-02-02.01")

    assert result.exit_code == 2
    assert "Unknown release '2026-02-02.01'" in result.stderr


def test_a_contract_that_is_not_what_the_code_says_is_stale(factory):
    release = factory.world().publish().id

    result = run(factory, "--no-color", "openapi", "--check", "--release", release)

    assert result.exit_code == 1
    assert "openapi/v1.json does not exist. Run 'faqts openapi' and commit the" in result.stderr


@pytest.fixture
def changed(factory):
    """An editor whose files differ from what was published, and have an overdue review."""
    factory.world().publish()
    factory.facts("topics", {"id": "network", "title": "Networks"})
    factory.faq("late", written_on="2001-01-01", review_by="2001-02-01")
    return factory


@pytest.fixture
def elsewhere(tmp_path_factory, monkeypatch):
    """An empty folder, and the working directory."""
    folder = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("check",), 0, "documents, no faults."),
        (("diff",), 0, "2 changes."),
        (("log",), 0, "2026-02-02.01"),
        (("verify",), 0, "1 release verified"),
        (("show", "late"), 2, "faqs never had a document 'late'"),
        (("check", "--strict"), 1, "1 fault found."),
        (("publish", "-m", "A change."), 0, "Published 20"),
        (("reviewed", "late"), 0, "faqs/late is reviewed"),
        (("new", "faq", "late"), 2, "faqs/late already exists"),
        (("lint",), 2, "No such command 'lint'"),
        (("check", "--loud"), 2, "No such option"),
        (("preview", "--port", "99999"), 2, "99999 is not in the range 0<=x<=65535"),
        (("preview", "--port", "http"), 2, "'http' is not a valid integer"),
    ],
)
def test_a_command_works_from_another_folder(changed, elsewhere, arguments, status, message):
    done = CliRunner().invoke(main, ["--root", str(changed.place.root), *arguments])

    assert done.exit_code == status
    assert message in (done.stderr if status else done.stdout)
    assert "\x1b" not in done.output
    assert list(elsewhere.iterdir()) == []


def test_a_command_without_a_root_works_where_it_is_run(changed, elsewhere, monkeypatch):
    there = CliRunner().invoke(main, ["check"])
    nowhere = CliRunner().invoke(main, ["--root", "no/such/folder", "check"])
    monkeypatch.setenv("FAQTS_CONTENT", str(changed.place.root))
    named = CliRunner().invoke(main, ["check"])
    monkeypatch.delenv("FAQTS_CONTENT")
    monkeypatch.chdir(changed.root)
    above = CliRunner().invoke(main, ["check"])
    changed.write("faqs/broken.md", "")
    shown_above = CliRunner().invoke(main, ["check"])
    changed.write("site.yaml", "name: Guidance\n")
    monkeypatch.chdir(changed.place.root)
    shown_inside = CliRunner().invoke(main, ["check"])

    assert (there.exit_code, nowhere.exit_code) == (2, 2)
    assert there.stderr.startswith("content is not a content folder: ")
    assert nowhere.stderr.startswith("no/such/folder is not a content folder: ")
    assert (named.exit_code, above.exit_code) == (0, 0)
    assert shown_above.stderr.startswith("content/faqs/broken.md:1:1: ")
    assert "\nfaqs/broken.md:1:1: " in f"\n{shown_inside.stderr}"
