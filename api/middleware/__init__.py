"""What runs before Flask: cached responses for WSGI and ASGI servers."""
