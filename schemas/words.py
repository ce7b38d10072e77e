"""The words that a field may hold: vocabularies that will grow, and those that are closed."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from schemas.fields import COMPONENT, Text, show


class OpenEnum(Text):
    """One of the words that there are today; the contract calls it text, because more may come.

    Generated clients stop at a word that their enumeration does not have.
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
        """Refuse any other word."""
        if value not in self.choices:
            raise ValidationError(f"{show(value)} is not one of {', '.join(self.choices)}.")


class Enum(OpenEnum):
    """One of the words that the code owns, in a named enumeration that stays as it is."""

    def __init__(
        self, name: str, choices: tuple[str, ...], description: str, **options: Any
    ) -> None:
        facets = {"enum": list(choices), COMPONENT: name}
        super().__init__(choices, description, facets=facets, **options)
