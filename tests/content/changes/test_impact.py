"""What a change asks of an administrator."""

import pytest

from content.changes.impact import judge_impact
from schemas.collections import COLLECTIONS
from tests.content_factory import COMMON, LEAST


def build(collection, **fields):
    return COLLECTIONS[collection].strict.load({**LEAST[collection], **COMMON, "id": "a", **fields})


RANGE = build("ip-ranges")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, {}, ("allow", None)),
        (None, {"effective_from": "2026-05-01"}, ("allow", "2026-05-01")),
        ({}, None, ("remove", None)),
        ({}, {"cidr": "203.0.115.0/24"}, ("update", None)),
        ({}, {"ports": [80], "effective_from": "2026-05-01"}, ("update", "2026-05-01")),
        ({}, {"effective_until": "2026-05-31"}, ("remove", "2026-06-01")),
        ({"effective_until": "2026-05-31"}, {}, ("allow", None)),
        (
            {"effective_until": "2026-05-31"},
            {"effective_until": "2026-06-30"},
            ("remove", "2026-07-01"),
        ),
        ({}, {"effective_from": "2026-05-01"}, ("allow", "2026-05-01")),
        ({"effective_from": "2026-05-01"}, {}, ("allow", None)),
        ({}, {"reviewed_on": "2026-01-02"}, ("read", None)),
        ({}, {}, ("read", None)),
    ],
)
def test_a_change_of_a_range_is_an_instruction_to_a_firewall(before, after, expected):
    was, now = (None if change is None else RANGE | change for change in (before, after))

    assert judge_impact(COLLECTIONS["ip-ranges"], was, now) == expected


@pytest.mark.parametrize("sides", [(True, True), (True, False), (False, True)])
def test_what_nobody_copies_is_only_to_be_read(sides):
    cloud = build("clouds")
    was, now = (cloud if side else None for side in sides)

    assert judge_impact(COLLECTIONS["clouds"], was, now) == ("read", None)


@pytest.mark.parametrize(
    ("collection", "field", "value"),
    [
        ("oauth-clients", "client_id", "67890"),
        ("data-centers", "api_host", "api.example.org"),
        ("traffic-classes", "rule", "outbound"),
    ],
)
def test_a_value_that_administrators_copy_is_to_be_updated(collection, field, value):
    was = build(collection)

    assert judge_impact(COLLECTIONS[collection], was, was | {field: value}) == ("update", None)
