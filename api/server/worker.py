"""The gunicorn worker: uvicorn with connection limits and graceful shutdown."""

import asyncio
import os
import signal
import sys
from functools import partial
from types import FrameType
from typing import Any

import uvicorn
from gunicorn.arbiter import Arbiter  # type: ignore[import-untyped]
from uvicorn_worker import UvicornWorker  # type: ignore[import-untyped]

from api.server.handover import Handover
from api.server.protocol import Connection, Limits


class Server(uvicorn.Server):
    """A server that stops when its successors are ready, or when its master is gone."""

    def __init__(self, config: uvicorn.Config, handover: Handover, master: int) -> None:
        super().__init__(config)
        self._handover, self._master = handover, master

    async def on_tick(self, counter: int) -> bool:
        """Tell whether to stop. Without a master, nothing else would stop this process."""
        return await super().on_tick(counter) or os.getppid() != self._master

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Start the shutdown as soon as the successors are ready."""
        self._handover.delay(super().handle_exit, sig, frame)


class Worker(UvicornWorker):  # type: ignore[misc]  # uvicorn-worker has no types.
    """A worker that applies the limits of gunicorn's configuration.

    Attributes:
        handover: Set by `gunicorn.conf.py` before it forks.
    """

    CONFIG_KWARGS = {
        "loop": "uvloop",
        "interface": "asgi3",
        "lifespan": "off",
        "ws": "none",
        "proxy_headers": False,
        "server_header": False,
    }
    handover: Handover

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limits = Limits(
            connections=self.cfg.worker_connections,
            line_bytes=self.cfg.limit_request_line,
            fields=self.cfg.limit_request_fields,
            field_bytes=self.cfg.limit_request_field_size,
        )
        self.config.http = partial(Connection, limits=limits)
        # One second before gunicorn kills the worker.
        self.config.timeout_graceful_shutdown = max(1, self.cfg.graceful_timeout - 1)

    def init_signals(self) -> None:
        """Stop at once on SIGQUIT, which gunicorn sends when it is interrupted."""
        super().init_signals()
        signal.signal(signal.SIGQUIT, self.handle_quit)

    def run(self) -> None:
        """Serve until gunicorn stops the worker."""
        self.config.app = self.wsgi
        server = Server(self.config, self.handover, self.ppid)
        with asyncio.Runner(loop_factory=self.config.get_loop_factory()) as runner:
            runner.run(server.serve(sockets=self.sockets))
        if not server.started:
            sys.exit(Arbiter.WORKER_BOOT_ERROR)
