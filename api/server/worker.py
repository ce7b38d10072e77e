"""gunicorn's worker: uvicorn's event loop, with our connections, ending without losing requests."""

import asyncio
import signal
import sys
import time
from functools import partial
from typing import Any

import uvicorn
from gunicorn.arbiter import Arbiter  # type: ignore[import-untyped]
from uvicorn_worker import UvicornWorker  # type: ignore[import-untyped]

from api.server.handover import Handover
from api.server.protocol import Connection, Limits

#: How long an old worker waits for new ones at most, should one of them die while it loads.
_HANDOVER_SECONDS = 20.0


class Server(uvicorn.Server):
    """A server that ends only when those that follow it are ready."""

    def __init__(self, config: uvicorn.Config, handover: Handover | None) -> None:
        super().__init__(config)
        self._handover = handover
        self._told_at: float | None = None

    async def on_tick(self, counter: int) -> bool:
        """Tell, ten times a second, whether to end now."""
        if not await super().on_tick(counter):
            return False
        now = time.monotonic()
        self._told_at = self._told_at or now
        waits = self._handover is not None and self._handover.is_under_way
        return not waits or now - self._told_at > _HANDOVER_SECONDS


class Worker(UvicornWorker):  # type: ignore[misc]  # uvicorn-worker has no types.
    """A worker that holds its clients to the limits of gunicorn's configuration.

    Attributes:
        handover: Set by `gunicorn.conf.py` before the process is forked; None: it does not wait.
    """

    CONFIG_KWARGS = {
        "loop": "uvloop",
        "interface": "asgi3",
        "lifespan": "off",
        "ws": "none",
        "proxy_headers": False,
        "server_header": False,
    }
    handover: Handover | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limits = Limits(
            connections=self.cfg.worker_connections,
            line_bytes=self.cfg.limit_request_line,
            fields=self.cfg.limit_request_fields,
            field_bytes=self.cfg.limit_request_field_size,
        )
        self.config.http = partial(Connection, limits=limits)
        # A second before gunicorn ends what has not ended by itself.
        self.config.timeout_graceful_shutdown = max(1, self.cfg.graceful_timeout - 1)

    def init_signals(self) -> None:
        """End at once on SIGQUIT, which is what the workers get when gunicorn is interrupted."""
        super().init_signals()
        signal.signal(signal.SIGQUIT, self.handle_quit)

    def run(self) -> None:
        """Serve until gunicorn says otherwise."""
        self.config.app = self.wsgi
        server = Server(self.config, self.handover)
        with asyncio.Runner(loop_factory=self.config.get_loop_factory()) as runner:
            runner.run(server.serve(sockets=self.sockets))
        if not server.started:
            sys.exit(Arbiter.WORKER_BOOT_ERROR)
