"""Answers as HTML fragments, Markdown and plain text: question, summary, answer.

People paste them into pages, mails and tickets, so links are absolute and point to pages.
"""

import re
from html import escape
from urllib.parse import urlencode

from content.documents import Body
from content.formats.answer_html import (
    HeadingOrder,
    complete_links,
    find_page,
    link_to_pages,
    order_headings,
)
from content.formats.rendering import Rendering
from content.text.escaping import escape_markdown
from content.text.markdown import parse_markdown, render_markdown

#: Code, which is left unchanged, or the address of a link to this service.
_CODE_OR_ADDRESS = re.compile(
    r"^ *(?P<fence>`{3,}|~{3,})[\s\S]*?(?:^ *(?P=fence)|\Z)"
    r"|(?<![\\`])(?P<ticks>`+)(?!`)[\s\S]*?(?<!`)(?P=ticks)(?!`)"
    r"|(?<=\]\()(?P<address>/(?!/)[^\s)]*)",
    re.MULTILINE,
)


def render_html(body: Body, *, public_url: str, data_center: str | None = None) -> Rendering:
    """Return an answer as an HTML fragment without classes or styles.

    Args:
        public_url: The base URL for links.
        data_center: The data center of the reader, added to links. None for no data center.
    """
    language = escape(body["language"]["served"])
    question = escape(body["question"])
    answer = order_headings(render_answer(body, public_url, data_center), top=3)
    return Rendering(f'<article lang="{language}">\n<h2>{question}</h2>\n{answer}\n</article>\n')


def render_answer(body: Body, public_url: str, data_center: str | None = None) -> str:
    """Return the summary and the text of an answer as HTML with absolute links."""
    html = link_to_pages(body["answer"]["html"], _build_query(data_center))
    return f"{render_summary(body)}\n{complete_links(html, public_url)}"


def render_summary(body: Body) -> str:
    """Return the summary of an answer as an HTML paragraph."""
    return f"<p>{escape(body['summary'], quote=False)}</p>"


def render_md(body: Body, *, public_url: str, data_center: str | None = None) -> Rendering:
    """Return an answer as Markdown. The question and the summary are escaped."""
    question = escape_markdown(body["question"], within=True)
    summary = escape_markdown(body["summary"], within=False)
    markdown = _order_headings(_complete_markdown(body, public_url, data_center))
    return Rendering(f"# {question}\n\n{summary}\n\n{markdown}")


def render_txt(body: Body, *, public_url: str, data_center: str | None = None) -> Rendering:
    """Return an answer as plain text."""
    question = body["question"]
    text = render_markdown(_complete_markdown(body, public_url, data_center))[1]
    underline = "=" * len(question)
    return Rendering(f"{question}\n{underline}\n\n{body['summary']}\n\n{text}\n")


def _complete_markdown(body: Body, public_url: str, data_center: str | None) -> str:
    """Return the Markdown of an answer with absolute links."""
    query = _build_query(data_center)

    def complete(found: re.Match[str]) -> str:
        address = found["address"]
        return public_url + find_page(address, query) if address else found[0]

    return _CODE_OR_ADDRESS.sub(complete, body["answer"]["markdown"])


def _order_headings(markdown: str) -> str:
    """Return *markdown* with headings that start at level 2 and skip no level."""
    lines, order = markdown.split("\n"), HeadingOrder(2)
    for token in parse_markdown(markdown):
        if token.type == "heading_open" and token.map and token.markup.startswith("#"):
            marks = "#" * order.place(len(token.markup))
            at = token.map[0]
            lines[at] = lines[at].replace(token.markup, marks, 1)
    return "\n".join(lines)


def _build_query(data_center: str | None) -> str:
    return urlencode({"dc": data_center}) if data_center else ""
