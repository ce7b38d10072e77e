"""What `publish` refuses unless it is told otherwise."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.authoring.guards import Overrides, _count
from content.errors import PublishRefusedError
from tests.content_factory import SAMPLE

NONE = Overrides()


@pytest.fixture
def guarded(factory):
    """Editor and a function that publishes ranges without any allowance; the first are made."""
    factory.world()
    factory.faq("addresses")
    factory.publish()
    return factory


def write(factory, *cidrs, **fields):
    """Write one range of `uk` a CIDR, each with an id of its own; withdraw the others."""
    items = [cidr if isinstance(cidr, dict) else {"cidr": cidr} for cidr in cidrs]
    listed = [{"id": name_range(item["cidr"]), **fields, **item} for item in items]
    factory.facts("ip-ranges", *listed)
    archive = factory.place.read_archive()
    known = archive.history.ids["ip-ranges"] if archive else {}
    gone = set(known) - {item["id"] for item in listed}
    factory.withdrawn(
        *({"collection": "ip-ranges", "id": i, "reason": "It ended."} for i in sorted(gone))
    )


def name_range(cidr):
    return "r-" + "-".join(filter(None, cidr.replace(".", ":").replace("/", ":").split(":")))


def refuse(factory, overrides=NONE, **options):
    """The objections to publishing now; none when it was published."""
    try:
        factory.publish(overrides=overrides, **options)
    except PublishRefusedError as error:
        return str(error).splitlines()
    return []


def begin(factory, *cidrs, **fields):
    factory.world()
    factory.faq("addresses")
    write(factory, *cidrs, **fields)
    assert refuse(factory) == []


def say_empty(data_center="uk", family="ipv4", day="2026-02-03"):
    return (
        f"The {family} list for {data_center}, from-service, would be empty on {day}. "
        "If this is intended, add --allow-empty."
    )


def say_less(percent, family="ipv4", day="2026-02-03"):
    return (
        f"The {family} list for uk, from-service, would lose {percent}% of its "
        f"addresses on {day}. If this is intended, add --allow-shrink."
    )


@pytest.mark.parametrize(
    ("before", "after", "objections"),
    [
        pytest.param(["9.0.0.0/24"], ["9.0.0.0/24", "9.0.1.0/24"], [], id="more"),
        pytest.param(["9.0.0.0/24"], ["9.0.0.0/25"], [], id="exactly-half"),
        pytest.param(["9.0.0.0/24"], ["9.0.0.0/26"], [say_less(75)], id="three-quarters"),
        pytest.param(
            ["9.0.0.0/24", "9.0.2.0/24"],
            ["9.0.0.0/24", "9.0.2.0/32"],
            [],
            id="one-less-than-half",
        ),
        pytest.param(
            ["9.0.0.0/24"],
            ["9.0.0.0/26", "9.0.0.64/27", "9.0.0.96/28", "9.0.0.112/29"],
            [say_less(53)],
            id="a-little-more-than-half",
        ),
        pytest.param(["9.0.0.0/24"], ["9.0.0.0/25", "9.0.0.128/25"], [], id="split"),
        pytest.param(["9.0.0.0/25", "9.0.0.128/25"], ["9.0.0.0/24"], [], id="aggregated"),
        pytest.param(["9.0.0.0/24"], ["9.0.0.0/16"], [], id="widened"),
        pytest.param(["9.0.0.0/24"], ["9.0.1.0/24"], [say_less(100)], id="renumbered"),
        pytest.param(
            ["9.0.0.0/24", "2a00::/32"], ["9.0.0.0/24"], [say_empty(family="ipv6")], id="family"
        ),
        pytest.param(["2a00::/32"], ["2a00::/33", "2a00:0:8000::/33"], [], id="huge-split"),
        pytest.param(["2a00::/32"], ["2a00::/33"], [], id="huge-half"),
        pytest.param(
            ["2a00::/16"], ["2a00::/128"], [say_less(99, family="ipv6")], id="huge-to-one"
        ),
        pytest.param(
            ["2a00::/33", "2a00:0:8000::/33"],
            ["2a00::/34"],
            [say_less(75, family="ipv6")],
            id="huge",
        ),
    ],
)
def test_each_list_is_compared_address_by_address(factory, before, after, objections):
    begin(factory, *before)
    write(factory, *after)

    assert refuse(factory) == objections


WORLD = [
    {"id": "uk-1", "cidr": "203.0.114.0/24"},
    {"id": "uk-2", "cidr": "2a00:100::/48"},
    {"id": "de-1", "cidr": "203.0.115.0/24", "data_center": "de"},
]


@pytest.mark.parametrize(("empty", "shrink", "samples"), [*product([False, True], repeat=3)])
def test_each_objection_is_overridden_by_its_own_flag_alone(guarded, empty, shrink, samples):
    uk, _, de = WORLD
    guarded.facts(
        "ip-ranges",
        {**uk, "cidr": "203.0.114.0/28"},
        de,
        {"id": "new", "cidr": "192.0.2.0/24", "data_center": "de", "sources": [SAMPLE]},
    )
    guarded.withdrawn({"collection": "ip-ranges", "id": "uk-2", "reason": "It ended."})
    overrides = Overrides(empty=empty, shrink=shrink, samples=samples)

    objections = refuse(guarded, overrides)

    flags = [message.rpartition("--allow-")[2].rstrip(".") for message in objections]
    expected = [("samples", samples), ("shrink", shrink), ("empty", empty)]
    assert flags == [flag for flag, allowed in expected if not allowed]
    assert len(guarded.place.ledger.read().releases) == (1 if objections else 2)


def test_a_range_that_moves_to_another_data_center_is_missed_where_it_was(guarded):
    uk, six, de = WORLD
    guarded.facts("ip-ranges", {**uk, "data_center": "de"}, six, de)

    assert refuse(guarded) == [say_empty()]


def test_a_range_that_changes_its_class_is_missed_where_it_was(guarded):
    uk, six, de = WORLD
    guarded.facts("ip-ranges", {**uk, "traffic": "to-service"}, six, de)

    assert refuse(guarded) == [say_empty()]


def test_another_range_of_the_same_addresses_is_no_loss(guarded):
    uk, six, de = WORLD
    guarded.facts("ip-ranges", {**uk, "id": "uk-new", "aliases": ["uk-1"]}, six, de)

    assert refuse(guarded) == []


@pytest.mark.parametrize(
    ("before", "after", "objections"),
    [
        pytest.param(
            {}, {"effective_until": "2026-05-31"}, [say_empty(day="2026-06-01")], id="ends"
        ),
        pytest.param(
            {}, {"effective_until": "2026-02-03"}, [say_empty(day="2026-02-04")], id="today"
        ),
        pytest.param({}, {"effective_until": "2026-02-02"}, [say_empty()], id="ended"),
        pytest.param(
            {"effective_until": "2026-05-31"},
            {"effective_until": "2026-04-30"},
            [say_empty(day="2026-05-01")],
            id="ends-earlier",
        ),
        pytest.param(
            {"effective_until": "2026-05-31"}, {"effective_until": "2026-06-30"}, [], id="later"
        ),
        pytest.param({"effective_until": "2026-05-31"}, {}, [], id="stays"),
        pytest.param({}, {"effective_until": "9999-12-31"}, [], id="never-ends"),
        pytest.param({}, {"effective_from": "2026-05-01"}, [], id="announced-is-allowed-already"),
        pytest.param({"effective_until": "2026-02-02"}, {"ports": [80]}, [], id="over-already"),
    ],
)
def test_lists_are_compared_today_and_at_each_coming_boundary(factory, before, after, objections):
    begin(factory, {"cidr": "9.0.0.0/24", **before})
    write(factory, {"cidr": "9.0.0.0/24", **after})

    assert refuse(factory) == objections


def test_an_end_that_is_published_already_is_not_asked_again(factory):
    window = {"effective_from": "2026-03-01", "effective_until": "2026-05-31"}
    begin(factory, {"cidr": "9.0.0.0/24", **window})
    factory.faq("b")

    assert refuse(factory, days=20) == []
    factory.faq("c")
    assert refuse(factory, days=200) == []
    write(factory)
    assert refuse(factory) == []


def test_a_list_that_loses_much_and_then_everything_is_told_of_both(factory):
    begin(factory, "9.0.0.0/24", "9.0.1.0/24", "9.0.2.0/24")
    ends = {"effective_until": "2026-05-31"}
    write(
        factory,
        {"cidr": "9.0.0.0/24", "effective_until": "2026-06-30"},
        {"cidr": "9.0.1.0/24", **ends},
        {"cidr": "9.0.2.0/24", **ends},
    )

    assert refuse(factory) == [say_less(66, day="2026-06-01"), say_empty(day="2026-07-01")]


def test_lists_are_told_in_their_order(guarded):
    guarded.facts("ip-ranges")
    guarded.withdrawn(
        *({"collection": "ip-ranges", "id": item["id"], "reason": "It ended."} for item in WORLD)
    )

    assert refuse(guarded) == [say_empty("de"), say_empty(), say_empty(family="ipv6")]


def test_a_data_center_that_goes_with_its_ranges_is_missed(guarded):
    guarded.facts("data-centers", {"id": "uk"})
    guarded.facts("ip-ranges", *WORLD[:2])
    gone = [("data-centers", "de"), ("ip-ranges", "de-1")]
    guarded.withdrawn(*({"collection": name, "id": i, "reason": "It ended."} for name, i in gone))

    assert refuse(guarded) == [say_empty("de")]


def test_samples_are_asked_about_with_the_first_of_their_names(factory):
    samples = [{"cidr": f"192.0.2.{place * 16}/28"} for place in range(5)]
    factory.world().faq("addresses")
    write(factory, *samples, sources=[SAMPLE])

    (message,) = refuse(factory)

    assert message == (
        "ip-ranges/r-192-0-2-0-28, ip-ranges/r-192-0-2-16-28, "
        "ip-ranges/r-192-0-2-32-28 and 2 more: the source is a sample. Replace it "
        "with the real source. To publish it marked as a sample, add --allow-samples."
    )


def test_samples_that_did_not_change_are_not_asked_about_again(factory):
    factory.world().faq("addresses")
    write(factory, "192.0.2.0/24", sources=[SAMPLE])
    assert refuse(factory, Overrides(samples=True)) == []
    factory.faq("b")

    assert refuse(factory) == []


def test_the_first_release_loses_nothing(factory):
    assert refuse(factory.world()) == []


@given(st.sets(st.tuples(st.integers(0, 63), st.integers(26, 32))))
def test_addresses_are_counted_once_however_ranges_overlap(picked):
    sizes = [(place, 2 ** (32 - length), length) for place, length in picked]
    networks = [(place - place % size, size, length) for place, size, length in sizes]
    covered = {address for begin, size, _ in networks for address in range(begin, begin + size)}

    bodies = [{"cidr": f"9.0.0.{begin}/{length}"} for begin, _, length in networks]

    assert _count(bodies) == len(covered)
