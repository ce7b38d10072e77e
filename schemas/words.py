"""The words that a field may hold: vocabularies that will grow, and those that are closed."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from schemas.fields import COMPONENT, Text, show


class Word(Text):
    """One of the words that there are today; the contract calls it text, because more may come.

    Generated clients stop at a word that their enumeration does not have.
    """

    def __init__(self, choices: tuple[str, ...], description: str, **opts: Any) -> None:
        self.choices = choices
        super().__init__(description, facets=self.describe(), **opts)

    def describe(self) -> Mapping[str, Any]:
        """Return what the contract says of the words."""
        return {"examples": list(self.choices)}

    def check(self, value: str) -> None:
        """Refuse any other word."""
        if value not in self.choices:
            raise ValidationError(f"{show(value)} is not one of {', '.join(self.choices)}.")


class Choice(Word):
    """One of the words that the code owns, in a named enumeration that stays as it is."""

    def __init__(self, name: str, choices: tuple[str, ...], description: str, **opts: Any) -> None:
        self._name = name
        super().__init__(choices, description, **opts)

    def describe(self) -> Mapping[str, Any]:
        """Return the enumeration and its name."""
        return {"enum": list(self.choices), COMPONENT: self._name}
