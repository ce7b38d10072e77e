"""What every test may ask for."""

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.content_factory import ContentFactory
from tests.contract import CheckedClient, FourfoldClient

# A busy machine is slow, not wrong: no example fails for the time it took. `make test` makes few
# examples, `make test-all` many (`--hypothesis-profile=full`).
settings.register_profile(
    "fast", max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("full", settings.get_profile("fast"), max_examples=100)
settings.load_profile("fast")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Under REQUIRE_TOOLS=1 a test that is left out has failed."""
    report = yield
    if report.skipped and os.environ.get("REQUIRE_TOOLS") == "1":
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped: {report.longrepr}"
    return report


def _is_fourfold(request) -> bool:
    return request.node.get_closest_marker("fourfold") is not None


@pytest.fixture
def factory(tmp_path, request) -> ContentFactory:
    """An editor in an empty folder."""
    return ContentFactory(tmp_path, fourfold=_is_fourfold(request))


@pytest.fixture(scope="session")
def world_app(tmp_path_factory):
    """The application over one release of the small world of `ContentFactory.world`."""
    factory = ContentFactory(tmp_path_factory.mktemp("world"), fourfold=True).world()
    factory.publish("The world.")
    yield factory.app()
    assert len(factory.archive().history.releases) == 1, "what publishes makes its own client"


@pytest.fixture
def client(request, world_app):
    """A checked client of the small world, for tests that only read; its cache is empty."""
    assert "factory" not in request.fixturenames, "use factory.world(), publish() and client()"
    world_app.test_client_class = FourfoldClient if _is_fourfold(request) else CheckedClient
    world_app.extensions["faqts"]._snapshot = None
    return world_app.test_client()
