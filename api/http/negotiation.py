"""Content negotiation by `format`, Accept and Accept-Encoding."""

import re

from schemas.formats import JSON, PAGE, Format

IDENTITY, GZIP = "identity", "gzip"
#: More lenient than RFC 9110, because clients send `q=.2` and `q=1.0000` too.
_WEIGHT = re.compile(r"[0-9]+\.?[0-9]*|\.[0-9]+")
_CODING = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
#: Does not match the `*` that Java before 19 sends, which is not a media range.
_MEDIA_RANGE = re.compile(rf"\*/\*|(?!\*/){_CODING.pattern}/{_CODING.pattern}")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
#: The weight of identity if the header does not list it: lower than any listed coding.
_LEAST = 0.0001


class NotAcceptableError(Exception):
    """The Accept header allows none of the formats."""

    def __init__(self, accept: str | None, formats: tuple[Format, ...]) -> None:
        self.formats = formats
        offered = ", ".join(dict.fromkeys(format_.media_type for format_ in formats))
        super().__init__(f"No type in 'Accept: {accept}' is available. Use one of: {offered}.")


def choose_format(formats: tuple[Format, ...], requested: str | None, accept: str | None) -> Format:
    """Return the format of the response.

    Args:
        requested: The validated value of `format`, or None.
        accept: The Accept header. If it is missing, empty or malformed, the first format is used.
            Parameters of media types are ignored.

    Raises:
        NotAcceptableError: *accept* allows none of *formats*.

    Source: RFC 9110, section 12.5.1.
    """
    if requested is not None:
        return next(format_ for format_ in formats if format_.name == requested)
    ranges = _parse_ranges(accept or "", _MEDIA_RANGE)
    if not ranges:
        return formats[0]
    weights = [(_weigh(format_.media_type, ranges), format_) for format_ in formats]
    best = max(weight for weight, _ in weights)
    if best <= 0:
        raise NotAcceptableError(accept, formats)
    return next(format_ for weight, format_ in weights if weight == best)


def prefers_page(accept: str | None) -> bool:
    """Tell whether the Accept header prefers HTML to JSON, as browsers do."""
    try:
        return choose_format((JSON, PAGE), None, accept) is PAGE
    except NotAcceptableError:
        return False


def choose_coding(accept_encoding: str | None) -> str | None:
    """Return `gzip` or `identity`, whichever the client prefers; None if it accepts neither.

    Args:
        accept_encoding: The header. If it is missing or malformed, the body is not compressed.

    Source: RFC 9110, section 12.5.3.
    """
    ranges = _parse_ranges(accept_encoding or "", _CODING)
    if not ranges:
        return IDENTITY
    requested = dict(reversed(ranges))
    others = requested.get("*")
    gzip = requested.get(GZIP, requested.get("x-gzip", others or 0.0))
    identity = requested.get(IDENTITY, _LEAST if others is None else others)
    if gzip <= 0 and identity <= 0:
        return None
    return GZIP if gzip >= identity else IDENTITY


def _parse_ranges(header: str, name: re.Pattern[str]) -> list[tuple[str, float]]:
    """Return the names in *header*, in lower case, with weights; empty if it is malformed."""
    parts = _QUOTED.sub("quoted", header).lower().split(",")
    ranges = [_parse_range(part, name) for part in parts if part.strip()]
    return [found for found in ranges if found is not None] if None not in ranges else []


def _parse_range(text: str, pattern: re.Pattern[str]) -> tuple[str, float] | None:
    name, *parameters = (part.strip() for part in text.split(";"))
    weight = next((p[2:] for p in parameters if p.startswith("q=")), "1")
    if not (pattern.fullmatch(name) and _WEIGHT.fullmatch(weight)):
        return None
    return name, min(1.0, float(weight))


def _weigh(media_type: str, ranges: list[tuple[str, float]]) -> float:
    """Return the weight of the most specific range that matches *media_type*; 0 if none does."""
    main = media_type.partition("/")[0]
    for covering in (media_type, f"{main}/*", "*/*"):
        weights = [weight for name, weight in ranges if name == covering]
        if weights:
            return max(weights)
    return 0.0
