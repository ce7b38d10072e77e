"""Interleaved rounds: every target is measured once a round, so that noise hits all alike."""

import json
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.peers.reference import OF_THE_SERVER, TARGET, Reference, read_reference
from tests.bench.processors import choose_processors, count_cpu_seconds
from tests.bench.running import Running, ask
from tests.bench.servers import HOST

_SCRIPT = Path(__file__).with_name("latency.lua")


@dataclass(frozen=True)
class Target:
    """A server and a request.

    Attributes:
        server: The name of the server.
        headers: The headers that are sent with every request.
        status: The status of its answer.
        path: What is asked for.
    """

    server: str
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    path: str = TARGET


@dataclass(frozen=True)
class Sample:
    """What one round found of one target.

    Attributes:
        rate: Requests a second.
        cost: Microseconds of processor that the server used for each.
        p50: The latency in milliseconds that half of the requests exceed.
        p99: The latency in milliseconds that one of a hundred exceeds.
        failures: Requests that were not answered, or with an error.
    """

    rate: float
    cost: float
    p50: float
    p99: float
    failures: int


Samples = dict[str, list[Sample]]


def build_targets(servers: Iterable[str]) -> dict[str, Target]:
    """Every server with the plain request, and the service with one that it answers with 304."""
    targets = {name: Target(name) for name in servers}
    if "ours-asgi" in targets:
        known = {"If-None-Match": read_reference().get("etag")}
        targets["ours-asgi-304"] = Target("ours-asgi", known, 304)
    return targets


def find_differences(targets: Mapping[str, Target], servers: Mapping[str, Running]) -> list[str]:
    """What the answers have that they should not have, so that equal work is compared."""
    expected = read_reference()
    return [
        f"{name}: {message}"
        for name, target in targets.items()
        for message in _compare(target, ask(servers[target.server].port, target.headers), expected)
    ]


def _compare(target: Target, answer, expected: Reference) -> Iterable[str]:
    status, headers, body = answer
    if status != target.status:
        yield f"the status is {status}, not {target.status}."
    if target.status != 200:
        return
    # A final newline is a matter of taste; FastAPI writes none.
    if body.rstrip(b"\n") != expected.body.rstrip(b"\n"):
        yield f"the body differs: {body[:80]!r} …"
    if "content-length" not in {name.lower() for name, _ in headers}:
        yield "the body is sent in chunks."
    found, wanted = _strip(headers), _strip(expected.headers)
    if found != wanted:
        yield f"the headers differ in {sorted(found ^ wanted)}."


def _strip(headers: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    pairs = {(name.lower(), value) for name, value in headers}
    return {(name, value) for name, value in pairs if name not in OF_THE_SERVER}


def measure(
    targets: Mapping[str, Target],
    servers: Mapping[str, Running],
    *,
    rounds: int,
    seconds: int,
    connections: int,
) -> Samples:
    """Measure every target once a round, each round beginning with another one."""
    for target in targets.values():
        run_wrk(target, servers[target.server], seconds=1, connections=connections)
    samples: Samples = {name: [] for name in targets}
    names = list(targets)
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            server = servers[targets[name].server]
            found = run_wrk(targets[name], server, seconds=seconds, connections=connections)
            samples[name].append(found)
    return samples


def run_wrk(target: Target, server: Running, *, seconds: int, connections: int) -> Sample:
    """What wrk finds in so many *seconds*, on the processors of the client."""
    message = [part for pair in target.headers.items() for part in ("-H", ": ".join(pair))]
    load = ("-t", "1", "-c", str(connections), "-d", f"{seconds}s", "-s", str(_SCRIPT))
    url = f"http://{HOST}:{server.port}{target.path}"
    used = count_cpu_seconds(server.pid)
    printed = subprocess.run(
        ["taskset", "-c", choose_processors()[1], "wrk", *load, *message, url],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    found = json.loads(printed.splitlines()[-1])
    requests = max(found["requests"], 1)
    return Sample(
        rate=requests / found["microseconds"] * 1_000_000,
        cost=(count_cpu_seconds(server.pid) - used) / requests * 1_000_000,
        p50=found["p50"] / 1_000,
        p99=found["p99"] / 1_000,
        failures=found["failures"],
    )
