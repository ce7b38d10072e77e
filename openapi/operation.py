"""What an operation declares about itself, beside the function that answers it."""

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

#: What every operation below /v1 can fail with.
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
    """A named shape of the document.

    Attributes:
        name: Its name among the components, for example `IpRangeList`.
        schema: Its shape.
    """

    name: str
    schema: type[Schema]


@dataclass(frozen=True)
class Tag:
    """A heading for operations.

    Attributes:
        name: In words that are a path: generated clients name a class or a module by it.
        description: What the operations are for, a sentence.
    """

    name: str
    description: str


@dataclass(frozen=True)
class Operation:
    """One path and what it promises.

    Attributes:
        id: A good name for a method, for example `listIpRanges`.
        tag: Its heading.
        summary: A phrase.
        description: Whole sentences for whoever writes a client.
        query: Its parameters.
        response: The shape of its JSON.
        formats: The formats it offers, JSON first.
        format_parameters: The arguments from its query that only its formats take; they select
            nothing.
        problems: What it can fail with, beyond what every operation can.
        moves: Whether an id may answer 308, because it is a former one.
        path_parameters: The parameters within its path, by name.
        example: A request whose answer is shown in the document, read as of one release; `{id}` is
            the first id of its list.
        deprecation: From when clients should leave it; None: it may be used.

    Raises:
        ValueError: the path of its successor has other parameters than its own path.
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
        """Refuse a successor whose path cannot be written from the ids of a request."""
        successor = self.deprecation.successor if self.deprecation else None
        if successor is None:
            return
        wanted = {name for _, name, _, _ in Formatter().parse(successor) if name is not None}
        if not successor.startswith("/") or not wanted <= self.path_parameters.keys():
            known = ", ".join(self.path_parameters) or "none"
            raise ValueError(
                f"the successor of {self.id}, {successor!r}, is no path with the parameters that "
                f"its own path has ({known}); write for example '/v1/answers/{{id}}'."
            )

    @cached_property
    def deprecated_parameters(self) -> Mapping[str, Deprecation]:
        """The parameters of its query that clients should leave, by name."""
        known = list_parameters(self.query())
        found = {name: find_deprecation(field) for name, field in known.items()}
        return {name: notice for name, notice in found.items() if notice is not None}

    @property
    def ends(self) -> bool:
        """Whether it or a parameter of it is deprecated."""
        return self.deprecation is not None or bool(self.deprecated_parameters)

    def list_deprecations(self, given: Iterable[str]) -> tuple[Deprecation, ...]:
        """Return what is deprecated of a request that gives the parameters *given*."""
        own = () if self.deprecation is None else (self.deprecation,)
        used = self.deprecated_parameters
        return (*own, *(used[name] for name in sorted(set(given)) if name in used))

    @property
    def all_problems(self) -> tuple[ProblemType, ...]:
        """Everything it can fail with, by status and name."""
        problems = {*COMMON_PROBLEMS, *self.problems}
        return tuple(sorted(problems, key=lambda problem: (problem.status, problem.slug)))
