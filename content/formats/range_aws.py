"""IP ranges in the syntax of AWS's `ip-ranges.json`, for tools that read that."""

from collections.abc import Collection as Values
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from content.answers.answer import Answer, ReadContext
from content.answers.ranges import list_ip_ranges
from content.documents import Body
from content.formats.classes import find_class_change, list_classes
from content.formats.plain_ranges import select_listed


def list_aws_ranges(
    context: ReadContext,
    *,
    data_center: Values[str] = (),
    traffic: Values[str] = (),
    status: Values[str] = (),
    samples: bool | None = None,
) -> Answer:
    """Return the ranges selected, each combination of network, data center and class once.

    The instants are when the answer last changed, so that they move when it does and never else.

    Args:
        traffic: The classes wanted; nothing: every class whose addresses are fixed.
        samples: Whether to list documentation addresses too, which this syntax cannot mark.

    Raises:
        NoFixedAddressesError: a class was requested that has no fixed addresses.
        OnlySamplesError: without samples nothing is left, though something was found.
    """
    classes = list_classes(context, traffic)
    answer = list_ip_ranges(context, data_center=data_center, traffic=classes, status=status)
    found = answer.body["items"] if classes else []
    listed = select_listed(found, "the classes asked for", samples=samples)
    changed_at = answer.changed_at
    if not traffic:
        changed_at = max(changed_at, find_class_change(context).published_at)
    instant = datetime.fromisoformat(changed_at)
    body = {
        "syncToken": str(int(instant.timestamp())),
        "createDate": f"{instant:%Y-%m-%d-%H-%M-%S}",
        "prefixes": _list_prefixes(listed, "ipv4", "ip_prefix"),
        "ipv6_prefixes": _list_prefixes(listed, "ipv6", "ipv6_prefix"),
    }
    return replace(answer, body=body, changed_at=changed_at)


def _list_prefixes(items: Iterable[Body], family: str, name: str) -> list[Body]:
    """Return the ranges of one *family*; `region` and `service` are ids as they are.

    Terraform compares both in small letters; others compare them as they are written, and an id
    is written in one way everywhere.
    """
    networks = (
        (item["cidr"], item["data_center"], item["traffic"])
        for item in items
        if item["family"] == family
    )
    return [
        {name: cidr, "region": center, "service": service, "network_border_group": center}
        for cidr, center, service in dict.fromkeys(networks)
    ]
