"""What every test may ask for."""

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.content_factory import ContentFactory

# A busy machine is slow, not wrong: no example fails for the time it took.
settings.register_profile("faqts", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("faqts")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Under FAQTS_REQUIRE_TOOLS=1 a test that is left out has failed."""
    report = yield
    if report.skipped and os.environ.get("FAQTS_REQUIRE_TOOLS") == "1":
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped: {report.longrepr}"
    return report


@pytest.fixture
def factory(tmp_path) -> ContentFactory:
    """An editor in an empty folder."""
    return ContentFactory(tmp_path)


@pytest.fixture
def client(factory):
    """A checked client of one release of the small world of `ContentFactory.world`."""
    factory.world().publish("The world.")
    return factory.client()
