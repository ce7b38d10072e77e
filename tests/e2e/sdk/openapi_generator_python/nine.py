"""Nine tasks with the Python client that openapi-generator generates."""

import json
import sys
from typing import Any

from faqts_client import (
    ApiClient,
    ApiException,
    CloudsApi,
    CloudSupport,
    Configuration,
    FaqsApi,
    IpRangesApi,
    Problem,
    ReleasesApi,
)

client = ApiClient(Configuration(host=sys.argv[1]))
faqs = FaqsApi(client)
clouds = CloudsApi(client)
ip_ranges = IpRangesApi(client)
releases = ReleasesApi(client)


# 1. List the ranges of a data center
def list_ranges() -> dict[str, Any]:
    found = ip_ranges.list_ip_ranges(dc=["uk"])
    return {"ranges": [ip_range.cidr for ip_range in found.items]}


# 2. Page through the answers
def page_through() -> dict[str, Any]:
    page = faqs.list_faqs(limit=4)
    ids, pages = [faq.id for faq in page.items], 1
    while page.next_cursor is not None:
        page = faqs.list_faqs(limit=4, cursor=page.next_cursor)
        ids += [faq.id for faq in page.items]
        pages += 1
    return {"faqs": ids, "pages": pages}


# 3. Read an answer for a product
def read_answer() -> dict[str, Any]:
    faq = faqs.get_faq("fixed-ip-addresses", dc="uk", application="Acme")
    return {"question": faq.question, "text": faq.answer.text}


# 4. Look up addresses
def look_up() -> dict[str, Any]:
    published, _, _ = ip_ranges.list_ip_ranges(dc=["uk"]).items[0].cidr.partition("/")
    found = ip_ranges.look_up_addresses(ip=["192.0.2.1", "2001:db8::1", published])
    return {"lookup": [{"query": row.query, "relation": row.relation} for row in found.items]}


# 5. Read an older release
def read_older() -> dict[str, Any]:
    older = clouds.list_clouds(release="2026-11-23.03")
    return {"release": older.release, "clouds": len(older.items)}


# 6. List changes
def list_what_changed() -> dict[str, Any]:
    page = releases.list_changes(since="2026-11-23.03", limit=500)
    changes = page.items
    while page.next_cursor is not None:
        page = releases.list_changes(since="2026-11-23.03", limit=500, cursor=page.next_cursor)
        changes += page.items
    return {"changes": [[change.collection, change.id, change.action] for change in changes]}


# 7. Read problems
def read_problems() -> dict[str, Any]:
    problems: list[dict[str, Any]] = []
    try:
        faqs.get_faq("nothing-like-this")
    except ApiException as error:
        lost = error.data
        assert isinstance(lost, Problem)
        problems.append({"status": lost.status, "type": lost.type, "title": lost.title})
    try:
        ip_ranges.list_ip_ranges(dc=["atlantis"])
    except ApiException as error:
        wrong = error.data
        assert isinstance(wrong, Problem)
        parameters = [fault.parameter for fault in wrong.errors]
        problems.append({"status": wrong.status, "type": wrong.type, "parameters": parameters})
    return {"problems": problems}


# 8. Compare with an enumeration
def group_clouds() -> dict[str, Any]:
    found = clouds.list_clouds().items
    return {
        "clouds": {cloud.id: cloud.support for cloud in found},
        "unsupported": [cloud.id for cloud in found if cloud.support is CloudSupport.UNSUPPORTED],
    }


# 9. Follow a former ID
def follow_former_id() -> dict[str, Any]:
    faq = faqs.get_faq("fixed-ips")
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
