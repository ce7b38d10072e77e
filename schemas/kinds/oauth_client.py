"""Schema of OAuth clients."""

from marshmallow import Schema

from schemas.fields import Id, List, Reference, Text, Uri
from schemas.shapes import judge_client_id


class OauthClientSchema(Schema):
    """Apps that administrators approve, with their client IDs."""

    id = Id("ID of the OAuth client.", example="google")
    name = Text("Name shown in the provider's console.", title="App")
    provider = Id("ID of the provider that the app is registered with.", example="google")
    product = Text("Product that the app is for.")
    client_id = Text(
        "OAuth client ID. Enter it exactly as shown.",
        title="Client ID",
        shape=judge_client_id,
        example="902414518019",
    )
    marketplace_url = Uri(
        "Page of the app in the provider's marketplace. Null if there is none.",
        title="Marketplace page",
        allow_none=True,
        load_default=None,
    )
    approved_for = Text("What the approval allows.", title="Approval allows")
    permissions = List(
        Reference("permissions", "ID of one of the permissions."),
        "Permissions that the app requests.",
        load_default=list,
    )
