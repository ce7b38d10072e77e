"""What one request asks for, read and canonical."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema

from api.routing.canonical import is_open, write_query
from schemas.deprecation import Deprecation
from schemas.formats import Form

#: Parameters that say how to read; the core does not get them.
_OF_THE_EDGE = ("release", "on")


@dataclass(frozen=True)
class Asked:
    """What one request asks for.

    Attributes:
        path: Its path.
        ids: The ids in its path, by parameter.
        values: Its parameters, by argument.
        schema: The parameters there are.
        form: The form to answer in.
        negotiated: Whether the header Accept decided about the form.
        deprecations: What it uses that clients should leave.
    """

    path: str
    ids: Mapping[str, str]
    values: Mapping[str, Any]
    schema: Schema
    form: Form
    negotiated: bool
    deprecations: tuple[Deprecation, ...] = ()

    @property
    def key(self) -> Hashable:
        """Equal for requests with equal answers, headers included, at one moment."""
        return self.write_target(), self.form.name, self.negotiated, self.deprecations

    @property
    def is_open(self) -> bool:
        """Whether there is no end of requests like this one."""
        return is_open(self.schema, self.values)

    @property
    def own(self) -> dict[str, Any]:
        """The parameters that the core's own function takes."""
        return {name: value for name, value in self.values.items() if name not in _OF_THE_EDGE}

    def write_target(self, **others: str | None) -> str:
        """Return its canonical target, with *others* in place of its parameters."""
        query = write_query(self.schema, self.values, **others)
        return f"{self.path}?{query}" if query else self.path
