"""gunicorn's worker with an event loop, which does not wait for ever for a request to begin."""

from typing import Any

from gunicorn.asgi.protocol import ASGIProtocol  # type: ignore[import-untyped]
from gunicorn.workers import gasgi  # type: ignore[import-untyped]


class Connection(ASGIProtocol):  # type: ignore[misc]  # gunicorn has no types.
    """A connection that ends unless its first request is there as soon as any other has to be.

    gunicorn itself waits for that without end and takes any number of connections, so that clients
    that say nothing use up the files that a process may have open.
    """

    def connection_made(self, transport: Any) -> None:
        """Begin to wait; refuse what is more than `worker_connections`."""
        super().connection_made(transport)
        if self.worker.nr_conns > self.worker.worker_connections:
            transport.abort()
        else:
            self._arm_keepalive_timer()


class Worker(gasgi.ASGIWorker):  # type: ignore[misc]
    """A worker whose connections are `Connection`s."""

    def init_process(self) -> None:
        """Begin to serve."""
        # The name under which gunicorn looks up what it makes of each connection.
        gasgi.ASGIProtocol = Connection
        super().init_process()
