"""The service that generated clients talk to: what is shipped, as it is and as it may grow."""

import pytest

from tests.content_factory import ContentFactory
from tests.e2e.servers import ROOT, THREADS, serving

_SHIPPED = {"FAQTS_LEDGER": str(ROOT / "content" / "releases"), "FAQTS_WORKERS": "1"}


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """A server of the shipped content."""
    with serving(ContentFactory(tmp_path_factory.mktemp("today")), **_SHIPPED) as running:
        yield running


@pytest.fixture(scope="session")
def grown(tmp_path_factory):
    """The same with a field more in every object: `tests/e2e/sdk/later.py`."""
    factory = ContentFactory(tmp_path_factory.mktemp("later"))
    with serving(factory, *THREADS[:-1], "tests.e2e.sdk.later:application", **_SHIPPED) as running:
        yield running
