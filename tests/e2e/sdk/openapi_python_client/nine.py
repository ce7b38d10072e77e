"""Nine tasks with the client that openapi-python-client generates."""

import json
import sys
from typing import Any, TypeVar

from faqts_client import Client
from faqts_client.api.clouds import list_clouds
from faqts_client.api.faqs import get_faq, list_faqs
from faqts_client.api.ip_ranges import list_ip_ranges, look_up_addresses
from faqts_client.api.releases import list_changes
from faqts_client.models import (
    ChangeList,
    CloudList,
    CloudSupport,
    Faq,
    FaqList,
    IpRangeList,
    LookupList,
    Problem,
)
from faqts_client.types import UNSET, Unset

T = TypeVar("T")

client = Client(
    base_url=sys.argv[1],
    follow_redirects=True,  # Former IDs are redirected.
    raise_on_unexpected_status=True,  # Otherwise errors of a proxy return None.
)


def expect(kind: type[T], answer: object) -> T:
    """Return *answer*, which is expected to be of *kind*; stop at a problem."""
    if isinstance(answer, Problem):
        sys.exit(f"{answer.title}: {answer.detail}")
    assert isinstance(answer, kind)
    return answer


# 1. List the ranges of a data center
def list_ranges() -> dict[str, Any]:
    found = expect(IpRangeList, list_ip_ranges.sync(client=client, dc=["uk"]))
    return {"ranges": [ip_range.cidr for ip_range in found.items]}


# 2. Page through the answers
def page_through() -> dict[str, Any]:
    ids: list[str] = []
    pages = 0
    cursor: str | Unset | None = UNSET
    while cursor is not None:
        page = expect(FaqList, list_faqs.sync(client=client, limit=4, cursor=cursor))
        ids += [faq.id for faq in page.items]
        pages += 1
        cursor = page.next_cursor
    return {"faqs": ids, "pages": pages}


# 3. Read an answer for a product
def read_answer() -> dict[str, Any]:
    faq = expect(
        Faq,
        get_faq.sync("fixed-ip-addresses", client=client, dc="uk", application="Acme"),
    )
    return {"question": faq.question, "text": faq.answer.text}


# 4. Look up addresses
def look_up() -> dict[str, Any]:
    ranges = expect(IpRangeList, list_ip_ranges.sync(client=client, dc=["uk"]))
    published, _, _ = ranges.items[0].cidr.partition("/")
    found = expect(
        LookupList,
        look_up_addresses.sync(client=client, ip=["192.0.2.1", "2001:db8::1", published]),
    )
    return {"lookup": [{"query": row.query, "relation": row.relation} for row in found.items]}


# 5. Read an older release
def read_older() -> dict[str, Any]:
    clouds = expect(CloudList, list_clouds.sync(client=client, release="2026-11-23.03"))
    return {"release": clouds.release, "clouds": len(clouds.items)}


# 6. List changes
def list_what_changed() -> dict[str, Any]:
    changes: list[list[str]] = []
    cursor: str | Unset | None = UNSET
    while cursor is not None:
        page = expect(
            ChangeList,
            list_changes.sync(client=client, since="2026-11-23.03", limit=500, cursor=cursor),
        )
        changes += [[change.collection, change.id, change.action] for change in page.items]
        cursor = page.next_cursor
    return {"changes": changes}


# 7. Read problems
def read_problems() -> dict[str, Any]:
    lost = get_faq.sync("nothing-like-this", client=client)
    wrong = list_ip_ranges.sync(client=client, dc=["atlantis"])
    assert isinstance(lost, Problem)
    assert isinstance(wrong, Problem)
    parameters = [error.parameter for error in wrong.errors]
    return {
        "problems": [
            {"status": lost.status, "type": lost.type_, "title": lost.title},
            {"status": wrong.status, "type": wrong.type_, "parameters": parameters},
        ]
    }


# 8. Compare with an enumeration
def group_clouds() -> dict[str, Any]:
    clouds = expect(CloudList, list_clouds.sync(client=client)).items
    return {
        "clouds": {cloud.id: cloud.support for cloud in clouds},
        "unsupported": [cloud.id for cloud in clouds if cloud.support is CloudSupport.UNSUPPORTED],
    }


# 9. Follow a former ID
def follow_former_id() -> dict[str, Any]:
    faq = expect(Faq, get_faq.sync("fixed-ips", client=client))
    return {"renamed": {"asked": "fixed-ips", "id": faq.id}}


# All nine
for do in (
    list_ranges,
    page_through,
    read_answer,
    look_up,
    read_older,
    list_what_changed,
    read_problems,
    group_clouds,
    follow_former_id,
):
    print(json.dumps(do()))  # noqa: T201
