"""What an ASGI server runs: the application of `wsgi.py`, with what it keeps sent by the loop."""

from api.middleware.asgi import put_async_front
from wsgi import app, service, settings

application = put_async_front(app, service, threads=settings.threads)
