"""A real nginx with deploy/nginx.conf, as an ordinary process in a folder of the test."""

import grp
import json
import os
import pwd
import re
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import count
from pathlib import Path

from werkzeug.datastructures import Headers

from tests.e2e.servers import PATIENCE_SECONDS, ROOT, Answer, Server, find_port
from tests.programs import require_program

CONFIGURATION = ROOT / "deploy" / "nginx.conf"
_PAUSE_SECONDS = 0.05
#: Headers that a proxy sets for its own connections, or adds.
_OF_THE_PROXY = {"server", "date", "connection", "cache-status"}
#: Folders that nginx makes when it starts, wherever they are not said to be in those of Debian.
_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def strip(answer: Answer) -> dict[str, str]:
    """The headers of *answer* that are the origin's, by their names in lower case."""
    pairs = ((name.lower(), value) for name, value in answer.headers)
    return {name: value for name, value in pairs if name not in _OF_THE_PROXY}


def is_hit(answer: Answer) -> bool:
    """Whether *answer* came from the cache."""
    return answer.headers["Cache-Status"].startswith("nginx; hit")


def count_asked(service: Server, path: str) -> int:
    """How often *service* was asked for *path*, once it has written down a last request."""
    marker = f"/{time.monotonic_ns()}"
    service.ask(marker)
    service.wait_until(lambda: marker in service.log, "the access log")
    return service.log.count(f"GET {path} HTTP")


def change(text: str, **lines: str) -> str:
    """*text* with what each `# CHANGE name` stands for in place of its line."""
    for name, line in lines.items():
        mark = f"# CHANGE {name.replace('_', ' ')}\n"
        text, found = re.subn(
            rf"^.*{re.escape(mark)}", lambda _, new=line: f"{new}\n", text, flags=re.MULTILINE
        )
        assert found == 1, mark
    return text


def take_marks(text: str, mark: str) -> str:
    """*text* with the lines that are marked `#mark` in force."""
    return re.sub(rf"^( *)#{mark} ", r"\1", text, flags=re.MULTILINE)


def write_configuration(text: str, folder: Path, port: int, origin: str) -> Path:
    """Write *text* for an ordinary process that keeps everything in *folder*."""
    user = pwd.getpwuid(os.geteuid()).pw_name
    group = grp.getgrgid(os.getegid()).gr_name
    changed = change(
        text,
        user=f"user {user} {group};",
        pid=f"pid {folder}/nginx.pid;",
        error_log=f"error_log {folder}/error.log warn;",
        origin=f"server {origin};",
        cache=f"proxy_cache_path {folder}/cache",
        access_log=f"access_log {folder}/access.json faqts;",
        listen=f"listen 127.0.0.1:{port};",
    )
    places = "".join(f"{name}_temp_path {folder}/{name};\n" for name in _TEMPORARY)
    path = folder / "nginx.conf"
    path.write_text(changed.replace("http {\n", f"http {{\n{places}", 1), encoding="utf-8")
    return path


@dataclass
class Proxy:
    """An nginx that runs; `proxying` starts one."""

    folder: Path
    port: int
    process: subprocess.Popen
    _sources: Iterator[int] = field(default_factory=lambda: count(2))

    def ask(
        self, path: str, method: str = "GET", headers: dict | None = None, source: str | None = None
    ) -> Answer:
        """The answer over a connection of its own, from *source* or an address not used yet."""
        with self.connect(source) as connection:
            connection.request(method, path, headers={"Connection": "close", **(headers or {})})
            got = connection.getresponse()
            return Answer(got.status, Headers(got.getheaders()), got.read())

    @contextmanager
    def connect(self, source: str | None = None) -> Iterator[HTTPConnection]:
        """A connection from *source*, or from an address not used yet: limits are for each."""
        number = next(self._sources)
        address = source or f"127.1.{number // 250}.{number % 250 + 1}"
        connection = HTTPConnection(
            "127.0.0.1", self.port, timeout=PATIENCE_SECONDS, source_address=(address, 0)
        )
        try:
            connection.connect()
            yield connection
        finally:
            connection.close()

    def ask_together(self, path: str, clients: int) -> list[Answer]:
        """The answers to so many *clients* at once."""
        with ThreadPoolExecutor(clients) as pool:
            return list(pool.map(self.ask, [path] * clients))

    def send(self, data: bytes) -> Answer:
        """The answer to raw *data*."""
        with self.connect() as connection:
            connection.sock.sendall(data)
            connection.sock.settimeout(PATIENCE_SECONDS)
            got = b"".join(iter(lambda: connection.sock.recv(65536), b""))
        head, _, body = got.partition(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        pairs = [tuple(line.split(": ", 1)) for line in lines]
        return Answer(int(status.split()[1]), Headers(pairs), body)

    def read_log(self, target: str, lines: int) -> list[dict]:
        """The lines of the access log about *target*, once there are so many."""
        for _ in range(100):
            text = (self.folder / "access.json").read_text(encoding="utf-8", errors="replace")
            found = [
                line for line in map(json.loads, text.splitlines()) if line["target"] == target
            ]
            if len(found) >= lines:
                return found
            time.sleep(_PAUSE_SECONDS)
        raise AssertionError(text)

    @property
    def errors(self) -> str:
        """What nginx said of itself."""
        return (self.folder / "error.log").read_text(encoding="utf-8", errors="replace")


@contextmanager
def proxying(folder: Path, origin_port: int, text: str | None = None) -> Iterator[Proxy]:
    """Run nginx before the origin on *origin_port* until the block ends."""
    nginx, port = require_program("nginx"), find_port()
    folder.mkdir(parents=True, exist_ok=True)
    written = text or CONFIGURATION.read_text(encoding="utf-8")
    path = write_configuration(written, folder, port, f"127.0.0.1:{origin_port}")
    command = [nginx, "-p", folder, "-e", folder / "error.log", "-c", path]
    process = subprocess.Popen([*command, "-g", "daemon off;"], start_new_session=True)
    proxy = Proxy(folder, port, process)
    try:
        began = time.monotonic()
        while not _listens(proxy):
            assert process.poll() is None, proxy.errors
            assert time.monotonic() - began < PATIENCE_SECONDS, proxy.errors
            time.sleep(_PAUSE_SECONDS)
        yield proxy
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_SECONDS)


def _listens(proxy: Proxy) -> bool:
    try:
        with proxy.connect():
            return True
    except OSError:
        return False
