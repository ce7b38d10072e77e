"""A data center: where one copy of the service runs."""

from marshmallow import Schema

from schemas.fields import Flag, Id, Text
from schemas.shapes import judge_code, judge_country, judge_host, judge_mail_address


class DataCenterSchema(Schema):
    """A data center and the names of its hosts."""

    id = Id("The name of this data center, as in the parameter dc.", example="uk")
    name = Text("What people call it.", example="United Kingdom")
    country = Text("The country it is in, ISO 3166-1 alpha-2.", shape=judge_country, example="GB")
    api_host = Text(
        "The host that applications call.", shape=judge_host, example="api-uk.cronofy.com"
    )
    app_host = Text(
        "The host that administrators and users open.",
        shape=judge_host,
        example="app-uk.cronofy.com",
    )
    sdk_identifier = Text("What client libraries call it.", shape=judge_code, example="uk")
    invite_address = Text("Where mail of its Smart Invites is sent.", shape=judge_mail_address)
    default = Flag("Whether it is the one used when none is named.")
