"""The service: its releases, its clock, and the snapshot that requests are answered from."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from math import inf
from threading import Lock

from api.http.errors import NotReadyError
from api.http.request import CacheKey, Clock
from api.http.respond import Response
from api.serving.cache import Cache
from api.serving.follower import Releases
from api.serving.polling import Poller
from content.answers.answer import ReadContext
from content.ledger.catalogue import Archive, Catalogue

_DAY_SECONDS = 86_400


@dataclass(frozen=True)
class Snapshot:
    """Everything but the request that an answer depends on; each request gets one snapshot.

    Attributes:
        archive: The content of the releases; None before the first.
        today: The day, in UTC.
        cache: What was rendered from these releases on this day.
        begins: When the day begins, in seconds since 1970.
        ends: When it ends.
    """

    archive: Archive | None
    today: date
    cache: Cache
    begins: float
    ends: float

    @property
    def latest(self) -> Catalogue | None:
        """The content of the newest release; None before the first."""
        return self.archive.latest if self.archive else None

    def get_archive(self) -> Archive:
        """Return the content of the releases.

        Raises:
            NotReadyError: there is no release yet.
        """
        if self.archive is None:
            raise NotReadyError
        return self.archive

    def build_context(self, release: str | None, on: str | None) -> ReadContext:
        """Return the context that the parameters `release` and `on` select.

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
    """What the application needs to answer requests.

    Attributes:
        follower: The releases.
        poller: What refreshes them; None: nothing does by itself.
        clock: Returns the current time in seconds since 1970.
        today: The day to use instead of the clock's, `YYYY-MM-DD`, for a rehearsal; else None.
        public_url: The URL of the service for its readers, without a slash at its end.
        origin: The same where an operator gave it; None: it is only where the service listens.
    """

    def __init__(
        self,
        follower: Releases,
        clock: Clock,
        today: str | None = None,
        *,
        public_url: str,
        is_public: bool,
        cache_bytes: int,
    ) -> None:
        self.follower, self.clock = follower, clock
        self.poller: Poller | None = None
        self.today, self.public_url = today, public_url
        self.origin = public_url if is_public else None
        self._cache_bytes = cache_bytes
        self._snapshot: Snapshot | None = None
        self._lock = Lock()

    @property
    def addresses(self) -> dict[str, str | None]:
        """What templates get: `public_url` and `origin`."""
        return {"public_url": self.public_url, "origin": self.origin}

    def get_snapshot(self, now: float) -> Snapshot:
        """Return the snapshot for a request that arrived *now*.

        There is a new one after each release and on each day.
        """
        with self._lock:
            snapshot, archive = self._snapshot, self.follower.state.archive
            if (
                snapshot is None
                or snapshot.archive is not archive
                or not snapshot.begins <= now < snapshot.ends
            ):
                snapshot = self._snapshot = self._build_snapshot(archive, now)
            return snapshot

    def find_cached(self, key: CacheKey, now: float) -> Response | None:
        """Return the cached response to a request with this *key*; None: there is none."""
        snapshot = self._snapshot
        # A rehearsal marks its responses as they leave the application, so they all come from it.
        if (
            snapshot is None
            or snapshot.archive is not self.follower.state.archive
            or not snapshot.begins <= now < snapshot.ends
            or self.today is not None
        ):
            return None
        return snapshot.cache.find(key, now)

    def _build_snapshot(self, archive: Archive | None, now: float) -> Snapshot:
        cache = Cache(self._cache_bytes)
        if self.today is not None:
            return Snapshot(archive, date.fromisoformat(self.today), cache, -inf, inf)
        today = datetime.fromtimestamp(now, UTC).date()
        begins = datetime.combine(today, time(), UTC).timestamp()
        return Snapshot(archive, today, cache, begins, begins + _DAY_SECONDS)
