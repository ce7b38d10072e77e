"""The service as it may be next year: every object of its JSON has a field more than the contract.

`gunicorn tests.e2e.sdk.later:application` serves it. Within version 1 fields are added, and a
client that was generated before has to read on.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any

from werkzeug.datastructures import Headers

from wsgi import app

ADDED = {"of": ["a later", {"release": None}]}
#: What says something of the bytes that are replaced.
_OF_THE_BYTES = ("Content-Length", "ETag", "Repr-Digest")


def application(environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
    """Answer as the service does, with `added_later` in every object."""
    started: list[Any] = []
    # Bytes in no coding, so that they can be read.
    environ.pop("HTTP_ACCEPT_ENCODING", None)

    parts = app.wsgi_app(environ, lambda status, headers, _=None: started.extend((status, headers)))
    body = b"".join(parts)

    status, headers = started[0], Headers(started[1])
    if "json" in headers.get("Content-Type", "") and body:
        body = json.dumps(add_later(json.loads(body))).encode()
        for name in _OF_THE_BYTES:
            headers.remove(name)
        headers.set("Content-Length", str(len(body)))
    start_response(status, headers.to_wsgi_list())
    return [body]


def add_later(value: Any) -> Any:
    """*value* with a field more in every object, first, so that it cannot be overlooked."""
    if isinstance(value, dict):
        return {"added_later": ADDED, **{name: add_later(inner) for name, inner in value.items()}}
    if isinstance(value, list):
        return [add_later(inner) for inner in value]
    return value
