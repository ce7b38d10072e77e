"""The event loop: what it answers itself, without waiting for a thread."""

import asyncio
from threading import Event

from api.middleware.asgi import CacheMiddleware


async def ask(application, path: str) -> list[dict]:
    """The events with which *application* answers a GET of *path*."""
    events = []

    async def send(event):
        events.append(event)

    async def receive():
        return {"type": "http.request", "body": b""}

    scope = {"type": "http", "http_version": "1.1", "method": "GET", "path": path}
    await application({**scope, "query_string": b"", "headers": []}, receive, send)
    return events


def test_the_process_says_that_it_is_alive_while_every_thread_is_busy(factory):
    factory.world().publish()
    app, goes_on = factory.app(), Event()

    def wait(environ, start_response):
        goes_on.wait(30)
        return app(environ, start_response)

    middleware = CacheMiddleware(wait, app.extensions["faqts"], threads=1)

    async def ask_both():
        slow = asyncio.create_task(ask(middleware, "/v1/topics"))
        await asyncio.sleep(0.05)
        alive = await asyncio.wait_for(ask(middleware, "/healthz"), 10)
        waits = not slow.done()
        goes_on.set()
        return alive, waits, await slow

    alive, waits, slow = asyncio.run(ask_both())

    assert (alive[0]["status"], alive[1]["body"]) == (200, b'{"status":"alive"}\n')
    assert waits
    assert slow[0]["status"] == 200
