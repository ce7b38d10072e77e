"""A scope or role that an administrator or user is asked to grant."""

from marshmallow import Schema

from schemas.fields import Id, List, Reference, Text
from schemas.kinds.oauth_client import PROVIDERS
from schemas.shapes import judge_label
from schemas.words import OpenEnum

PERMISSION_KINDS = ("scope", "delegated", "application", "role", "access_right", "policy")


class PermissionSchema(Schema):
    """What is asked for, why, and what is narrower."""

    id = Id("The name of this permission.", example="google-calendar")
    name = Text("The scope or role exactly as the provider writes it.", shape=judge_label)
    provider = OpenEnum(PROVIDERS, "Whose permission it is.")
    kind = OpenEnum(PERMISSION_KINDS, "What it is to the provider.")
    asked_by = Text("Who asks for it.")
    reason = Text("Why it is asked for; null: the sources do not say.", allow_none=True)
    narrower = List(
        Reference("permissions", "A permission."),
        "What can be granted instead where less is enough.",
        load_default=list,
    )
    narrower_note = Text(
        "What is lost or needed with the narrower one; null: nothing known.", allow_none=True
    )
