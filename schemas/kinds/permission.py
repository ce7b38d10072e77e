"""Schema of permissions."""

from marshmallow import Schema

from schemas.fields import Id, List, Reference, Text
from schemas.shapes import judge_label
from schemas.words import OpenEnum

PERMISSION_KINDS = ("scope", "delegated", "application", "role", "access_right", "policy")


class PermissionSchema(Schema):
    """Scopes and roles that are requested, the reasons, and alternatives."""

    id = Id("ID of the permission.", example="google-calendar")
    name = Text(
        "Name of the scope or role, exactly as the provider writes it.",
        title="Permission",
        shape=judge_label,
    )
    provider = Id("ID of the provider that defines the permission.", example="google")
    kind = OpenEnum(PERMISSION_KINDS, "Type of permission, in the provider's terms.", title="Type")
    asked_by = Text(
        "App or connection that requests the permission. Null if none does.",
        title="Used by",
        allow_none=True,
        load_default=None,
    )
    reason = Text(
        "What the permission is for. Null if unknown.",
        title="Purpose",
        allow_none=True,
    )
    narrower = List(
        Reference("permissions", "ID of one of the permissions."),
        "More limited permissions that you can grant instead.",
        title="Alternatives",
        load_default=list,
    )
    narrower_note = Text(
        "Limitations and requirements of the alternatives. Null if unknown.",
        title="About the alternatives",
        allow_none=True,
    )
