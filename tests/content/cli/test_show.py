"""show: a published document as the API has it, and what is said of one that is not there."""

import json

import pytest

from tests.terminal import run


def test_show_says_what_the_api_says(factory):
    factory.world().publish()
    api = factory.client(today=None)

    for name in ("faqs/addresses", "ip-ranges/uk-1", "clouds/workspace"):
        result = run(factory, "show", name)
        assert json.loads(result.output) == api.get(f"/v1/{name}").get_json()
    assert run(factory, "show", "addresses").output == run(factory, "show", "faqs/addresses").output


def test_show_of_a_release_is_as_of_its_day(factory):
    factory.world()
    factory.facts(
        "ip-ranges",
        {"id": "uk-1", "effective_until": "2026-02-05", "review_by": "2026-02-05"},
    )
    factory.publish()
    factory.facts("ip-ranges", {"id": "uk-1", "cidr": "203.0.116.0/24"})
    factory.publish()
    api = factory.client(today=None)

    result = run(factory, "show", "ip-ranges/uk-1", "--release", "2026-02-02.01")

    body = json.loads(result.output)
    assert body == api.get("/v1/ip-ranges/uk-1?release=2026-02-02.01").get_json()
    assert (body["status"], body["freshness"]["state"]) == ("retiring", "unreviewed")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("towns/york", "Unknown collection 'towns'. Use one of: "),
        ("../x", "Unknown collection '..'. Use one of: "),
        ("a/b/c", "Unknown collection 'a/b'. Use one of: "),
        ("/clouds", "Unknown collection ''. Use one of: "),
        ("clouds/", "clouds never had a document ''. Use one of: workspace."),
        ("clouds/Workspace", "clouds never had a document 'Workspace'. Use one of: workspace."),
        ("permissions/x", "permissions never had a document 'x'. It has no documents."),
        ("\udcff", "faqs never had a document"),
        ("old", "faqs/old was renamed to 'addresses'."),
        ("gone", "faqs/gone was withdrawn: Nobody asks. See faqs/addresses instead."),
    ],
)
def test_show_of_what_is_not_there_says_what_is(factory, name, message):
    factory.world().faq("gone")
    factory.publish()
    factory.path("faqs/gone.md").unlink()
    factory.withdrawn(
        {
            "collection": "faqs",
            "id": "gone",
            "reason": "Nobody asks.",
            "successor": "faqs/addresses",
        }
    )
    factory.faq("addresses", aliases=["old"])
    factory.publish()

    result = run(factory, "show", name)

    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("release", ["2030-01-01.01", "yesterday", "", "../1"])
@pytest.mark.parametrize("command", ["show topics/network --release", "diff --since"])
def test_a_release_that_is_not_there_is_a_wrong_call(factory, command, release):
    factory.world().publish()

    result = run(factory, *command.split(), release)

    assert result.exit_code == 2
    assert result.stderr == f"Unknown release {release!r}. Run 'faqts log' to list all releases.\n"


def test_show_before_the_first_release_says_so(factory):
    result = run(factory.world(), "show", "topics/network")

    assert (result.exit_code, result.stderr) == (
        2,
        "There is no release yet. Run 'faqts publish'.\n",
    )
