"""How long data is kept, and from when the period counts."""

from marshmallow import Schema

from schemas.fields import Id, Period, Text


class DataRetentionSchema(Schema):
    """What data is kept, for how long, and from when the period counts."""

    id = Id("ID of the retention period.", example="third-party-events")
    name = Text("Display name.", title="Data")
    period = Period(
        "How long the data is kept, as an ISO 8601 period.", title="Kept for", example="P30D"
    )
    counted_from = Text("Event from which the period is counted.")
    description = Text("What belongs to this kind of data.")
