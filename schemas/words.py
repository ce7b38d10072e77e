"""Fields with a fixed set of values: open ones that may grow, and closed enumerations."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from schemas.fields import COMPONENT, Text, show


class OpenEnum(Text):
    """One of several values. The contract declares a string, so that values can be added.

    Generated clients fail on a value that is missing from their enumeration.
    """

    def __init__(
        self,
        choices: tuple[str, ...],
        description: str,
        *,
        facets: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        self.choices = choices
        super().__init__(description, facets=facets or {"examples": list(choices)}, **options)

    def check(self, value: str) -> None:
        """Reject all other values."""
        if value not in self.choices:
            raise ValidationError(f"{show(value)} is not one of {', '.join(self.choices)}.")


class Enum(OpenEnum):
    """One of several values that never change. The contract declares a named enumeration."""

    def __init__(
        self, name: str, choices: tuple[str, ...], description: str, **options: Any
    ) -> None:
        facets = {"enum": list(choices), COMPONENT: name}
        super().__init__(choices, description, facets=facets, **options)
