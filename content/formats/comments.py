"""Comments in files of IP ranges: above the list, and for each line."""

from collections.abc import Collection as Values
from collections.abc import Iterable, Iterator

from content.documents import Body
from content.formats.plain_ranges import Entry, PlainList

SAMPLE = "SAMPLE, do not use"


def describe_lists(
    lists: Iterable[PlainList], body: Body, data_center: Values[str], *uses: str
) -> str:
    """Return the comment at the top of a file.

    It has no current date, and its release is the one that last changed the list. This keeps the
    file identical until a range changes.

    Args:
        data_center: The requested data centers. Empty for all.
        uses: Lines with instructions.
    """
    lines = ["IP ranges published by faqts.", *_describe(list(lists), body, data_center), *uses]
    return "".join(f"# {line}\n" for line in lines)


def describe_entry(entry: Entry) -> str:
    """Return the comment of a line: for each range its ID, data center, status and dates."""
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
        yield f"SAMPLES: {shown} of {len(entries)} networks are sample data. Do not use them."
    else:
        yield f"Samples: none, {hidden} left out."
    if any(found.aggregated for found in lists):
        before = sum(found.before for found in lists)
        yield f"Networks: {len(entries)}, aggregated from {before}."
    else:
        yield f"Networks: {len(entries)}."


def _describe_use(item: Body) -> Iterator[str]:
    yield item["status"]
    if item["status"] == "announced":
        yield f"from {item['effective_from']}"
    if item["effective_until"] is not None:
        yield f"until {item['effective_until']}"
