"""The real service and the real proxy in front of it, for the tests of one module."""

import pytest

from tests.content_factory import ContentFactory
from tests.e2e.proxies import proxying
from tests.e2e.servers import serving

#: What the service behind the proxy takes for its address.
PUBLIC_URL = "https://faqts.example.com"


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """The real service, whose access log counts; one answer was renamed, one withdrawn."""
    factory = ContentFactory(tmp_path_factory.mktemp("edge")).world()
    factory.faq("old", position=2)
    factory.publish()
    factory.path("faqs/old.md").unlink()
    factory.path("faqs/addresses.md").unlink()
    factory.withdrawn({"collection": "faqs", "id": "old", "reason": "It was wrong."})
    factory.faq("ranges", aliases=["addresses"], topics=["network"], position=1)
    factory.facts("clouds", {"id": "workspace", "faq": "ranges"})
    factory.publish()
    # One worker writes its access log in order.
    settings = {"FAQTS_WORKERS": "1", "FAQTS_PUBLIC_URL": PUBLIC_URL}
    with serving(factory, "--access-logfile", "-", **settings) as running:
        yield running


@pytest.fixture(scope="module")
def edge(service, tmp_path_factory):
    with proxying(tmp_path_factory.mktemp("nginx"), service.port) as running:
        yield running
