"""The templates of pages: what is put into them is escaped, what is missing is a fault."""

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

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
    environment.filters |= {"day": write_day, "words": write_words}
    return environment


def write_day(moment: str) -> str:
    """Return a day or the day of an instant as people write it: `5 December 2026`."""
    parsed = datetime.fromisoformat(moment) if "T" in moment else date.fromisoformat(moment)
    return f"{parsed.day} {_MONTHS[parsed.month - 1]} {parsed.year}"


def write_words(name: str) -> str:
    """Return the *name* of a field or a state as words: `not_known` is `not known`."""
    return name.replace("_", " ").replace("-", " ")


#: Not those of the locale: what is sent depends on the releases alone.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
