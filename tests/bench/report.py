"""What was measured, as tables for the screen."""

from collections.abc import Iterable
from statistics import median, quantiles

from tests.bench.arrival import Arrival
from tests.bench.goals import (
    ARRIVAL_P99_MS,
    COLD_MS,
    START_RATIO,
    Found,
    divide,
    judge,
    list_ratios,
)
from tests.bench.hot_pages import PATHS
from tests.bench.rounds import Samples
from tests.bench.servers import SERVERS
from tests.bench.starts import Start

_KNOWN = "the same, asked with the ETag it sent"


def render_rates(samples: Samples) -> Iterable[str]:
    """Requests a second and latencies: the medians of the rounds, and the spread of the rate."""
    yield (
        f"{'target':22}{'requests/s':>11}{'min..max':>17}{'CPU us':>8}"
        f"{'p50 ms':>8}{'p99 ms':>8}  what"
    )
    for name, found in samples.items():
        rate = Found(tuple(sample.rate for sample in found))
        cost, p50, p99 = (
            median(getattr(one, part) for one in found) for part in ("cost", "p50", "p99")
        )
        failures = sum(sample.failures for sample in found)
        what = SERVERS[name].what if name in SERVERS else PATHS.get(name, _KNOWN)
        spread = f"{rate.lowest:,.0f}..{rate.highest:,.0f}"
        yield (
            f"{name:22}{rate.middle:11,.0f}{spread:>17}{cost:8.1f}{p50:8.2f}{p99:8.2f}  {what}"
            + (f"; {failures} FAILED" if failures else "")
        )


def render_ratios(samples: Samples) -> Iterable[str]:
    """The ratios, each formed within a round, with their spread and goal.

    Beside a ratio of rates stands that of requests for one second of processor, which does not
    hear of other programs on the machine.
    """
    yield f"{'ratio':46}{'median':>8}{'min..max':>15}{'by CPU':>8}{'min..max':>15}  goal"
    for ratio in list_ratios(samples):
        found = divide(samples, ratio.above, ratio.below, ratio.figure)
        message = f"{ratio.figure} {ratio.above} : {ratio.below}"
        by_cpu = f"{'':23}"
        if ratio.figure == "rate":
            cost = divide(samples, ratio.below, ratio.above, "cost")
            by_cpu = f"{cost.middle:8.2f}{_spread(cost):>15}"
        goal = judge(found.middle, at_least=ratio.at_least, at_most=ratio.at_most)
        yield f"{message:46}{found.middle:8.2f}{_spread(found):>15}{by_cpu}  {goal}".rstrip()


def render_cold(found: dict[str, list[float]]) -> Iterable[str]:
    """First answers, in milliseconds."""
    yield f"{'first answer of a URL':68}{'median ms':>10}{'p99 ms':>8}  goal"
    for target, values in found.items():
        goal = judge(median(values), at_most=COLD_MS) if target.startswith("/v1") else ""
        yield f"{target:68}{median(values):10.2f}{find_p99(values):8.2f}  {goal}".rstrip()


def render_starts(starts: list[Start]) -> Iterable[str]:
    """Starts, in seconds, and beside the import of the libraries."""
    yield f"{'start to first answer':38}{'median':>9}{'min..max':>15}  goal"
    for part, name, goal in (
        ("cpu", "cpu s", None),
        ("wall", "wall s", None),
        ("ratio", "cpu : cpu of the imports", START_RATIO),
    ):
        found = Found(tuple(getattr(start, part) for start in starts))
        message = judge(found.middle, at_most=goal)
        yield f"{name:38}{found.middle:9.2f}{_spread(found):>15}  {message}".rstrip()


def render_arrivals(arrivals: list[Arrival]) -> Iterable[str]:
    """Reads around the arrival of a release."""
    yield f"{'hot reads around the arrival':38}{'median':>9}{'min..max':>15}  goal"
    latencies = [[read.milliseconds for read in arrival.reads] for arrival in arrivals]
    for message, values, goal in (
        ("p99 ms", map(find_p99, latencies), ARRIVAL_P99_MS),
        ("slowest ms", map(max, latencies), None),
        ("seconds from publish to served", (one.seconds for one in arrivals), None),
    ):
        found = Found(tuple(values))
        goal_said = judge(found.middle, at_most=goal)
        yield f"{message:38}{found.middle:9.2f}{_spread(found):>15}  {goal_said}".rstrip()


def find_p99(values: list[float]) -> float:
    """The value that one of a hundred exceeds; the highest when there are few."""
    return quantiles(values, n=100, method="inclusive")[98] if len(values) > 1 else values[0]


def _spread(found: Found) -> str:
    return f"{found.lowest:.2f}..{found.highest:.2f}"
