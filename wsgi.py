"""What a WSGI server runs: the application, its releases loaded before the first request."""

import gc
import sys

import structlog

from api.app import build_follower, create_app
from api.logs import configure_logs
from api.middleware.wsgi import CacheMiddleware
from api.server import siblings
from api.serving.polling import Poller
from api.serving.service import Service
from api.settings import SettingsError, read_settings

try:
    settings = read_settings()
except SettingsError as error:
    sys.exit(f"faqts cannot start:\n{error}")

configure_logs(settings.log_level)
follower = build_follower(settings, siblings=siblings.shared)
app = create_app(settings, follower=follower)
service: Service = app.extensions["faqts"]
poller = service.poller = Poller(follower, settings.poll_seconds)
poller.start()
poller.wait()
uncached = app.wsgi_app
# Flask's documented way to add middleware; mypy takes the attribute for a method.
app.wsgi_app = CacheMiddleware(uncached, service)  # type: ignore[method-assign]
if settings.today is not None:
    structlog.get_logger().warning("rehearsal: the day is given", today=settings.today)
# What is loaded now lives as long as the process, so the garbage collector can ignore it.
gc.collect()
gc.freeze()
