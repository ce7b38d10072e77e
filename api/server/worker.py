"""gunicorn's worker: uvicorn's event loop, with our connections, ending without losing requests."""

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
    """A server that ends only when those that follow it are ready, or when its master is gone."""

    def __init__(self, config: uvicorn.Config, handover: Handover, master: int) -> None:
        super().__init__(config)
        self._handover, self._master = handover, master

    async def on_tick(self, counter: int) -> bool:
        """Tell whether to end; without a master, nobody else would end this process."""
        return await super().on_tick(counter) or os.getppid() != self._master

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end, as soon as others answer."""
        self._handover.delay(super().handle_exit, sig, frame)


class Worker(UvicornWorker):  # type: ignore[misc]  # uvicorn-worker has no types.
    """A worker that holds its clients to the limits of gunicorn's configuration.

    Attributes:
        handover: Set by `gunicorn.conf.py` before the process is forked.
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
        # A second before gunicorn ends what has not ended by itself.
        self.config.timeout_graceful_shutdown = max(1, self.cfg.graceful_timeout - 1)

    def init_signals(self) -> None:
        """End at once on SIGQUIT, which is what the workers get when gunicorn is interrupted."""
        super().init_signals()
        signal.signal(signal.SIGQUIT, self.handle_quit)

    def run(self) -> None:
        """Serve until gunicorn says otherwise."""
        self.config.app = self.wsgi
        server = Server(self.config, self.handover, self.ppid)
        with asyncio.Runner(loop_factory=self.config.get_loop_factory()) as runner:
            runner.run(server.serve(sockets=self.sockets))
        if not server.started:
            sys.exit(Arbiter.WORKER_BOOT_ERROR)
