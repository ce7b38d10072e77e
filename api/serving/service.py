"""What requests are answered from: the releases, the day, and what was rendered of them."""

from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from api.http.errors import NotReadyError
from api.http.representation import Representation
from api.serving.cache import Cache, RawTarget
from api.serving.follower import Clock, Releases, State
from content.answers.answer import ReadContext
from content.ledger.catalogue import Archive


@dataclass(frozen=True)
class Snapshot:
    """What every answer depends on beside the request; a request takes it once.

    Attributes:
        state: The releases.
        today: The day, in UTC.
        cache: What was rendered of them on that day.
    """

    state: State
    today: date
    cache: Cache

    def get_archive(self) -> Archive:
        """Return what can be read.

        Raises:
            NotReadyError: there is no release yet.
        """
        if self.state.archive is None:
            raise NotReadyError
        return self.state.archive

    def build_context(self, release: str | None, on: str | None) -> ReadContext:
        """Return the reading that the parameters `release` and `on` ask for.

        Raises:
            NotReadyError: there is no release yet.
            UnknownReleaseError: no release is called *release*.
        """
        archive = self.get_archive()
        catalogue, day = archive.latest, self.today.isoformat()
        if release is not None:
            catalogue = archive.get_catalogue(release)
            day = catalogue.release.published_on
        return ReadContext(catalogue, on or day, day_given=on is not None)


class Service:
    """What requests are answered from.

    Attributes:
        follower: The releases.
        clock: The moment it is.
        today: A day to take for today, `YYYY-MM-DD`; None: the clock's.
        public_url: The address that readers use, without a slash at its end.
    """

    def __init__(
        self,
        follower: Releases,
        clock: Clock,
        today: str | None = None,
        *,
        public_url: str,
        cache_bytes: int,
    ) -> None:
        self.follower, self.clock = follower, clock
        self.today, self.public_url = today, public_url
        self._cache_bytes = cache_bytes
        self._given = date.fromisoformat(today) if today else None
        self._snapshot: Snapshot | None = None
        self._lock = Lock()

    def get_snapshot(self, now: datetime) -> Snapshot:
        """Return what is answered from *now*; a new one since a release came or the day ended."""
        snapshot, state, today = self._snapshot, self.follower.state, self._given or now.date()
        if snapshot is not None and snapshot.state is state and snapshot.today == today:
            return snapshot
        with self._lock:
            snapshot = self._snapshot
            if snapshot is None or snapshot.state is not state or snapshot.today != today:
                snapshot = self._snapshot = Snapshot(state, today, Cache(self._cache_bytes))
            return snapshot

    def find_cached(self, raw_target: RawTarget, now: datetime) -> Representation | None:
        """Return what is kept for a request spelled so; None when it is to be answered anew.

        That is always so in a rehearsal, whose answers are marked as they leave Flask.
        """
        if self.today is not None:
            return None
        return self.get_snapshot(now).cache.find(raw_target)

    def count_seconds_since(self, instant: str) -> int:
        """Return how many seconds ago *instant* was."""
        return int((self.clock() - datetime.fromisoformat(instant)).total_seconds())
