"""The page of IP ranges: selection, lists to copy, and lookups."""

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
    """The selection of the reader.

    Attributes:
        center: The data center, or None.
        family: The IP version; None for both.
        format_: The name of a format.
        traffic: The traffic class; None for all of them.
    """

    center: str | None
    family: str | None
    format_: str
    traffic: str | None = None

    def build_filters(self, traffic: str | None) -> dict[str, Any]:
        """Return the filters for this selection and a *traffic* class."""
        return {
            "data_center": (self.center,) if self.center else (),
            "traffic": (traffic,) if traffic else (),
            "family": self.family,
        }

    def build_targets(self, traffic: str, *, only_samples: bool) -> dict[str, str]:
        """Return the API path of the list of a *traffic* class, by format.

        Args:
            only_samples: Whether all ranges are samples. Formats that cannot mark them then need
                `samples=true`.
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
    """The ranges of one traffic class.

    Attributes:
        traffic: The traffic class.
        ranges: The ranges in use or announced.
        text: The list in the selected format; None if there is nothing to copy.
        targets: The download paths, by format.
        samples: Whether the text contains samples.
        left_out: How many samples the text omits.
    """

    traffic: Body
    ranges: tuple[Body, ...]
    text: str | None = None
    targets: Mapping[str, str] = field(default_factory=dict)
    samples: bool = False
    left_out: int = 0


def build_list(context: ReadContext, traffic: Body, selection: Selection) -> RangeList:
    """Return the ranges of a *traffic* class, with a text to copy if a data center is selected.

    There is no text for all data centers, because nobody should allow all of them.
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
    """Look up *text* in the ranges; None if it is neither an address nor a network."""
    network = find_network(text)
    return look_up(context, ip=(network,)) if network else None


def repair_network(text: str) -> tuple[str, str] | None:
    """Return what is wrong with *text*, which is not an address, and the address to use, or None.

    Both are safe to show. Other text from the request must not be shown.
    """
    return find_repair(text, parse_query)


def find_network(text: str) -> str | None:
    """Return *text* without spaces around it if it is an address or a network, or else None."""
    written = text.strip()
    try:
        parse_query(written)
    except ValueError:
        return None
    return written
