"""An application registered with a calendar provider."""

from marshmallow import Schema

from schemas.fields import Id, List, Reference, Text
from schemas.shapes import judge_client_id
from schemas.words import OpenEnum

PROVIDERS = ("apple", "google", "microsoft")


class OauthClientSchema(Schema):
    """A registered application, its client id, and what it asks for."""

    id = Id("The name of this client.", example="google")
    name = Text("What the provider's screens call it.")
    provider = OpenEnum(PROVIDERS, "Whose registration it is.")
    product = Text("The product an administrator approves it for.")
    client_id = Text(
        "The OAuth client id, exactly as to be typed.",
        shape=judge_client_id,
        example="902414518019",
    )
    approved_for = Text("What an approval permits.")
    permissions = List(
        Reference("permissions", "A permission."), "What it asks for.", load_default=list
    )
