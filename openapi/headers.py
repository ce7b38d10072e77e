"""The headers of answers: what each means, and which an operation sends with which status."""

from collections.abc import Iterator, Mapping

from openapi.operation import Operation
from schemas.formats import HTML
from schemas.problem import METHOD_NOT_ALLOWED, WITHDRAWN

HEADERS: Mapping[str, tuple[str, str]] = {
    "Cache-Control": ("How long the answer may be kept.", "public, max-age=300"),
    "ETag": ("Changes with the answer; weak.", 'W/"1f0e3dad99908345f7439f8ffabdffc4"'),
    "Last-Modified": ("When the answer last changed.", "Mon, 23 Nov 2026 08:00:00 GMT"),
    "Content-Release": ("The release that was read.", "2026-11-23.01"),
    "Location": ("The path under the id that the document has now.", "/v1/faqs/gcc-high"),
    "Allow": ("The methods there are.", "GET, HEAD, OPTIONS"),
    "Retry-After": ("Seconds after which to ask again.", "5"),
    "Vary": ("The headers of the request that it depends on.", "Accept, Accept-Encoding"),
    "Repr-Digest": (
        "SHA-256 of the bytes in the coding that was sent; RFC 9530.",
        "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:",
    ),
    "Content-Language": ("The language of the text.", "en"),
    "Content-Aggregation": (
        "Networks before and after `aggregate=true` put them together; RFC 9651.",
        "before=7, after=3",
    ),
    "Content-Security-Policy": ("Of HTML: it runs nothing.", "default-src 'none'; sandbox"),
    "Deprecation": (
        (
            "From when what was asked should no longer be used: the operation, a parameter that "
            "was given, or the document; the earliest of them. A date of RFC 9651, seconds since "
            "1970 after an `@`; it may lie ahead. Left out where nothing is deprecated; RFC 9745."
        ),
        "@1798761600",
    ),
    "Sunset": (
        (
            "The instant from which what was asked may be gone; the earliest, as for "
            "`Deprecation`. Left out where no end is set; RFC 8594."
        ),
        "Thu, 01 Jul 2027 00:00:00 GMT",
    ),
    "Link": (
        (
            "Where it leads: the contract, other forms, the next page, other versions; and what to "
            "use instead, where it should no longer be used; RFC 8288."
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
    """Return every header that *operation* may send with *status*, each a reference by its name."""
    names = _list_names(operation, status)
    return {name: {"$ref": f"#/components/headers/{name.replace('-', '')}"} for name in names}


def _list_names(operation: Operation, status: int) -> Iterator[str]:
    yield from _OF_STATUS.get(status, ("Cache-Control",))
    if status == 200:  # noqa: PLR2004  OK.
        yield from _list_own(operation)
    elif status != 304 and len(operation.formats) > 1:  # noqa: PLR2004  Not Modified; has it anyway.
        yield "Vary"
    # A method that is refused is refused before the operation is known.
    if operation.ends and status != METHOD_NOT_ALLOWED.status:
        yield from _NOTICES
    elif status in _SAME and WITHDRAWN in operation.problems:
        # A single document, which may be deprecated itself.
        yield from _NOTICES


def _list_own(operation: Operation) -> Iterator[str]:
    if any(field.data_key == "lang" for field in operation.query().fields.values()):
        yield "Content-Language"
    if "aggregate" in operation.query().fields:
        yield "Content-Aggregation"
    if HTML in operation.formats:
        yield "Content-Security-Policy"
