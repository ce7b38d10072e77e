"""The ASGI application: the one of `wsgi.py` behind a cache in the event loop."""

from api.middleware.asgi import CacheMiddleware
from wsgi import service, settings, uncached

application = CacheMiddleware(uncached, service, threads=settings.threads)
