"""The question above an answer shows what its editor wrote."""

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.formats.answer_texts import render_md
from content.text.markdown import render_markdown


def render_heading(question: str) -> str:
    markdown = render_md({"question": question, "answer": {"markdown": "Yes.\n"}}).text
    html = render_markdown(markdown)[0]
    return unescape(html.removeprefix("<h2>").removesuffix("</h2>\n<p>Yes.</p>"))


@pytest.mark.parametrize(
    "question", ["Is *.a.b <tenant>?", "[x](https://a.b) `c` __d__ #", "&lt;?"]
)
def test_a_question_is_no_markdown(question):
    assert render_heading(question) == question


@given(st.text("a _*`~[]()<>&;#\\!|é", min_size=1).filter(lambda text: text == text.strip()))
def test_every_sign_of_a_question_is_shown(question):
    assert render_heading(question) == question


def test_a_question_without_marks_is_unchanged():
    body = {"question": "Does C# (R&D) cost $5 - or a_b?", "answer": {"markdown": "Yes.\n"}}

    assert render_md(body).text.startswith("## Does C# (R&D) cost $5 - or a_b?\n\n")
