"""Which version a difference asks for, and what the changelog of the contract has to say."""

import pytest

from openapi.compatibility.finding import Finding, Level
from openapi.compatibility.versions import list_version_faults, parse_version

NEW = [Finding(Level.ADDITION, "GET /v1/moods", "the operation is new")]
CHANGELOG = "# Changelog\n\n## 1.1.0\n\n- Moods.\n\n## 1.0.1\n\n## 1.0.0\n\n- The first.\n"


def judge(released, version, additions=(), changelog=CHANGELOG):
    return list(list_version_faults(released, version, additions, changelog))


@pytest.mark.parametrize(
    ("released", "version", "additions"),
    [
        (None, "1.0.0", []),
        ("1.0.0", "1.0.0", []),
        ("1.0.0", "1.1.0", NEW),
        ("1.0.0", "1.1.0", []),
        ("1.1.0", "1.1.0", []),
        ("1.1.0+kinds.1", "1.1.0+kinds.2", NEW),
    ],
    ids=["first", "nothing more", "more", "a number alone", "not mentioned twice", "other kinds"],
)
def test_a_version_that_says_what_changed_is_fine(released, version, additions):
    assert judge(released, version, additions) == []


def test_other_words_need_no_version_and_a_patch_says_so():
    assert judge("1.0.0", "1.0.0", changelog="") == []
    assert judge("1.0.0", "1.0.2", changelog="## 1.0.2\n\n- Changed descriptions.\n") == []


@pytest.mark.parametrize("version", ["1.0.0", "1.0.1"])
def test_what_is_more_needs_a_minor_version_and_the_line_to_write_is_said(version):
    version_fault, changelog_fault = judge("1.0.0", version, NEW, "# Changelog\n")

    assert version_fault == (
        f"info.version is {version}, but additions since 1.0.0 require version 1.1.0. Write "
        "VERSION = '1.1.0' in openapi/info.py and run 'faqts openapi'."
    )
    assert changelog_fault == (
        "docs/api-changelog.md has no section for 1.1.0. Add:\n\n"
        "## 1.1.0\n\n- GET /v1/moods: the operation is new."
    )


@pytest.mark.parametrize(
    ("changelog", "version"),
    [
        ("", "1.1.0"),
        ("## 1.1.0\n", "1.1.0"),
        ("## 1.1.0\n\n## 1.0.0\n\n- The first.\n", "1.1.0"),
        ("## 1.1.0-rc.1\n\n- Moods.\n", "1.1.0"),
        ("## 1.1.01\n\n- Moods.\n", "1.1.0"),
        ("### 1.1.0\n\n- Moods.\n", "1.1.0"),
        ("It has no 1.1.0 yet.\n", "1.1.0"),
        (CHANGELOG, "1.0.1"),
    ],
)
def test_a_version_without_a_section_that_says_something_is_a_fault(changelog, version):
    (fault,) = judge("1.0.0", version, changelog=changelog)

    assert fault.startswith(f"docs/api-changelog.md has no section for {version}. Add:")
    assert fault.endswith("- Changed descriptions.")


def test_a_first_contract_needs_its_section_too():
    (fault,) = judge(None, "1.0.0", changelog="# Changelog\n")

    assert "has no section for 1.0.0" in fault


@pytest.mark.parametrize(
    ("released", "version", "message"),
    [
        ("1.1.0", "1.0.1", "info.version is 1.0.1, but 1.1.0 is already released."),
        (
            "1.0.0",
            "2.0.0",
            "A new major version is a separate API with its own paths and contract.",
        ),
        ("1.0.0", "1.1", "info.version is '1.1' and the released version is '1.0.0'. One of"),
        ("1.0.0+kinds.2", "1.0.0+kinds.1", "1.0.0+kinds.2 is already released."),
        ("1.0.0", "1.10.0-rc.1", "info.version is '1.10.0-rc.1' and the released"),
    ],
)
def test_a_number_that_cannot_follow_is_a_fault(released, version, message):
    assert any(message in fault for fault in judge(released, version))


def test_numbers_are_compared_as_numbers():
    assert parse_version("1.10.0") > parse_version("1.9.9")
    assert parse_version("01.0.0") is None
