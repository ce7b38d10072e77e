"""The gunicorn worker: event loop, connection limits and coordination with other workers."""
