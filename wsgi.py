"""The WSGI application. Releases are loaded on import."""

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
# Flask's documented way to add middleware. mypy treats the attribute as a method.
app.wsgi_app = CacheMiddleware(uncached, service)  # type: ignore[method-assign]
if settings.today is not None:
    structlog.get_logger().warning("rehearsal: fixed date", today=settings.today)
# The objects loaded so far live as long as the process, so exclude them from collections.
gc.collect()
gc.freeze()
