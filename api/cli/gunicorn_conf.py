"""How gunicorn runs the service; every value with its unit and reason.

The options of the command line come before these, for example `gunicorn --bind 0.0.0.0:8080`.
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

# Address and port. Loopback by default: a proxy stands before it (docs/operations.md).
bind = _settings.bind

# Processes. Answers are computed in Python, so one for each core is the most that helps.
workers = _settings.workers

# What is kept is sent by one loop; the rest is rendered in FAQTS_THREADS threads of its own.
# `gunicorn --worker-class gthread --threads 4 wsgi:app` does without the loop.
worker_class = "api.server.worker.Worker"

# Connections that a worker holds at the same time; more are refused. Each takes an open file.
worker_connections = 1000

# Each worker loads its own releases, so that one that dies takes nothing with it.
preload_app = False

# Seconds a worker may be silent before it is replaced. The slowest answer takes milliseconds.
timeout = 30

# Seconds that requests under way get to finish when a worker is told to stop.
graceful_timeout = 30

# Seconds in which a connection has to bring a complete head, from its beginning and again from each
# answer. Longer than a proxy waits between two requests, shorter than what an attacker would like.
keepalive = 15

# Bytes of a request line. A lookup of 100 full IPv6 addresses takes 4,300, percent-encoded 7,700.
limit_request_line = 8190

# Headers of a request, and bytes of each; all of them together have at most 65,536
# (api/server/protocol.py). Browsers and proxies send about 20 short ones.
limit_request_fields = 64
limit_request_field_size = 8190

# Headers of a proxy say nothing here: no path, scheme or address of the client is read.
forwarded_allow_ips = ""
forwarder_headers = ""
secure_scheme_headers: dict[str, str] = {}

# Off: it would put a socket into the home folder of whoever runs the service.
control_socket_disable = True

# The access log belongs to the proxy. Errors go to standard error, as the service's log does.
accesslog = None
errorlog = "-"
loglevel = "warning"


def on_starting(server: Any) -> None:
    """Refuse what cannot be served; make what workers share, once for all there will be."""
    threads = server.cfg.worker_class_str in ("sync", "gthread")
    if {"asgi:application": threads, "wsgi:app": not threads}.get(server.app.app_uri):
        sys.exit(
            "faqts cannot start: asgi:application needs the worker class of gunicorn.conf.py, and "
            "wsgi:app needs --worker-class gthread --threads 4. Give both options or none."
        )
    # Sockets that systemd or an older gunicorn hands over are bound.
    handed_over = server.master_pid or systemd.listen_fds(unset_environment=False)
    fault = None if handed_over else find_bind_fault(server.cfg.address)
    if fault is not None:
        sys.exit(f"faqts {fault}. Set FAQTS_BIND, or --bind, to another address.")
    server.handover = Handover()
    siblings.shared = siblings.Siblings(folder=server.cfg.worker_tmp_dir)


def on_reload(server: Any) -> None:
    """Have the old workers wait for the new ones."""
    server.handover.expect(server.cfg.workers)


def pre_fork(server: Any, worker: Any) -> None:
    """Give each worker what it shares with the others."""
    worker.handover = server.handover


def post_worker_init(worker: Any) -> None:
    """Wait until a worker may answer; say once, for the first, what is served and where."""
    # Loaded by now, whichever of the two applications is run.
    service = sys.modules["wsgi"].service
    _wait(worker, service)
    worker.handover.arrive()
    if signal.getsignal(signal.SIGTERM) == worker.handle_exit:
        # Threads. Our own worker sees to it by itself.
        signal.signal(signal.SIGTERM, partial(worker.handover.delay, worker.handle_exit))
    if worker.age != 1:
        return
    state = service.follower.state
    if state.archive is None:
        what = "nothing yet: publish a release"
    else:
        catalogue = state.archive.latest
        count = sum(len(catalogue.list_documents(row.name)) for row in catalogue.collections)
        what = f"release {catalogue.release.id}, {count} documents"
    # What was handed over may be elsewhere than what is configured.
    where = ", ".join(map(str, worker.sockets))
    print(f"faqts serves {what}, on {where}", flush=True)


def _wait(worker: Any, service: Any) -> None:
    """Wait until *worker* serves what others do. When nobody serves anything, it says so itself."""
    others = siblings.shared
    if others is None:
        return
    while not service.follower.agreed and (not service.poller.trouble or others.are_serving()):
        if not worker.alive or os.getppid() != worker.ppid:
            sys.exit()
        worker.notify()
        worker.handover.wait()
    others.leave = partial(os.kill, os.getpid(), signal.SIGTERM)
