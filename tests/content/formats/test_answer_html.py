"""What pages make of the HTML of an answer; what only looks like a tag stays text."""

import re

import pytest

from content.formats.answer_html import (
    complete_links,
    link_to_pages,
    open_in_new_tab,
    order_headings,
)
from tests.markdown import render_html

MARKDOWN = """\
### One

See [other](/v1/faqs/other), [there](https://example.com/v1/faqs/a), [mail](mailto:a@example.com),
[host](//example.com/x), `<a href="/x">`, &lt;h3&gt; and <h3>.

#### Two

`</h4>` [list](/v1/faqs?topic=a&dc=uk "A title") [one of its revisions](/v1/faqs/other/revisions)
"""
HTML = render_html(MARKDOWN)


def strip_tags(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


def test_addresses_that_begin_at_the_root_are_made_whole_and_no_others():
    html = complete_links(HTML, "https://faqts.example.com")

    assert re.findall(r'<a href="([^"]*)"', html) == [
        "https://faqts.example.com/v1/faqs/other",
        "https://example.com/v1/faqs/a",
        "mailto:a@example.com",
        "//example.com/x",
        "https://faqts.example.com/v1/faqs?topic=a&amp;dc=uk",
        "https://faqts.example.com/v1/faqs/other/revisions",
    ]


def test_headings_begin_at_the_second_level_and_leave_none_out():
    html = order_headings(render_html("### One\n\n##### Two\n\n#### Three\n\n## Four\n"))

    assert re.findall(r"<(/?h[1-6])>", html) == [
        *("h2", "/h2", "h3", "/h3", "h3", "/h3", "h2", "/h2"),
    ]


def test_links_to_answers_lead_to_their_frames_with_the_same_reader():
    html = link_to_pages(HTML, "dc=uk&application=Acme", answers="/embed/faqs")

    assert re.findall(r'<a href="(/[^"/][^"]*)"', html) == [
        "/embed/faqs/other?dc=uk&amp;application=Acme",
        "/v1/faqs?topic=a&amp;dc=uk",
        "/v1/faqs/other/revisions",
    ]


def test_every_link_opens_beside_the_page():
    tags = re.findall(r"<a [^>]*>", open_in_new_tab(HTML))

    assert len(tags) == 6
    assert all('target="_blank"' in tag and 'rel="noopener noreferrer"' in tag for tag in tags)


@pytest.mark.parametrize(
    "change",
    [
        lambda html: complete_links(html, "https://faqts.example.com"),
        order_headings,
        open_in_new_tab,
        lambda html: link_to_pages(html, "dc=uk"),
    ],
    ids=["links", "headings", "apart", "frames"],
)
def test_what_is_read_stays_as_it_was(change):
    assert strip_tags(change(HTML)) == strip_tags(HTML)
    assert change(HTML) != HTML
