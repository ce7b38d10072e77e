"""Every command of the README and the tour, run as a reader would, in a fresh copy."""

import re

import pytest

from tests.blocks import ROOT, Project, check_block, find_server, is_shown, read_blocks
from tests.programs import require_program

README, TOUR = ROOT / "README.md", ROOT / "docs" / "tour.md"
#: A release that was just published arrives within seconds, in each worker by itself.
_ATTEMPTS_AFTER_PUBLISHING = 60


@pytest.fixture
def project(tmp_path):
    for name in ("bash", "make", "curl", "jq"):
        require_program(name)
    project = Project(tmp_path)
    yield project
    project.stop()


@pytest.mark.parametrize(("page", "commands"), [(README, 2), (TOUR, 16)])
def test_every_command_prints_what_the_page_shows(page, commands, project):
    blocks = read_blocks(page)
    attempts = 1

    for block in blocks:
        settings = find_server(block)
        if settings is not None:
            project.start(settings)
            # Whichever worker is later says after this that it serves, too.
            told, line, rest = project.read_log().partition("faqts serves")
            told += line + rest.partition("\n")[0] + "\n"
            assert is_shown(block.output, told), told
        elif block.file:
            project.write(block)
        elif "faqts check" in block.text and "fault found" in (block.output or ""):
            status, printed = project.run(block.text)
            assert status == 1
            assert is_shown(block.output, printed), printed
        elif "faqts publish" in block.text:
            status, printed = project.run(block.text)
            assert status == 0, printed
            assert is_shown(block.output, printed), printed
            attempts = _ATTEMPTS_AFTER_PUBLISHING
        elif block.language != "console":  # `test_installed.py` runs these.
            assert block.language == "sh", block.place
            check_block(project, block, attempts=attempts)

    assert sum(block.language == "sh" for block in blocks) >= commands


def test_the_copy_runs_its_own_code(project):
    _, printed = project.run(".venv/bin/python -c 'import openapi; print(openapi.__file__)'")

    assert printed.startswith(str(project.root))


def test_every_read_of_published_content_is_pinned():
    tour, _, _ = TOUR.read_text(encoding="utf-8").partition("## Edit and publish")
    text = README.read_text(encoding="utf-8") + tour

    reads = re.findall(r"http://127\.0\.0\.1:8000/v1\?\S*|http://127\.0\.0\.1:8000/v1/\S+", text)

    assert len(reads) > 10
    assert [read for read in reads if "release=" not in read] == []


def test_the_commands_of_the_readme_are_what_has_to_pass():
    readme = README.read_text(encoding="utf-8")
    steps = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()

    named = set(re.findall(r"`(make (?:test|check)[a-z-]*)`", readme))
    run = [re.match(r"make (?:test|check)[a-z-]*(?=$| )", step) for step in steps]
    assert named == {step[0] for step in run if step}
