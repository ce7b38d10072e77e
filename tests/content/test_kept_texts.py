"""What is kept of texts that never change."""

from content.forms.kept_texts import KeptTexts


def test_a_text_is_made_once():
    made = []
    kept = KeptTexts(100)

    texts = [kept.get("a", lambda: made.append("a") or "text") for _ in range(3)]

    assert texts == ["text"] * 3
    assert made == ["a"]


def test_the_least_used_goes_when_there_are_too_many_letters():
    made = []
    kept = KeptTexts(10)

    def ask(key: str) -> None:
        kept.get(key, lambda: made.append(key) or "fives")

    for key in ("a", "b", "a", "c", "a", "b"):
        ask(key)

    assert made == ["a", "b", "c", "b"]


def test_a_text_that_is_too_long_is_given_and_not_kept():
    made = []
    kept = KeptTexts(3)

    texts = [kept.get("a", lambda: made.append("a") or "long text") for _ in range(2)]

    assert texts == ["long text"] * 2
    assert made == ["a", "a"]
