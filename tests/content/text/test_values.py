"""How documents are named for readers."""

import pytest

from content.text.values import name_document


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"name": "London", "title": "Office"}, "London"),
        ({"title": "Office", "cidr": "192.0.2.0/28"}, "Office"),
        ({"cidr": "192.0.2.0/28"}, "192.0.2.0/28"),
        ({"question": "Why?"}, "Why?"),
        ({"name": 0}, "0"),
        *(({"name": empty}, "a") for empty in (None, [])),
        ({}, "a"),
    ],
)
def test_a_document_is_called_by_its_name_or_else_its_id(fields, name):
    assert name_document({"id": "a", **fields}) == name
