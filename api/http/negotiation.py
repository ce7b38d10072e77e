"""Choose the format by `format`, then `Accept`, and the coding by `Accept-Encoding`."""

import re

from schemas.formats import JSON, PAGE, Format

IDENTITY, GZIP = "identity", "gzip"
#: Clients write `q=.2` and `q=1.0000` too; what they mean is clear.
_WEIGHT = re.compile(r"[0-9]+\.?[0-9]*|\.[0-9]+")
_CODING = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
#: Java before 19 sends `*`, which is no range of media types.
_MEDIA_RANGE = re.compile(rf"\*/\*|(?!\*/){_CODING.pattern}/{_CODING.pattern}")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
#: The weight of identity if the header does not name it: below every coding that it names.
_LEAST = 0.0001


class NotAcceptableError(Exception):
    """`Accept` names none of the formats."""

    def __init__(self, accept: str | None, formats: tuple[Format, ...]) -> None:
        self.formats = formats
        offered = ", ".join(dict.fromkeys(format_.media_type for format_ in formats))
        super().__init__(f"Accept: {accept} names none of the media types here: {offered}.")


def choose_format(formats: tuple[Format, ...], requested: str | None, accept: str | None) -> Format:
    """Return the format of the response.

    Args:
        requested: The value of `format`, already checked to be one of *formats*.
        accept: The header. Without it, or if it is empty or malformed, any format will do.
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
    """Tell whether the header *accept* names HTML before JSON, as that of a browser does."""
    try:
        return choose_format((JSON, PAGE), None, accept) is PAGE
    except NotAcceptableError:
        return False


def choose_coding(accept_encoding: str | None) -> str | None:
    """Return `gzip` or `identity`, whichever the client prefers; None: it refuses both.

    Args:
        accept_encoding: The header. Without it, or if it is malformed, nothing is compressed.

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
    """Return each name in *header*, in lower case, with its weight; nothing if it is malformed."""
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
    """Return the weight of the most specific range that covers *media_type*; 0 for none."""
    main = media_type.partition("/")[0]
    for covering in (media_type, f"{main}/*", "*/*"):
        weights = [weight for name, weight in ranges if name == covering]
        if weights:
            return max(weights)
    return 0.0
