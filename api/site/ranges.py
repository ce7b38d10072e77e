"""The page of IP ranges: the lists of a data center, ready to copy, and which way each is used."""

from typing import Any

from marshmallow import Schema

from api.site.page import PINNED, Page, Shown
from api.site.range_lists import FORMS, Wanted, build_list, list_events, look_up_text
from content.answers import Reading
from content.facts import list_facts
from content.forms.classes import TRAFFIC_CLASSES
from content.placeholders import DATA_CENTERS
from content.ranges import list_ip_ranges
from schemas.fields import Reference, Text
from schemas.formats import CIDR_TXT
from schemas.ip_range import FAMILIES, RANGE_STATUSES
from schemas.query import one, one_choice


def show_ranges(
    reading: Reading,
    *,
    data_center: str | None,
    traffic: str | None,
    family: str | None,
    form: str | None,
    ip: str | None,
    public_url: str,
) -> Shown:
    """Return the page for a *data_center* and a class of *traffic* where they are chosen."""
    del public_url
    resolve = reading.catalogue.resolve_alias
    centers, classes = list_facts(reading, DATA_CENTERS), list_facts(reading, TRAFFIC_CLASSES)
    center = data_center and resolve(DATA_CENTERS, data_center)
    chosen = traffic and resolve(TRAFFIC_CLASSES, traffic)
    wanted = Wanted(center, family, form or CIDR_TXT.name)
    ranges = list_ip_ranges(
        reading,
        data_center=(center,) if center else (),
        traffic=(chosen,) if chosen else (),
        family=family,
        status=RANGE_STATUSES,
    )
    found = look_up_text(reading, ip) if ip else None
    selected = [row for row in classes.body["items"] if chosen in (None, row["id"])]
    values = {
        "centers": centers.body["items"],
        "names": {item["id"]: item["name"] for item in centers.body["items"]},
        "center": next((c for c in centers.body["items"] if c["id"] == center), None),
        "classes": classes.body["items"],
        "traffic": chosen,
        "wanted": wanted,
        "families": FAMILIES,
        "forms": FORMS,
        "lists": [build_list(reading, row, wanted) for row in selected],
        "events": list_events(ranges.body["items"], reading.day),
        "sample": any(item["sample"] for item in ranges.body["items"]),
        "ip": ip,
        "found": found.body["items"][0] if found else None,
    }
    return Shown(values, (ranges, centers, classes, *([found] if found else [])))


def _one_of(collection: str, description: str, **options: Any) -> Text:
    return one(lambda *args, **more: Reference(collection, *args, **more), description, **options)


RANGES_PAGE = Page(
    "/ip-ranges",
    "ranges.html",
    show_ranges,
    Schema.from_dict(
        {
            "data_center": _one_of(DATA_CENTERS, "The data center.", data_key="dc"),
            "traffic": _one_of(TRAFFIC_CLASSES, "The class of traffic."),
            "family": one_choice("The version of IP.", FAMILIES),
            "form": one_choice("The form of the lists.", tuple(FORMS), data_key="format"),
            "ip": one(Text, "An address or a network to look up."),
            **PINNED,
        },
        name="RangesPageSchema",
    ),
)
