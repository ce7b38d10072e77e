"""The start and end dates of ranges, for the timeline on the page of IP ranges."""

from dataclasses import dataclass

from content.documents import Body

#: The maximum number of past events, and of future ones.
_MAX_EVENTS = 50


@dataclass(frozen=True, order=True)
class Event:
    """The start or end of the use of a range.

    Attributes:
        day: The first or last day in use.
        begins: Whether it is the first day.
        cidr: The range.
        traffic: The traffic class.
        data_center: The data center.
        past: Whether it is in the past.
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
    """Return the events of *ranges* in order, limited around *day*, which is today."""
    events = []
    for item in ranges:
        text = (item["cidr"], item["traffic"], item["data_center"])
        begins, ends = item["effective_from"], item["effective_until"]
        if begins is not None:
            events.append(Event(begins, True, *text, begins <= day, item["sample"]))  # noqa: FBT003  The field is called begins.
        if ends is not None:
            events.append(Event(ends, False, *text, ends < day, item["sample"]))  # noqa: FBT003  The same.
    events.sort()
    past = sum(event.past for event in events)
    return events[max(0, past - _MAX_EVENTS) : past + _MAX_EVENTS]
