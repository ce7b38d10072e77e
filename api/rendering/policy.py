"""What the headers of every page forbid. Source: Content Security Policy Level 3, section 6."""

from api.http.representation import Headers


def build_frame_headers(frame_ancestors: str) -> Headers:
    """Return those of a page that *frame_ancestors*, in the words of the policy, may frame."""
    policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"
    # A page that is isolated from other origins frames only what says that it is so itself.
    isolated = ("Cross-Origin-Embedder-Policy", "require-corp")
    return (*_build_headers(policy, ancestors=frame_ancestors), isolated)


def _build_headers(policy: str, *, formats: str = "'none'", ancestors: str = "'none'") -> Headers:
    """Return *policy* with what its default does not cover, and what belongs with it."""
    beside = f"base-uri 'none'; form-action {formats}; frame-ancestors {ancestors}"
    return (
        ("Content-Security-Policy", f"{policy}; {beside}"),
        # What was looked up, and what is said of the reader, stands in the address of the page.
        ("Referrer-Policy", "no-referrer"),
    )


#: Everything comes from here, and a form leads here. A block of JSON-LD is data, which no policy
#: has to allow. Source: HTML, section 4.12.1.
SITE_HEADERS = _build_headers(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'",
    formats="'self'",
)
#: A page of words alone: it has a style and an icon, and runs nothing.
STILL_HEADERS = _build_headers("default-src 'none'; style-src 'self'; img-src 'self'")
#: All that swagger-ui loads and asks for is of this origin; what it draws with, docs.css has.
REFERENCE_HEADERS = _build_headers("default-src 'self'; object-src 'none'")
