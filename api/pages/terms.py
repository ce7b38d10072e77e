"""The page of terms: what may be relied on, what not, and what happens before something ends."""

import flask
from flask import Blueprint

from api.pages.html import build_page
from api.routing import send_kept
from openapi.info import ENDING_PART, TERMS_PATH
from schemas.deprecation import MIN_NOTICE_DAYS

_MAIN = f"""\
<p>These terms come with the program faqts. Whoever runs it on this host may have terms of their
own beside them.</p>
<h2 id="program">The program</h2>
<p>The program is licensed under the MIT license. It is provided as is, without warranty of any
kind, express or implied.</p>
<h2 id="content">The content</h2>
<p>Every answer and every fact names its sources, and says of each how sure it is. It can be wrong
or out of date all the same; <code>freshness</code> says when a person last checked it.</p>
<p>What is marked as a sample is made up to show the shape. Never put it into a firewall or a
console.</p>
<p>The license of what was taken from the sources is not known, and none is granted here. Ask the
owner of a source before you publish its words as your own.</p>
<h2 id="use">Use</h2>
<p>Nothing needs a key. Poll what you use every five minutes at most, and send
<code>If-None-Match</code>. The operator may limit how much one client asks; whoever is refused for
it gets status 429, and <code>Retry-After</code> says when to ask again.</p>
<h2 id="versions">Versions</h2>
<p>Within version 1 paths, parameters and fields are only added. The contract is
<a href="/v1/openapi.json">/v1/openapi.json</a>.</p>
<h2 id="{ENDING_PART}">What goes away</h2>
<p>What is deprecated works as before, and should not be used in anything new. The header
<code>Deprecation</code> says from when that holds; the header <code>Sunset</code> says from when
it may be gone, and is left out while no end is set. The contract marks operations and parameters
that are deprecated, and says what to use instead.</p>
<p>An operation or a parameter works for at least {MIN_NOTICE_DAYS} days after it is deprecated,
and within version 1 it does not go away: its sunset is the earliest day on which version 1 as a
whole may end. An answer or a fact may be withdrawn by its editors at any time; its path then
answers 410 and says why.</p>
<h2 id="contact">Contact</h2>
<p>The program is by the faqts authors, who give no address. What is served on this host is up to
whoever runs it.</p>"""


def add_routes(blueprint: Blueprint) -> None:
    """Serve the page of terms."""
    blueprint.add_url_rule(TERMS_PATH, view_func=show_terms)


def show_terms() -> flask.Response:
    """Return the page."""
    return send_kept(lambda _: build_page("Terms", _MAIN))
