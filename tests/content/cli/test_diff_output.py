"""diff: what publishing the files would change, what concerns firewalls first."""

import json

import pytest

from tests.content_factory import SOURCE
from tests.terminal import run


@pytest.fixture
def published(factory):
    """An editor whose files are what was published."""
    factory.world().faq("old", "One line.\n\nAnother line.\n")
    factory.publish()
    return factory


def diff(factory, *arguments: str) -> str:
    result = run(factory, "diff", *arguments)
    assert result.exit_code == 0
    return result.output


def test_files_that_say_what_was_published_differ_in_nothing(published):
    assert diff(published) == "Nothing to publish.\n"
    assert json.loads(diff(published, "--json")) == []


def test_without_a_document_or_a_release_there_is_a_way_to_begin(factory):
    result = run(factory, "diff")

    assert result.exit_code == 2
    assert "Run 'faqts new faq ID'" in result.stderr


def test_before_the_first_release_everything_is_added(factory):
    factory.facts("topics", {"id": "network"})

    assert diff(factory) == "Changes:\n  read   added   topics/network\n1 change.\n"


def test_faulty_files_are_not_compared(published):
    published.faq("old", position="first")

    result = run(published, "diff")

    assert result.exit_code == 1
    assert "content/faqs/old.md:5:11: position:" in result.stderr
    assert result.stdout == ""


def test_what_a_firewall_must_do_comes_first(published):
    published.facts("topics", {"id": "network", "title": "Networks"})
    published.facts(
        "ip-ranges",
        {"id": "de-1", "cidr": "203.0.115.0/24", "data_center": "de", "review_by": "2027-02-01"},
        {"id": "uk-1", "cidr": "203.0.114.0/24", "effective_until": "2026-12-31"},
        {"id": "uk-2", "cidr": "2a00:101::/48"},
        {"id": "uk-3", "cidr": "203.0.120.0/24", "effective_from": "2027-01-01"},
    )

    lines = diff(published).splitlines()

    assert lines[0] == "For firewalls:"
    assert lines[1:8] == [
        "  remove changed ip-ranges/uk-1  203.0.114.0/24 (uk, from-service) from 2027-01-01",
        '           effective_until: null → "2026-12-31"',
        "  update changed ip-ranges/uk-2  2a00:101::/48 (uk, from-service)",
        '           cidr: "2a00:100::/48" → "2a00:101::/48"',
        "  allow  added   ip-ranges/uk-3  203.0.120.0/24 (uk, from-service) from 2027-01-01",
        "Everything else:",
        "  read   changed faqs/addresses",
    ]
    assert "  read   changed ip-ranges/de-1  203.0.115.0/24 (de, from-service)" in lines[8:]
    assert lines[-1] == "6 changes."


def test_a_sample_is_said_to_be_one(published):
    published.facts(
        "ip-ranges",
        *({"id": "uk-1"}, {"id": "uk-2", "cidr": "2a00:100::/48"}),
        {"id": "de-1", "cidr": "203.0.115.0/24", "data_center": "de"},
        {
            "id": "uk-3",
            "cidr": "192.0.2.0/28",
            "sources": [
                {"title": "Sample", "url": None, "retrieved_on": None, "confidence": "sample"}
            ],
        },
    )

    assert "ip-ranges/uk-3  192.0.2.0/28 (uk, from-service, sample)\n" in diff(published)


def test_a_text_is_compared_line_by_line(published):
    published.faq("old", "One line.\n\nAnother new line.\n")

    lines = diff(published).splitlines()

    assert lines == [
        "Changes:",
        "  read   changed faqs/old",
        "           markdown:",
        "             @@ -2,2 +2,2 @@",
        "              ",
        "             -Another line.",
        "             +Another new line.",
        "1 change.",
    ]


def test_an_answer_that_shows_a_changed_value_says_why_it_changed(published):
    published.facts("oauth-clients", {"id": "google", "client_id": "67890"})

    lines = diff(published).splitlines()

    at = lines.index("  read   changed faqs/addresses")
    assert lines[at + 1] == "           because of oauth-clients/google"
    assert '           summary: "Client 12345." → "Client 67890."' in lines
    assert "  update changed oauth-clients/google" in lines


def test_what_is_withdrawn_says_why(published):
    published.path("faqs/old.md").unlink()
    published.withdrawn({"collection": "faqs", "id": "old", "reason": "Nobody asks."})

    assert diff(published) == (
        "Changes:\n  read   removed faqs/old\n           Nobody asks.\n1 change.\n"
    )


def test_what_is_renamed_says_how_it_is_called_now(published):
    published.path("faqs/old.md").unlink()
    published.faq("new", "One line.\n\nAnother line.\n", aliases=["old"])

    assert diff(published) == (
        "Changes:\n"
        "  read   added   faqs/new\n"
        "  read   removed faqs/old\n"
        "           It is now called new.\n"
        "2 changes.\n"
    )


def test_a_withdrawn_range_is_shown_as_it_was(published):
    published.facts(
        "ip-ranges",
        {"id": "uk-2", "cidr": "2a00:100::/48"},
        {"id": "de-1", "cidr": "203.0.115.0/24", "data_center": "de"},
    )
    published.withdrawn({"collection": "ip-ranges", "id": "uk-1", "reason": "Given back."})

    assert diff(published).startswith(
        "For firewalls:\n"
        "  remove removed ip-ranges/uk-1  203.0.114.0/24 (uk, from-service)\n"
        "           Given back.\n"
    )


def test_the_changes_as_json_are_those_of_the_api(published):
    published.facts("oauth-clients", {"id": "google", "client_id": "67890"})
    published.facts("topics", {"id": "network"}, {"id": "email"})
    published.path("faqs/old.md").unlink()
    published.withdrawn({"collection": "faqs", "id": "old", "reason": "Nobody asks."})

    before = json.loads(diff(published, "--json"))
    published.publish()

    api = published.client().get("/v1/changes?since=2026-02-02.01").get_json()
    assert before == api["items"]
    assert len(before) == 4
    assert json.loads(diff(published, "--since", "2026-02-02.01", "--json")) == before


def test_what_was_published_since_and_what_is_not_yet_are_shown_together(published):
    published.facts("topics", {"id": "network", "title": "Networks"})
    published.publish()
    published.facts("topics", {"id": "network", "title": "Networks"}, {"id": "email"})

    since_first = diff(published, "--since", "2026-02-02.01")
    since_latest = diff(published)

    assert since_first == (
        "Changes:\n"
        "  read   added   topics/email\n"
        "  read   changed topics/network\n"
        '           title: "Network" → "Networks"\n'
        "2 changes.\n"
    )
    assert since_latest == "Changes:\n  read   added   topics/email\n1 change.\n"


def test_what_was_changed_and_changed_back_is_no_difference(published):
    published.facts("topics", {"id": "network", "title": "Networks"})
    published.publish()
    published.facts("topics", {"id": "network"})

    assert diff(published, "--since", "2026-02-02.01") == "No changes since 2026-02-02.01.\n"
    assert diff(published).endswith("\n1 change.\n")


def test_a_list_of_objects_shows_a_line_for_each_that_came_or_went(published):
    other = {**SOURCE, "title": "Another page", "url": None}
    published.facts("topics", {"id": "network", "sources": [other, SOURCE], "caveats": ["Old."]})

    assert diff(published) == (
        "Changes:\n"
        "  read   changed topics/network\n"
        "           sources:\n"
        '             + title: "Another page", confidence: "confirmed"\n'
        "           caveats:\n"
        '             + "Old."\n'
        "1 change.\n"
    )
    published.publish()
    published.facts("topics", {"id": "network", "sources": [SOURCE, other], "caveats": ["New."]})

    assert diff(published) == (
        "Changes:\n  read   changed topics/network\n           sources:\n             "
        'different order:\n             + title: "A page", url: '
        '"https://example.com/a", confidence: "confirmed"\n             + title: '
        '"Another page", confidence: "confirmed"\n           caveats:\n             - '
        '"Old."\n             + "New."\n1 change.\n'
    )


def test_an_object_shows_the_parts_that_differ(published):
    published.site(contact={"title": "Support", "url": "https://help.example.com/"})
    published.publish()
    published.site(contact={"title": "Help", "url": "https://help.example.com/"})

    assert '           contact.title: "Support" → "Help"\n' in diff(published)
