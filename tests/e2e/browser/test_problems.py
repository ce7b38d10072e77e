"""The pages about problems in a real browser, without scripts."""

import pytest

from schemas.problem import PROBLEM_TYPES
from tests.e2e.browser.conftest import PHONE, reading


@pytest.fixture(scope="module")
def phone(browser, server):
    """Somebody with a phone that runs no script."""
    with reading(browser, server.port, viewport=PHONE, java_script_enabled=False) as reader:
        yield reader


def test_whoever_follows_the_type_of_a_problem_reads_what_repairs_it_and_all_of_it(phone):
    for problem in PROBLEM_TYPES.values():
        phone.open(f"/problems/{problem.slug}")

        assert phone.page.locator("h1").inner_text() == problem.title
        text = phone.page.locator("main").inner_text()
        assert problem.repair.replace("`", "") in text
        assert problem.cause.replace("`", "") in text
        assert not phone.is_wider_than_its_window(), problem.slug


def test_the_list_leads_to_each_problem_and_each_back_to_the_list(phone):
    phone.open("/problems")
    assert not phone.is_wider_than_its_window()
    total = phone.page.locator("main li a[href^='/problems/']").count()

    phone.page.locator("main li a").first.click()
    phone.page.get_by_role("main").get_by_role("link", name="Errors").click()

    assert total == len(PROBLEM_TYPES)
    assert phone.page.url.endswith("/problems")
