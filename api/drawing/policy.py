"""What the headers of every page forbid. Source: Content Security Policy Level 3, section 6."""

from api.representation import Headers

#: What no page needs: another base, a frame around it. The default covers neither.
_NOWHERE = "base-uri 'none'; form-action {}; frame-ancestors 'none'"


def _build_headers(policy: str, forms: str = "'none'") -> Headers:
    """Return *policy* with where forms may lead, and what belongs with it."""
    return (
        ("Content-Security-Policy", f"{policy}; {_NOWHERE.format(forms)}"),
        # An address that was looked up stands in the address of the page.
        ("Referrer-Policy", "no-referrer"),
    )


#: Everything comes from here, and a form leads here. A block of JSON-LD is data, which no policy
#: has to allow. Source: HTML, section 4.12.1.
SITE_HEADERS = _build_headers(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'",
    "'self'",
)
#: A page of words alone: it has a style and an icon, and runs nothing.
STILL_HEADERS = _build_headers("default-src 'none'; style-src 'self'; img-src 'self'")
#: All that swagger-ui loads and asks for is of this origin; what it draws with, docs.css has.
REFERENCE_HEADERS = _build_headers("default-src 'self'; object-src 'none'")
