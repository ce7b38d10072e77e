"""Pages for people: one frame, no script, and a policy that lets nothing in but our style."""

import re
from html import escape

from api.representation import LIVE, Headers, Representation, build_success
from openapi.info import TERMS_PATH
from schemas.formats import PAGE

#: What no page needs: another base, a form, a frame around it. The default covers none of them.
#: Source: Content Security Policy Level 3, section 6.
NOWHERE = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_POLICY = f"default-src 'none'; style-src 'self'; img-src 'self'; {NOWHERE}"
#: What stands above every page.
NAVIGATION = (
    '<nav><a href="/">Answers</a> <a href="/docs">API reference</a> '
    f'<a href="/problems">Problems</a> <a href="{TERMS_PATH}">Terms</a></nav>'
)
_FRAME = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title} - faqts</title>
<link rel="icon" href="/docs/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs/page.css">
</head>
<body>
{nav}
<main>
<h1>{title}</h1>
{main}
</main>
</body>
</html>
"""
_CODE = re.compile("`([^`]+)`")
_PATH = re.compile(r"(?<![\w/])/v1(?:/[a-z-]+)*")


def build_page(
    title: str, main: str, *, vary: tuple[str, ...] = (), headers: Headers = ()
) -> Representation:
    """Return the page called *title*, which is plain text; *main* is HTML."""
    text = _FRAME.format(title=escape(title), nav=NAVIGATION, main=main)
    policy = ("Content-Security-Policy", _POLICY)
    return build_success(text, PAGE.content_type, LIVE, vary=vary, headers=(policy, *headers))


def mark_up(text: str) -> str:
    """Return plain *text* as HTML: its code marked, its paths of the API as links."""
    marked = _CODE.sub(r"<code>\1</code>", escape(text))
    return _PATH.sub(r'<a href="\g<0>">\g<0></a>', marked)
