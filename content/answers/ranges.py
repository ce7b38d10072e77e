"""IP ranges, with the derived fields family, status and sample."""

from collections.abc import Collection as Values

from content.answers.answer import Answer, ReadContext
from content.answers.facts import get_fact, list_facts
from content.documents import Body, Document, is_sample
from content.windows import get_status
from schemas.kinds.ip_range import RANGE_STATUSES

COLLECTION = "ip-ranges"
_SHOWN_BY_DEFAULT = tuple(status for status in RANGE_STATUSES if status != "retired")


def list_ip_ranges(
    context: ReadContext,
    *,
    data_center: Values[str] = (),
    traffic: Values[str] = (),
    family: str | None = None,
    status: Values[str] = (),
) -> Answer:
    """Return matching ranges, sorted by family, address, length, data center and traffic class.

    Args:
        status: The statuses to include. Empty for all except `retired`.
    """
    shown = set(status or _SHOWN_BY_DEFAULT)

    def selects(document: Document) -> bool:
        return family in (None, get_family(document.body["cidr"]))

    def shows(document: Document) -> bool:
        return get_status(document.body, context.day) in shown

    return list_facts(
        context,
        COLLECTION,
        derive=derive_range,
        selects=selects,
        shows=shows,
        data_center=data_center,
        traffic=traffic,
    )


def get_ip_range(context: ReadContext, range_id: str) -> Answer:
    """Return one range, whatever its status."""
    return get_fact(context, COLLECTION, range_id, derive=derive_range)


def derive_range(context: ReadContext, document: Document) -> Body:
    """Return the derived fields of a range on the day of *context*."""
    return {
        "family": get_family(document.body["cidr"]),
        "status": get_status(document.body, context.day),
        "sample": is_sample(document.body),
    }


def get_family(cidr: str) -> str:
    """Return `ipv4` or `ipv6`."""
    return "ipv6" if ":" in cidr else "ipv4"
