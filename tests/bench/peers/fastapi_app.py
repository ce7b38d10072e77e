"""The list of ranges as it is usually written in FastAPI: response models, for each request."""

from typing import Annotated

from fastapi import FastAPI, Query, Response
from pydantic import BaseModel

from tests.bench.peers.reference import PATH, read_reference

_REFERENCE = read_reference()
_RELEASE = _REFERENCE.json()["release"]
#: FastAPI sets the type itself.
_HEADERS = [
    (name.lower().encode(), value.encode())
    for name, value in _REFERENCE.headers
    if name.lower() != "content-type"
]


# Days and instants are text here, which is the cheapest for pydantic.
class Source(BaseModel):
    title: str
    url: str | None
    retrieved_on: str | None
    confidence: str


class Freshness(BaseModel):
    reviewed_on: str
    review_by: str
    state: str


class Links(BaseModel):
    self: str
    cited_by: str


class IpRange(BaseModel):
    id: str
    cidr: str
    family: str
    data_center: str
    traffic: str
    protocol: str
    ports: list[int]
    effective_from: str | None
    effective_until: str | None
    status: str
    sample: bool
    sources: list[Source]
    deprecated_on: str | None
    sunset_on: str | None
    freshness: Freshness
    updated_at: str
    release: str
    links: Links


class IpRangeList(BaseModel):
    release: str
    count: int
    items: list[IpRange]
    next_cursor: str | None


_ITEMS = [IpRange(**item) for item in read_reference(PATH).json()["items"]]

app = FastAPI()


@app.get(PATH)
async def list_ranges(response: Response, dc: Annotated[list[str], Query()] = []) -> IpRangeList:  # noqa: B006  FastAPI copies it.
    items = [item for item in _ITEMS if not dc or item.data_center in dc]
    response.raw_headers.extend(_HEADERS)
    return IpRangeList(release=_RELEASE, count=len(items), items=items, next_cursor=None)
