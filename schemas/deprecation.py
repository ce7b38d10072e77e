"""What is deprecated of the contract: an operation or a parameter, from when, until when."""

from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from marshmallow import fields

#: How long an operation or a parameter goes on working after its deprecation, at least.
MIN_NOTICE_DAYS = 180
_DEPRECATION = "deprecation"

_Parameter = TypeVar("_Parameter", bound=fields.Field[Any])


@dataclass(frozen=True)
class Deprecation:
    """A notice that clients should leave an operation or a parameter.

    Attributes:
        deprecated_on: The day from which it should no longer be used; may lie ahead.
        sunset_on: The last day on which it is sure to work; None: no end is set.
        successor: What to use instead: the path of an operation, with the same parameters in it
            (`/v1/answers/{id}`), or the name of a parameter; None: nothing takes its place.

    Raises:
        ValueError: a day is none, or the end comes sooner than `MIN_NOTICE_DAYS` after the
            deprecation.
    """

    deprecated_on: str
    sunset_on: str | None = None
    successor: str | None = None

    def __post_init__(self) -> None:
        """Refuse days that no client can plan by. Source: docs/api.md, "Deprecation"."""
        begins = _parse_day("deprecated_on", self.deprecated_on)
        if self.sunset_on is None:
            return
        ends = _parse_day("sunset_on", self.sunset_on)
        if ends < begins:
            message = f"sunset_on, {ends}, comes before deprecated_on, {begins}; exchange them."
            raise ValueError(message)
        # The calendar ends before it can be counted to.
        soonest = begins + min(timedelta(days=MIN_NOTICE_DAYS), date.max - begins)
        if ends < soonest:
            raise ValueError(
                f"sunset_on, {ends}, is {(ends - begins).days} days after deprecated_on, {begins}; "
                f"clients have at least {MIN_NOTICE_DAYS} days, so write {soonest} or a later day."
            )

    def describe(self) -> str:
        """Return its description for the OpenAPI document: sentences in Markdown."""
        sentences = [f"Deprecated from {self.deprecated_on} on."]
        if self.sunset_on is not None:
            sentences.append(f"It works until {self.sunset_on} at least.")
        if self.successor is not None:
            sentences.append(f"Use `{self.successor}` instead.")
        return " ".join(sentences)


def deprecate(parameter: _Parameter, deprecation: Deprecation) -> _Parameter:
    """Return *parameter* of a query declared as deprecated; the one given stays as it is."""
    marked = copy(parameter)
    description = f"{parameter.metadata['description']} {deprecation.describe()}"
    marked.metadata = {
        **parameter.metadata,
        "description": description,
        "deprecated": True,
        _DEPRECATION: deprecation,
    }
    return marked


def find_deprecation(parameter: fields.Field[Any]) -> Deprecation | None:
    """Return what is declared of *parameter*; None when it may be used."""
    found: Deprecation | None = parameter.metadata.get(_DEPRECATION)
    return found


def _parse_day(name: str, value: str) -> date:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = None
    if day is None or day.isoformat() != value:
        raise ValueError(f"{name}, {value!r}, is not a day; write YYYY-MM-DD.")
    return day
