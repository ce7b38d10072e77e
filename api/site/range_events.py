"""The days on which ranges begin and end, for the timeline of the page of IP ranges."""

from dataclasses import dataclass

from content.documents import Body

#: Days before today, and as many from today on.
_MAX_EVENTS = 50


@dataclass(frozen=True, order=True)
class Event:
    """A day on which a range begins or ends.

    Attributes:
        day: The first day in use, or the last.
        begins: Whether it is the first.
        cidr: The range.
        traffic: Its class.
        data_center: Its data center.
        past: Whether it has happened.
        sample: Whether the range is a sample.
    """

    day: str
    begins: bool
    cidr: str
    traffic: str
    data_center: str
    past: bool
    sample: bool


def list_events(ranges: list[Body], day: str) -> list[Event]:
    """Return the days on which *ranges* begin and end, in order: so many around *day*, today."""
    events = []
    for item in ranges:
        text = (item["cidr"], item["traffic"], item["data_center"])
        begins, ends = item["effective_from"], item["effective_until"]
        if begins is not None:
            events.append(Event(begins, True, *text, begins <= day, item["sample"]))  # noqa: FBT003  The field says it.
        if ends is not None:
            events.append(Event(ends, False, *text, ends < day, item["sample"]))  # noqa: FBT003  The same.
    events.sort()
    past = sum(event.past for event in events)
    return events[max(0, past - _MAX_EVENTS) : past + _MAX_EVENTS]
