"""What the event loop does for one request is little, whatever its head is made of."""

import asyncio
import socket
import sys
from functools import partial

import pytest
import uvicorn
from uvicorn.server import ServerState

from api.middleware.asgi import CacheMiddleware
from api.server.protocol import Connection, Limits

#: Most calls of a step are those that decode a path, of a tenth of a microsecond each: 1 to 5 ms.
MOST_CALLS = 10_000
LIMITS = Limits(connections=10, line_bytes=8_190, fields=64, field_bytes=8_190)
PATH = b"/v1/ip-ranges"


def build_head(target: bytes = PATH, *lines: bytes) -> bytes:
    head = [b"GET %b HTTP/1.1" % target, b"Host: a", *lines, b"Connection: close"]
    return b"\r\n".join(head) + b"\r\n\r\n"


def repeat(header: bytes, value: bytes, size: int = 8_000, times: int = 8) -> list[bytes]:
    """As many lines of *header*, each of so many bytes of *value*, as a head may hold."""
    return [header + b": " + (value * size)[:size]] * times


WORST = {
    "nothing": build_head(),
    "Accept": build_head(PATH, *repeat(b"Accept", b"a/b;q=0.1,")),
    "short Accept": build_head(PATH, b"Accept: " + b"a/b," * 250),
    "Accept-Encoding": build_head(PATH, *repeat(b"Accept-Encoding", b"a,")),
    "If-None-Match": build_head(PATH, *repeat(b"If-None-Match", b'"a",')),
    "If-Modified-Since": build_head(PATH, *repeat(b"If-Modified-Since", b"Mon, ")),
    "many headers": build_head(PATH, *repeat(b"Accept", b"a,", 1_000, 62)),
    "too many headers": build_head(PATH, *[b"a:"] * 20_000),
    "escapes in the path": build_head(b"/" + b"%e2" * 2_700),
    "characters in the path": build_head(b"/" + b"%F0%9F%98%80" * 680),
    "parameters": build_head(PATH + b"?" + b"a&" * 4_000),
    "addresses": build_head(PATH + b"/lookup?" + b"ip=::1&" * 1_100),
    "raw query": build_head(PATH + b"?" + b"\xff" * 8_000),
    "chunks": b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\na\r\n" * 40_000,
    "requests ahead": b"GET / HTTP/1.1\r\n\r\n" * 10_000,
}


class Counter:
    """Counts the calls of each step of a loop.

    Attributes:
        most: The most calls of one step.
    """

    def __init__(self) -> None:
        self.most = self._now = 0

    def __call__(self, frame, event, _argument) -> None:
        if event == "call" and frame.f_code is asyncio.Handle._run.__code__:
            self._now = 0
        elif event in ("call", "c_call"):
            self._now += 1
            self.most = max(self.most, self._now)


async def answer(app, head: bytes) -> tuple[int, int]:
    """Answer one connection; how many bytes came back, and the most calls of one step."""
    config = uvicorn.Config(app, interface="asgi3", lifespan="off", ws="none", log_level="error")
    config.load()
    build = partial(Connection, config, ServerState(), {}, limits=LIMITS)
    server = await asyncio.get_running_loop().create_server(build, "127.0.0.1", 0)
    got = []
    counter = Counter()
    sys.setprofile(counter)
    try:
        await asyncio.to_thread(ask, server.sockets[0].getsockname()[1], head, got)
    finally:
        sys.setprofile(None)
        server.close()
    return sum(map(len, got)), counter.most


def ask(port: int, head: bytes, got: list[bytes]) -> None:
    with socket.create_connection(("127.0.0.1", port), 20) as connection:
        connection.sendall(head)
        while data := connection.recv(65_536):
            got.append(data)


@pytest.mark.parametrize("head", WORST.values(), ids=WORST)
def test_no_step_of_the_loop_makes_many_calls(world_app, head):
    app = CacheMiddleware(world_app.wsgi_app, world_app.extensions["faqts"], threads=2)

    received, most = asyncio.run(answer(app, head))

    assert received > 0
    assert most < MOST_CALLS
