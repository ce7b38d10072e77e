"""Render templates. Values are escaped, and a missing value is an error."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.rendering.assets import build_asset_path
from api.rendering.discovery import build_oembed_url
from api.rendering.filters import format_day, format_words, let_break, mark_up
from api.rendering.site import Site

_FOLDER = Path(__file__).parents[1] / "templates"


def render_template(name: str, site: Site, **values: Any) -> str:
    """Render the template *name* with *site* and *values*."""
    return _load().get_template(name).render(values, site=site)


@lru_cache(maxsize=1)
def _load() -> Environment:
    """Return the environment. Templates are compiled on first use."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "day": format_day,
        "mark_up": mark_up,
        "breakable": let_break,
        "words": format_words,
    }
    environment.globals |= {"address_of": build_asset_path, "oembed_of": build_oembed_url}
    return environment
