"""Middleware that sends cached responses, for WSGI and ASGI servers."""
