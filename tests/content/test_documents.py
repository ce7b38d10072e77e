"""Documents and what they cite."""

import pytest

from content.documents import Citation, Key, changed_fields, is_sample, pick
from tests.content_factory import SAMPLE, SOURCE

RANGE = Key("ip-ranges", "a")
BODY = {"cidr": "192.0.2.0/24", "traffic": "web", "sources": [SOURCE, SAMPLE]}


def test_a_key_is_written_as_in_a_path():
    assert str(RANGE) == "ip-ranges/a"
    assert min([Key("b", "a"), Key("a", "b"), Key("a", "a")]) == Key("a", "a")


@pytest.mark.parametrize(
    ("citation", "covered"),
    [
        (Citation("ip-ranges", "a", ("cidr",)), True),
        (Citation("ip-ranges", "b", ("cidr",)), False),
        (Citation("clouds", "a", ("cidr",)), False),
        (Citation("ip-ranges", None, ("cidr",)), True),
        (Citation("ip-ranges", None, ("cidr",), (("traffic", "web"),)), True),
        (Citation("ip-ranges", None, ("cidr",), (("traffic", "api"),)), False),
        (Citation("ip-ranges", None, ("cidr",), (("absent", "api"),)), False),
    ],
)
def test_a_citation_covers_what_it_names_or_selects(citation, covered):
    assert citation.covers(RANGE, BODY) is covered
    assert (citation.read(RANGE, BODY) is not None) is covered


def test_a_citation_reads_the_fields_it_shows():
    citation = Citation("ip-ranges", None, ("traffic", "sample", "absent"))

    assert citation.read(RANGE, BODY) == ("web", True, None)
    assert citation.read(RANGE, None) is None


@pytest.mark.parametrize(
    ("sources", "sample"), [([], False), ([SOURCE], False), ([SOURCE, SAMPLE], True)]
)
def test_one_made_up_source_makes_a_sample(sources, sample):
    assert is_sample({"sources": sources}) is sample


def test_changed_fields_are_those_of_either_body_that_differ():
    before, after = {"a": 1, "b": 2, "gone": 3}, {"new": 4, "b": 5, "a": 1}

    assert changed_fields(before, after) == ("new", "b", "gone")
    assert changed_fields(before, before) == ()
    assert changed_fields({"a": None}, {}) == ()


def test_picked_fields_come_in_the_order_asked_for():
    assert list(pick({"a": 1, "b": 2, "c": 3}, ("c", "a"))) == ["c", "a"]
