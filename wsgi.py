"""What a WSGI server runs: the application, its releases loaded before the first request."""

import gc
import sys

import structlog

from api.app import create_app
from api.logs import configure_logs
from api.middleware.wsgi import put_front
from api.serving.follower import poll
from api.serving.service import Service
from api.settings import SettingsError, read_settings

try:
    settings = read_settings()
except SettingsError as error:
    sys.exit(f"faqts cannot start:\n{error}")

configure_logs(settings.log_level)
app = create_app(settings)
service: Service = app.extensions["faqts"]
service.follower.refresh()
poll(service.follower, settings.poll_seconds)
# Flask's own way to put something before an application; mypy takes it for a method.
app.wsgi_app = put_front(app.wsgi_app, service)  # type: ignore[method-assign, assignment]
if settings.today is not None:
    structlog.get_logger().warning("rehearsal: the day is given", today=settings.today)
# What was loaded stays for the life of the process, so the collector need not look at it again.
gc.collect()
gc.freeze()
