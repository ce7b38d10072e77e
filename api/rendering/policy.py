"""Security headers of pages. Source: Content Security Policy Level 3, section 6."""

from api.http.representation import Headers


def build_frame_headers(frame_ancestors: str, origin: str | None) -> Headers:
    """Return the headers of a page that *frame_ancestors*, a CSP source list, may frame.

    Args:
        origin: The public URL, or None. It is needed because in a sandbox without
            `allow-same-origin`, 'self' matches nothing in WebKit.
    """
    own = f"'self' {origin}" if origin else "'self'"
    policy = f"default-src 'none'; script-src {own}; style-src {own}; img-src {own}"
    # A cross-origin isolated page can only frame pages that are isolated too.
    isolated = ("Cross-Origin-Embedder-Policy", "require-corp")
    return (*_build_headers(policy, ancestors=frame_ancestors), isolated)


def _build_headers(
    policy: str, *, form_action: str = "'none'", ancestors: str = "'none'"
) -> Headers:
    """Return *policy* with the directives that default-src does not cover, and Referrer-Policy."""
    beside = f"base-uri 'none'; form-action {form_action}; frame-ancestors {ancestors}"
    return (
        ("Content-Security-Policy", f"{policy}; {beside}"),
        # The URL of a page may contain an address that a reader looked up.
        ("Referrer-Policy", "no-referrer"),
    )


#: For the site, which loads files from this origin only and sends forms to it. JSON-LD blocks are
#: data and need no permission. Source: HTML, section 4.12.1.
SITE_HEADERS = _build_headers(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'",
    form_action="'self'",
)
#: For pages of text, without scripts.
STILL_HEADERS = _build_headers("default-src 'none'; style-src 'self'; img-src 'self'")
#: For swagger-ui, which loads files from this origin only; docs.css replaces its data: images.
REFERENCE_HEADERS = _build_headers("default-src 'self'; object-src 'none'")
