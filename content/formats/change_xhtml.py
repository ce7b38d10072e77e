"""Changes as XHTML for feed readers: the impact, and the fields before and after."""

import re
from collections.abc import Iterable, Iterator
from difflib import unified_diff
from html import escape
from typing import Any

from content.documents import Body, is_sample
from content.formats.change_fields import format_value, list_shown_fields

#: Characters that XML forbids, even escaped. Source: XML 1.0, production 2.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MAX_LETTERS = 500


def escape_xml(text: str) -> str:
    """Return *text* escaped for XML content or attributes. Forbidden characters become U+FFFD."""
    return escape(_FORBIDDEN.sub("\ufffd", text))


def render_change(change: Body, configures: Iterable[str]) -> str:
    """Return *change* as a list item.

    Args:
        configures: The fields that administrators copy into their own systems. They are shown
            for every changed document, even if they are unchanged.
    """
    name = escape_xml(f"{change['collection']}/{change['id']}")
    since = f" from {escape_xml(change['effective_on'])}" if change["effective_on"] else ""
    sample = any(side and is_sample(side) for side in (change["before"], change["after"]))
    text = "".join(f"<p>{line}</p>" for line in _explain(change, configures))
    return (
        f"<li><p><strong>{escape_xml(change['impact'])}</strong>{since}: "
        f"{escape_xml(change['action'])} <code>{name}</code>{' (SAMPLE)' if sample else ''}</p>"
        f"{text}{_render_fields(change)}</li>\n"
    )


def _explain(change: Body, configures: Iterable[str]) -> Iterator[str]:
    unchanged = [name for name in configures if name not in change["fields"]]
    if change["fields"] and unchanged:
        pairs = (f"{name} {format_value(change['after'][name])}" for name in unchanged)
        yield f"<code>{escape_xml('; '.join(pairs))}</code>"
    if change["reason"]:
        yield f"Reason: {escape_xml(change['reason'])}"
    if change["successor"]:
        yield f"See instead: <code>{escape_xml(change['successor'])}</code>"
    if change["caused_by"]:
        causes = (f"{cause['collection']}/{cause['id']}" for cause in change["caused_by"])
        yield f"Caused by <code>{escape_xml(', '.join(causes))}</code>"


def _render_fields(change: Body) -> str:
    before, after = change["before"] or {}, change["after"] or {}
    names = list_shown_fields(change)
    if not names:
        return ""
    rows = "".join(_render_row(name, before.get(name), after.get(name)) for name in names)
    head = "<tr><th>field</th><th>before</th><th>after</th></tr>"
    return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"


def _render_row(name: str, before: Any, after: Any) -> str:
    was, now = format_value(before), format_value(after)
    if "\n" in was + now and was and now:
        was, now = _keep_differing(was, now)
    cells = "".join(f"<td>{_render_text(text)}</td>" for text in (was, now))
    return f"<tr><th>{escape_xml(name)}</th>{cells}</tr>"


def _keep_differing(was: str, now: str) -> tuple[str, str]:
    """Return the lines of each text that differ from the other."""
    lines = list(unified_diff(was.splitlines(), now.splitlines(), n=0, lineterm=""))[2:]
    gone = [line[1:] for line in lines if line.startswith("-")]
    come = [line[1:] for line in lines if line.startswith("+")]
    return "\n".join(gone), "\n".join(come)


def _render_text(text: str) -> str:
    left = len(text) - _MAX_LETTERS
    shown = f"{text[:_MAX_LETTERS]}… ({left} more characters)" if left > 0 else text
    return escape_xml(shown).replace("\n", "<br/>")
