"""preview: the working files as if they were published, after every save, marked."""

import json

import pytest
from lxml import html

from api.cli.preview import create_preview
from tests.api.site.browsing import BROWSER, browse


@pytest.fixture
def preview(factory):
    """A client of the preview of the small world, of which nothing is published."""
    return open_preview(factory.world())


def open_preview(factory):
    return create_preview(factory.place).test_client()


def read_title(client) -> str:
    return client.get("/v1/topics").get_json()["items"][0]["title"]


def test_what_is_not_published_is_shown(factory, preview, capsys):
    answer = preview.get("/v1/faqs/addresses")

    assert answer.status_code == 200
    assert not factory.path("releases").exists()
    assert preview.get("/v1/releases").get_json()["items"][0]["summary"] == "Not published."


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/faqs", 200),
        ("/v1/ip-ranges?traffic=from-service&format=txt", 200),
        ("/v1/faqs?limit=0", 400),
        ("/v1/nothing", 404),
        ("/readyz", 200),
    ],
)
def test_every_answer_is_marked_and_not_kept(preview, path, status):
    answer = preview.get(path)

    assert answer.status_code == status
    assert answer.headers["Content-Release"] == "unpublished"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8001", 200),
        ("localhost:8001", 200),
        ("LOCALHOST", 200),
        ("[::1]:8001", 200),
        ("evil.example:8001", 400),
        ("localhost.evil.example", 400),
        ("127.0.0.1.evil.example", 400),
        ("127.0.0.1:8001@evil.example", 400),
        ("192.0.2.1:8001", 400),
        ("localhost:evil", 400),
    ],
)
def test_only_its_own_host_is_answered_and_no_page_elsewhere_can_read_it(preview, host, status):
    headers = {"Host": host, "Origin": f"http://{host}"}

    answers = [preview.get(path, headers=headers) for path in ("/v1/faqs/addresses", "/readyz")]

    for answer in answers:
        assert answer.status_code == status
        assert not any(name.startswith("Access-Control-") for name, _ in answer.headers)
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert ("203.0.114" in answers[0].text) == (status == 200)


def test_nothing_of_a_preflight_lets_a_page_elsewhere_in(preview):
    answer = preview.options("/v1/faqs", headers={"Host": "evil.example"})

    assert answer.status_code == 204
    assert not any(name.startswith("Access-Control-") for name, _ in answer.headers)


def test_a_save_is_followed(factory, preview, capsys):
    before = read_title(preview)
    factory.facts("topics", {"id": "network", "title": "Networks"})

    after = read_title(preview)

    assert (before, after) == ("Network", "Networks")
    assert capsys.readouterr().err == "Showing the current files.\n"


def test_files_that_come_and_go_are_followed(factory, preview):
    factory.faq("more")
    more = preview.get("/v1/faqs/more").status_code
    factory.path("faqs/more.md").unlink()

    gone = preview.get("/v1/faqs/more")

    assert more == 200
    assert gone.status_code == 404


def test_a_fault_is_said_once_and_the_last_good_version_stays(factory, preview, capsys):
    read_title(preview)
    capsys.readouterr()
    factory.write("facts/topics.yaml", "items:\n  - id: network\n    title: 5\n")

    titles = [read_title(preview), read_title(preview)]

    message = capsys.readouterr().err
    ready = preview.get("/readyz").get_json()
    assert titles == ["Network", "Network"]
    assert message.count("content/facts/topics.yaml:3:12: title: 5 is not text") == 1
    assert message.endswith("The last version without faults is still shown.\n")
    assert ready["status"] == "degraded"
    assert "content/facts/topics.yaml:3:12" in ready["reason"]


def test_what_is_mended_is_shown_again(factory, preview):
    factory.write("facts/topics.yaml", "items: [\n")
    read_title(preview)
    factory.facts("topics", {"id": "network", "title": "Networks"})

    title = read_title(preview)

    assert title == "Networks"
    assert preview.get("/readyz").get_json()["status"] == "ready"


def test_faults_at_the_start_are_said_before_the_first_request(factory, capsys):
    factory.world().faq("addresses", position="first")

    client = open_preview(factory)

    message = capsys.readouterr().err
    assert "content/faqs/addresses.md:5:11: position: 'first' is not a whole number." in message
    assert message.endswith("Fix this to see the preview.\n")
    assert client.get("/v1/topics").status_code == 503
    factory.faq("addresses", topics=["network"])
    assert client.get("/v1/topics").status_code == 200


def test_a_broken_ledger_is_said(factory, capsys):
    factory.world().publish()
    factory.write("releases/00002.json", "{")

    client = open_preview(factory)

    assert "00002.json: is not a release file" in capsys.readouterr().err
    assert client.get("/v1").status_code == 503


def test_an_older_release_can_be_read_and_compared(factory):
    factory.world().publish()
    factory.facts("topics", {"id": "network", "title": "Networks"})
    client = open_preview(factory)

    old = client.get("/v1/topics?release=2026-02-02.01").get_json()
    changes = client.get("/v1/changes?since=2026-02-02.01").get_json()

    assert old["items"][0]["title"] == "Network"
    assert [change["id"] for change in changes["items"]] == ["network"]


def test_files_that_say_what_is_published_are_shown_and_marked_all_the_same(factory):
    factory.world().publish()

    answer = open_preview(factory).get("/v1")

    assert answer.get_json()["release"] == "2026-02-02.01"
    assert answer.headers["Content-Release"] == "unpublished"


def test_without_any_document_nothing_is_shown(factory, capsys):
    assert open_preview(factory).get("/v1").status_code == 503


def test_a_file_that_cannot_be_read_is_passed_over_until_it_can(factory, preview):
    factory.path("faqs/lost.md").symlink_to(factory.root / "nowhere.md")

    assert preview.get("/v1/topics").status_code == 200


@pytest.fixture
def changed(factory):
    """A client of the preview of a published world, of which one answer and one topic changed."""
    factory.world().publish()
    factory.facts("topics", {"id": "network", "title": "Networks"})
    factory.faq("addresses", "Ask us.\n", topics=["network"], position=1)
    return open_preview(factory)


def read_page(client, path: str, status: int = 200):
    """The tree of a page, which is whole and which its policy lets work."""
    browse(client, path, status)
    return html.fromstring(client.get(path, headers=BROWSER).text)


def say(element) -> str:
    return " ".join(element.text_content().split())


def read_bar(client, path: str, status: int = 200) -> str:
    """The words of the bar above a page."""
    (bar,) = read_page(client, path, status).xpath("//aside[@class='preview']")
    return say(bar)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/faqs/addresses", "1 change on this page. All 2 changes since release 2026-02-02.01"),
        ("/faqs/addresses/data", "1 change on this page. All 2 changes"),
        ("/", "2 changes on this page. All 2 changes"),
        ("/ip-ranges", "No change on this page. All 2 changes"),
        ("/clouds", "No change on this page. All 2 changes"),
        ("/terms", "No change on this page."),
        ("/faqs/addresses?release=2026-02-02.01", "This page shows an older release. All 2"),
    ],
)
def test_a_page_says_that_it_is_not_published_and_what_changes_on_it(changed, path, words):
    assert read_bar(changed, path).startswith(f"Preview: not published. {words}")


def test_a_page_that_is_not_there_is_marked_too(changed):
    assert read_bar(changed, "/nothing", 404).startswith("Preview: not published. ")


def test_the_changes_of_a_page_are_those_that_the_release_will_show(factory, changed):
    page = read_page(changed, "/faqs/addresses")

    (link,) = page.xpath("//aside/p/a")
    (change,) = page.xpath("//aside/details/ul/li")
    release = read_page(changed, link.get("href"))
    shown = [say(item) for item in release.xpath("//main//ul[@class='facts']/li")]
    assert say(change) in shown
    assert len(shown) == 2


def test_before_the_first_release_and_without_a_change_the_bar_says_so(factory, preview):
    first = read_bar(preview, "/faqs/addresses")
    factory.publish()
    factory.facts("topics", {"id": "network"})

    assert first.startswith("Preview: not published. 1 change on this page. All ")
    assert "since" not in first.partition("What changes")[0]
    assert read_bar(preview, "/").startswith(
        "Preview: not published. Same as the latest release, 2026-02-02.01."
    )


def test_a_page_is_whole_and_what_it_loads_is_allowed(changed):
    headers = {**BROWSER, "Accept-Encoding": "gzip", "If-None-Match": "*"}

    for path in ("/", "/terms", "/docs"):
        answer = changed.get(path, headers=headers)
        assert answer.status_code == 200
        assert "Content-Encoding" not in answer.headers
        assert int(answer.headers["Content-Length"]) == len(answer.data)
        assert not {"ETag", "Repr-Digest", "Last-Modified"} & set(answer.headers.keys())
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy or "default-src 'self'" in policy
        assert "unsafe" not in policy
    assert changed.get("/preview/preview.js").content_type == "text/javascript; charset=utf-8"
    assert changed.get("/preview/preview.css").content_type == "text/css; charset=utf-8"
    assert changed.get("/preview/../settings.py").status_code == 404


def test_what_others_embed_has_no_bar(changed):
    frame = changed.get("/embed/faqs/addresses", headers=BROWSER).get_data(as_text=True)
    fragment = changed.get("/v1/faqs/addresses?format=html").get_data(as_text=True)

    assert all("Ask us." in text for text in (frame, fragment))
    assert "not published" not in frame + fragment


def test_a_page_can_tell_that_the_files_changed(factory, changed):
    (bar,) = read_page(changed, "/").xpath("//aside")
    same = changed.get("/preview/version").text
    factory.facts("topics", {"id": "network", "title": "Other"})
    saved = changed.get("/preview/version").text
    factory.write("facts/topics.yaml", "items: [")
    broken = changed.get("/preview/version").text

    assert bar.get("data-version") == same
    assert len({same, saved, broken}) == 3


def test_faults_are_in_the_page_above_the_last_good_version(factory, changed):
    factory.write("facts/topics.yaml", "items:\n  - id: network\n    title: <b>5</b>\n    x: 1\n")

    page = read_page(changed, "/faqs/addresses")
    listed = [say(item) for item in page.xpath("//section[@class='faults']//li")]

    shown = [str(fault) for fault in factory.faults()]
    assert len(listed) == len(shown) > 2
    assert [f"{factory.root}/{fault}" for fault in shown] == [
        line.replace(" ", ": ", 1) for line in listed
    ]
    assert "Ask us." in page.text_content()


def test_faults_at_the_start_are_above_what_is_published(factory):
    factory.world().publish()
    factory.faq("addresses", position="first")
    client = open_preview(factory)

    assert "1 fault in your files" in read_bar(client, "/faqs/addresses")
    assert client.get("/v1/topics").status_code == 200


def test_a_browser_reads_the_faults_when_there_is_nothing_else(factory):
    factory.world().faq("addresses", position="first")
    client = open_preview(factory)

    bar = read_bar(client, "/", 503)

    assert "content/faqs/addresses.md:5:11 position: 'first' is not a whole number." in bar
    assert client.get("/v1/topics").content_type == "application/problem+json"
    assert client.get("/preview/version").status_code == 200


def test_a_kind_and_the_site_are_followed(factory, preview):
    before = preview.get("/v1/smtp-hosts").status_code
    factory.kind("smtp-hosts", {"name": "name"})
    factory.facts("smtp-hosts", {"id": "uk", "name": "Post"})
    factory.site(name="Mail help")

    page = read_page(preview, "/smtp-hosts")
    assert before == 404
    assert "Mail help" in say(page.xpath("//header")[0])
    assert read_bar(preview, "/smtp-hosts").startswith(
        "Preview: not published. 1 change on this page."
    )
    factory.kind("smtp-hosts", {"name": "name"}, {"name": "port", "type": "number"})
    factory.facts("smtp-hosts", {"id": "uk", "name": "Post", "port": 25})
    assert preview.get("/v1/smtp-hosts/uk").get_json()["port"] == 25


def test_a_file_that_is_saved_half_is_a_fault_and_no_failure(factory, changed):
    factory.kind("smtp-hosts", {"name": "name"})
    factory.facts("smtp-hosts", {"id": "uk", "name": "Post"})
    factory.site(name="Mail help")
    for name in (
        "kinds/smtp-hosts.yaml",
        "facts/smtp-hosts.yaml",
        "site.yaml",
        "faqs/addresses.md",
    ):
        whole = factory.path(name).read_text()
        for length in (0, 1, len(whole) // 2, len(whole) - 2):
            factory.write(name, whole[:length])
            assert changed.get("/faqs/addresses", headers=BROWSER).status_code == 200
        factory.write(name, whole)

    assert "fault" not in read_bar(changed, "/")


def test_files_that_no_part_of_content_are_not_followed(factory, changed):
    before = changed.get("/preview/version").text
    factory.path(".venv/lib").mkdir(parents=True)
    factory.write(".venv/lib/data.json", json.dumps({}))
    factory.write("notes.txt", "Mine.")

    assert changed.get("/preview/version").text == before
