"""Cache policies, and the Cache-Control header."""

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
        max_age_seconds: How long it is fresh; None forbids storing it.
        until: The date on which the content changes without a release, `YYYY-MM-DD`, or None.
        stale_seconds: How long it may be sent stale while the cache revalidates it. 0 also forbids
            stale responses when the service is down.
        immutable: Whether the response at this URL never changes.
    """

    max_age_seconds: int | None
    until: str | None = None
    stale_seconds: int = 0
    immutable: bool = False

    @property
    def longest_seconds(self) -> int:
        """The longest time that a cache may use the response while the service is up."""
        return (self.max_age_seconds or 0) + self.stale_seconds

    @cached_property
    def ends_at(self) -> float:
        """The time of `until` in seconds since 1970; infinite if it is None."""
        if self.until is None:
            return inf
        return datetime.fromisoformat(self.until).replace(tzinfo=UTC).timestamp()


NO_STORE = CachePolicy(None)
#: For responses that only change with the code.
LIVE = CachePolicy(LIVE_SECONDS, stale_seconds=STALE_SECONDS)


def choose_cache_policy(answer: Answer, *, pinned: bool) -> CachePolicy:
    """Return the cache policy of *answer*: a day if the request is *pinned* to a release."""
    return CachePolicy(
        PINNED_SECONDS if pinned else LIVE_SECONDS,
        until=None if pinned else answer.changes_on,
        stale_seconds=0 if pinned else STALE_SECONDS,
    )


def format_cache_control(policy: CachePolicy, now: float) -> str:
    """Return the value of Cache-Control; it never outlasts `until`."""
    if policy.max_age_seconds is None:
        return "no-store"
    left = _count_seconds_left(policy, now)
    max_age = min(policy.max_age_seconds, left)
    value = f"public, max-age={max_age}"
    if not policy.stale_seconds:
        return f"{value}, immutable" if policy.immutable else value
    return f"{value}, stale-while-revalidate={left - max_age}, stale-if-error={WEEK_SECONDS}"


def find_last_use(policy: CachePolicy, now: float) -> float:
    """Return the time until which `format_cache_control` returns the same value as *now*."""
    return policy.ends_at - _count_seconds_left(policy, now)


def _count_seconds_left(policy: CachePolicy, now: float) -> int:
    """Return how long a cache may still use the response."""
    return int(min(policy.longest_seconds, max(0, policy.ends_at - now)))
