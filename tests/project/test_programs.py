"""What happens where a program is missing."""

from pathlib import Path

import pytest
from _pytest.outcomes import Failed, Skipped

from tests.programs import require_path, require_program

NOWHERE = "a-program-that-nobody-has"


def test_a_program_that_is_there_is_found():
    assert require_program("sh").endswith("/sh")


def test_what_make_installs_is_found_without_being_on_the_path(monkeypatch):
    monkeypatch.setenv("PATH", "")

    assert require_program("pytest").endswith("/pytest")


@pytest.mark.parametrize(("required", "outcome"), [("", Skipped), ("0", Skipped), ("1", Failed)])
def test_a_missing_program_skips_or_fails_by_its_name(monkeypatch, required, outcome):
    monkeypatch.setenv("REQUIRE_TOOLS", required)

    with pytest.raises(outcome, match=f"{NOWHERE} is not installed"):
        require_program(NOWHERE)


def test_a_file_that_is_there_is_found():
    assert require_path(Path(__file__)) == Path(__file__)


@pytest.mark.parametrize(("required", "outcome"), [("", Skipped), ("0", Skipped), ("1", Failed)])
def test_a_missing_file_skips_or_fails_by_its_name(monkeypatch, tmp_path, required, outcome):
    monkeypatch.setenv("REQUIRE_TOOLS", required)

    with pytest.raises(outcome, match=r"nowhere\.jar is not installed"):
        require_path(tmp_path / "nowhere.jar")
