"""What each problem means, as JSON and as a page."""

import pytest

from api.rendering.filters import mark_up
from schemas.problem import PROBLEM_TYPES
from tests.pages import Page

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
PATHS = ["/problems", "/problems/not-found"]


@pytest.mark.parametrize("problem", PROBLEM_TYPES.values(), ids=PROBLEM_TYPES)
def test_every_problem_is_explained(client, problem):
    answer = client.get(f"/problems/{problem.slug}")

    assert answer.content_type == "application/json"
    assert answer.get_json() == {
        "slug": problem.slug,
        "title": problem.title,
        "status": problem.status,
        "cause": problem.cause,
        "repair": problem.repair,
    }
    assert answer.headers["Cache-Control"].startswith("public, max-age=300")


@pytest.mark.parametrize("problem", PROBLEM_TYPES.values(), ids=PROBLEM_TYPES)
def test_every_problem_is_explained_to_people(client, problem):
    answer = client.get(f"/problems/{problem.slug}", headers={"Accept": BROWSER})

    page = Page(answer.get_data(as_text=True))
    assert answer.content_type == "text/html; charset=utf-8"
    assert problem.title in page.text
    assert problem.cause.replace("`", "") in page.text
    assert problem.repair.replace("`", "") in page.text
    assert str(problem.status) in page.text
    assert ("The proxy in front" in page.text) == problem.by_proxy
    assert {client.get(href).status_code for href in page.links} == {200}


def test_all_problems_are_listed(client):
    body = client.get("/problems").get_json()
    page = Page(client.get("/problems?format=html").get_data(as_text=True))

    assert body["count"] == len(PROBLEM_TYPES)
    statuses = [item["status"] for item in body["items"]]
    assert statuses == sorted(statuses)
    for item in body["items"]:
        assert item == client.get(f"/problems/{item['slug']}").get_json()
    assert [href for href in page.links if href.startswith("/problems/")] == [
        f"/problems/{item['slug']}" for item in body["items"]
    ]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("application/problem+json", "application/json"),
        ("image/png", "application/json"),
        ("text/html;q=0.5, application/json", "application/json"),
        (BROWSER, "text/html"),
        ("text/*", "text/html"),
    ],
)
def test_json_comes_first_and_a_page_to_whoever_likes_it_better(client, path, accept, kind):
    answer = client.get(path, headers={"Accept": accept} if accept else {})

    assert answer.status_code == 200
    assert answer.content_type.partition(";")[0] == kind
    assert answer.headers["Vary"] == "Accept, Accept-Encoding"


@pytest.mark.parametrize("path", PATHS)
def test_a_form_that_is_named_comes_before_what_is_accepted(client, path):
    page = client.get(f"{path}?format=html", headers={"Accept": "application/json"})
    body = client.get(f"{path}?format=json", headers={"Accept": BROWSER})

    assert page.content_type == "text/html; charset=utf-8"
    assert body.content_type == "application/json"
    assert page.headers["Vary"] == body.headers["Vary"] == "Accept-Encoding"
    assert page.headers["Cache-Control"] == body.headers["Cache-Control"]


@pytest.mark.parametrize("path", PATHS)
def test_each_form_leads_to_the_other(client, path):
    body, page = client.get(path), client.get(path, headers={"Accept": BROWSER})

    assert body.headers["Link"] == f'<{path}?format=html>; rel="alternate"; type="text/html"'
    assert page.headers["Link"] == f'<{path}?format=json>; rel="alternate"; type="application/json"'


@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_no_script_and_lets_nothing_in_but_our_style(client, path):
    answer = client.get(f"{path}?format=html")

    rules = dict(
        rule.split(" ", 1) for rule in answer.headers["Content-Security-Policy"].split("; ")
    )
    page = Page(answer.get_data(as_text=True))
    assert rules.pop("style-src") == rules.pop("img-src") == "'self'"
    assert set(rules.values()) == {"'none'"}
    assert rules.keys() == {"default-src", "base-uri", "form-action", "frame-ancestors"}
    assert not {"script", "style", "form", "iframe"} & {name for name, _ in page.elements}


def test_what_a_link_got_added_is_no_fault_of_a_reader(client):
    for path in ("/problems", "/problems/not-found"):
        answer = client.get(f"{path}?utm_source=mail", headers={"Accept": "text/html"})

        assert answer.status_code == 200
        assert answer.get_data() == client.get(f"{path}?format=html").get_data()


@pytest.mark.parametrize("query", ["?format=md", "?fromat=html", "?format=html&format=json"])
def test_a_parameter_that_is_wrong_is_refused(client, query):
    answer = client.get(f"/problems/not-found{query}")

    assert answer.status_code == 400
    assert len(answer.get_json()["errors"]) == 1


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/problems/not-fund", "/problems/not-found"),
        ("/problems/Only-Samples", "/problems/only-samples"),
        ("/problems/zzzzzz", "/problems?"),
        ("/problems/", "/problems, without the trailing slash"),
        ("/problems/%3Cscript%3E", "/problems"),
    ],
)
def test_a_problem_that_does_not_exist_is_not_found_and_the_nearest_named(client, path, meant):
    answer, page = client.get(path), client.get(path, headers={"Accept": BROWSER})

    assert answer.status_code == page.status_code == 404
    assert answer.content_type == "application/problem+json"
    assert meant in answer.get_json()["detail"]
    assert page.content_type == "text/html; charset=utf-8"


@pytest.mark.parametrize("headers", [{}, {"Accept": BROWSER}], ids=["json", "page"])
def test_an_explanation_is_not_sent_twice(client, headers):
    tag = client.get("/problems/not-found", headers=headers).headers["ETag"]

    again = client.get("/problems/not-found", headers={**headers, "If-None-Match": tag})

    assert again.status_code == 304


def test_problems_are_explained_before_the_first_release(factory):
    client = factory.client()

    assert client.get("/problems/not-ready").status_code == 200
    assert client.get("/problems?format=html").status_code == 200


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Read `errors`.", "Read <code>errors</code>."),
        ("a < b & c", "a &lt; b &amp; c"),
        ("`<script>`", "<code>&lt;script&gt;</code>"),
        ("\"a\" 'b'", "&quot;a&quot; &#x27;b&#x27;"),
        ("/v1 lists it", '<a href="/v1">/v1</a> lists it'),
        ("see /v1/data-centers.", 'see <a href="/v1/data-centers">/v1/data-centers</a>.'),
        ("a/v1", "a/v1"),
    ],
)
def test_text_becomes_html_with_nothing_of_its_own(text, html):
    assert mark_up(text) == html


@pytest.mark.parametrize(
    ("query", "written"),
    [
        ("dc=france", "Unknown data center 'france'. Use one of: {}."),
        ("dc=great britain", "letters, digits and single hyphens. Use one of: {}."),
        ("dc=ukk", "Unknown data center 'ukk'. Did you mean 'uk'?"),
        ("family=9", "family: '9' is not one of ipv4, ipv6."),
    ],
)
def test_where_nothing_is_near_the_sentence_itself_says_what_can_be_written(client, query, written):
    (fault,) = client.get(f"/v1/ip-ranges?{query}").get_json()["errors"]

    assert fault["detail"].endswith(written.format(", ".join(fault["allowed"])))
