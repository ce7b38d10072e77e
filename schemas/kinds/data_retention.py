"""Schema of retention periods."""

from marshmallow import Schema

from schemas.fields import Id, Period, Text


class DataRetentionSchema(Schema):
    """Which data is kept, for how long, and when the period starts."""

    id = Id("ID of the retention period.", example="third-party-events")
    name = Text("Display name.", title="Data")
    period = Period(
        "How long the data is kept, as an ISO 8601 period.", title="Kept for", example="P30D"
    )
    counted_from = Text("Event that starts the period.")
    description = Text("Which data this includes.")
