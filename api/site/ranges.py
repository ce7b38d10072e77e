"""The page of IP ranges: lists to copy and how to use them in a firewall."""

from marshmallow import Schema

from api.site.page import PINNED, Page, PageContext
from api.site.range_events import list_events
from api.site.range_lists import Selection, build_list, look_up_text, repair_network
from api.site.summaries import list_range_answers
from content.answers.answer import ReadContext
from content.answers.facts import list_facts
from content.answers.ranges import list_ip_ranges
from content.documents import DATA_CENTERS, Body
from content.formats.classes import TRAFFIC_CLASSES
from content.formats.range_formats import RANGE_FORMATS
from schemas.fields import Reference, Text
from schemas.formats import CIDR_TXT
from schemas.kinds.ip_range import FAMILIES, RANGE_STATUSES
from schemas.query import optional, optional_enum

#: The maximum number of rows in a table. The text to copy is always complete.
_MAX_ROWS = 200


def show_ranges(context: ReadContext, *, ip: str | None, **chosen: str | None) -> PageContext:
    """Return the page for the *chosen* values, with a lookup of *ip*.

    Args:
        chosen: `data_center`, `traffic`, `family` and `format_`, each a value or None.
    """
    selection = _build_selection(context, **chosen)
    centers, classes = list_facts(context, DATA_CENTERS), list_facts(context, TRAFFIC_CLASSES)
    filters = selection.build_filters(selection.traffic)
    ranges = list_ip_ranges(context, **filters, status=RANGE_STATUSES)
    found = look_up_text(context, ip) if ip else None
    faqs = list_range_answers(context)
    shown = [item for item in classes.body["items"] if selection.traffic in (None, item["id"])]
    values = {
        **_build_choices(selection, centers.body["items"], classes.body["items"]),
        "lists": [build_list(context, item, selection) for item in shown],
        "events": list_events(ranges.body["items"], context.day),
        "sample": any(item["sample"] for item in ranges.body["items"]),
        "faqs": [answer.body for answer in faqs],
        "most": _MAX_ROWS,
        "ip": ip,
        "repair": repair_network(ip) if ip and not found else None,
        "found": found.body["items"][0] if found else None,
    }
    return PageContext(values, (ranges, centers, classes, *faqs, *([found] if found else [])))


def _build_selection(
    context: ReadContext,
    *,
    data_center: str | None,
    traffic: str | None,
    family: str | None,
    format_: str | None,
) -> Selection:
    resolve = context.catalogue.resolve_alias
    center = data_center and resolve(DATA_CENTERS, data_center)
    return Selection(
        center, family, format_ or CIDR_TXT.name, traffic and resolve(TRAFFIC_CLASSES, traffic)
    )


def _build_choices(selection: Selection, centers: list[Body], classes: list[Body]) -> Body:
    """Return the options and the selected ones."""
    return {
        "selection": selection,
        "centers": centers,
        "names": {item["id"]: item["name"] for item in centers},
        "center": next((item for item in centers if item["id"] == selection.center), None),
        "classes": classes,
        "class_names": {item["id"]: item["name"] for item in classes},
        "families": FAMILIES,
        "formats": RANGE_FORMATS,
        "default_format": CIDR_TXT.name,
    }


RANGES_PAGE = Page(
    "/ip-ranges",
    "ranges.html",
    show_ranges,
    Schema.from_dict(
        {
            "data_center": optional(Reference, DATA_CENTERS, "Data center ID.", data_key="dc"),
            "traffic": optional(Reference, TRAFFIC_CLASSES, "Traffic class."),
            "family": optional_enum("IP version.", FAMILIES),
            "format_": optional_enum(
                "Format of the lists.", tuple(RANGE_FORMATS), data_key="format"
            ),
            "ip": optional(Text, "IP address or network to look up."),
            **PINNED,
        },
        name="RangesPageSchema",
    ),
)
