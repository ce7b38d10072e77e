"""preview: the working files as if they were published, after every save, marked."""

import pytest

from api.cli.preview import create_preview


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
    assert capsys.readouterr().err == "Showing the files as they are now.\n"


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
    assert message.endswith("The last good version is still shown.\n")
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
    assert message.endswith("Nothing is shown until this is fixed.\n")
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
