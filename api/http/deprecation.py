"""The Deprecation and Sunset headers."""

from collections.abc import Iterable
from typing import Protocol

from api.http.dates import format_http_date, format_structured_date
from api.http.representation import Headers
from content.windows import next_day


class Deprecatable(Protocol):
    """An operation, parameter or document that can be deprecated."""

    @property
    def deprecated_on(self) -> str | None:
        """The date of deprecation, `YYYY-MM-DD`; None if it is not deprecated."""

    @property
    def sunset_on(self) -> str | None:
        """The last date on which it is guaranteed to be available; None if not set."""


def deprecation_headers(items: Iterable[Deprecatable]) -> Headers:
    """Return the headers for *items*, with the earliest dates.

    Source: RFC 9745, section 2.1; RFC 8594, section 3.
    """
    listed = tuple(items)
    begins = min((e.deprecated_on for e in listed if e.deprecated_on is not None), default=None)
    ends = min((e.sunset_on for e in listed if e.sunset_on is not None), default=None)
    headers = []
    if begins is not None:
        # A sunset is never before the deprecation. Source: RFC 9745, section 4.
        headers.append(("Deprecation", format_structured_date(min(begins, ends or begins))))
    if ends is not None:
        headers.append(("Sunset", format_http_date(f"{next_day(ends)}T00:00:00Z")))
    return tuple(headers)
