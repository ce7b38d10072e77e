"""The real service with what embeds may meet, and a relay before it that can be made to fail."""

from collections.abc import Iterator
from functools import partial

import pytest

from tests.content_factory import SAMPLE, ContentFactory
from tests.e2e.browser.elements.consoles import Console, consoling
from tests.e2e.browser.elements.relays import Relay, relaying
from tests.e2e.servers import Server, serving

ANSWER = '<faq-answer faq="addresses" open><a href="/help">Ask us</a></faq-answer>'
FIRST, SECOND = "2026-02-02.01", "2026-02-03.01"
#: Everything that Markdown can become, and letters that HTML writes otherwise.
RICH = r"""### Largest

#### Smaller

Text with *stress*, **weight**, ~~a mistake~~, `code <b>` and 1 < 2 & "3" in\
two lines. See [the addresses](/v1/faqs/addresses), [a page](https://example.com/?a=1&b=2)
and [a box](mailto:a@example.com).
There are [ranges](/v1/ip-ranges), [a cloud](/v1/clouds/workspace)
and [a list](/v1/ip-ranges?format=csv).

> Quoted.

3. three
4. four
   - inner

---

```
<script>alert("no")</script>
```

| a | b |
| - | - |
| averylongwordthatdoesnotfitintothewidthofanyphoneatall | averylongwordthatdoesnotfitintothewidth |
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory) -> Iterator[Server]:
    """Two releases: the second has another client id, and an answer withdrawn."""
    factory = ContentFactory(tmp_path_factory.mktemp("elements")).world()
    factory.faq("old", position=2)
    factory.publish("First.")
    factory.path("faqs/old.md").unlink()
    factory.withdrawn(
        {
            "collection": "faqs",
            "id": "old",
            "reason": "It was wrong.",
            "successor": "faqs/addresses",
        }
    )
    factory.facts("oauth-clients", {"id": "google", "client_id": "67890"})
    factory.facts(
        "ip-ranges",
        {"id": "uk-1", "cidr": "203.0.114.0/24"},
        {"id": "uk-2", "cidr": "2a00:100::/48", "effective_until": "2027-03-31"},
        {"id": "de-1", "cidr": "203.0.115.0/24", "data_center": "de"},
        {"id": "uk-3", "cidr": "203.0.116.0/24", "effective_from": "2027-01-15"},
        {"id": "uk-4", "cidr": "192.0.2.0/28", "traffic": "to-service", "sources": [SAMPLE]},
    )
    factory.faq("rich", RICH, position=3, topics=["network"])
    factory.faq("ending", status="deprecated", position=4, caveats=["Nobody agrees."])
    factory.publish("Second.")
    # The day of the browser is another matter.
    with serving(factory, FAQTS_TODAY="2026-11-25") as running:
        yield running


@pytest.fixture
def relay(service) -> Iterator[Relay]:
    """What stands before the service and can be made to fail."""
    with relaying(service.port) as running:
        yield running


@pytest.fixture(scope="module")
def one_relay(service) -> Iterator[Relay]:
    with relaying(service.port) as running:
        yield running


@pytest.fixture(scope="module")
def one_console(browser, one_relay) -> Iterator[Console]:
    with consoling(browser, one_relay.port, ANSWER) as console:
        # What comes later would be a copy that tests do not expect.
        console.answer()
        yield console


@pytest.fixture
def console(one_console, one_relay) -> Iterator[Console]:
    """A page with `ANSWER` that kept no copy, for tests that reload it; `one_relay` can fail."""
    one_relay.faults.clear()
    one_console.page.evaluate("localStorage.clear()")
    yield one_console
    one_console.check()


@pytest.fixture
def visit(browser, service):
    """Opens a page that embeds the service: `with visit(body) as console`."""
    return partial(consoling, browser, service.port)


@pytest.fixture
def visit_relay(browser, relay):
    """The same, through the relay."""
    return partial(consoling, browser, relay.port)
