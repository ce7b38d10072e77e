"""What is kept, for how long, counted from what."""

from marshmallow import Schema

from schemas.fields import Id, Period, Text


class DataRetentionSchema(Schema):
    """How long one kind of data is kept."""

    id = Id("The name of this kind of data.", example="third-party-events")
    name = Text("What is kept.")
    period = Period("How long, as an ISO 8601 period.", example="P30D")
    counted_from = Text("The moment from which the period is counted.")
    description = Text("What belongs to this kind of data.")
