"""Dates in HTTP headers."""

from datetime import UTC, datetime
from email.utils import format_datetime


def format_http_date(instant: str) -> str:
    """Return a time `YYYY-MM-DDThh:mm:ssZ` as an HTTP date. Source: RFC 9110, section 5.6.7."""
    return format_datetime(datetime.fromisoformat(instant), usegmt=True)


def format_structured_date(day: str) -> str:
    """Return the start of *day* as a structured field date. Source: RFC 9651, section 3.3.7."""
    begins = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return f"@{int(begins.timestamp())}"
