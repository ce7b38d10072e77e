"""Differences for a terminal: what a firewall must do first, then everything else."""

from collections.abc import Iterator
from difflib import unified_diff
from typing import Any

import click

from content.documents import Body, is_sample

_COLORS = {"allow": "green", "remove": "red", "update": "yellow", "read": None}
_FIRST = "ip-ranges"


def describe_changes(changes: list[Body]) -> Iterator[str]:
    """Yield the lines that describe *changes*, coloured: first those that concern firewalls."""
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
    else:
        was = click.style(repr(before), fg="red")
        now = click.style(repr(after), fg="green")
        yield f"           {field}: {was} → {now}"
