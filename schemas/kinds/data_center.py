"""Schema of data centers."""

from marshmallow import Schema

from schemas.fields import Flag, Id, Text
from schemas.shapes import judge_code, judge_country, judge_host, judge_mail_address


class DataCenterSchema(Schema):
    """Locations where the service runs, and their host names."""

    id = Id("ID of the data center.", example="uk")
    name = Text("Display name.", title="Data center", example="United Kingdom")
    country = Text(
        "Country code, ISO 3166-1 alpha-2.",
        title="Country code",
        shape=judge_country,
        example="GB",
    )
    api_host = Text(
        "Host name that applications call.",
        title="API host",
        shape=judge_host,
        example="api-uk.example.com",
    )
    app_host = Text(
        "Host name that administrators and users open in a browser.",
        title="App host",
        shape=judge_host,
        example="app-uk.example.com",
    )
    sdk_identifier = Text(
        "Name of the data center in SDKs. Null if there are no SDKs.",
        title="SDK identifier",
        shape=judge_code,
        example="uk",
        allow_none=True,
        load_default=None,
    )
    invite_address = Text(
        "Email address that sends and receives invitations. Null if there is none.",
        title="Invitation address",
        shape=judge_mail_address,
        example="invites-uk@example.com",
        allow_none=True,
        load_default=None,
    )
    default = Flag("Whether this is the default data center.", title="Default data center")
