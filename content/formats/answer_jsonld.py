"""An answer as JSON-LD, in the words of schema.org, for machines that read those."""

import json

from content.documents import Body
from content.formats.answer_texts import render_answer
from content.formats.rendering import Rendering

#: What could end or change a script element of HTML that the text is put into, and the line ends
#: that older JavaScript knows. Source: HTML, section 4.12.1.3.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def render_jsonld(body: Body, *, public_url: str, data_center: str | None = None) -> Rendering:
    """Return an answer as `build_jsonld` has it, about its address in the API."""
    html = render_answer(body, public_url, data_center)
    return Rendering(build_jsonld(body, html, public_url + body["links"]["self"]))


def build_jsonld(body: Body, html: str, address: str) -> str:
    """Return a page of one question, which may be put into a script element as it is.

    The text of the answer is HTML, which is what its readers expect there.

    Args:
        html: The summary and the text of the answer, with whole addresses.
        address: Where the page is.

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
