"""Renderings: an answer as text in one format, with metadata for response headers."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from inspect import signature
from typing import Any


@dataclass(frozen=True)
class Rendering:
    """An answer in one format.

    Attributes:
        text: The response body.
        aggregation: Number of networks before and after aggregation. None if not aggregated.
        next_cursor: The cursor of the next page, if this format has shorter pages than JSON. None
            to use the cursor in the JSON body.
        changed_at: When data that only this format shows last changed. Empty if there are none.
    """

    text: str
    aggregation: tuple[int, int] | None = None
    next_cursor: str | None = None
    changed_at: str = ""


#: Renders one format. It declares the arguments that it needs: `context`, `body`, `public_url`,
#: `build_target`, or parameters of the request by name.
Renderer = Callable[..., Rendering]


def render(renderer: Renderer, **known: Any) -> Rendering:
    """Call *renderer* with the arguments in *known* that it declares."""
    return renderer(**{name: known[name] for name in _list_arguments(renderer)})


@cache
def _list_arguments(renderer: Renderer) -> tuple[str, ...]:
    return tuple(signature(renderer).parameters)
