"""The real service in a hurry: gunicorn runs it as it is, and its answers may be kept a second."""

from asgi import application as service

#: What a live list says, and what it says here. Nothing is stale, so that a test need not wait.
_LIVE = b"public, max-age=300, stale-while-revalidate=3600, "
_HURRIED = b"public, max-age=1, stale-while-revalidate=0, "


async def application(scope, receive, send):
    """Answer as the service does, but for the times of a live list."""

    async def hurry(message):
        if message["type"] == "http.response.start":
            headers = [(name, value.replace(_LIVE, _HURRIED)) for name, value in message["headers"]]
            message = {**message, "headers": headers}
        await send(message)

    await service(scope, receive, hurry)
