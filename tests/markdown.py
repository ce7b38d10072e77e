"""The two halves of what Markdown is rendered to."""

from content.text.markdown import render_markdown


def render_html(markdown: str) -> str:
    return render_markdown(markdown)[0]


def render_text(markdown: str) -> str:
    return render_markdown(markdown)[1]
