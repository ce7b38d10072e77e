"""What gunicorn runs in each worker: the event loop, and what it asks of every connection."""
