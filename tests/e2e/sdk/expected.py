"""What the nine lines of every client say, worked out from plain HTTP."""

from typing import Any
from urllib.parse import quote

from tests.e2e.servers import Server

#: What is asked for each thing, as docs/sdks.md shows it. The older release is one of the shipped
#: content: releases are never rewritten.
REQUESTS = (
    ("/v1/ip-ranges?dc=uk",),
    ("/v1/faqs?limit=4",),
    ("/v1/faqs/fixed-ip-addresses?dc=uk&application=Acme",),
    ("/v1/ip-ranges/lookup?ip=192.0.2.1&ip=2001:db8::1",),
    ("/v1/clouds?release=2026-11-23.03",),
    ("/v1/changes?since=2026-11-23.03&limit=500",),
    ("/v1/faqs/nothing-like-this", "/v1/ip-ranges?dc=atlantis"),
    ("/v1/clouds",),
    ("/v1/faqs/fixed-ips",),
)


def list_expected(server: Server) -> list[dict[str, Any]]:
    """The nine objects, in order."""
    things = (
        _list_ranges,
        _page_through,
        _answer,
        _look_up,
        _read_older,
        _list_changes,
        _fail,
        _group_clouds,
        _follow,
    )
    return [do(server, *paths) for do, paths in zip(things, REQUESTS, strict=True)]


def list_pages(server: Server, path: str) -> list[list[dict[str, Any]]]:
    """The items of every page of *path*, which has a query already."""
    pages, cursor = [], ""
    while cursor is not None:
        page = _read(server, path + (f"&cursor={quote(cursor)}" if cursor else ""))
        pages.append(page["items"])
        cursor = page["next_cursor"]
    return pages


def _list_ranges(server: Server, path: str) -> dict[str, Any]:
    return {"ranges": [row["cidr"] for row in _read(server, path)["items"]]}


def _page_through(server: Server, path: str) -> dict[str, Any]:
    pages = list_pages(server, path)
    return {"faqs": [row["id"] for page in pages for row in page], "pages": len(pages)}


def _answer(server: Server, path: str) -> dict[str, Any]:
    faq = _read(server, path)
    return {"question": faq["question"], "text": faq["answer"]["text"]}


def _look_up(server: Server, path: str) -> dict[str, Any]:
    """Of the two addresses in *path* and the one that the first range of all begins with."""
    published = _read(server, REQUESTS[0][0])["items"][0]["cidr"].partition("/")[0]
    items = _read(server, f"{path}&ip={published}")["items"]
    return {"lookup": [{"query": row["query"], "relation": row["relation"]} for row in items]}


def _read_older(server: Server, path: str) -> dict[str, Any]:
    clouds = _read(server, path)
    return {"release": clouds["release"], "clouds": len(clouds["items"])}


def _list_changes(server: Server, path: str) -> dict[str, Any]:
    rows = [row for page in list_pages(server, path) for row in page]
    return {"changes": [[row["collection"], row["id"], row["action"]] for row in rows]}


def _fail(server: Server, unknown: str, refused: str) -> dict[str, Any]:
    lost, wrong = server.ask(unknown), server.ask(refused)
    assert (lost.status, wrong.status) == (404, 400)
    parameters = [error["parameter"] for error in wrong.json()["errors"]]
    return {
        "problems": [
            {"status": 404, "type": lost.json()["type"], "title": lost.json()["title"]},
            {"status": 400, "type": wrong.json()["type"], "parameters": parameters},
        ]
    }


def _group_clouds(server: Server, path: str) -> dict[str, Any]:
    support = {row["id"]: row["support"] for row in _read(server, path)["items"]}
    refused = [cloud for cloud, word in support.items() if word == "unsupported"]
    return {"clouds": support, "unsupported": refused}


def _follow(server: Server, path: str) -> dict[str, Any]:
    moved = server.ask(path)
    assert moved.status == 308
    present = _read(server, moved.headers["Location"])["id"]
    return {"renamed": {"asked": path.rpartition("/")[2], "id": present}}


def _read(server: Server, path: str) -> Any:
    answer = server.ask(path, headers={"Accept": "application/json"})
    assert answer.status == 200, answer.body
    return answer.json()
