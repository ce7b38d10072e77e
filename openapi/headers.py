"""Response headers: their descriptions, and which ones an operation sends with which status."""

from collections.abc import Iterator, Mapping

from openapi.operation import Operation
from schemas.formats import HTML
from schemas.problem import METHOD_NOT_ALLOWED, WITHDRAWN

HEADERS: Mapping[str, tuple[str, str]] = {
    "Cache-Control": ("How long the response may be cached.", "public, max-age=300"),
    "ETag": (
        "Weak entity tag. It changes if the response changes.",
        'W/"1f0e3dad99908345f7439f8ffabdffc4"',
    ),
    "Last-Modified": ("When the response last changed.", "Mon, 23 Nov 2026 08:00:00 GMT"),
    "Content-Release": ("Release that was read.", "2026-11-23.01"),
    "Location": ("Current URL path of the document.", "/v1/faqs/gcc-high"),
    "Allow": ("Supported methods.", "GET, HEAD, OPTIONS"),
    "Retry-After": ("Number of seconds to wait before the next request.", "5"),
    "Vary": ("Request headers that the response depends on.", "Accept, Accept-Encoding"),
    "Repr-Digest": (
        "SHA-256 digest of the response body, in the encoding that was sent (RFC 9530).",
        "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:",
    ),
    "Content-Language": ("Language of the text.", "en"),
    "Content-Aggregation": (
        "Number of IP ranges before and after aggregation (RFC 9651).",
        "before=7, after=3",
    ),
    "Content-Security-Policy": (
        "Only for HTML: prevents the page from running scripts.",
        "default-src 'none'; sandbox",
    ),
    "Deprecation": (
        (
            "Earliest time from which you should no longer use the operation, a parameter of the "
            "request, or the document. An `@` and the seconds since 1970-01-01 UTC (RFC 9651), "
            "possibly in the future. Absent if nothing is deprecated (RFC 9745)."
        ),
        "@1798761600",
    ),
    "Sunset": (
        (
            "Earliest time from which the operation, a parameter of the request, or the document "
            "may be removed. Absent if no removal is planned (RFC 8594)."
        ),
        "Thu, 01 Jul 2027 00:00:00 GMT",
    ),
    "Link": (
        (
            "Links to the contract, other formats, the next page, other versions and, if "
            "something is deprecated, its replacement (RFC 8288)."
        ),
        '</v1/openapi.json>; rel="service-desc"; type="application/json"',
    ),
}
_OF_304 = ("Cache-Control", "ETag", "Last-Modified", "Vary", "Content-Release")
_OF_STATUS = {
    200: (*_OF_304, "Link", "Repr-Digest"),
    304: _OF_304,
    308: ("Location", "Cache-Control"),
    405: ("Allow", "Cache-Control"),
    410: ("Link", "Cache-Control"),
    503: ("Retry-After", "Cache-Control"),
}
_NOTICES = ("Deprecation", "Sunset")
_SAME = (200, 304)


def build_headers(operation: Operation, status: int) -> dict[str, dict[str, str]]:
    """Return the headers that *operation* may send with *status*, as references by name."""
    names = _list_names(operation, status)
    return {name: {"$ref": f"#/components/headers/{name.replace('-', '')}"} for name in names}


def _list_names(operation: Operation, status: int) -> Iterator[str]:
    yield from _OF_STATUS.get(status, ("Cache-Control",))
    if status == 200:  # noqa: PLR2004  OK.
        yield from _list_own(operation)
    elif status != 304 and len(operation.formats) > 1:  # noqa: PLR2004  304 has Vary already.
        yield "Vary"
    # Unsupported methods are rejected before the operation is known.
    if operation.ends and status != METHOD_NOT_ALLOWED.status:
        yield from _NOTICES
    elif status in _SAME and WITHDRAWN in operation.problems:
        # Only single documents can be withdrawn, and they can be deprecated too.
        yield from _NOTICES


def _list_own(operation: Operation) -> Iterator[str]:
    if any(field.data_key == "lang" for field in operation.query().fields.values()):
        yield "Content-Language"
    if "aggregate" in operation.query().fields:
        yield "Content-Aggregation"
    if HTML in operation.formats:
        yield "Content-Security-Policy"
