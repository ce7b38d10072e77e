"""What a WSGI server runs: the application, its releases loaded before the first request."""

import gc
import sys

import structlog

from api.app import create_app
from api.logs import configure_logs
from api.rehearsal import mark_rehearsal
from api.routing import Service
from api.serving import follow
from api.settings import SettingsError, read_settings

try:
    settings = read_settings()
except SettingsError as error:
    sys.exit(f"faqts cannot start:\n{error}")

configure_logs(settings.log_level)
app = create_app(settings)
_service: Service = app.extensions["faqts"]
_service.serving.refresh()
follow(_service.serving, settings.poll_seconds)
if settings.today is not None:
    structlog.get_logger().warning("rehearsal: the day is given", today=settings.today)
    app.after_request(mark_rehearsal)
# What was loaded stays for the life of the process, so the collector need not look at it again.
gc.collect()
gc.freeze()
