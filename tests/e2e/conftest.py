"""The real service and the real proxy in front of it, for the tests of one module."""

import pytest

from tests.e2e.proxies import proxying
from tests.e2e.servers import serving
from tests.editor import Editor

#: What the service behind the proxy takes for its address.
PUBLIC_URL = "https://faqts.example.com"


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """The real service, whose access log counts; one answer was renamed, one withdrawn."""
    editor = Editor(tmp_path_factory.mktemp("edge")).world()
    editor.faq("old", position=2)
    editor.publish()
    editor.path("faqs/old.md").unlink()
    editor.path("faqs/addresses.md").unlink()
    editor.withdrawn({"collection": "faqs", "id": "old", "reason": "It was wrong."})
    editor.faq("ranges", aliases=["addresses"], topics=["network"])
    editor.facts("clouds", {"id": "workspace", "faq": "ranges"})
    editor.publish()
    # One worker writes its access log in order.
    settings = {"FAQTS_WORKERS": "1", "FAQTS_PUBLIC_URL": PUBLIC_URL}
    with serving(editor, "--access-logfile", "-", **settings) as running:
        yield running


@pytest.fixture(scope="module")
def edge(service, tmp_path_factory):
    with proxying(tmp_path_factory.mktemp("nginx"), service.port) as running:
        yield running
