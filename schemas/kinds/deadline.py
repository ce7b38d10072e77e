"""A dated change of a platform that administrators have to act on."""

from marshmallow import Schema

from schemas.fields import Day, Id, List, Reference, Text
from schemas.words import Enum

DAY_PRECISIONS = ("day", "month")


class DeadlineSchema(Schema):
    """What stops or begins on a day, and what to do before."""

    id = Id("The name of this deadline.", example="ews-blocking-begins")
    title = Text("What happens.")
    happens_on = Day("The day; the first of the month where only the month is known.")
    precision = Enum("DayPrecision", DAY_PRECISIONS, "How exact the day is.")
    what_stops = Text("What no longer works from then; null: nothing stops.", allow_none=True)
    what_to_do = Text("What to do before; null: nothing.", allow_none=True)
    applies_to = List(Reference("clouds", "A cloud."), "The clouds it concerns.")
