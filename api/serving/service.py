"""What requests are answered from: the releases, the day, and what was rendered of them."""

from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from api.http.errors import NotReadyError
from api.http.representation import Representation
from api.serving.cache import Cache, Spelling
from api.serving.follower import Clock, Releases, State
from content.answers.answer import Reading
from content.ledger.catalogue import Archive


@dataclass(frozen=True)
class Moment:
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

    def build_reading(self, release: str | None, on: str | None) -> Reading:
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
        return Reading(catalogue, on or day, day_given=on is not None)


class Service:
    """What requests are answered from.

    Attributes:
        serving: The releases.
        clock: The moment it is.
        today: A day to take for today, `YYYY-MM-DD`; None: the clock's.
        public_url: The address that readers use, without a slash at its end.
    """

    def __init__(
        self,
        serving: Releases,
        clock: Clock,
        today: str | None = None,
        *,
        public_url: str,
        cache_bytes: int,
    ) -> None:
        self.serving, self.clock = serving, clock
        self.today, self.public_url = today, public_url
        self._cache_bytes = cache_bytes
        self._given = date.fromisoformat(today) if today else None
        self._moment: Moment | None = None
        self._lock = Lock()

    def get_moment(self, now: datetime) -> Moment:
        """Return what is answered from *now*; a new one since a release came or the day ended."""
        moment, state, today = self._moment, self.serving.state, self._given or now.date()
        if moment is not None and moment.state is state and moment.today == today:
            return moment
        with self._lock:
            moment = self._moment
            if moment is None or moment.state is not state or moment.today != today:
                moment = self._moment = Moment(state, today, Cache(self._cache_bytes))
            return moment

    def find_kept(self, spelling: Spelling, now: datetime) -> Representation | None:
        """Return what is kept for a request spelled so; None when it is to be answered anew.

        That is always so in a rehearsal, whose answers are marked as they leave Flask.
        """
        if self.today is not None:
            return None
        return self.get_moment(now).cache.find(spelling)

    def count_seconds_since(self, instant: str) -> int:
        """Return how many seconds ago *instant* was."""
        return int((self.clock() - datetime.fromisoformat(instant)).total_seconds())
