"""`/embed/faqs/{id}`: an answer as a page for a frame, and its failures as pages."""

import re

import pytest

from tests.content_factory import COMMON, SAMPLE
from tests.pages import Page

PATH = "/embed/faqs/addresses"


def read_notes(text: str) -> list[str]:
    """What stands above the answer, in bold."""
    return re.findall(r'<p class="note"><strong>([^<]+)</strong>', text)


def test_an_answer_is_a_whole_page_with_its_question_as_the_heading(client):
    answer = client.get(f"{PATH}?dc=uk&application=Acme")

    page = Page(answer.text)
    assert answer.status_code == 200
    assert answer.content_type == "text/html; charset=utf-8"
    assert answer.headers["Content-Language"] == page.find("html")[0]["lang"] == "en"
    assert "<h1>What of addresses?</h1>" in answer.text
    assert "Ask Acme; the client is <code>12345</code>." in answer.text
    assert "203.0.114.0/24" in answer.text
    assert "203.0.115.0/24" not in answer.text


@pytest.mark.parametrize("target", [PATH, f"{PATH}?dc=nowhere", "/embed/faqs/nothing"])
def test_no_link_says_where_it_was_followed(client, target):
    assert client.get(target).headers["Referrer-Policy"] == "no-referrer"


def test_it_is_kept_like_an_answer_and_not_sent_twice(client):
    first = client.get(PATH)

    again = client.get(PATH, headers={"If-None-Match": first.headers["ETag"]})

    live = client.get("/v1/faqs/addresses")
    assert again.status_code == 304
    for name in ("Cache-Control", "Last-Modified", "Content-Release"):
        assert first.headers[name] == live.headers[name]


def test_an_unrelated_release_leaves_its_bytes(factory):
    factory.world().publish()
    before = factory.client().get(PATH)
    factory.faq("other", position=2)
    factory.publish()

    after = factory.client().get(PATH)

    assert after.headers["ETag"] == before.headers["ETag"]
    assert after.headers["Content-Release"] != before.headers["Content-Release"]


def test_the_policy_lets_our_files_in_alone_and_anybody_frame_it(client):
    policy = client.get(PATH).headers["Content-Security-Policy"]

    assert dict(part.split(" ", 1) for part in policy.split("; ")) == {
        "default-src": "'none'",
        **dict.fromkeys(("script-src", "style-src", "img-src"), "'self'"),
        **dict.fromkeys(("base-uri", "form-action"), "'none'"),
        "frame-ancestors": "*",
    }


@pytest.mark.parametrize("path", [PATH, "/embed/faqs/nothing", f"{PATH}?x=1"])
def test_the_operator_says_who_may_frame_it_failures_too(factory, path):
    factory.world().publish()
    who = "https://console.example.com https://*.example.net"

    answer = factory.client(frame_ancestors=who).get(path)

    assert answer.headers["Content-Security-Policy"].endswith(f"; frame-ancestors {who}")
    assert "X-Frame-Options" not in answer.headers


def test_a_page_isolated_from_other_origins_may_frame_it(client):
    assert client.get(PATH).headers["Cross-Origin-Embedder-Policy"] == "require-corp"


@pytest.mark.parametrize("path", [PATH, "/embed/faqs/nothing"])
def test_it_loads_our_files_alone_and_holds_no_script_or_style(client, path):
    page = Page(client.get(path).text)

    loaded = [link["href"] for link in page.find("link") if link["rel"] != "alternate"]
    loaded += [script["src"] for script in page.find("script")]
    assert {client.get(each).status_code for each in loaded} == {200}
    assert page.data == []


def test_links_open_apart_and_other_answers_for_the_same_reader(factory):
    factory.world()
    factory.faq("a", "[B](/v1/faqs/addresses), [there](https://example.com/), [list](/v1/faqs).\n")
    factory.publish()

    text = factory.client().get("/embed/faqs/a?application=A%26B&dc=uk").text

    links = Page(text).find("a")
    assert not re.search(r'="[^"]*&(?!amp;)', text)
    assert [link["href"] for link in links] == [
        "/embed/faqs/addresses?dc=uk&application=A%26B",
        *("https://example.com/", "/v1/faqs", "https://example.com/a"),
        *("/terms#labels", "/"),
        "/faqs/a?dc=uk&application=A%26B",
    ]
    assert all(link["target"] == "_blank" and "noopener" in link["rel"] for link in links)


def test_headings_follow_the_question_without_a_gap(factory):
    factory.faq("a", "### One\n\n#### Two\n")
    factory.publish()

    text = factory.client().get("/embed/faqs/a").text

    assert re.findall("<(h[1-6])>", text) == ["h1", "h2", "h3"]


def test_a_wide_table_can_be_moved_with_the_keyboard(client):
    text = client.get(PATH).text

    assert text.count('tabindex="0"><table class="stacks" role="table">') == 1
    assert text.count("</table></div>") == 1


def test_hostile_text_stays_text(factory):
    factory.faq(
        "bad", "`</main><table>` &lt;script&gt;\n", question='Is <b>this</b> & "that" safe?'
    )
    factory.publish()

    text = factory.client().get("/embed/faqs/bad").text

    page = Page(text)
    assert "<h1>Is &lt;b&gt;this&lt;/b&gt; &amp; &#34;that&#34; safe?</h1>" in text
    assert page.find("b") == page.find("table") == []
    assert len(page.find("script")) == 1


def test_a_hostile_id_stays_text(client):
    answer = client.get("/embed/faqs/%3Cimg%20src=x%3E%22")

    assert answer.status_code == 404
    assert Page(answer.text).find("img") == []


def test_what_is_good_has_no_note_and_says_as_of_when(client):
    text = client.get(PATH).text

    footer = re.sub("<[^>]+>", "", text[text.index("</details>") :]).strip()
    assert read_notes(text) == []
    assert footer == (
        "From Admin guidance. Not yet reviewed. Changed 2 February 2026. "
        "Open this answer on its own page"
    )


@pytest.mark.parametrize("today", ["2027-01-01", "2027-01-02"])
def test_an_answer_that_is_overdue_says_so_from_the_day_after(factory, today):
    factory.world().publish()

    text = factory.client(today=today).get(PATH).text

    assert read_notes(text) == (["Review overdue."] if today > "2027-01-01" else [])


def test_a_deprecated_answer_says_so_in_words_and_headers(factory):
    factory.faq("a", status="deprecated", deprecated_on="2026-02-01", sunset_on="2026-12-31")
    factory.publish()

    answer = factory.client().get("/embed/faqs/a")

    assert read_notes(answer.text) == ["Deprecated."]
    assert 'after <time datetime="2026-12-31">' in answer.text
    assert answer.headers["Sunset"] == "Fri, 01 Jan 2027 00:00:00 GMT"


@pytest.mark.parametrize("what", ["the answer", "a fact that it shows"])
def test_samples_are_marked(factory, what):
    factory.world()
    made_up = {**COMMON, "sources": [SAMPLE]}
    if what == "the answer":
        factory.faq("addresses", **made_up)
    else:
        factory.facts("oauth-clients", {"id": "google", **made_up})
    factory.publish()

    text = factory.client().get(PATH).text

    assert read_notes(text) == ["Sample data."]


def test_a_pinned_answer_stays_and_says_that_it_may_be_old(factory):
    old = factory.world().publish()
    factory.faq("addresses", "No.\n", topics=["network"])
    factory.publish()

    answer = factory.client().get(f"{PATH}?release={old.id}")

    assert "Find out which is yours." in answer.text
    assert read_notes(answer.text) == ["Older version."]
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
