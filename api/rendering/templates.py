"""The templates of pages: what is put into them is escaped, what is missing is a fault."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.rendering.assets import write_address
from api.rendering.discovery import write_oembed_address
from api.rendering.filters import mark_up, write_day, write_words

_FOLDER = Path(__file__).parents[1] / "templates"


def render_template(name: str, **values: Any) -> str:
    """Return the template *name* filled in with *values*."""
    return _load().get_template(name).render(values)


@lru_cache(maxsize=1)
def _load() -> Environment:
    """Return the templates; each is read and compiled when it is first asked for."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"day": write_day, "mark_up": mark_up, "words": write_words}
    environment.globals |= {"address_of": write_address, "oembed_of": write_oembed_address}
    return environment
