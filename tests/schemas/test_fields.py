"""Each type accepts one spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import Schema, ValidationError, fields

from schemas.fields import (
    Anything,
    Day,
    Digest,
    Flag,
    Id,
    Instant,
    List,
    Nested,
    Period,
    Reference,
    ReleaseId,
    Text,
    Uri,
    WholeNumber,
    show,
)
from schemas.words import Enum, OpenEnum

TEXTS = {
    "text": Text("Some text."),
    "id": Id("A name."),
    "reference": Reference("clouds", "A cloud."),
    "release": ReleaseId("A release."),
    "digest": Digest("A digest."),
    "day": Day("A day."),
    "instant": Instant("An instant."),
    "period": Period("A period."),
    "uri": Uri("An address."),
    "choice": Enum("Colour", ("red", "green"), "A colour."),
    "word": OpenEnum(("red", "green"), "A colour."),
}


def refuse(field, value) -> str:
    """The message with which *field* refuses *value*."""
    with pytest.raises(ValidationError) as caught:
        field.deserialize(value)
    assert len(caught.value.messages) == 1
    return caught.value.messages[0]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", "a"),
        ("text", " a "),
        ("id", "a"),
        ("id", "0-a1-b"),
        ("reference", "gcc-high"),
        ("release", "2026-11-22.01"),
        ("release", "2026-11-22.100"),
        ("digest", "sha256:" + "0a" * 32),
        ("day", "2026-11-22"),
        ("day", "2024-02-29"),
        ("day", "9999-12-31"),
        ("instant", "2026-11-22T23:59:59Z"),
        ("period", "P1D"),
        ("period", "P99999D"),
        ("uri", "https://example.com/a?b=c#d"),
        ("choice", "green"),
        ("word", "red"),
    ],
)
def test_a_right_value_is_kept_as_it_is_written(kind, value):
    assert TEXTS[kind].deserialize(value) == value


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("value", [1.5, True, [], ["a"], {}, {"a": 1}])
def test_only_text_is_text(kind, value):
    assert refuse(TEXTS[kind], value) == f"{value!r} is not text; put it in quotes."


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("value", ["", " ", "\n\t", "\u2003"])
def test_blank_text_is_refused(kind, value):
    assert refuse(TEXTS[kind], value) == "this is empty; write the text."


@pytest.mark.parametrize("kind", TEXTS)
def test_a_number_goes_into_quotes_where_these_help(kind):
    try:
        TEXTS[kind].deserialize("20261123")
    except ValidationError as error:
        message = error.messages[0].replace("'20261123'", "20261123")
    else:
        message = "20261123 is not text; put it in quotes."

    assert refuse(TEXTS[kind], 20261123).replace("'20261123'", "20261123") == message


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("id", "is not an ID; use lowercase letters, digits"),
        ("release", "is not a release; write its day and its number in that day"),
        ("digest", "is not a digest; write 'sha256:' and 64 hexadecimal digits"),
        ("day", "is not a day; write YYYY-MM-DD"),
        ("instant", "is not a time in UTC; write YYYY-MM-DDThh:mm:ssZ."),
        ("period", "is not a period in days; write P30D for thirty days"),
        ("uri", "is not an address; write it in full, beginning with https://"),
        ("choice", "is not one of red, green."),
        ("word", "is not one of red, green."),
    ],
)
@pytest.mark.parametrize(
    "value", ["Übel", "a b", "-", "2026-", "a\n", "\u0665", "https://", "sha256:"]
)
def test_a_wrong_spelling_is_shown_with_the_rule(kind, says, value):
    message = refuse(TEXTS[kind], value)

    assert message.startswith(f"{value!r} ")
    assert says in message
    assert message.endswith(".")


@pytest.mark.parametrize(
    "value", ["A", "a_b", "a--b", "-a", "a-", "a/b", "é", "a\n", " a", "\u0661"]
)
def test_an_id_has_one_alphabet(value):
    assert repr(value) in refuse(TEXTS["id"], value)


@pytest.mark.parametrize(
    "value",
    [
        *("2026-02-30", "2025-02-29", "2026-13-01", "2026-00-10", "0000-01-01", "20261122"),
        *("2026-W01-1", "2026-1-2", "\u0662\u0660\u0662\u0666-11-22", "2026-11-22T00:00:00"),
        *("2026-11-22 ", "22.11.2026", "2026/11/22", "2026-11-22\n", "+2026-11-22"),
    ],
)
def test_a_day_is_one_of_the_calendar_in_one_spelling(value):
    assert "is not a day" in refuse(TEXTS["day"], value)


@given(st.dates())
def test_every_day_of_the_calendar_is_a_day(day):
    assert TEXTS["day"].deserialize(day.isoformat()) == day.isoformat()


@pytest.mark.parametrize(
    "value",
    [
        *("2026-1-2T3:4:5Z", "2026-11-22T00:00:00", "2026-11-22T00:00:00+00:00"),
        *("2026-11-22T00:00:00.5Z", "2026-11-22 00:00:00Z", "2026-11-22T24:00:00Z"),
        *(
            "2026-11-22T00:00:60Z",
            "2026-02-30T00:00:00Z",
            "2026-11-22t00:00:00z",
            "20261122T000000Z",
        ),
        "\u0662\u0660\u0662\u0666-11-22T00:00:00Z",
    ],
)
def test_an_instant_has_one_spelling(value):
    assert "is not a time in UTC" in refuse(TEXTS["instant"], value)


@pytest.mark.parametrize("value", ["2026-02-30.01", "2026-11-22.1", "2026-11-22.0" + "1" * 20])
def test_a_release_is_named_after_a_real_day_and_short(value):
    assert "is not a release" in refuse(TEXTS["release"], value)


@pytest.mark.parametrize("value", ["P0D", "P01D", "P100000D", "P1M", "p1d", "P1DT1H", "30"])
def test_a_period_is_in_whole_days(value):
    assert "is not a period in days" in refuse(TEXTS["period"], value)


@pytest.mark.parametrize(
    "value",
    ["http://a.b", "//a.b", "https://a b", "https://a\u00a0b", 'https://a"b', "https://<a>"],
)
def test_an_address_is_https_without_spaces_or_marks_of_html(value):
    assert "is not an address" in refuse(TEXTS["uri"], value)


@pytest.mark.parametrize("value", ["1", 1.0, True, False, [1], {}])
def test_a_whole_number_is_no_text_and_no_truth(value):
    assert refuse(WholeNumber("A number."), value).startswith(f"{value!r} is not a whole number")


@pytest.mark.parametrize("value", [-1, 0, 65536, 10**17])
def test_a_whole_number_keeps_within_its_bounds(value):
    port = WholeNumber("A port.", facets={"minimum": 1, "maximum": 65535})

    assert refuse(port, value) == f"{value} is not a whole number from 1 to 65535."


def test_a_number_may_have_a_first_and_no_last():
    place = WholeNumber("A place.", facets={"minimum": 1})

    assert refuse(place, 0) == "0 is not a whole number of 1 or more."
    assert place.deserialize(10**9) == 10**9


@pytest.mark.parametrize("value", [1, 443, 65535])
def test_a_whole_number_may_be_either_bound(value):
    port = WholeNumber("A port.", facets={"minimum": 1, "maximum": 65535})

    assert port.deserialize(value) == value


@pytest.mark.parametrize("value", ["true", "yes", "no", 0, 1, []])
def test_a_flag_is_true_or_false(value):
    assert refuse(Flag("A flag."), value).startswith(f"{value!r} is neither true nor false")


@pytest.mark.parametrize("value", [True, False])
def test_either_truth_is_a_flag(value):
    assert Flag("A flag.").deserialize(value) is value


@pytest.mark.parametrize("value", ["a", 1, {"a": 1}, ("a",)])
def test_a_listing_is_a_list(value):
    expected = f"{value!r} is not a list; write one value a line after '- '."

    assert refuse(List(Id("A name."), "Names."), value) == expected


def test_each_value_that_is_listed_again_is_a_fault_in_its_place():
    with pytest.raises(ValidationError) as caught:
        List(Id("A name."), "Names.").deserialize(["a", "b", "a", "b", "a"])

    assert caught.value.messages == {
        2: ["'a' is listed twice; keep it once."],
        3: ["'b' is listed twice; keep it once."],
        4: ["'a' is listed twice; keep it once."],
    }


def test_every_wrong_value_of_a_list_is_named():
    with pytest.raises(ValidationError) as caught:
        List(Id("A name."), "Names.").deserialize(["a", "B", 3])

    assert sorted(caught.value.messages) == [1, 2]


def test_a_field_is_required_unless_it_has_a_default_or_is_derived():
    assert Text("A text.").required
    assert not Text("A text.", load_default=None).required
    assert not Text("A text.", dump_only=True).required
    assert not List(Text("A text."), "Texts.", load_default=list).required


def test_a_field_is_documented_with_its_facets():
    field = Id("A name.", example="uk", facets={"maxLength": 9})

    assert field.metadata == {
        "description": "A name.",
        "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
        "maxLength": 9,
        "example": "uk",
    }
    assert TEXTS["choice"].metadata["enum"] == ["red", "green"]
    assert TEXTS["word"].metadata == {"description": "A colour.", "examples": ["red", "green"]}
    assert Anything("Body", "An object.").metadata["additionalProperties"] is True


def test_a_part_takes_fields_and_refuses_null():
    class InnerSchema(Schema):
        a = Text("A text.")

    part = Nested(InnerSchema, "A part.")

    assert part.deserialize({"a": "b"}) == {"a": "b"}
    assert refuse(part, None) == "Field may not be null."


def test_what_is_ordered_by_itself_says_so():
    assert TEXTS["id"].sort_key("b") == "b"
    assert isinstance(TEXTS["id"], fields.Field)


@given(st.text(min_size=200, max_size=2000))
def test_a_message_stays_short_however_long_the_value(value):
    assert len(show(value)) <= 103
    assert len(refuse(TEXTS["id"], "!" + value)) < 250
