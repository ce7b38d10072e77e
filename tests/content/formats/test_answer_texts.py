"""An answer as text to paste: its question is shown as written, its links are whole."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.formats.answer_texts import render_html, render_md, render_txt
from content.text.markdown import render_markdown

ORIGIN = "https://faqts.example.com"
MARKDOWN = """\
### Steps

1. [Other](/v1/faqs/b) and `[](/v1/x)`.
2. [Text](/v1/faqs/a?format=txt).

   | a | b |
   | - | - |
   | c | [d](/v1/ip-ranges) |
3. See [there](https://example.com/v1/faqs/a).

##### Deeper

```
# [neither](/v1/faqs/this)
```
"""


def build_body(question: str = "Why?", markdown: str = "Yes.\n", summary: str = "Because.") -> dict:
    html, text = render_markdown(markdown)
    return {
        "question": question,
        "summary": summary,
        "language": {"served": "en"},
        "answer": {"markdown": markdown, "html": html, "text": text},
    }


def render_heading(question: str) -> str:
    markdown = render_md(build_body(question), public_url=ORIGIN).text
    html = render_markdown(markdown.replace("# ", "## ", 1))[0]
    return unescape(html.removeprefix("<h2>").removesuffix("</h2>\n<p>Because.</p>\n<p>Yes.</p>"))


@pytest.mark.parametrize(
    "question", ["Is *.a.b <tenant>?", "[x](https://a.b) `c` __d__ #", "&lt;?"]
)
def test_a_question_is_no_markdown(question):
    assert render_heading(question) == question


@given(st.text("a _*`~[]()<>&;#\\!|é", min_size=1).filter(lambda text: text == text.strip()))
def test_every_sign_of_a_question_is_shown(question):
    assert render_heading(question) == question


def test_a_question_without_marks_is_unchanged():
    body = build_body("Does C# (R&D) cost $5 - or a_b?")

    text = render_md(body, public_url=ORIGIN).text
    assert text.startswith("# Does C# (R&D) cost $5 - or a_b?\n\n")


def test_markdown_says_what_html_says():
    body = build_body(markdown=MARKDOWN)

    markdown = render_md(body, public_url=ORIGIN, data_center="uk").text.replace("# ", "## ", 1)
    html = render_html(body, public_url=ORIGIN, data_center="uk").text

    lowered = re.sub("h([2-5])>", lambda tag: f"h{int(tag[1]) + 1}>", render_markdown(markdown)[0])
    assert lowered.replace("h3>", "h2>", 2) == re.sub("</?article[^>]*>\n", "", html).strip()


def test_text_has_whole_links_to_pages_underlined_headings_and_columns():
    assert (
        render_txt(build_body(markdown=MARKDOWN), public_url=ORIGIN, data_center="uk").text
        == """\
Why?
====

Because.

Steps
-----

1. Other (https://faqts.example.com/faqs/b?dc=uk) and [](/v1/x).
2. Text (https://faqts.example.com/v1/faqs/a?format=txt).
   a  b
   -  ---------------------------------------------
   c  d (https://faqts.example.com/ip-ranges?dc=uk)
3. See there (https://example.com/v1/faqs/a).

Deeper
------

    # [neither](/v1/faqs/this)
"""
    )
