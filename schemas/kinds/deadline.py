"""Schema of deadlines."""

from marshmallow import Schema

from schemas.fields import Day, Id, List, Reference, Text
from schemas.words import Enum

DAY_PRECISIONS = ("day", "month")
DEADLINE_STATES = ("upcoming", "passed")


class DeadlineSchema(Schema):
    """A platform change on a date, and what to do before it."""

    id = Id("ID of the deadline.", example="ews-blocking-begins")
    title = Text("What happens on the date.", title="What happens")
    happens_on = Day(
        "Date of the change. The first day of the month if only the month is known.", title="Date"
    )
    precision = Enum(
        "DayPrecision", DAY_PRECISIONS, "day: the date is exact; month: only the month is known."
    )
    state = Enum(
        "DeadlineState",
        DEADLINE_STATES,
        "upcoming: the day has not ended, or the month if only the month is known; passed: it has "
        "ended.",
        dump_only=True,
    )
    what_stops = Text("What stops working. Null if nothing stops.", allow_none=True)
    what_to_do = Text(
        "What to do before the date. Null if you do not need to do anything.", allow_none=True
    )
    applies_to = List(Reference("clouds", "ID of one of the clouds."), "Affected clouds.")
