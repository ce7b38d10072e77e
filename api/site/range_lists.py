"""What the page of IP ranges shows: the selection, lists in a format, lookups."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from content.answers.answer import Answer, ReadContext
from content.answers.lookup import look_up, parse_query
from content.answers.lookup_hints import find_repair
from content.answers.ranges import list_ip_ranges
from content.documents import Body
from content.formats.range_formats import RANGE_FORMATS
from content.formats.rendering import render


@dataclass(frozen=True)
class Selection:
    """What the reader selected.

    Attributes:
        center: The data center; None: none yet.
        family: The version of IP; None: both.
        format_: The name of a format.
        traffic: The class of traffic; None: every class.
    """

    center: str | None
    family: str | None
    format_: str
    traffic: str | None = None

    def build_filters(self, traffic: str | None) -> dict[str, Any]:
        """Return what narrows a list of ranges to this, and to a class of *traffic*."""
        return {
            "data_center": (self.center,) if self.center else (),
            "traffic": (traffic,) if traffic else (),
            "family": self.family,
        }

    def build_targets(self, traffic: str, *, only_samples: bool) -> dict[str, str]:
        """Return by format the path in version 1 of the list of a class of *traffic*.

        Args:
            only_samples: Whether there is nothing else, so that formats without marks have to be
                told to list samples.
        """
        chosen = {"dc": self.center, "traffic": traffic, "family": self.family}
        given = {name: value for name, value in chosen.items() if value}

        def build_target(format_: str) -> str:
            unmarked = only_samples and not RANGE_FORMATS[format_].marks_samples
            query = given | ({"samples": "true"} if unmarked else {}) | {"format": format_}
            return f"/v1/ip-ranges?{urlencode(query)}"

        return {format_: build_target(format_) for format_ in RANGE_FORMATS}


@dataclass(frozen=True)
class RangeList:
    """The ranges of one class of traffic.

    Attributes:
        traffic: The class.
        ranges: The ranges in use or announced.
        text: The list in the format chosen; None: there is nothing to copy.
        targets: Where the list is downloaded, by the name of the format.
        samples: Whether the text contains samples: all where there is nothing else, or marked.
        left_out: How many samples the text leaves out.
    """

    traffic: Body
    ranges: tuple[Body, ...]
    text: str | None = None
    targets: Mapping[str, str] = field(default_factory=dict)
    samples: bool = False
    left_out: int = 0


def build_list(context: ReadContext, traffic: Body, selection: Selection) -> RangeList:
    """Return the ranges of a class of *traffic*; as text too where a data center is chosen.

    A list of every data center would let in what nobody needs, so there is none to copy.
    """
    filters = selection.build_filters(traffic["id"])
    body = list_ip_ranges(context, **filters).body
    ranges = tuple(body["items"])
    if selection.center is None or not ranges or not traffic["fixed_addresses"]:
        return RangeList(traffic, ranges)
    sample_count = sum(item["sample"] for item in ranges)
    only_samples, format_ = sample_count == len(ranges), RANGE_FORMATS[selection.format_]
    marked = format_.marks_samples
    samples = only_samples and not marked
    rendering = render(
        format_.render, context=context, body=body, samples=samples, aggregate=False, **filters
    )
    return RangeList(
        traffic,
        ranges,
        rendering.text,
        selection.build_targets(traffic["id"], only_samples=only_samples),
        samples=samples or (marked and sample_count > 0),
        left_out=0 if samples or marked else sample_count,
    )


def look_up_text(context: ReadContext, text: str) -> Answer | None:
    """Look *text* up in the ranges; None when it is no address and no network."""
    network = find_network(text)
    return look_up(context, ip=(network,)) if network else None


def repair_network(text: str) -> tuple[str, str] | None:
    """Return what *text*, which is no address, is, and the address to write, both without markup.

    The page shows them, but never words of the request that are no address.
    """
    return find_repair(text, parse_query)


def find_network(text: str) -> str | None:
    """Return the address or network that *text* is, as it is written; None when it is neither."""
    written = text.strip()
    try:
        parse_query(written)
    except ValueError:
        return None
    return written
