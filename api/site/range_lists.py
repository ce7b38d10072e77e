"""What the page of IP ranges shows: lists in their forms, days on which ranges change, lookups."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from api.routing import Renderer
from content.answers import Answer, Reading
from content.documents import Body
from content.forms.range_csv import render_csv
from content.forms.range_lines import render_nginx, render_txt
from content.forms.range_sets import render_ipset, render_nft
from content.lookup import look_up, parse_query
from content.ranges import list_ip_ranges
from schemas.formats import CIDR_TXT, CSV, IPSET, NFT, NGINX, Form

#: The forms that a list can be copied in, by name.
FORMS: Mapping[str, Form] = MappingProxyType(
    {form.name: form for form in (CIDR_TXT, CSV, NFT, IPSET, NGINX)}
)
_RENDERERS: Mapping[str, Renderer] = MappingProxyType(
    {
        "txt": render_txt,
        "csv": render_csv,
        "nft": render_nft,
        "ipset": render_ipset,
        "nginx": render_nginx,
    }
)
#: Days before today, and as many from today on.
_MAX_EVENTS = 50


@dataclass(frozen=True)
class Wanted:
    """What a reader chose.

    Attributes:
        center: The data center; None: none yet.
        family: The version of IP; None: both.
        form: The name of a form.
        traffic: The class of traffic; None: every class.
    """

    center: str | None
    family: str | None
    form: str
    traffic: str | None = None

    def build_filters(self, traffic: str | None) -> dict[str, Any]:
        """Return what narrows a list of ranges to this, and to a class of *traffic*."""
        return {
            "data_center": (self.center,) if self.center else (),
            "traffic": (traffic,) if traffic else (),
            "family": self.family,
        }

    def write_target(self, traffic: str, *, samples: bool) -> str:
        """Return the path at which version 1 answers the list of a class as text."""
        said = {"dc": self.center, "traffic": traffic, "family": self.family}
        said |= {"samples": "true" if samples else None, "format": self.form}
        return f"/v1/ip-ranges?{urlencode([(n, v) for n, v in said.items() if v])}"


@dataclass(frozen=True)
class RangeList:
    """The ranges of one class of traffic.

    Attributes:
        traffic: The class.
        ranges: The ranges in use or announced.
        text: Them in the form chosen; None: there is nothing to copy.
        target: Where the same text is downloaded.
        samples: Whether samples stand in the text: all where there is nothing else, or marked.
        left_out: How many samples the text leaves out.
    """

    traffic: Body
    ranges: tuple[Body, ...]
    text: str | None = None
    target: str = ""
    samples: bool = False
    left_out: int = 0


@dataclass(frozen=True, order=True)
class Event:
    """A day on which a range begins or ends.

    Attributes:
        day: The first day in use, or the last.
        begins: Whether it is the first.
        cidr: The range.
        traffic: Its class.
        data_center: Its data center.
        past: Whether it has happened.
        sample: Whether the range is a sample.
    """

    day: str
    begins: bool
    cidr: str
    traffic: str
    data_center: str
    past: bool
    sample: bool


def build_list(reading: Reading, traffic: Body, wanted: Wanted) -> RangeList:
    """Return the ranges of a class of *traffic*; as text too where a data center is chosen.

    A list of every data center would let in what nobody needs, so there is none to copy.
    """
    filters = wanted.build_filters(traffic["id"])
    body = list_ip_ranges(reading, **filters).body
    ranges = tuple(body["items"])
    if wanted.center is None or not ranges or not traffic["fixed_addresses"]:
        return RangeList(traffic, ranges)
    made_up = sum(item["sample"] for item in ranges)
    marked = wanted.form == CSV.name
    samples = made_up == len(ranges) and not marked
    rendering = _RENDERERS[wanted.form](
        reading, body, samples=samples or None, aggregate=None, **filters
    )
    return RangeList(
        traffic,
        ranges,
        rendering.text,
        wanted.write_target(traffic["id"], samples=samples),
        samples=samples or (marked and made_up > 0),
        left_out=0 if samples or marked else made_up,
    )


def list_events(ranges: list[Body], day: str) -> list[Event]:
    """Return the days on which *ranges* begin and end, in order: so many around *day*, today."""
    events = []
    for item in ranges:
        said = (item["cidr"], item["traffic"], item["data_center"])
        begins, ends = item["effective_from"], item["effective_until"]
        if begins is not None:
            events.append(Event(begins, True, *said, begins <= day, item["sample"]))  # noqa: FBT003  The field says it.
        if ends is not None:
            events.append(Event(ends, False, *said, ends < day, item["sample"]))  # noqa: FBT003  The same.
    events.sort()
    past = sum(event.past for event in events)
    return events[max(0, past - _MAX_EVENTS) : past + _MAX_EVENTS]


def look_up_text(reading: Reading, text: str) -> Answer | None:
    """Return what *text* has to do with the ranges; None when it is no address and no network."""
    network = find_network(text)
    return look_up(reading, ip=(network,)) if network else None


def find_network(text: str) -> str | None:
    """Return the address or network that *text* is, as it is written; None when it is neither."""
    written = text.strip()
    try:
        parse_query(written)
    except ValueError:
        return None
    return written
