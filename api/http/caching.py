"""How long caches may store a response: `CachePolicy`, and `Cache-Control` as it is sent."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from math import inf

from content.answers.answer import Answer

LIVE_SECONDS = 300
STALE_SECONDS = 3_600
PINNED_SECONDS = 86_400
WEEK_SECONDS = 604_800
YEAR_SECONDS = 31_536_000


@dataclass(frozen=True)
class CachePolicy:
    """How long a cache may store a response.

    Attributes:
        max_age_seconds: None: it must not be stored.
        until: The day, `YYYY-MM-DD`, on which the content changes by itself; None: it does not.
        stale_seconds: How long after `max_age_seconds` it may be sent while the cache revalidates
            it; 0: not at all, not even if the service does not answer.
        immutable: Whether the response at its address never changes.
    """

    max_age_seconds: int | None
    until: str | None = None
    stale_seconds: int = 0
    immutable: bool = False

    @property
    def longest_seconds(self) -> int:
        """How long a cache that can reach the service may send it."""
        return (self.max_age_seconds or 0) + self.stale_seconds

    @cached_property
    def ends_at(self) -> float:
        """When the content changes by itself, in seconds since 1970."""
        if self.until is None:
            return inf
        return datetime.fromisoformat(self.until).replace(tzinfo=UTC).timestamp()


NO_STORE = CachePolicy(None)
#: For what changes only when the program does.
LIVE = CachePolicy(LIVE_SECONDS, stale_seconds=STALE_SECONDS)


def choose_cache_policy(answer: Answer, *, pinned: bool) -> CachePolicy:
    """Return how long *answer* may be stored; *pinned*: the release was given, so for a day."""
    return CachePolicy(
        PINNED_SECONDS if pinned else LIVE_SECONDS,
        until=None if pinned else answer.changes_on,
        stale_seconds=0 if pinned else STALE_SECONDS,
    )


def format_cache_control(policy: CachePolicy, now: float) -> str:
    """Return the header: nothing is stored past the day on which it changes."""
    if policy.max_age_seconds is None:
        return "no-store"
    left = _count_seconds_left(policy, now)
    max_age = min(policy.max_age_seconds, left)
    value = f"public, max-age={max_age}"
    if not policy.stale_seconds:
        return f"{value}, immutable" if policy.immutable else value
    return f"{value}, stale-while-revalidate={left - max_age}, stale-if-error={WEEK_SECONDS}"


def find_last_use(policy: CachePolicy, now: float) -> float:
    """Return until when `format_cache_control` returns what it returns *now*."""
    return policy.ends_at - _count_seconds_left(policy, now)


def _count_seconds_left(policy: CachePolicy, now: float) -> int:
    """Return how long it may be sent from a cache."""
    return int(min(policy.longest_seconds, max(0, policy.ends_at - now)))
