"""From the start of a fresh gunicorn to its first answer."""

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from tests.bench.processors import count_cpu_seconds
from tests.bench.running import find_port, start, stop, wait_for_answer

_NAME = "ours-asgi"
_LIBRARIES = "flask, marshmallow, apispec, yaml, markdown_it, nh3"


@dataclass(frozen=True)
class Start:
    """What the first answer took, in seconds: on the clock, and of the processor.

    Attributes:
        imports: What a Python takes of the processor, right after, to import the libraries alone.
    """

    wall: float
    cpu: float
    imports: float

    @property
    def ratio(self) -> float:
        """The processor time beside that of the imports."""
        return self.cpu / self.imports


def measure_starts(times: int, folder: Path) -> list[Start]:
    """So many starts, each with a master and one worker that load everything anew.

    One start before them stores the bytecode, which is there in a deployment.
    """
    _start_once(folder)
    return [_start_once(folder) for _ in range(times)]


def _start_once(folder: Path) -> Start:
    ports = {_NAME: find_port()}
    began = time.monotonic()
    process = start(_NAME, folder, ports)
    try:
        wait_for_answer(process, ports[_NAME], folder / f"{_NAME}.log")
        wall = time.monotonic() - began
        cpu = count_cpu_seconds(process.pid)
    finally:
        stop(process)
    return Start(wall, cpu, _import_libraries())


def _import_libraries() -> float:
    """The seconds of processor that a fresh Python takes to import what the service is built on."""
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", f"import {_LIBRARIES}"], check=True)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
