"""Define `Operation`: the declaration of an API operation for the contract."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from string import Formatter

from marshmallow import Schema

from schemas.deprecation import Deprecation, find_deprecation
from schemas.fields import Text
from schemas.formats import JSON, Format
from schemas.problem import (
    INTERNAL_ERROR,
    INVALID_PARAMETERS,
    METHOD_NOT_ALLOWED,
    NOT_ACCEPTABLE,
    NOT_READY,
    UNKNOWN_RELEASE,
    URI_TOO_LONG,
    ProblemType,
)
from schemas.query import list_parameters

#: Problems that every operation under /v1 can return.
COMMON_PROBLEMS = (
    INVALID_PARAMETERS,
    UNKNOWN_RELEASE,
    METHOD_NOT_ALLOWED,
    NOT_ACCEPTABLE,
    URI_TOO_LONG,
    INTERNAL_ERROR,
    NOT_READY,
)


@dataclass(frozen=True)
class Component:
    """A component of the contract.

    Attributes:
        name: Name of the component, such as `IpRangeList`.
        schema: Schema of the component.
    """

    name: str
    schema: type[Schema]


@dataclass(frozen=True)
class Tag:
    """A tag that groups operations.

    Attributes:
        name: Name as in a URL path. Generated clients use it as a class or module name.
        description: One sentence about the operations.
    """

    name: str
    description: str


@dataclass(frozen=True)
class Operation:
    """The operation at one path.

    Attributes:
        id: Operation ID. Generated clients use it as a method name, such as `listIpRanges`.
        tag: Tag that groups the operation with others.
        summary: Short phrase.
        description: Full sentences for developers of clients.
        query: Schema of the query parameters.
        response: Component for the JSON response.
        formats: Supported formats, JSON first.
        format_parameters: Query parameters that are only used for formatting. They do not select
            documents.
        problems: Problems that it can return in addition to `COMMON_PROBLEMS`.
        moves: Whether requests for a former ID are redirected (308).
        path_parameters: Path parameters by name.
        example: Request for the example in the contract. `{id}` is replaced by the first ID in
            the list.
        deprecation: Deprecation of the operation. None if it is not deprecated.

    Raises:
        ValueError: The path of the successor has parameters that this path does not have.
    """

    id: str
    tag: Tag
    summary: str
    description: str
    query: type[Schema]
    response: Component
    formats: tuple[Format, ...] = (JSON,)
    format_parameters: tuple[str, ...] = ()
    problems: tuple[ProblemType, ...] = ()
    moves: bool = False
    path_parameters: Mapping[str, Text] = field(default_factory=dict)
    example: str | None = None
    deprecation: Deprecation | None = None

    def __post_init__(self) -> None:
        """Check that the path of the successor can be built from the path parameters."""
        successor = self.deprecation.successor if self.deprecation else None
        if successor is None:
            return
        wanted = {name for _, name, _, _ in Formatter().parse(successor) if name is not None}
        if not successor.startswith("/") or not wanted <= self.path_parameters.keys():
            known = ", ".join(self.path_parameters) or "none"
            raise ValueError(
                f"The successor of {self.id}, {successor!r}, must be a path that uses only the "
                f"parameters of its own path ({known}), such as '/v1/answers/{{id}}'."
            )

    @cached_property
    def deprecated_parameters(self) -> Mapping[str, Deprecation]:
        """Deprecations of query parameters, by parameter name."""
        known = list_parameters(self.query())
        found = {name: find_deprecation(field) for name, field in known.items()}
        return {name: notice for name, notice in found.items() if notice is not None}

    @property
    def ends(self) -> bool:
        """Whether the operation or one of its parameters is deprecated."""
        return self.deprecation is not None or bool(self.deprecated_parameters)

    def list_deprecations(self, given: Iterable[str]) -> tuple[Deprecation, ...]:
        """Return the deprecations that apply to a request with the parameters *given*."""
        own = () if self.deprecation is None else (self.deprecation,)
        used = self.deprecated_parameters
        return (*own, *(used[name] for name in sorted(set(given)) if name in used))

    @property
    def all_problems(self) -> tuple[ProblemType, ...]:
        """All problems that the operation can return, sorted by status and name."""
        problems = {*COMMON_PROBLEMS, *self.problems}
        return tuple(sorted(problems, key=lambda problem: (problem.status, problem.slug)))
