"""Constant bytes with the headers of the service: the most that a server can do."""

from tests.bench.peers.reference import read_reference

_REFERENCE = read_reference()
_BODY = _REFERENCE.body
_HEADERS = [*_REFERENCE.headers, ("Content-Length", str(len(_BODY)))]
_START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(name.lower().encode(), value.encode()) for name, value in _HEADERS],
}
_END = {"type": "http.response.body", "body": _BODY}


def wsgi_application(environ, start_response):
    start_response("200 OK", _HEADERS)
    return (_BODY,)


async def asgi_application(scope, receive, send):
    if scope["type"] == "http":
        await send(_START)
        await send(_END)
        return
    # The lifespan: the server waits until the application has begun, and until it has ended.
    while (message := await receive())["type"] != "lifespan.shutdown":
        await send({"type": f"{message['type']}.complete"})
    await send({"type": "lifespan.shutdown.complete"})
