"""What an operation declares about itself, beside the function that answers it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from marshmallow import Schema

from schemas.fields import Text
from schemas.formats import JSON, Form
from schemas.problem import (
    INTERNAL_ERROR,
    INVALID_PARAMETERS,
    METHOD_NOT_ALLOWED,
    NOT_ACCEPTABLE,
    NOT_READY,
    UNKNOWN_RELEASE,
    ProblemType,
)

#: What every operation below /v1 can fail with.
COMMON_PROBLEMS = (
    INVALID_PARAMETERS,
    UNKNOWN_RELEASE,
    METHOD_NOT_ALLOWED,
    NOT_ACCEPTABLE,
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
    """A heading that operations stand under.

    Attributes:
        name: In words that are a path: generated clients name a class or a module by it.
        description: What stands under it, a sentence.
    """

    name: str
    description: str


@dataclass(frozen=True)
class Operation:
    """One path and what it promises.

    Attributes:
        id: A good name for a method, for example `listIpRanges`.
        tag: The heading it stands under.
        summary: A phrase.
        description: Whole sentences for whoever writes a client.
        query: Its parameters.
        response: The shape of its JSON.
        forms: The forms it offers, JSON first.
        problems: What it can fail with beside what all can.
        moves: Whether an id may answer 308, because it is a former one.
        path_parameters: The parameters within its path, by name.
        example: A request whose answer is shown in the document, read as of one release; `{id}` is
            the first id of its list.
    """

    id: str
    tag: Tag
    summary: str
    description: str
    query: type[Schema]
    response: Component
    forms: tuple[Form, ...] = (JSON,)
    problems: tuple[ProblemType, ...] = ()
    moves: bool = False
    path_parameters: Mapping[str, Text] = field(default_factory=dict)
    example: str | None = None

    @property
    def all_problems(self) -> tuple[ProblemType, ...]:
        """Everything it can fail with, by status and name."""
        problems = {*COMMON_PROBLEMS, *self.problems}
        return tuple(sorted(problems, key=lambda problem: (problem.status, problem.slug)))
