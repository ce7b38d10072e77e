"""The reference in a real browser: drawn from here alone, tried against the running service."""

import json
from contextlib import contextmanager

import pytest

from api.rendering.assets import SWAGGER_UI
from tests.e2e.browser.conftest import PHONE, Reader, reading
from tests.e2e.browser.test_navigation import GROUND
from tests.e2e.proxies import is_hit, proxying
from tests.e2e.servers import ROOT

BUNDLE = f"/docs/swagger-ui-{SWAGGER_UI}/swagger-ui-bundle.js"
#: The rules of a style sheet that draw a picture: condition, selector, address of the picture.
LIST_PICTURES = """sheet => {
  const list = (rules, condition) => [...rules].flatMap((rule) => rule.selectorText === undefined
    ? list(rule.cssRules ?? [], rule.conditionText ?? "")
    : [...rule.cssText.matchAll(/url\\("([^:"]*:?)/g)].flatMap(([, address]) =>
        rule.selectorText.split(", ").map((selector) => [condition, selector, address])));
  return list(document.styleSheets[sheet].cssRules, "");
}"""


@pytest.fixture(scope="module")
def edge(server, tmp_path_factory):
    with proxying(tmp_path_factory.mktemp("nginx"), server.port) as running:
        yield running


@pytest.fixture(params=["gunicorn", "nginx"])
def way(request, browser, server, edge):
    """Somebody who reads from the service itself, or through the proxy in front of it."""
    port = {"gunicorn": server, "nginx": edge}[request.param].port
    with reading(browser, port) as reader:
        yield reader


def open_docs(reader: Reader, path: str = "/docs") -> Reader:
    """Go to the reference and wait until it is drawn."""
    reader.open(path)
    reader.page.locator(".opblock").first.wait_for()
    return reader


def find(reader: Reader, operation: str):
    return reader.page.locator(f"[id$='-{operation}']")


@contextmanager
def trying(reader: Reader, operation: str):
    """Open *operation* to be filled in; when the block ends, it has been asked and answered."""
    block = find(reader, operation)
    block.click()
    block.locator(".try-out__btn").click()
    yield block
    block.locator(".execute").click()
    block.locator(".live-responses-table").wait_for()


def fill(block, name: str, value: str) -> None:
    """Give the parameter *name* of *block* a *value*."""
    row = block.locator(f"tr[data-param-name='{name}']")
    if row.locator(".json-schema-form-item-add").count():
        row.locator(".json-schema-form-item-add").click()
    if row.locator("select").count():
        row.locator("select").select_option(value)
    else:
        row.locator("input").fill(value)


def read_answer(block) -> tuple[str, str]:
    """The status and the body that *block* shows."""
    answer = block.locator(".live-responses-table tr.response")
    return (
        answer.locator(".response-col_status").inner_text().strip(),
        answer.locator(".highlight-code code").first.inner_text(),
    )


def test_an_operation_is_tried_and_shows_what_the_service_answers(way, server):
    open_docs(way)

    with trying(way, "listIpRanges") as block:
        fill(block, "dc", "uk")

    status, body = read_answer(block)
    assert status == "200"
    assert json.loads(body) == server.ask("/v1/ip-ranges?dc=uk").json()
    assert way.asked[-1] == f"{way.origin}/v1/ip-ranges?dc=uk"


def test_a_plain_form_is_shown_as_it_is(visitor, server):
    open_docs(visitor)

    with trying(visitor, "listIpRanges") as block:
        fill(block, "traffic", "from-service")
        fill(block, "format", "txt")

    status, body = read_answer(block)
    assert status == "200"
    direct = server.ask("/v1/ip-ranges?traffic=from-service&format=txt").body.decode()
    assert body.split() == direct.split()
    assert "203.0.114.0/24" in body


def test_one_document_is_tried_by_its_id(visitor):
    open_docs(visitor)

    with trying(visitor, "getFaq") as block:
        fill(block, "id", "addresses")
        fill(block, "application", "Acme & Co")

    status, body = read_answer(block)
    assert status == "200"
    assert "Acme & Co" in json.loads(body)["answer"]["text"]


#: What swagger-ui would take from the address of its page, had it not been told to leave it.
EVIL = "url=https://evil.example/a.json&configUrl=https://evil.example/c.json&validatorUrl=//evil"


def test_all_that_is_asked_for_is_of_the_one_origin(reader):
    open_docs(reader, f"/docs?{EVIL}")
    for block in reader.page.locator(".opblock-summary-control").all()[:4]:
        block.click()
    reader.page.get_by_role("tab", name="Schema").first.click()
    reader.page.locator(".json-schema-2020-12-expand-deep-button").first.click()
    reader.page.locator(".models-control").click()
    reader.page.wait_for_load_state("networkidle")

    paths = {url.removeprefix(reader.origin).partition("?")[0] for url in reader.asked}
    drawn = {path for path in paths if path.endswith(".svg")}
    assert drawn >= {"/docs/copy.svg", "/docs/arrow.svg"}
    assert paths - drawn == {
        "/docs",
        *("/docs/docs.css", "/docs/docs.js", "/docs/site.css"),
        f"/docs/swagger-ui-{SWAGGER_UI}/swagger-ui.css",
        BUNDLE,
        "/v1/openapi.json",
    }


def test_every_picture_that_swagger_ui_draws_as_an_address_is_drawn_from_here(visitor):
    visitor.open("/docs")

    theirs, ours = (visitor.page.evaluate(LIST_PICTURES, sheet) for sheet in (1, 2))

    needed = {(c, s) for c, s, address in theirs if address == "data:" and ".debug-grid" not in s}
    assert len(needed) >= 14
    assert {(condition, selector) for condition, selector, _ in ours} == needed
    assert {address for *_, address in ours} <= {
        *("arrow.svg", "check.svg", "copy.svg", "toggle.svg")
    }


def test_every_operation_is_there_in_the_order_of_the_contract(visitor):
    contract = json.loads((ROOT / "content" / "openapi" / "v1.json").read_text(encoding="utf-8"))
    operations = [item["get"] for item in contract["paths"].values()]
    expected = [
        operation["operationId"]
        for tag in contract["tags"]
        for operation in operations
        if operation["tags"] == [tag["name"]]
    ]

    open_docs(visitor)

    shown = visitor.page.locator(".opblock").evaluate_all("all => all.map(one => one.id)")
    assert [name.rpartition("-")[2] for name in shown] == expected
    assert len(expected) == len(contract["paths"])


def test_only_what_must_be_given_begins_with_its_example(visitor):
    open_docs(visitor)

    with trying(visitor, "lookUpAddresses") as block:
        given = block.locator("tr[data-param-name='ip'] input").first.input_value()

    status, body = read_answer(block)
    assert status == "200"
    assert [item["query"] for item in json.loads(body)["items"]] == [given]
    assert "&" not in visitor.asked[-1]
    assert "For example" in block.locator("tr[data-param-name='release']").inner_text()


def test_an_address_leads_to_its_operation(visitor):
    open_docs(visitor)
    find(visitor, "listClouds").click()
    find(visitor, "listClouds").locator(".opblock-body").wait_for()
    address = visitor.page.url

    visitor.page.goto("about:blank")
    visitor.page.goto(address)
    find(visitor, "listClouds").locator(".opblock-body").wait_for()

    assert address.endswith("/listClouds")
    assert visitor.page.locator(".opblock-body").count() == 1


def test_the_filter_leaves_what_it_names(visitor):
    open_docs(visitor)
    total = visitor.page.locator(".opblock").count()

    visitor.page.locator(".operation-filter-input").fill("lookup")
    find(visitor, "listClouds").wait_for(state="detached")

    assert 0 < visitor.page.locator(".opblock").count() < total


def test_a_phone_shows_all_without_moving_the_page_sideways(visitor):
    visitor.page.set_viewport_size(PHONE)
    open_docs(visitor)
    with trying(visitor, "listIpRanges"):
        pass

    assert not visitor.is_wider_than_its_window()


def test_it_follows_the_colors_of_the_reader(visitor):
    grounds = []
    open_docs(visitor)
    for scheme in ("light", "dark"):
        visitor.page.emulate_media(color_scheme=scheme)
        grounds.append(visitor.page.evaluate(GROUND) == "rgb(255, 255, 255)")

    assert grounds == [True, False]


def test_without_scripts_it_leads_to_the_contract(browser, server):
    with reading(browser, server.port, java_script_enabled=False) as reader:
        reader.open("/docs")
        reader.page.locator("noscript a").click()
        reader.page.wait_for_url("**/v1/openapi.json")

        assert '"openapi"' in reader.page.content()


def test_colours_that_a_reader_forces_ask_for_nothing_else(browser, server):
    with reading(browser, server.port, forced_colors="active") as reader:
        open_docs(reader)
        find(reader, "listIpRanges").click()
        reader.page.locator(".models-control").click()
        reader.page.wait_for_load_state("networkidle")

        assert f"{reader.origin}/docs/copy.svg" in reader.asked


def test_the_proxy_keeps_the_page_and_what_it_loads(edge):
    for path in ("/docs", BUNDLE, "/docs/docs.js"):
        answers = [edge.ask(f"{path}?kept", headers={"Accept-Encoding": "gzip"}) for _ in range(2)]

        assert [is_hit(answer) for answer in answers] == [False, True]
        assert answers[0].body == answers[1].body
