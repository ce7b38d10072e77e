"""What one request asks for, read and canonical."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema

from api.routing.canonical import format_query, unbounded
from schemas.deprecation import Deprecation
from schemas.formats import Format

#: Parameters that say how to read; the core does not get them.
_OF_THE_EDGE = ("release", "on")


@dataclass(frozen=True)
class RequestParams:
    """What one request asks for.

    Attributes:
        path: Its path.
        ids: The ids in its path, by parameter.
        values: Its parameters, by argument.
        schema: The parameters there are.
        format_: The form to answer in.
        negotiated: Whether the header Accept decided about the form.
        deprecations: What it uses that clients should leave.
    """

    path: str
    ids: Mapping[str, str]
    values: Mapping[str, Any]
    schema: Schema
    format_: Format
    negotiated: bool
    deprecations: tuple[Deprecation, ...] = ()

    @property
    def key(self) -> Hashable:
        """Equal for requests with equal answers, headers included, at one moment."""
        return self.build_target(), self.format_.name, self.negotiated, self.deprecations

    @property
    def unbounded(self) -> bool:
        """Whether there is no end of requests like this one."""
        return unbounded(self.schema, self.values)

    @property
    def view_args(self) -> dict[str, Any]:
        """The parameters that the core's own function takes."""
        return {name: value for name, value in self.values.items() if name not in _OF_THE_EDGE}

    def build_target(self, **others: str | None) -> str:
        """Return its canonical target, with *others* in place of its parameters."""
        query = format_query(self.schema, self.values, **others)
        return f"{self.path}?{query}" if query else self.path
