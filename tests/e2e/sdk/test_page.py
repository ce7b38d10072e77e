"""docs/sdks.md shows what is tested: the commands of the table and the sections of the programs."""

import re

import pytest

from tests.blocks import read_blocks
from tests.e2e.sdk.clients import CLIENTS, END, ROOT, SECTIONS
from tests.e2e.sdk.page import PAGE, build_page, read_sections


def test_the_page_shows_what_is_tested():
    page = PAGE.read_text(encoding="utf-8")

    assert build_page(page) == page, "run 'make sdks-doc'"


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.folder)
def test_a_program_has_the_nine_sections_in_order(client):
    sections = read_sections(client)

    assert list(sections) == ["", *SECTIONS, END]
    assert all(text.strip() for title, text in sections.items() if title in SECTIONS)


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.folder)
def test_what_is_installed_is_what_is_tested(client):
    installed = re.findall(r"(\S+?)(?:==|@)(\d+\.\d+\.\d+)", client.install)

    assert installed
    pins = "".join(client.pins.values())
    assert all(f'"{name}=={it}"' in pins or f'"{name}": "{it}"' in pins for name, it in installed)


def test_every_block_that_names_a_tested_file_is_built():
    page = PAGE.read_text(encoding="utf-8")
    built = re.findall(r"<!-- begin (\w+) -->\n(.*?)<!-- end \1 -->\n", page, re.DOTALL)

    shown = [block for block in read_blocks(PAGE) if block.file]

    assert len(shown) == len(CLIENTS) * (2 + len(SECTIONS))
    assert {block.file for block in shown} == {
        "tests/e2e/sdk/clients.py",
        *(client.path.relative_to(ROOT).as_posix() for client in CLIENTS),
    }
    assert [text.count("\n```\n") for _, text in built] == [
        len(CLIENTS) * 2,
        len(CLIENTS) * len(SECTIONS),
    ]


def test_a_change_of_a_program_or_of_a_command_makes_the_page_stale():
    page = PAGE.read_text(encoding="utf-8")

    for shown in ("--fail-on-warning\n", "cloud.support is CloudSupport.UNSUPPORTED"):
        assert shown in page
        assert build_page(page.replace(shown, "something else", 1)) == page
