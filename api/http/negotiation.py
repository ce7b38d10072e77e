"""Choose the format by `format`, then `Accept`, and the coding by `Accept-Encoding`."""

import re
from functools import lru_cache

from schemas.formats import JSON, PAGE, Format

IDENTITY, GZIP = "identity", "gzip"
_WEIGHT = re.compile(r"0(\.[0-9]{0,3})?|1(\.0{0,3})?", re.ASCII)
#: Browsers and tools send a handful of different headers.
_MAX_CACHED_HEADERS = 256
#: The weight of identity if the header does not name it: below every coding that it names.
_LEAST = 0.0001


class NotAcceptableError(Exception):
    """`Accept` names none of the formats."""

    def __init__(self, accept: str, formats: tuple[Format, ...]) -> None:
        self.formats = formats
        offered = ", ".join(dict.fromkeys(format_.media_type for format_ in formats))
        super().__init__(f"Accept: {accept} names none of the media types here: {offered}.")


def choose_format(formats: tuple[Format, ...], requested: str | None, accept: str) -> Format:
    """Return the format of the response.

    Args:
        requested: The value of `format`, already checked to be one of *formats*.
        accept: The header; empty: any format. Parameters of media types are ignored.

    Raises:
        NotAcceptableError: *accept* allows none of *formats*.

    Source: RFC 9110, section 12.5.1.
    """
    if requested is not None:
        return next(format_ for format_ in formats if format_.name == requested)
    if not accept.strip():
        return formats[0]
    ranges = _parse_ranges(accept)
    weights = [(_weigh(format_.media_type, ranges), format_) for format_ in formats]
    best = max(weight for weight, _ in weights)
    if best <= 0:
        raise NotAcceptableError(accept, formats)
    return next(format_ for weight, format_ in weights if weight == best)


def prefers_page(accept: str) -> bool:
    """Tell whether the header *accept* names HTML before JSON, as that of a browser does."""
    try:
        return choose_format((JSON, PAGE), None, accept) is PAGE
    except NotAcceptableError:
        return False


@lru_cache(maxsize=_MAX_CACHED_HEADERS)
def choose_coding(accept_encoding: str | None) -> str | None:
    """Return `gzip` or `identity`, whichever the client prefers; None: it refuses both.

    Args:
        accept_encoding: The header; None: it was not sent, so the body is not compressed.

    Source: RFC 9110, section 12.5.3.
    """
    if accept_encoding is None:
        return IDENTITY
    requested = dict(reversed(_parse_ranges(accept_encoding)))
    others = requested.get("*")
    gzip = requested.get(GZIP, requested.get("x-gzip", others or 0.0))
    identity = requested.get(IDENTITY, _LEAST if others is None else others)
    if gzip <= 0 and identity <= 0:
        return None
    return GZIP if gzip >= identity else IDENTITY


def _parse_ranges(header: str) -> list[tuple[str, float]]:
    """Return each name in *header*, in lower case, with its weight."""
    return [_parse_range(part) for part in header.split(",") if part.strip()]


def _parse_range(text: str) -> tuple[str, float]:
    name, *parameters = (part.strip().lower() for part in text.split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            return name, _parse_weight(parameter[2:])
    return name, 1.0


def _parse_weight(text: str) -> float:
    """Return the weight *text*; 0 if it is not one."""
    return float(text) if _WEIGHT.fullmatch(text) else 0.0


def _weigh(media_type: str, ranges: list[tuple[str, float]]) -> float:
    """Return the weight of the most specific range that covers *media_type*; 0 for none."""
    main = media_type.partition("/")[0]
    for covering in (media_type, f"{main}/*", "*/*"):
        weights = [weight for name, weight in ranges if name == covering]
        if weights:
            return max(weights)
    return 0.0
