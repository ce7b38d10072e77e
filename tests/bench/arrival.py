"""Hot reads while a release arrives: the latency of each, around the moment it is served."""

import asyncio
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.peers.reference import TARGET
from tests.bench.running import find_port, running
from tests.bench.servers import HOST, ROOT

_CLIENTS, _SECONDS_BEFORE, _SECONDS_AFTER = 8, 0.2, 1.0
_PATIENCE_SECONDS = 15
_REQUEST = f"GET {TARGET} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_RELEASE = re.compile(rb"content-release: (\S+)", re.IGNORECASE)
_NAME = "ours-asgi"


@dataclass(frozen=True)
class Read:
    """One read: when it ended on the clock, its latency in milliseconds, the release it read."""

    ended: float
    milliseconds: float
    release: bytes


@dataclass(frozen=True)
class Arrival:
    """What readers saw of a release that arrived.

    Attributes:
        seconds: From when the file of the release was written to the first answer that reads it.
        reads: In the order of their ends: from 0.2 s before that answer to 1 s after it.
    """

    seconds: float
    reads: tuple[Read, ...]


def measure_arrivals(times: int, folder: Path) -> list[Arrival]:
    """Publish so many releases of a copy of the content while clients read."""
    content = folder / "arrival" / "content"
    shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    ports = {_NAME: find_port()}
    with running(_NAME, folder, ports, {"FAQTS_LEDGER": str(content / "releases")}):
        return [
            asyncio.run(_watch(content, number, ports[_NAME])) for number in range(1, times + 1)
        ]


async def _watch(content: Path, number: int, port: int) -> Arrival:
    reads: list[Read] = []
    clients = [asyncio.create_task(_read_on(port, reads)) for _ in range(_CLIENTS)]
    await asyncio.sleep(1)
    before = reads[-1].release
    await asyncio.to_thread(_publish, content, number)
    first = await _find_first(reads, before, time.time() + _PATIENCE_SECONDS)
    await asyncio.sleep(_SECONDS_AFTER)
    for client in clients:
        client.cancel()
    ended = await asyncio.gather(*clients, return_exceptions=True)
    failed = [message for message in ended if not isinstance(message, asyncio.CancelledError)]
    if failed:
        raise SystemExit(f"A read failed while a release arrived: {failed[0]!r}.")
    span = (first - _SECONDS_BEFORE, first + _SECONDS_AFTER)
    published = max(path.stat().st_mtime for path in (content / "releases").glob("*.json"))
    return Arrival(
        first - published, tuple(read for read in reads if span[0] <= read.ended <= span[1])
    )


async def _find_first(reads: list[Read], before: bytes, until: float) -> float:
    """When the first answer ended that reads another release than *before*."""
    looked = 0
    while time.time() < until:
        seen, looked = reads[looked:], len(reads)
        for read in seen:
            if read.release != before:
                return read.ended
        await asyncio.sleep(0.01)
    raise SystemExit(f"No release arrived within {_PATIENCE_SECONDS} s.")


async def _read_on(port: int, reads: list[Read]) -> None:
    """Read over one connection, one request after the other."""
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        while True:
            began = time.time()
            writer.write(_REQUEST)
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise ConnectionError(head.decode("latin-1"))
            await reader.readexactly(int(_LENGTH.search(head)[1]))
            ended = time.time()
            reads.append(Read(ended, (ended - began) * 1_000, _RELEASE.search(head)[1]))
    finally:
        writer.close()


def _publish(content: Path, number: int) -> None:
    """Publish a release that changes every range, with the editor's own command."""
    path = content / "facts" / "ip-ranges.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r'(title: "Sample: ).*"', rf'\g<1>edition {number}"', text), "utf-8")
    command = ("--root", str(content), "publish", "-m", f"{number}.", "--allow-samples")
    subprocess.run(
        [sys.executable, "-c", "from api.cli.commands import main; main()", *command],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
