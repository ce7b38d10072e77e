"""Measure the service beside its peers, and print what was found: `make bench`."""

import argparse
import json
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

from api.logs import configure_logs
from tests.bench import report
from tests.bench.arguments import read_count, read_target
from tests.bench.arrival import measure_arrivals
from tests.bench.cold import measure_cold
from tests.bench.hot_pages import SERVER, measure_hot_pages
from tests.bench.record import build_record
from tests.bench.rounds import Samples, build_targets, find_differences, measure
from tests.bench.running import running_all
from tests.bench.servers import SERVERS
from tests.bench.starts import measure_starts

_PARTS = ("hot", "pages", "cold", "start", "arrival")
#: What a server needs, by a word in its name: a program with its Debian package, or a module.
_PROGRAMS = {"wrk": "wrk", "taskset": "util-linux", "nginx": "nginx-light"}
_MODULES = {"granian": "granian", "fastapi": "fastapi"}


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=read_count, default=7, help="How often each is measured.")
    parser.add_argument("--seconds", type=read_count, default=2, help="Of each measurement by wrk.")
    parser.add_argument("--connections", type=read_count, default=32, help="That wrk keeps open.")
    parser.add_argument("--servers", nargs="+", choices=SERVERS, default=list(SERVERS))
    parser.add_argument("--parts", nargs="+", choices=_PARTS, default=_PARTS)
    parser.add_argument(
        "--json", type=read_target, metavar="FILE", help="Write every figure here too."
    )
    return parser.parse_args()


def list_missing(servers: list[str]) -> list[str]:
    """What has to be installed before *servers* can be measured."""
    needed = {"wrk", "taskset", *(word for name in servers for word in name.split("-"))}
    programs = [
        f"{program} (Debian package {package})"
        for program, package in _PROGRAMS.items()
        if program in needed and shutil.which(program) is None
    ]
    modules = [
        f"{module} (requirements-bench.lock)"
        for word, module in _MODULES.items()
        if word in needed and find_spec(module) is None
    ]
    return programs + modules


def measure_servers(chosen: argparse.Namespace, folder: Path) -> Samples:
    """Start the servers, see that they answer alike, and measure them."""
    before = {name for server in chosen.servers for name in SERVERS[server].before}
    names = [name for name in SERVERS if name in {*chosen.servers, *before}]
    with running_all(names, folder) as servers:
        targets = build_targets(names)
        differences = find_differences(targets, servers)
        if differences:
            raise SystemExit("\n".join(["The answers are not the same work:", *differences]))
        return measure(
            targets,
            servers,
            rounds=chosen.rounds,
            seconds=chosen.seconds,
            connections=chosen.connections,
        )


def measure_pages(chosen: argparse.Namespace, folder: Path) -> Samples:
    """Measure pages beside answers, in the same rounds."""
    return measure_hot_pages(
        folder, rounds=chosen.rounds, seconds=chosen.seconds, connections=chosen.connections
    )


def measure_rates(chosen: argparse.Namespace, folder: Path) -> Samples:
    """Measure what was asked before: the servers, and the pages of the service."""
    found: Samples = {}
    for part, measure_part in (("hot", measure_servers), ("pages", measure_pages)):
        if part in chosen.parts:
            samples = measure_part(chosen, folder)
            show(report.render_rates(samples), report.render_ratios(samples))
            found |= samples
    return found


def measure_parts(chosen: argparse.Namespace, folder: Path) -> dict:
    """Measure the parts that were chosen, and print each when it is known."""
    samples, cold, starts, arrivals = measure_rates(chosen, folder), {}, [], []
    if "cold" in chosen.parts:
        cold = measure_cold(times=30 * chosen.rounds)
        show(report.render_cold(cold))
    if "start" in chosen.parts:
        starts = measure_starts(chosen.rounds, folder)
        show(report.render_starts(starts))
    if "arrival" in chosen.parts:
        arrivals = measure_arrivals(chosen.rounds, folder)
        show(report.render_arrivals(arrivals))
    return build_record(samples, cold, starts, arrivals)


def main() -> None:
    """Measure, unless something is missing."""
    configure_logs("error")
    chosen = read_arguments()
    missing = list_missing(_list_servers(chosen))
    if missing:
        raise SystemExit(f"The benchmark needs {', '.join(missing)}. Install it first.")
    with tempfile.TemporaryDirectory(prefix="faqts-bench-") as name:
        record = measure_parts(chosen, Path(name))
    if chosen.json is not None:
        chosen.json.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


def _list_servers(chosen: argparse.Namespace) -> list[str]:
    pages = [SERVER] if "pages" in chosen.parts else []
    return [*(chosen.servers if "hot" in chosen.parts else ()), *pages]


def show(*tables) -> None:
    for lines in tables:
        print(*lines, sep="\n", end="\n\n", flush=True)


if __name__ == "__main__":
    main()
