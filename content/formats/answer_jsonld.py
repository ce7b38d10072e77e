"""Answers as JSON-LD, with the vocabulary of schema.org."""

import json

from content.documents import Body
from content.formats.answer_texts import render_answer
from content.formats.rendering import Rendering

#: Escape characters that could end or change a script element, and the line separators that old
#: JavaScript rejects in strings. Source: HTML, section 4.12.1.3.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def render_jsonld(body: Body, *, public_url: str, data_center: str | None = None) -> Rendering:
    """Return an answer as JSON-LD, with its URL in the API."""
    html = render_answer(body, public_url, data_center)
    return Rendering(build_jsonld(body, html, public_url + body["links"]["self"]))


def build_jsonld(body: Body, html: str, address: str) -> str:
    """Return a schema.org `FAQPage` with one question, safe to put into a script element.

    The text of the answer is HTML, as search engines expect.

    Args:
        html: The summary and the text of the answer, with absolute links.
        address: The URL of the page.

    Source: https://schema.org/FAQPage; Google Search Central, "FAQ structured data".
    """
    known = {"inLanguage": body["language"]["served"], "dateModified": body["updated_at"]}
    question = {
        "@type": "Question",
        "@id": f"{address}#question",
        "name": body["question"],
        "acceptedAnswer": {"@type": "Answer", "text": html, "url": address, **known},
        **known,
    }
    page = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "@id": address,
        "url": address,
        **known,
        "version": str(body["revision"]),
        "mainEntity": [question],
    }
    return _dump(page)


def _dump(page: Body) -> str:
    text = json.dumps(page, separators=(",", ":"))
    return text.translate(_ESCAPES) + "\n"
