"""IP ranges in AWS syntax, for tools that read the `ip-ranges.json` file of AWS."""

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
    """Return matching ranges, without duplicates of network, data center and class.

    `syncToken` and `createDate` are the time of the last change of the answer.

    Args:
        traffic: The requested classes. Empty for all classes with fixed addresses.
        samples: Whether to include sample data, which this syntax cannot mark.

    Raises:
        NoFixedAddressesError: A requested class has no fixed addresses.
        OnlySamplesError: Every match is a sample, and *samples* is not set.
    """
    classes = list_classes(context, traffic)
    answer = list_ip_ranges(context, data_center=data_center, traffic=classes, status=status)
    found = answer.body["items"] if classes else []
    listed = select_listed(found, "these classes", samples=samples)
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
    """Return the ranges of one *family*, with unchanged IDs as `region` and `service`.

    Terraform compares both in lower case, other tools as written. IDs are always lower case.
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
