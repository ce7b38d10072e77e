"""Configure gunicorn to run the service.

Command-line options override these settings, for example `gunicorn --bind 0.0.0.0:8080`.
"""

import os
import signal
import sys
from functools import partial
from typing import Any

from gunicorn import systemd  # type: ignore[import-untyped]

from api.server import siblings
from api.server.binding import find_bind_fault
from api.server.handover import Handover
from api.settings import SettingsError, read_settings

try:
    _settings = read_settings()
except SettingsError as error:
    sys.exit(f"faqts cannot start:\n{error}")

wsgi_app = "asgi:application"

# Address and port. The default is loopback, because a proxy should be in front of the service
# (docs/operations.md).
bind = _settings.bind

# Processes. Responses are computed in Python, so more than one per core does not help.
workers = _settings.workers

# One event loop sends cached responses. Other responses are rendered in FAQTS_THREADS threads. To
# run without the loop: `gunicorn --worker-class gthread --threads 4 wsgi:app`.
worker_class = "api.server.worker.Worker"

# Maximum number of connections of a worker. More are refused. Each uses one open file.
worker_connections = 1000

# Each worker loads the releases itself, so a crash does not affect the others.
preload_app = False

# Seconds that a worker may be silent before it is replaced. The slowest response takes
# milliseconds.
timeout = 30

# Seconds for open requests to finish when a worker stops.
graceful_timeout = 30

# Seconds to send all headers of a request, after connecting and after each response. This must be
# longer than a proxy waits between two requests, but short enough to limit slow attacks.
keepalive = 15

# Maximum bytes of a request line. A lookup of 100 full IPv6 addresses takes 4,300, or 7,700
# percent-encoded.
limit_request_line = 8190

# Maximum number of request headers, and bytes of each. All headers together are limited to 65,536
# bytes (api/server/protocol.py). Browsers and proxies send about 20 short ones.
limit_request_fields = 64
limit_request_field_size = 8190

# Proxy headers are not trusted: the path, scheme and client address are not read from them.
forwarded_allow_ips = ""
forwarder_headers = ""
secure_scheme_headers: dict[str, str] = {}

# Off, because it would create a socket in the home folder of the user.
control_socket_disable = True

# The proxy writes the access log. Errors go to standard error, like the service's log.
accesslog = None
errorlog = "-"
loglevel = "warning"


def on_starting(server: Any) -> None:
    """Check the configuration, and create the state that all workers share."""
    threads = server.cfg.worker_class_str in ("sync", "gthread")
    if {"asgi:application": threads, "wsgi:app": not threads}.get(server.app.app_uri):
        sys.exit(
            "faqts cannot start: asgi:application needs the worker class of "
            "gunicorn.conf.py, and wsgi:app needs --worker-class gthread --threads 4. "
            "Set both options or neither."
        )
    # Sockets from systemd or an older gunicorn are already bound.
    handed_over = server.master_pid or systemd.listen_fds(unset_environment=False)
    fault = None if handed_over else find_bind_fault(server.cfg.address)
    if fault is not None:
        sys.exit(f"faqts {fault}. Choose another address with FAQTS_BIND or --bind.")
    server.handover = Handover()
    siblings.shared = siblings.Siblings(folder=server.cfg.worker_tmp_dir)


def on_reload(server: Any) -> None:
    """Make the old workers wait for the new ones."""
    server.handover.expect(server.cfg.workers)


def pre_fork(server: Any, worker: Any) -> None:
    """Give each worker the state that it shares with the others."""
    worker.handover = server.handover


def post_worker_init(worker: Any) -> None:
    """Wait until a worker is ready. Print once what is served and where."""
    # Both applications load this module.
    service = sys.modules["wsgi"].service
    _wait(worker, service)
    worker.handover.arrive()
    if signal.getsignal(signal.SIGTERM) == worker.handle_exit:
        # With threads. The default worker does this itself.
        signal.signal(signal.SIGTERM, partial(worker.handover.delay, worker.handle_exit))
    if worker.age != 1:
        return
    state = service.follower.state
    if state.archive is None:
        what = "no release yet (run 'faqts publish')"
    else:
        catalogue = state.archive.latest
        count = sum(len(catalogue.list_documents(row.name)) for row in catalogue.collections)
        what = f"release {catalogue.release.id}, {count} documents"
    # Sockets from systemd may have other addresses than the configuration.
    where = ", ".join(map(str, worker.sockets))
    print(f"faqts serves {what}, on {where}", flush=True)


def _wait(worker: Any, service: Any) -> None:
    """Wait until *worker* serves the same release as the others, or none can serve one."""
    others = siblings.shared
    if others is None:
        return
    while not service.follower.agreed and (not service.poller.trouble or others.are_serving()):
        if not worker.alive or os.getppid() != worker.ppid:
            sys.exit()
        worker.notify()
        worker.handover.wait()
    others.leave = partial(os.kill, os.getpid(), signal.SIGTERM)
