"""Parameters: strings in, plain values out."""

import pytest
from marshmallow import ValidationError

from schemas.fields import Id, Text
from schemas.formats import JSON
from schemas.query import (
    DocumentPath,
    LanguageTag,
    ProductName,
    QueryFlag,
    QueryNumber,
    build_query,
    optional,
    optional_enum,
    repeated,
)

NAME = ProductName("A product.")


def refuse(field, value) -> str:
    with pytest.raises(ValidationError) as caught:
        field.deserialize(value)
    return caught.value.messages[0]


@pytest.mark.parametrize(("value", "read"), [("true", True), ("false", False)])
def test_a_flag_is_read_from_its_two_words(value, read):
    assert QueryFlag().deserialize(value) is read


@pytest.mark.parametrize("value", ["True", "1", "0", "yes", "", " true", "true\n"])
def test_nothing_else_is_a_flag(value):
    assert refuse(QueryFlag(), value) == f"{value!r} is neither true nor false."


@pytest.mark.parametrize("value", ["1", "500", "007"])
def test_a_number_is_read_from_digits(value):
    assert QueryNumber("A number.", least=1, most=500).deserialize(value) == int(value)


@pytest.mark.parametrize(
    "value",
    ["0", "501", "-1", "+1", "1.0", "1e2", "", " 1", "1\n", "\u0661", "\u00b2", "0001", "9" * 5000],
)
def test_a_number_is_ascii_digits_within_its_bounds(value):
    message = refuse(QueryNumber("A number.", least=1, most=500), value)

    assert message.endswith("is not a whole number from 1 to 500.")


@pytest.mark.parametrize("value", ["en", "de-AT", "zh-Hant-TW", "sl-rozaj-biske-1994"])
def test_a_language_is_a_tag(value):
    assert LanguageTag("A language.").deserialize(value) == value


@pytest.mark.parametrize(
    "value",
    ["e", "english-", "en_GB", "en GB", "de-", "\u0434\u0435", "en\n", "-en", "toolonglang"],
)
def test_what_is_no_tag_is_no_language(value):
    assert "is not a language tag" in refuse(LanguageTag("A language."), value)


@pytest.mark.parametrize("field", [LanguageTag("A language."), DocumentPath("A document.")])
@pytest.mark.parametrize("value", ["}", "{", "{}", "{0}", "{input}", "{regex.__class__}", "%s"])
def test_a_value_is_shown_as_it_is_and_never_filled_in(field, value):
    assert refuse(field, value).startswith(f"{value!r} is not a ")


def test_a_document_path_is_a_collection_and_an_id():
    assert DocumentPath("A document.").deserialize("clouds/gcc-high") == "clouds/gcc-high"


@pytest.mark.parametrize("value", ["clouds", "clouds/", "/a", "a/b/c", "a/B", "a/b\n", "a b/c"])
def test_what_is_not_two_names_is_no_document_path(value):
    assert "is not a document; write collection/id" in refuse(DocumentPath("A document."), value)


@pytest.mark.parametrize(
    "value",
    [
        *(
            "Acme!",
            "AT&T",
            "O\u2019Reilly (UK)",
            "C#",
            "<b>",
            "a_b",
            "{{ end }}",
            "50% Off?",
            "365",
        ),
        *(
            "1-800-Flowers.com",
            "Booking.com",
            "1.2.3",
            "B.V.",
            "Acme: Calendar",
            "TCP/IP",
            "\U0001f4c5",
        ),
        *("カレンダー", "Ünïcödé", "تقويم", "कैलेंडर", "e\u0301cole", "пример.рф", "a" * 40),
    ],
)
def test_names_of_products_with_any_visible_character_are_accepted(value):
    assert NAME.deserialize(value) == value


@pytest.mark.parametrize("value", [" a", "a ", "a" * 41])
def test_a_name_is_short_and_has_no_blank_at_its_ends(value):
    assert "is not a product name; write at most 40 characters" in refuse(NAME, value)


@pytest.mark.parametrize("value", ["a\nb", "a\tb", "a\u200bb", "a\u202eb", "a\x00b"])
def test_a_name_has_nothing_that_nobody_sees(value):
    assert "remove it" in refuse(NAME, value)


@pytest.mark.parametrize(
    "value",
    [
        *(
            "https://evil",
            "javascript:alert(1)",
            "mailto:a",
            "//evil",
            "a@b",
            "a\uff20b",
            "evil.com/x",
        ),
        *("see evil.com/x now", "192.0.2.7/x", "evil.c\u0301om/x", "a\u3002com/x", "пример.рф/x"),
        *(
            "evil.com\u2044x",
            "evil.com\u2215x",
            "evil.com\u2571x",
            "evil.com\u29f8x",
            "evil.com\u2216x",
        ),
        *("http\ua789x", "tel\u22361"),
        *("evil.com:8080/", "evil.com?a", "evil.com#a", "evil.com\\x"),
    ],
)
def test_a_name_that_could_send_a_reader_elsewhere_is_refused(value):
    assert f"{value!r} looks like a URL" in refuse(NAME, value)


def test_one_and_many_are_optional():
    assert optional(Text, "A text.").load_default is None
    assert repeated(Id("A name."), "Names.").load_default() == ()
    assert optional_enum("A colour.", ("red",), "Colour").choices == ("red",)


def test_a_query_has_its_own_parameters_first_and_the_shared_ones_after():
    own = {"dc": optional(Text, "A data center.")}

    schema = build_query("Range", own, paged=True)()

    assert [f.data_key or name for name, f in schema.fields.items()] == [
        *("dc", "limit", "cursor", "release", "on", "format")
    ]
    assert type(schema).__name__ == "RangeQuerySchema"


def test_a_parameter_of_its_own_takes_the_place_of_a_shared_one():
    mine = optional(Text, "Something else.")

    schema = build_query("List", {"on_": mine, "cursor": mine}, paged=False)()

    assert schema.fields["cursor"].metadata["description"] == "Something else."
    assert "limit" not in schema.fields


def test_a_parameter_is_shadowed_by_the_name_clients_write():
    mine = optional(Text, "Something else.", data_key="release")

    schema = build_query("List", {"as_of": mine})()

    assert "release" not in schema.fields
    assert schema.fields["as_of"].data_key == "release"


def test_the_format_describes_every_form():
    schema = build_query("Plain")()

    assert schema.fields["format_"].choices == (JSON.name,)
    assert JSON.description.rstrip(".") in schema.fields["format_"].metadata["description"]
