"""What the headers of every page of the site forbid."""

from api.representation import Headers

#: Everything comes from here, and a form leads here. A block of JSON-LD is data, which no policy
#: has to allow. Source: Content Security Policy Level 3, section 6; HTML, section 4.12.1.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SECURITY_HEADERS: Headers = (
    ("Content-Security-Policy", _POLICY),
    # An address that was looked up stands in the address of the page.
    ("Referrer-Policy", "no-referrer"),
)
