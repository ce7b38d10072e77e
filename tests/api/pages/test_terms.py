"""The page of terms, and what leads there."""

import json
import re

import pytest

from openapi.document import read_document
from schemas.deprecation import MIN_NOTICE_DAYS
from schemas.document import CONFIDENCES
from tests.pages import Page


@pytest.fixture
def page(client):
    return Page(client.get("/terms").get_data(as_text=True))


def test_the_terms_are_a_page_that_loads_our_style_alone_and_runs_nothing(client):
    answer = client.get("/terms")

    assert answer.status_code == 200
    assert answer.content_type == "text/html; charset=utf-8"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert not re.search(r"<(script|img|style|iframe)|style=", answer.get_data(as_text=True))


def test_every_label_of_a_source_is_explained_where_it_is_shown(client):
    pages = [client.get(path).get_data(as_text=True) for path in ("/faqs/addresses", "/clouds")]

    for text in (client.get("/terms").get_data(as_text=True), *pages):
        explained = re.findall(r'<li><span class="tag (\w+)">[a-z ]+</span> [A-Z]', text)
        assert tuple(explained) == CONFIDENCES


def test_the_terms_are_kept_and_not_sent_twice(client):
    first = client.get("/terms")

    again = client.get("/terms", headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"].startswith("public, max-age=300")
    assert again.status_code == 304


def test_the_contract_leads_to_terms_that_are_served(client):
    info = json.loads(read_document())["info"]

    assert client.get(info["termsOfService"]).status_code == 200


def test_what_is_deprecated_leads_to_a_part_of_the_page(factory):
    factory.faq("a", status="deprecated", deprecated_on="2026-02-01")
    factory.publish()
    client = factory.client()

    links = client.get("/v1/faqs/a").headers["Link"]

    path, part = re.search(r'<(/[a-z]+)#([a-z-]+)>; rel="deprecation"', links).groups()
    assert part in Page(client.get(path).get_data(as_text=True)).ids


def test_every_link_of_the_page_leads_somewhere(client, page):
    assert page.links
    assert {client.get(link).status_code for link in page.links} == {200}


def test_the_page_names_the_notice_that_the_code_holds(client):
    message = client.get("/terms").get_data(as_text=True)

    assert f"at least {MIN_NOTICE_DAYS} days" in message


def test_the_contract_says_of_itself_all_that_is_known():
    """The license by its name in SPDX, and then without an address. Source: OpenAPI 3.1."""
    info = json.loads(read_document())["info"]

    assert {"title", "summary", "description", "version"} <= info.keys()
    assert info["license"] == {"name": "MIT", "identifier": "MIT"}
    assert info["contact"] == {"name": "The faqts authors"}
