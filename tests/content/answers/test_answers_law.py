"""The law of `release` in a body: it moves exactly when the answer changes, the day apart."""

import json
from itertools import product

from hypothesis import given

from content.answers.facts import get_fact, list_facts
from content.answers.faqs import get_faq, list_faqs
from content.answers.ranges import get_ip_range, list_ip_ranges
from content.answers.topics import list_topics
from content.changes.net_changes import list_changes
from content.changes.revisions import list_revisions
from content.errors import ReadError
from schemas.kinds.ip_range import RANGE_STATUSES
from tests.content.histories import few, histories, publish_history

CENTERS = [(), ("uk",), ("gb",), ("de",), ("fr",), ("uk", "fr")]
CLASSES = [(), ("from-service",)]
CITED = ["ip-ranges/r1", "ip-ranges/r2", "oauth-clients/google", "oauth-clients/workspace"]
FACTS = [("data-centers", "uk"), ("data-centers", "gb"), ("oauth-clients", "google")]

#: Each asks one thing of a reading.
EXACT = [
    # With every status shown: a range that the day hides still counts for the release of a list.
    *(
        lambda r, c=c, t=t: list_ip_ranges(r, data_center=c, traffic=t, status=RANGE_STATUSES)
        for c, t in product(CENTERS, CLASSES)
    ),
    *(lambda r, i=i: get_ip_range(r, i) for i in ("r1", "r2")),
    *(lambda r, n=n: list_facts(r, n) for n in ("data-centers", "oauth-clients", "clouds")),
    lambda r: list_facts(r, "oauth-clients", product="Calendar"),
    *(lambda r, n=n, i=i: get_fact(r, n, i) for n, i in FACTS),
    list_topics,
    *(
        lambda r, t=t, s=s: list_faqs(r, limit=500, topics=t, status=s)
        for t, s in product([(), ("network",), ("access",)], [(), ("current",)])
    ),
    *(lambda r, c=c: list_faqs(r, limit=500, cites=c) for c in CITED),
    *(
        lambda r, i=i, c=c: get_faq(r, i, data_center=c)
        for i, c in product(("a", "aa", "b"), (None, "de"))
    ),
    *(lambda r, i=i: list_revisions(r, i, limit=500) for i in ("a", "aa", "b")),
]
#: These may move without a difference, never differ without moving.
SAFE = [
    *(lambda r, c=c: list_ip_ranges(r, data_center=c) for c in CENTERS),
    lambda r: list_faqs(r, limit=1),
    *(
        lambda r, c=c, i=i: list_changes(
            r, limit=500, since=r.catalogue.get_release(1).id, data_center=c, impact=i
        )
        for c, i in product(CENTERS, [(), ("update",), ("read",)])
    ),
]


def ask(question, context):
    """The body of the answer without its own release, and that; None when there is no answer."""
    try:
        answer = question(context)
    except ReadError:
        return None
    assert answer.body["release"] == answer.release.id
    rest = {k: v for k, v in answer.body.items() if k not in ("release", "next_cursor")}
    return json.dumps(rest), answer.release.number


def list_pairs(world, questions):
    """What each question is answered at each release and at the one before."""
    for question in questions:
        answers = [ask(question, world.read(number)) for number in world.numbers]
        for number, before, after in zip(world.numbers[1:], answers, answers[1:], strict=False):
            if before and after:
                yield number, before, after


@few
@given(states=histories())
def test_the_release_of_an_answer_moves_exactly_when_the_answer_does(states):
    with publish_history(states) as world:
        for number, before, after in list_pairs(world, EXACT):
            assert after[1] == (before[1] if before[0] == after[0] else number)


@few
@given(states=histories())
def test_an_answer_never_changes_without_its_release(states):
    with publish_history(states) as world:
        for number, before, after in list_pairs(world, SAFE):
            assert after[1] in (before[1], number)
            assert after[1] == number or before[0] == after[0]
