"""docs/sdks.md shows what is tested: the commands of the table, and programs with these tasks."""

import re

import pytest

from tests.e2e.sdk.clients import CLIENTS, SECTIONS
from tests.e2e.sdk.page import PAGE, build_page

_TITLE = re.compile(r"^\s*(?:#|//) (\d\. .+)$", re.MULTILINE)


def test_the_page_shows_what_is_tested():
    page = PAGE.read_text(encoding="utf-8")

    assert build_page(page) == page, "run 'make sdks-doc'"


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.folder)
def test_a_program_has_the_nine_sections_in_order(client):
    assert tuple(_TITLE.findall(client.path.read_text(encoding="utf-8"))) == SECTIONS


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.folder)
def test_what_is_installed_is_what_is_tested(client):
    installed = re.findall(r"(\S+?)(?:==|@)(\d+\.\d+\.\d+)", client.install)

    assert installed
    pins = "".join(client.pins.values())
    assert all(f'"{name}=={it}"' in pins or f'"{name}": "{it}"' in pins for name, it in installed)


@pytest.mark.parametrize("shown", ["--fail-on-warning\n", "/v1/ip-ranges?dc=atlantis"])
def test_a_change_of_a_command_or_a_request_makes_the_page_stale(shown):
    page = PAGE.read_text(encoding="utf-8")

    assert shown in page
    assert build_page(page.replace(shown, "something else", 1)) == page
