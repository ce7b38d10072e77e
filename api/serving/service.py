"""The service: its releases, its clock, and the snapshot for each request."""

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
    """All input of a response except the request. Each request uses one snapshot.

    Attributes:
        archive: The releases; None before the first one.
        today: The date in UTC.
        cache: The responses for these releases on this date.
        begins: The start of the day in seconds since 1970.
        ends: The end of the day in seconds since 1970.
    """

    archive: Archive | None
    today: date
    cache: Cache
    begins: float
    ends: float

    @property
    def latest(self) -> Catalogue | None:
        """The newest release; None before the first one."""
        return self.archive.latest if self.archive else None

    def get_archive(self) -> Archive:
        """Return the releases.

        Raises:
            NotReadyError: there is no release yet.
        """
        if self.archive is None:
            raise NotReadyError
        return self.archive

    def build_context(self, release: str | None, on: str | None) -> ReadContext:
        """Return the read context for the parameters `release` and `on`.

        Raises:
            NotReadyError: there is no release yet.
            UnknownReleaseError: no release has this ID.
        """
        archive = self.get_archive()
        catalogue, day = archive.latest, self.today.isoformat()
        if release is not None:
            catalogue = archive.get_catalogue(release)
            day = catalogue.release.published_on
        return ReadContext(catalogue, on or day, day_given=on is not None)


class Service:
    """The state of the application.

    Attributes:
        follower: The source of releases.
        poller: Refreshes the follower; None if nothing does.
        clock: Returns the current time in seconds since 1970.
        today: The date to use in a rehearsal, `YYYY-MM-DD`; None for the current date.
        public_url: The base URL of links, without a trailing slash.
        origin: The public URL from the settings; None if it is not set.
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
        """`public_url` and `origin`, as template variables."""
        return {"public_url": self.public_url, "origin": self.origin}

    def get_snapshot(self, now: float) -> Snapshot:
        """Return the snapshot for a request that arrives *now*.

        A new one is built after each release and at midnight UTC.
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
        """Return the cached response for *key*; None if there is none."""
        snapshot = self._snapshot
        # In a rehearsal, the application must add no-store to every response.
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
