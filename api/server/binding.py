"""Check that the server can listen on an address, before anything is started."""

import socket
from collections.abc import Iterable
from typing import Any


def find_bind_fault(addresses: Iterable[Any]) -> str | None:
    """Return why the server cannot listen on one of *addresses*; None if it can.

    Args:
        addresses: Pairs of host and port. Others, such as paths of Unix sockets, are skipped.
    """
    for address in addresses:
        if isinstance(address, tuple):
            host, port = address
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            with socket.socket(family) as listener:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    listener.bind((host, port))
                except OSError as error:
                    return f"cannot listen on {host} port {port}: {error.strerror or error}"
    return None
