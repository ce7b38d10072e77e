"""What was measured, whole, for another program."""

import os
import platform
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version

from tests.bench.arrival import Arrival
from tests.bench.goals import divide, list_ratios
from tests.bench.rounds import Samples
from tests.bench.starts import Start

_PACKAGES = (
    "gunicorn",
    "granian",
    "uvicorn",
    "uvloop",
    "httptools",
    "flask",
    "fastapi",
    "pydantic",
)


def describe_machine() -> dict:
    """What the figures depend on."""
    return {
        "processors": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "packages": {name: found for name in _PACKAGES if (found := _find_version(name))},
    }


def _find_version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def build_record(samples: Samples, cold, starts: list[Start], arrivals: list[Arrival]) -> dict:
    """Every figure of every round, for another program."""
    return {
        "machine": describe_machine(),
        "samples": {name: [asdict(one) for one in found] for name, found in samples.items()},
        "ratios": [
            {
                **asdict(ratio),
                "values": divide(samples, ratio.above, ratio.below, ratio.figure).values,
            }
            for ratio in list_ratios(samples)
        ],
        "cold_milliseconds": cold,
        "starts_seconds": [asdict(start) for start in starts],
        "arrivals": [
            {
                "seconds": arrival.seconds,
                "milliseconds": [round(read.milliseconds, 3) for read in arrival.reads],
            }
            for arrival in arrivals
        ],
    }
