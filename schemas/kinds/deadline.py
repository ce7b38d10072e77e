"""A dated change of a platform that administrators have to act on."""

from marshmallow import Schema

from schemas.fields import Day, Id, List, Reference, Text
from schemas.words import Enum

DAY_PRECISIONS = ("day", "month")
DEADLINE_STATES = ("upcoming", "passed")


class DeadlineSchema(Schema):
    """What changes on a day, and what to do before then."""

    id = Id("ID of the deadline.", example="ews-blocking-begins")
    title = Text("What happens.", title="What happens")
    happens_on = Day("Date. The first of the month if only the month is known.", title="Date")
    precision = Enum(
        "DayPrecision", DAY_PRECISIONS, "Whether the date is exact or only its month is known."
    )
    state = Enum(
        "DeadlineState",
        DEADLINE_STATES,
        "upcoming: until the end of the day, or of the month if only the month is known; "
        "passed: after that.",
        dump_only=True,
    )
    what_stops = Text("What stops working. Null if nothing stops.", allow_none=True)
    what_to_do = Text("What to do before then. Null if nothing has to be done.", allow_none=True)
    applies_to = List(Reference("clouds", "One of the clouds, by its ID."), "Clouds it affects.")
