"""The page of IP ranges: the lists of a data center, ready to copy, and which way each is used."""

from marshmallow import Schema

from api.site.page import PINNED, Page, Shown
from api.site.range_events import list_events
from api.site.range_lists import Wanted, build_list, look_up_text
from content.answers.answer import Reading
from content.answers.facts import list_facts
from content.answers.ranges import list_ip_ranges
from content.documents import Body
from content.formats.classes import TRAFFIC_CLASSES
from content.formats.range_texts import RANGE_FORMS
from content.text.placeholders import DATA_CENTERS
from schemas.fields import Reference, Text
from schemas.formats import CIDR_TXT
from schemas.kinds.ip_range import FAMILIES, RANGE_STATUSES
from schemas.query import one, one_choice

#: A table of more is one that nobody reads. What is copied is always whole.
_MAX_ROWS = 200


def show_ranges(reading: Reading, *, ip: str | None, **chosen: str | None) -> Shown:
    """Return the page for what was *chosen*, and what the address *ip* has to do with ranges.

    Args:
        chosen: `data_center`, `traffic`, `family` and `form`, each None where nothing was chosen.
    """
    wanted = _build_wanted(reading, **chosen)
    centers, classes = list_facts(reading, DATA_CENTERS), list_facts(reading, TRAFFIC_CLASSES)
    filters = wanted.build_filters(wanted.traffic)
    ranges = list_ip_ranges(reading, **filters, status=RANGE_STATUSES)
    found = look_up_text(reading, ip) if ip else None
    rows = [row for row in classes.body["items"] if wanted.traffic in (None, row["id"])]
    values = {
        **_build_choices(wanted, centers.body["items"], classes.body["items"]),
        "lists": [build_list(reading, row, wanted) for row in rows],
        "events": list_events(ranges.body["items"], reading.day),
        "sample": any(item["sample"] for item in ranges.body["items"]),
        "most": _MAX_ROWS,
        "ip": ip,
        "found": found.body["items"][0] if found else None,
    }
    return Shown(values, (ranges, centers, classes, *([found] if found else [])))


def _build_wanted(
    reading: Reading,
    *,
    data_center: str | None,
    traffic: str | None,
    family: str | None,
    form: str | None,
) -> Wanted:
    resolve = reading.catalogue.resolve_alias
    center = data_center and resolve(DATA_CENTERS, data_center)
    return Wanted(
        center, family, form or CIDR_TXT.name, traffic and resolve(TRAFFIC_CLASSES, traffic)
    )


def _build_choices(wanted: Wanted, centers: list[Body], classes: list[Body]) -> Body:
    """Return what there is to choose from, and what was chosen."""
    return {
        "wanted": wanted,
        "centers": centers,
        "names": {item["id"]: item["name"] for item in centers},
        "center": next((item for item in centers if item["id"] == wanted.center), None),
        "classes": classes,
        "families": FAMILIES,
        "forms": RANGE_FORMS,
    }


RANGES_PAGE = Page(
    "/ip-ranges",
    "ranges.html",
    show_ranges,
    Schema.from_dict(
        {
            "data_center": one(Reference, DATA_CENTERS, "The data center.", data_key="dc"),
            "traffic": one(Reference, TRAFFIC_CLASSES, "The class of traffic."),
            "family": one_choice("The version of IP.", FAMILIES),
            "form": one_choice("The form of the lists.", tuple(RANGE_FORMS), data_key="format"),
            "ip": one(Text, "An address or a network to look up."),
            **PINNED,
        },
        name="RangesPageSchema",
    ),
)
