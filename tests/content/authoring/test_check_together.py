"""What documents say together."""

import pytest

from schemas.collections import COLLECTIONS
from tests.content.places import place

UNIQUE = [(c.name, names) for c in COLLECTIONS for names in c.unique if c.name != "faqs"]


def test_two_answers_with_one_position_or_question_are_a_fault(factory):
    factory.faq("a", position=7, question="Is it?")
    path = factory.faq("b", position=7, question="is  IT?")

    question, position = factory.faults()
    assert question == (
        f"{place(path, 'is  IT?')}: question: 'is  IT?' is already the question of 'a' "
        "(faqs/a.md:3). Change one of the two."
    )
    assert position.endswith(
        ": position: 7 is already the position of 'a' (faqs/a.md:5). Change one of the two."
    )


@pytest.mark.parametrize(("collection", "names"), UNIQUE, ids=str)
def test_two_documents_that_say_the_same_are_a_fault(factory, collection, names):
    factory.facts(collection, {"id": "a"})
    (first,) = factory.place.read_sources(None, factory.instant).drafts
    same = {name: first.document.body[name] for name in names}
    factory.facts(collection, {"id": "a"}, {"id": "b", **same})

    (fault,) = factory.faults()

    assert f"is already the {names[-1]} of 'a'" in fault


@pytest.mark.parametrize("name", ["sdk_identifier", "invite_address"])
def test_two_documents_without_a_value_do_not_say_the_same(factory, name):
    factory.facts("data-centers", {"id": "a", name: None}, {"id": "b", name: None})

    assert factory.faults() == []


@pytest.mark.parametrize(
    ("defaults", "message"),
    [
        ([True, False], None),
        ([False, True], None),
        ([False, False], "default: no data center is the default. Write default: true for one."),
        (
            [True, True],
            "default: 'uk' is already the default. Write default: false in one of the",
        ),
    ],
)
def test_one_data_center_is_the_default(factory, defaults, message):
    factory.facts(
        "data-centers",
        *({"id": name, "default": flag} for name, flag in zip(("uk", "de"), defaults, strict=True)),
    )

    faults = factory.faults()

    assert len(faults) == (message is not None)
    assert all(message in fault for fault in faults)
