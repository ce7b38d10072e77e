"""From the start of a fresh gunicorn to its first answer."""

import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.processors import count_cpu_seconds
from tests.bench.running import find_port, start, stop, wait_for_answer

_NAME = "ours-asgi"


@dataclass(frozen=True)
class Start:
    """What the first answer took, in seconds: on the clock, and of the processor."""

    wall: float
    cpu: float


def measure_starts(times: int, folder: Path) -> list[Start]:
    """So many starts, each with a master and one worker that load everything anew."""
    return [_start_once(folder) for _ in range(times)]


def _start_once(folder: Path) -> Start:
    ports = {_NAME: find_port()}
    began = time.monotonic()
    process = start(_NAME, folder, ports)
    try:
        wait_for_answer(process, ports[_NAME], folder / f"{_NAME}.log")
        wall = time.monotonic() - began
        return Start(wall, count_cpu_seconds(process.pid))
    finally:
        stop(process)
