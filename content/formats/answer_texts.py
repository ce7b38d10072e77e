"""An answer as an HTML fragment, as Markdown and as plain text, with its question above it."""

import re
from html import escape

from content.documents import Body
from content.formats.answer_html import complete_links
from content.formats.rendering import Rendering

#: What a heading of Markdown would not show as it is written.
_MARK = re.compile(r"[\\`*\[\]<~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|#(?=#*$)")


def render_html(body: Body, *, public_url: str) -> Rendering:
    """Return the question and the answer as a fragment: semantic, without classes or styles.

    It is put into pages of others, where a path would lead elsewhere: its links are whole.

    Args:
        public_url: What paths are put behind.
    """
    language = escape(body["language"]["served"])
    question = escape(body["question"])
    answer = complete_links(body["answer"]["html"], public_url)
    return Rendering(f'<article lang="{language}">\n<h2>{question}</h2>\n{answer}\n</article>\n')


def render_md(body: Body) -> Rendering:
    """Return the question as a heading, in which no sign is a mark, and the answer below it."""
    question = _MARK.sub(r"\\\g<0>", body["question"])
    return Rendering(f"## {question}\n\n{body['answer']['markdown']}")


def render_txt(body: Body) -> Rendering:
    """Return the question, a line below it, and the answer."""
    question = body["question"]
    return Rendering(f"{question}\n{'=' * len(question)}\n\n{body['answer']['text']}\n")
