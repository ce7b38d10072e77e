"""Rules between parameters, which OpenAPI has no words for; schemathesis loads this module.

A request of which every parameter is valid may still be refused for how they go together. What is
generated as valid is made to keep these rules, so that it has to be accepted. What is generated as
invalid stays as it is.
"""

import json
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen
from zlib import crc32

import schemathesis

#: Lists of one class of traffic, because a list of both directions is a wrong rule.
_OF_ONE_CLASS = ("txt", "ipset", "nginx")
_PLAIN = (*_OF_ONE_CLASS, "nft")
_FIXED, _NOT_FIXED = "from-cronofy", "web"
#: Texts that only prose describes: in place of any other valid one stands one of these.
_TEXTS = {
    "application": ("Acme", "Müller & Söhne (Wien)", "カレンダー", "a" * 40),
    "ip": (
        *("192.0.2.1", "203.0.114.200", "203.0.114.0/24", "::ffff:203.0.114.1", "2a00:100::1"),
        *("0.0.0.0/0", "::/0", "198.51.100.7/28", "255.255.255.255"),
    ),
}


@schemathesis.hook
def map_case(_context: schemathesis.HookContext, case: schemathesis.Case) -> schemathesis.Case:
    """Make a *case* that is to be accepted keep the rules between its parameters."""
    meta, query = case.meta, dict(case.query)
    if meta is None or not meta.generation.mode.is_positive:
        return case
    for name in _TEXTS.keys() & query.keys():
        query[name] = _replace_text(name, query[name])
    if case.path.startswith("/v1/ip-ranges"):
        _ask_for_fixed_addresses(
            query, "aws" if case.path.endswith("/aws") else query.get("format")
        )
    if "since" in query:
        _put_in_order(query)
    if "cursor" in query:
        _follow_page(case.operation.base_url + case.formatted_path, query)
    if query != case.query:
        case.query = query
    return case


def _replace_text(name: str, value: Any) -> Any:
    """Return what stands in place of *value*, the same every time."""
    if isinstance(value, list):
        return [_replace_text(name, one) for one in value]
    return _TEXTS[name][crc32(value.encode("utf-8", "replace")) % len(_TEXTS[name])]


def _ask_for_fixed_addresses(query: dict[str, Any], format_: str | None) -> None:
    """Ask for a class that the form can list, and put networks together only where it can."""
    if format_ in _OF_ONE_CLASS or (
        format_ in ("nft", "aws") and _NOT_FIXED in query.get("traffic", ())
    ):
        query["traffic"] = [_FIXED]
    if format_ not in _PLAIN:
        query.pop("aggregate", None)


def _put_in_order(query: dict[str, Any]) -> None:
    """Let the changes begin before they end: with the release read, where `until` is not given."""
    end = "until" if "until" in query else "release"
    if end in query:
        query["since"], query[end] = sorted((query["since"], query[end]))


def _follow_page(url: str, query: dict[str, Any]) -> None:
    """Continue after the first page of the same list; a cursor is nothing to make up."""
    del query["cursor"]
    question = urlencode({**query, "limit": 1, "format": "json"}, doseq=True)
    try:
        with urlopen(f"{url}?{question}") as answer:  # noqa: S310  The service that is fuzzed.
            following = json.load(answer)["next_cursor"]
    except HTTPError:
        return  # No such release: there is no page to follow.
    if following:
        query["cursor"] = following
