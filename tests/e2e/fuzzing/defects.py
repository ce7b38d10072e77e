"""The real service with a defect at each of some paths; gunicorn runs it as it is.

A fuzzer that finds nothing may be blind. This one has to find each of these.
"""

import json
from collections.abc import Callable

from asgi import application as service


async def application(scope, receive, send):
    """Answer as the service does, and spoil the whole answer on its way."""
    if scope["type"] != "http":
        await service(scope, receive, send)
        return
    sent: list[dict] = []

    async def keep(message):
        sent.append(message)

    plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
    await service({**scope, "headers": plain}, receive, keep)
    start, *parts = sent
    body = b"".join(part.get("body", b"") for part in parts)
    spoil = next(
        (spoil for path, spoil in _DEFECTS.items() if scope["path"].startswith(path)), None
    )
    if spoil is not None:
        body = spoil(start, body, scope["query_string"])
    _set_header(start, b"content-length", b"%d" % len(body))
    await send(start)
    await send({"type": "http.response.body", "body": body})


def _lose_field(start: dict, body: bytes, _query: bytes) -> bytes:
    """Leave a field out that the document promises."""
    if start["status"] != 200:
        return body
    cloud = json.loads(body)
    del cloud["support"]
    return json.dumps(cloud).encode()


def _widen(start: dict, body: bytes, _query: bytes) -> bytes:
    """Answer a filter that nobody knows as if it had not been given."""
    if start["status"] != 400:
        return body
    start["status"] = 200
    _set_header(start, b"content-type", b"application/json")
    whole = {"release": "2026-11-23.01", "count": 0, "items": [], "next_cursor": None}
    return json.dumps(whole).encode()


def _fail(start: dict, body: bytes, query: bytes) -> bytes:
    """Fail where a day is given, with a problem that the document declares."""
    return _refuse(start, body, 500) if b"on=" in query else body


def _invent_status(start: dict, body: bytes, _query: bytes) -> bytes:
    """Say 418 of what is not there."""
    if start["status"] == 404:
        start["status"] = 418
    return body


def _narrow(start: dict, body: bytes, query: bytes) -> bytes:
    """Refuse a value that the document offers."""
    return _refuse(start, body, 400) if b"provider=google" in query else body


def _mislabel(start: dict, body: bytes, _query: bytes) -> bytes:
    """Call a problem HTML, as frameworks do by themselves."""
    if start["status"] == 400:
        _set_header(start, b"content-type", b"text/html")
    return body


def _hide_methods(start: dict, body: bytes, _query: bytes) -> bytes:
    """Refuse a method without saying which there are."""
    start["headers"] = [pair for pair in start["headers"] if pair[0].lower() != b"allow"]
    return body


def _refuse(start: dict, body: bytes, status: int) -> bytes:
    """Turn an answer into a problem."""
    if start["status"] != 200:
        return body
    start["status"] = status
    _set_header(start, b"content-type", b"application/problem+json")
    words = dict.fromkeys(("title", "detail", "instance"), "Refused.")
    return json.dumps({"type": "/problems/a", **words, "status": status, "errors": []}).encode()


def _set_header(start: dict, name: bytes, value: bytes) -> None:
    kept = [pair for pair in start["headers"] if pair[0].lower() != name]
    start["headers"] = [*kept, (name, value)]


_DEFECTS: dict[str, Callable[[dict, bytes, bytes], bytes]] = {
    "/v1/clouds/": _lose_field,
    "/v1/connections": _widen,
    "/v1/data-retention": _fail,
    "/v1/deadlines/": _invent_status,
    "/v1/oauth-clients": _narrow,
    "/v1/permissions": _mislabel,
    "/v1/topics": _hide_methods,
}
