"""Deprecation of operations and parameters in the contract."""

from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from marshmallow import fields

#: Minimum number of days that a deprecated operation or parameter keeps working.
MIN_NOTICE_DAYS = 180
_DEPRECATION = "deprecation"

_Parameter = TypeVar("_Parameter", bound=fields.Field[Any])


@dataclass(frozen=True)
class Deprecation:
    """The deprecation of an operation or a parameter.

    Attributes:
        deprecated_on: First day on which clients should no longer use it. May be in the future.
        sunset_on: Last day on which it is guaranteed to work. None if no removal is planned.
        successor: Replacement: the path of an operation with the same path parameters
            (`/v1/answers/{id}`), or the name of a parameter. None if there is none.

    Raises:
        ValueError: A date is not valid, or `sunset_on` is less than `MIN_NOTICE_DAYS` after
            `deprecated_on`.
    """

    deprecated_on: str
    sunset_on: str | None = None
    successor: str | None = None

    def __post_init__(self) -> None:
        """Check the dates. Source: docs/api.md, "Deprecation"."""
        begins = _parse_day("deprecated_on", self.deprecated_on)
        if self.sunset_on is None:
            return
        ends = _parse_day("sunset_on", self.sunset_on)
        if ends < begins:
            message = f"sunset_on, {ends}, is before deprecated_on, {begins}; swap them."
            raise ValueError(message)
        # Dates after `date.max` cannot be computed.
        soonest = begins + min(timedelta(days=MIN_NOTICE_DAYS), date.max - begins)
        if ends < soonest:
            raise ValueError(
                f"sunset_on, {ends}, is {(ends - begins).days} days after deprecated_on, {begins}; "
                f"clients need at least {MIN_NOTICE_DAYS} days, so write {soonest} or later."
            )

    def describe(self) -> str:
        """Return the notice for the contract, as sentences in Markdown."""
        sentences = [f"Deprecated from {self.deprecated_on}."]
        if self.sunset_on is not None:
            sentences.append(f"Works at least until {self.sunset_on}.")
        if self.successor is not None:
            sentences.append(f"Use `{self.successor}` instead.")
        return " ".join(sentences)


def deprecate(parameter: _Parameter, deprecation: Deprecation) -> _Parameter:
    """Return a copy of the query *parameter* that is marked as deprecated."""
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
    """Return the deprecation of *parameter*, or None if it is not deprecated."""
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
