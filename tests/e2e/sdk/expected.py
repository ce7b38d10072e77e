"""What the nine lines of every client say, worked out from plain HTTP."""

from typing import Any
from urllib.parse import quote

from tests.e2e.servers import Server

#: An older release of the shipped content. A release is never rewritten, so it stays.
OLDER = "2026-11-23.03"
FORMER_ID = "fixed-ips"
UNKNOWN_ID = "nothing-like-this"
UNKNOWN_DATA_CENTER = "atlantis"


def list_expected(server: Server) -> list[dict[str, Any]]:
    """The nine objects, in order."""
    return [
        {"ranges": [row["cidr"] for row in _read(server, "/v1/ip-ranges?dc=uk")["items"]]},
        _page_through(server),
        _answer(server),
        _look_up(server),
        _read_older(server),
        _list_changes(server),
        _fail(server),
        _group_clouds(server),
        _follow(server),
    ]


def list_pages(server: Server, path: str) -> list[list[dict[str, Any]]]:
    """The items of every page of *path*, which has a query already."""
    pages, cursor = [], ""
    while cursor is not None:
        page = _read(server, path + (f"&cursor={quote(cursor)}" if cursor else ""))
        pages.append(page["items"])
        cursor = page["next_cursor"]
    return pages


def _page_through(server: Server) -> dict[str, Any]:
    pages = list_pages(server, "/v1/faqs?limit=4")
    return {"faqs": [row["id"] for page in pages for row in page], "pages": len(pages)}


def _answer(server: Server) -> dict[str, Any]:
    faq = _read(server, "/v1/faqs/fixed-ip-addresses?dc=uk&application=Acme")
    return {"question": faq["question"], "text": faq["answer"]["text"]}


def _look_up(server: Server) -> dict[str, Any]:
    first = _read(server, "/v1/ip-ranges?dc=uk")["items"][0]["cidr"].partition("/")[0]
    asked = "&".join(f"ip={ip}" for ip in ("192.0.2.1", "2001:db8::1", first))
    items = _read(server, f"/v1/ip-ranges/lookup?{asked}")["items"]
    return {"lookup": [{"query": row["query"], "relation": row["relation"]} for row in items]}


def _read_older(server: Server) -> dict[str, Any]:
    clouds = _read(server, f"/v1/clouds?release={OLDER}")
    return {"release": clouds["release"], "clouds": len(clouds["items"])}


def _list_changes(server: Server) -> dict[str, Any]:
    pages = list_pages(server, f"/v1/changes?since={OLDER}&limit=500")
    rows = [row for page in pages for row in page]
    return {"changes": [[row["collection"], row["id"], row["action"]] for row in rows]}


def _fail(server: Server) -> dict[str, Any]:
    lost = server.ask(f"/v1/faqs/{UNKNOWN_ID}")
    wrong = server.ask(f"/v1/ip-ranges?dc={UNKNOWN_DATA_CENTER}")
    assert (lost.status, wrong.status) == (404, 400)
    parameters = [error["parameter"] for error in wrong.json()["errors"]]
    return {
        "problems": [
            {"status": 404, "type": lost.json()["type"], "title": lost.json()["title"]},
            {"status": 400, "type": wrong.json()["type"], "parameters": parameters},
        ]
    }


def _group_clouds(server: Server) -> dict[str, Any]:
    support = {row["id"]: row["support"] for row in _read(server, "/v1/clouds")["items"]}
    refused = [cloud for cloud, word in support.items() if word == "unsupported"]
    return {"clouds": support, "unsupported": refused}


def _follow(server: Server) -> dict[str, Any]:
    moved = server.ask(f"/v1/faqs/{FORMER_ID}")
    assert moved.status == 308
    return {"renamed": {"asked": FORMER_ID, "id": _read(server, moved.headers["Location"])["id"]}}


def _read(server: Server, path: str) -> Any:
    answer = server.ask(path, headers={"Accept": "application/json"})
    assert answer.status == 200, answer.body
    return answer.json()
