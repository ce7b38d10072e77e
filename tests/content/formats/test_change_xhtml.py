"""No text of a change can break the XML it stands in."""

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from content.formats.change_xhtml import escape_xml, render_change


@given(st.text(st.characters()))
def test_no_text_can_break_the_xml(text):
    read_back = ET.fromstring(f'<a b="{escape_xml(text)}">{escape_xml(text)}</a>')  # noqa: S314

    allowed = "".join(c if is_allowed(c) else "\ufffd" for c in text)
    assert read_back.text in (allowed or None, allowed.replace("\r\n", "\n").replace("\r", "\n"))


def is_allowed(letter: str) -> bool:
    """Whether XML may hold *letter*. Source: XML 1.0, production 2."""
    return (
        letter in "\t\n\r"
        or "\x20" <= letter <= "\ud7ff"
        or "\ue000" <= letter <= "\ufffd"
        or (letter >= "\U00010000")
    )


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=5,
    ),
    st.none() | st.text(),
)
def test_no_value_of_a_change_can_break_the_xml(value, reason):
    change = {
        "collection": "clouds",
        "id": "a",
        "action": "changed",
        "fields": ["name"],
        "before": {"name": value, "sources": []},
        "after": {"name": "new\nlines", "sources": []},
        "impact": "read",
        "effective_on": None,
        "reason": reason,
        "successor": reason,
        "caused_by": [],
    }

    element = ET.fromstring(render_change(change, ("name", "sources")))  # noqa: S314

    assert element.find("table/tbody/tr/th").text == "name"
