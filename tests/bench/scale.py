"""Measure made-up content at several shares of its whole size, each in a process of its own.

    python -m tests.bench.scale --shapes wide,long --shares 1,10,100 --json scale.json

The wide shape has many documents and is asked for what clients ask for most; the long one has many
releases and is asked for every path.

Prints milliseconds of processor time, which other programs on the machine disturb less than they do
the clock, and how much each grows from share to share. It asserts nothing.
"""

import argparse
import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from content.ledger.history import History
from tests.bench.arguments import read_shares, read_target
from tests.bench.drawn import DRAWN
from tests.bench.made_up import SHAPES, write_ledger
from tests.bench.operations import OPERATIONS, read_cold, read_ledger, replay
from tests.bench.paths import Site

_COLD_ROUNDS, _HOT_ROUNDS, _PINS = 5, 20, 40
#: More than so many times the growth of the content counts as worse than linear. What no longer
#: fits the processor's caches takes up to twice as long for each document, at equal work.
_MARGIN = 2.0
#: Below this a growth says more about the machine than about the code.
_LEAST_MS = 1.0


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--shares", type=read_shares, default="1,10,100", help="percent, the smallest first"
    )
    parser.add_argument("--json", type=read_target, help="write the figures to this file too")
    parser.add_argument("--measure", type=Path, help="measure this ledger and print JSON")
    parser.add_argument("--shapes", type=read_shapes, default="wide,long", help="wide, long")
    asked = parser.parse_args()
    if asked.measure:
        print(json.dumps(measure(asked.measure, asked.shapes[0])))
        return
    found = {
        shape: {str(share): _measure_apart(shape, share / 100) for share in asked.shares}
        for shape in asked.shapes
    }
    for shape, figures in found.items():
        print(write_table(shape, asked.shares, list(figures.values())))
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


def read_shapes(text: str) -> list[str]:
    """*text* as names of shapes of content: `wide,long`."""
    shapes = text.split(",")
    if not set(shapes) <= SHAPES.keys():
        raise argparse.ArgumentTypeError(f"{text!r} are not shapes; there are {', '.join(SHAPES)}")
    return shapes


def _measure_apart(shape: str, share: float) -> dict[str, float]:
    with TemporaryDirectory() as folder:
        write_ledger(Path(folder), SHAPES[shape](share))
        command = [sys.executable, "-m", "tests.bench.scale", "--measure", folder]
        done = subprocess.run([*command, "--shapes", shape], check=True, stdout=subprocess.PIPE)
        return json.loads(done.stdout)


def measure(folder: Path, shape: str) -> dict[str, float]:
    """The figures of the ledger in *folder*: milliseconds, KiB or MiB where the name says so."""
    before = _read_memory()
    figures: dict[str, float] = {}
    figures["load: read and verify"], state = _time(lambda: read_ledger(folder))
    figures["load: replay"], history = _time(lambda: replay(state))
    # As wsgi.py does: what is loaded stays, and need not be walked again.
    gc.collect()
    gc.freeze()
    figures["memory of what is loaded, MiB"] = _read_memory() - before
    figures["memory of a worker, MiB"] = _read_memory()
    if shape == "wide":
        return figures | _ask_operations(history)
    figures |= _ask_paths(history)
    figures["memory after every path, MiB"] = _read_memory()
    return figures


def _ask_operations(history: History) -> dict[str, float]:
    figures: dict[str, float] = {}
    old = len(history.releases) // 2
    for name, ask in OPERATIONS.items():
        figures[f"{name}: cold"] = _time_cold(history, ask, None)
        figures[f"{name}: hot"] = _time_hot(history, ask, None)
        figures[f"{name}: old release, cold"] = _time_cold(history, ask, old)
        figures[f"{name}: old release, hot"] = _time_hot(history, ask, old)
    figures |= _pin_at_random(history)
    for name, draw in DRAWN.items():
        figures[f"{name}: cold"] = _time_cold(history, draw, None)
        figures[f"{name}: hot"] = _time_hot(history, draw, None)
        figures[f"{name}: KiB"] = len(draw(read_cold(history))) / 1_024
    return figures


def _ask_paths(history: History) -> dict[str, float]:
    site = Site(history)
    figures: dict[str, float] = {}
    for target in site.targets:
        site.ask(target)
        times = []
        for _ in range(_COLD_ROUNDS):
            site.forget()
            times.append(_time(lambda t=target: site.ask(t)))
        name = target.replace(history.releases[-1].id, "{newest}")
        name = name.replace(history.releases[len(history.releases) // 2].id, "{middle}")
        figures[name] = median(milliseconds for milliseconds, _ in times)
        figures[f"{name}: KiB"] = times[0][1] / 1_024
    return figures


def _pin_at_random(history: History) -> dict[str, float]:
    reading, ask = read_cold(history), OPERATIONS["ranges of a data center"]
    before, draw = _read_memory(), Random(1)
    ids = [draw.choice(history.releases).id for _ in range(_PINS)]
    times = [_time(lambda i=i: ask(reading.as_of(i)))[0] for i in ids]
    gc.collect()
    return {
        "random old pins: median": median(times),
        "random old pins: slowest": max(times),
        "memory that random old pins add, MiB": max(0.0, _read_memory() - before),
    }


def _time_cold(history: History, ask: Callable[..., Any], number: int | None) -> float:
    readings = [read_cold(history, number) for _ in range(_COLD_ROUNDS)]
    return median(_time(lambda r=r: ask(r))[0] for r in readings)


def _time_hot(history: History, ask: Callable[..., Any], number: int | None) -> float:
    reading = read_cold(history, number)
    ask(reading)
    begun, times = process_time(), []
    while len(times) < _HOT_ROUNDS and (len(times) < 3 or process_time() - begun < 1):
        times.append(_time(lambda: ask(reading))[0])
    return median(times)


def _time(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = process_time()
    done = work()
    return (process_time() - begun) * 1000, done


def _read_memory() -> float:
    """The resident memory of this process, in MiB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def write_table(shape: str, shares: list[int], found: list[dict[str, float]]) -> str:
    """The figures as text, a line each, marked where one grows faster than the content."""
    heads = [f"{share} %" for share in shares]
    steps = [f"{a} to {b} %" for a, b in pairwise(shares)]
    width = max(map(len, found[0]))
    lines = [
        f"{shape}: {SHAPES[shape](1)}; ms of CPU.",
        "  ".join([" " * width, *(f"{head:>10}" for head in heads), *(f"{s:>12}" for s in steps)]),
    ]
    for name in found[0]:
        values = [figures[name] for figures in found]
        grown = [
            _judge(*pair) for pair in zip(values, values[1:], shares, shares[1:], strict=False)
        ]
        cells = [*(f"{value:10.2f}" for value in values), *(f"{message:>12}" for message in grown)]
        lines.append("  ".join([f"{name:<{width}}", *cells]))
    return "\n".join([*lines, "! grew faster than the content."])


def _judge(before: float, after: float, share: float, larger: float) -> str:
    growth = after / before if before else 0.0
    worse = after > _LEAST_MS and growth > _MARGIN * larger / share
    return f"{'! ' if worse else ''}x {growth:.1f}"


if __name__ == "__main__":
    main()
