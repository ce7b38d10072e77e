"""Whether an address can be listened on, asked before anything is started."""

import socket
from collections.abc import Iterable
from typing import Any


def find_bind_fault(addresses: Iterable[Any]) -> str | None:
    """Return why one of *addresses* cannot be listened on; None: each can be.

    Args:
        addresses: A host and a port each; any other, such as the path of a socket, is not tried.
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
