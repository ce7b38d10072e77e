"""What every server of the benchmark has to answer, taken from the service itself."""

import json
from dataclasses import dataclass
from functools import lru_cache

from werkzeug.test import EnvironBuilder, run_wsgi_app

from api.app import create_app
from api.serving.service import Service
from api.settings import read_settings

PATH, QUERY = "/v1/ip-ranges", "dc=uk"
TARGET = f"{PATH}?{QUERY}"
#: What a server adds of its own, or sets by itself.
OF_THE_SERVER = frozenset(
    {"cache-status", "connection", "content-length", "date", "keep-alive", "server"}
)


@dataclass(frozen=True)
class Reference:
    """An answer of the service.

    Attributes:
        headers: Those that belong to the answer, its type first, without its length.
        body: The bytes.
    """

    headers: tuple[tuple[str, str], ...]
    body: bytes

    def json(self):
        return json.loads(self.body)

    def get(self, name: str) -> str:
        """The value of a header."""
        return next(value for found, value in self.headers if found.lower() == name)


@lru_cache
def read_reference(target: str = TARGET) -> Reference:
    """The answer of the service to *target*, made in this process from the same releases."""
    app = create_app(read_settings())
    service: Service = app.extensions["faqts"]
    service.follower.refresh()
    path, _, query = target.partition("?")
    environ = EnvironBuilder(path=path, query_string=query).get_environ()
    chunks, status, headers = run_wsgi_app(app, environ, buffered=True)
    if status[:3] != "200":
        raise SystemExit(f"{target} is answered with {status}; there is nothing to measure.")
    kept = tuple(pair for pair in headers if pair[0].lower() not in OF_THE_SERVER)
    return Reference(kept, b"".join(chunks))
