"""What a format makes of an answer: its text, and what the response header needs to know."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from inspect import signature
from typing import Any


@dataclass(frozen=True)
class Rendering:
    """An answer in one format.

    Attributes:
        text: The body.
        aggregation: How many networks there were before and after aggregation; None: they
            were not aggregated.
        next_cursor: Where the page after this one begins, when the format has shorter pages
            than the body; None: as in the body.
        changed_at: When what the format shows beside the body last changed; empty: it shows no
            more.
    """

    text: str
    aggregation: tuple[int, int] | None = None
    next_cursor: str | None = None
    changed_at: str = ""


#: Makes the text of one format. It declares the arguments that it needs: `context`, `body`,
#: `public_url`, `build_target`, and parameters of the request by name.
Renderer = Callable[..., Rendering]


def render(renderer: Renderer, **known: Any) -> Rendering:
    """Return what *renderer* makes of those arguments in *known* that it declares."""
    return renderer(**{name: known[name] for name in _list_arguments(renderer)})


@cache
def _list_arguments(renderer: Renderer) -> tuple[str, ...]:
    return tuple(signature(renderer).parameters)
