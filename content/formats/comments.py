"""The comments in files: above a list, and on each line of it."""

from collections.abc import Collection as Values
from collections.abc import Iterable, Iterator

from content.documents import Body
from content.formats.plain_ranges import Entry, PlainList

SAMPLE = "SAMPLE, never use it"


def describe_lists(
    lists: Iterable[PlainList], body: Body, data_center: Values[str], *uses: str
) -> str:
    """Return the comment above a file.

    It names no day but those of the ranges, and the release that last changed the list: a file
    keeps its bytes for as long as its ranges stay as they are.

    Args:
        data_center: The data centers requested; nothing: all.
        uses: Lines that say how to use the file.
    """
    lines = ["IP ranges published by faqts.", *_describe(list(lists), body, data_center), *uses]
    return "".join(f"# {line}\n" for line in lines)


def describe_entry(entry: Entry) -> str:
    """Return the comment of a line: the ranges, whose they are, and how long they are used."""
    text = [
        " ".join((item["id"], item["data_center"], *_describe_use(item))) for item in entry.ranges
    ]
    return "; ".join([*([SAMPLE] if entry.sample else []), *text])


def _describe(lists: list[PlainList], body: Body, data_center: Values[str]) -> Iterator[str]:
    yield f"Release that last changed a range: {body['release']}"
    yield f"Data centers: {', '.join(sorted(set(data_center))) or 'all'}"
    yield f"Traffic: {', '.join(found.traffic for found in lists) or 'none'}"
    entries = [entry for found in lists for entry in found.entries]
    shown = sum(entry.sample for entry in entries)
    hidden = sum(found.hidden for found in lists)
    if shown:
        yield f"SAMPLES: networks marked so, {shown} of {len(entries)}, are made up; use none."
    else:
        yield f"Samples: none; left out: {hidden}."
    if any(found.aggregated for found in lists):
        before = sum(found.before for found in lists)
        yield f"Aggregated: {before} networks before, {len(entries)} after."
    else:
        yield f"Networks: {len(entries)}."


def _describe_use(item: Body) -> Iterator[str]:
    yield item["status"]
    if item["status"] == "announced":
        yield f"from {item['effective_from']}"
    if item["effective_until"] is not None:
        yield f"until {item['effective_until']}"
