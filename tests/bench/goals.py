"""What is compared with what, and the goals of the project for it."""

from dataclasses import dataclass
from statistics import median

from tests.bench.rounds import Samples


@dataclass(frozen=True)
class Ratio:
    """A figure of one target divided by that of another, formed within each round.

    Attributes:
        above: The target whose figure is divided.
        below: The target whose figure divides.
        figure: `rate`, `cost` or `p99`.
        at_least: The goal, when more is better; None: there is none.
        at_most: The goal, when less is better; None: there is none.
    """

    above: str
    below: str
    figure: str = "rate"
    at_least: float | None = None
    at_most: float | None = None


RATIOS = (
    Ratio("ours-asgi", "constant-asgi", at_least=0.9),
    Ratio("ours-gthread", "constant-gthread", at_least=0.9),
    Ratio("ours-granian", "constant-granian", at_least=0.9),
    Ratio("ours-granian-asgi", "constant-granian-asgi", at_least=0.9),
    Ratio("ours-asgi", "fastapi", at_least=4),
    Ratio("ours-asgi", "fastapi", "p99", at_most=1 / 3),
    Ratio("ours-gthread", "fastapi"),
    Ratio("ours-granian", "fastapi", at_least=5),
    Ratio("ours-gthread", "flask"),
    Ratio("ours-nginx", "file-nginx", at_least=0.9),
    Ratio("ours-asgi-304", "ours-asgi", at_least=1),
    Ratio("page-faq", "answer-faq", at_least=0.8),
    Ratio("page-faq-utm", "page-faq", at_least=0.8),
    Ratio("page-faq-304", "answer-faq-304", at_least=0.8),
    Ratio("page-home", "answer-faqs", at_least=0.8),
    Ratio("page-ranges", "answer-ranges", at_least=0.8),
)
#: A start may take twice the processor time of importing the libraries alone.
COLD_MS, START_RATIO, ARRIVAL_P99_MS = 5, 2, 100


@dataclass(frozen=True)
class Found:
    """A number that was measured several times.

    Attributes:
        values: In the order of the rounds.
    """

    values: tuple[float, ...]

    @property
    def middle(self) -> float:
        return median(self.values)

    @property
    def lowest(self) -> float:
        return min(self.values)

    @property
    def highest(self) -> float:
        return max(self.values)


def list_ratios(samples: Samples) -> list[Ratio]:
    """The ratios of what was measured."""
    return [ratio for ratio in RATIOS if {ratio.above, ratio.below} <= set(samples)]


def divide(samples: Samples, above: str, below: str, figure: str) -> Found:
    """The ratio of a figure of two targets, in every round."""
    pairs = zip(samples[above], samples[below], strict=True)
    return Found(tuple(getattr(one, figure) / getattr(other, figure) for one, other in pairs))


def judge(value: float, *, at_least: float | None = None, at_most: float | None = None) -> str:
    """The goal and whether *value* reaches it; nothing where there is no goal."""
    if at_least is None and at_most is None:
        return ""
    sign, goal = ("≤", at_most) if at_least is None else ("≥", at_least)
    reached = value <= goal if sign == "≤" else value >= goal
    return f"{sign} {round(goal, 2):g}  {'reached' if reached else 'NOT reached'}"
