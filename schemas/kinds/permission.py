"""A scope or role that an administrator or user is asked to grant."""

from marshmallow import Schema

from schemas.fields import Id, List, Reference, Text
from schemas.shapes import judge_label
from schemas.words import OpenEnum

PERMISSION_KINDS = ("scope", "delegated", "application", "role", "access_right", "policy")


class PermissionSchema(Schema):
    """Scopes and roles that are requested, why, and more limited alternatives."""

    id = Id("ID of the permission.", example="google-calendar")
    name = Text(
        "Scope or role, exactly as the provider writes it.", title="Permission", shape=judge_label
    )
    provider = Id("ID of the provider that defines the permission.", example="google")
    kind = OpenEnum(
        PERMISSION_KINDS, "What the provider calls this kind of permission.", title="Type"
    )
    asked_by = Text(
        "Who or what requests the permission. Null if nothing does.",
        title="Used by",
        allow_none=True,
        load_default=None,
    )
    reason = Text(
        "Why the permission is requested. Null if unknown.",
        title="Why it is needed",
        allow_none=True,
    )
    narrower = List(
        Reference("permissions", "One of the permissions, by its ID."),
        "More limited permissions you can grant instead.",
        title="Alternatives",
        load_default=list,
    )
    narrower_note = Text(
        "What you lose or need with the alternatives. Null if unknown.",
        title="Limitations",
        allow_none=True,
    )
