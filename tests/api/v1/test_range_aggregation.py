"""`aggregate=true`: fewer networks, the same addresses, and both counts said."""

import pytest

from tests.content_factory import COMMON, SAMPLE

RANGES = "/v1/ip-ranges?traffic=from-service"


@pytest.fixture
def halved(factory):
    """The world, a range of which is published in halves."""
    factory.world()
    factory.facts(
        "ip-ranges",
        {"id": "uk-1", "cidr": "203.0.114.0/25"},
        {"id": "uk-2", "cidr": "203.0.114.128/25"},
        {"id": "uk-3", "cidr": "2a00:100::/48"},
        {"id": "uk-o", "cidr": "203.0.120.0/28", "traffic": "to-service"},
    )
    factory.publish()
    return factory.client()


@pytest.mark.parametrize(
    ("format_", "counts"),
    [("txt", "before=3, after=2"), ("nginx", "before=3, after=2"), ("ipset", "before=3, after=2")],
)
def test_an_aggregated_list_says_both_counts(halved, format_, counts):
    answer = halved.get(f"{RANGES}&aggregate=true&format={format_}")
    text = answer.get_data(as_text=True)

    assert answer.headers["Content-Aggregation"] == counts
    assert "203.0.114.0/24" in text
    assert "/25" not in text
    assert ("# Networks: 2, aggregated from 3." in text) == (format_ != "txt")


def test_nft_counts_over_all_its_sets(halved):
    answer = halved.get("/v1/ip-ranges?aggregate=true&format=nft")

    assert answer.headers["Content-Aggregation"] == "before=4, after=3"
    assert "# Networks: 3, aggregated from 4." in answer.get_data(as_text=True)


@pytest.mark.parametrize("query", ["format=txt", "format=txt&aggregate=false", "format=csv"])
def test_what_is_not_aggregated_says_no_counts(client, query):
    assert "Content-Aggregation" not in client.get(f"{RANGES}&{query}").headers


@pytest.mark.parametrize("format_", ["json", "csv"])
def test_a_form_that_says_more_of_each_range_refuses_to_aggregate(client, format_):
    answer = client.get(f"{RANGES}&aggregate=true&format={format_}")

    assert answer.status_code == 400
    (fault,) = answer.get_json()["errors"]
    assert fault["parameter"] == "aggregate"
    assert "format=txt" in fault["detail"]


def test_samples_are_never_put_together_with_real_ranges(factory):
    factory.world()
    factory.facts(
        "ip-ranges",
        {"id": "a", "cidr": "203.0.112.0/24"},
        {"id": "s", "cidr": "203.0.113.0/24", **COMMON, "sources": [SAMPLE]},
    )
    factory.publish()

    answer = factory.client().get(f"{RANGES}&format=nginx&samples=true&aggregate=true")
    text = answer.get_data(as_text=True)

    assert "allow 203.0.112.0/24;\n" in text
    assert "allow 203.0.113.0/24; # SAMPLE, do not use\n" in text
