"""Format changes for a terminal, firewall changes first."""

import json
from collections.abc import Iterator
from difflib import unified_diff
from typing import Any

import click

from content.documents import Body, is_sample

_COLORS = {"allow": "green", "remove": "red", "update": "yellow", "read": None}
_FIRST = "ip-ranges"
#: Summaries and sources are shorter than this, logos are longer.
_MAX_SHOWN = 500


def describe_changes(changes: list[Body]) -> Iterator[str]:
    """Yield colored lines that describe *changes*, firewall changes first."""
    firewall = [change for change in changes if _concerns_firewalls(change)]
    others = [change for change in changes if not _concerns_firewalls(change)]
    if firewall:
        yield click.style("For firewalls:", bold=True)
        for change in firewall:
            yield from _describe(change)
    if others:
        yield click.style("Everything else:" if firewall else "Changes:", bold=True)
        for change in others:
            yield from _describe(change)


def _concerns_firewalls(change: Body) -> bool:
    return bool(change["collection"] == _FIRST and change["impact"] != "read")


def _describe(change: Body) -> Iterator[str]:
    impact = click.style(f"{change['impact']:6}", fg=_COLORS[change["impact"]], bold=True)
    since = f" from {change['effective_on']}" if change["effective_on"] else ""
    name = f"{change['collection']}/{change['id']}"
    yield f"  {impact} {change['action']:7} {name}{_name_range(change)}{since}"
    if change["reason"]:
        yield f"           {change['reason']}"
    if change["caused_by"]:
        causes = ", ".join(f"{cause['collection']}/{cause['id']}" for cause in change["caused_by"])
        yield f"           because of {causes}"
    for field in change["fields"]:
        yield from _describe_field(field, change["before"][field], change["after"][field])


def _name_range(change: Body) -> str:
    body = change["after"] or change["before"]
    if change["collection"] != _FIRST:
        return ""
    sample = ", sample" if is_sample(body) else ""
    return f"  {body['cidr']} ({body['data_center']}, {body['traffic']}{sample})"


def _describe_field(field: str, before: Any, after: Any) -> Iterator[str]:
    if isinstance(before, str) and isinstance(after, str) and "\n" in before + after:
        yield f"           {field}:"
        lines = unified_diff(before.splitlines(), after.splitlines(), n=1, lineterm="")
        for line in list(lines)[2:]:
            color = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
            yield "             " + click.style(line, fg=color)
    elif isinstance(before, list) or isinstance(after, list):
        yield f"           {field}:"
        yield from _describe_list(before or [], after or [])
    elif isinstance(before, dict) or isinstance(after, dict):
        was, now = before or {}, after or {}
        for name in {**was, **now}:
            if was.get(name) != now.get(name):
                yield from _describe_field(f"{field}.{name}", was.get(name), now.get(name))
    else:
        was = click.style(_format(before), fg="red")
        now = click.style(_format(after), fg="green")
        yield f"           {field}: {was} → {now}"


def _describe_list(before: list[Any], after: list[Any]) -> Iterator[str]:
    """Yield a line for each item that is in only one of the two lists."""
    gone = [item for item in before if item not in after]
    come = [item for item in after if item not in before]
    if not gone and not come:
        yield "             different order:"
        come = after
    for sign, color, items in (("-", "red", gone), ("+", "green", come)):
        for item in items:
            yield "             " + click.style(f"{sign} {_format(item)}", fg=color)


def _format(value: Any) -> str:
    """Return *value* on one line, similar to its source file. Long values are cut."""
    if isinstance(value, dict):
        parts = (f"{name}: {_format(part)}" for name, part in value.items() if part is not None)
        return ", ".join(parts)
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= _MAX_SHOWN else f"{shown[:_MAX_SHOWN]}…"
