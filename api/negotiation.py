"""Which form to answer in: `format` first, then `Accept`."""

import re

from schemas.formats import Form

_WEIGHT = re.compile(r"0(\.[0-9]{0,3})?|1(\.0{0,3})?", re.ASCII)


class NotAcceptableError(Exception):
    """`Accept` names none of the forms there are."""

    def __init__(self, accept: str, forms: tuple[Form, ...]) -> None:
        self.forms = forms
        offered = ", ".join(dict.fromkeys(form.media_type for form in forms))
        super().__init__(f"Accept: {accept} names none of the media types here: {offered}.")


def choose_form(forms: tuple[Form, ...], asked: str | None, accept: str) -> Form:
    """Return the form to answer in.

    Args:
        asked: The value of `format`, which was checked to be one of *forms*.
        accept: The header; empty: anything. Parameters of media types are not looked at.

    Raises:
        NotAcceptableError: no form meets *accept*.

    Source: RFC 9110, section 12.5.1.
    """
    if asked is not None:
        return next(form for form in forms if form.name == asked)
    if not accept.strip():
        return forms[0]
    ranges = [_parse_range(part) for part in accept.split(",") if part.strip()]
    weights = [(_weigh(form.media_type, ranges), form) for form in forms]
    best = max(weight for weight, _ in weights)
    if best <= 0:
        raise NotAcceptableError(accept, forms)
    return next(form for weight, form in weights if weight == best)


def _parse_range(text: str) -> tuple[str, float]:
    name, *parameters = (part.strip().lower() for part in text.split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            return name, _parse_weight(parameter[2:])
    return name, 1.0


def _parse_weight(text: str) -> float:
    """Return the weight *text*; what is no weight asks for nothing."""
    return float(text) if _WEIGHT.fullmatch(text) else 0.0


def _weigh(media_type: str, ranges: list[tuple[str, float]]) -> float:
    """Return the weight of the most specific range that covers *media_type*; 0 for none."""
    main = media_type.partition("/")[0]
    for covering in (media_type, f"{main}/*", "*/*"):
        weights = [weight for name, weight in ranges if name == covering]
        if weights:
            return max(weights)
    return 0.0
