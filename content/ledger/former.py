"""Convert documents of releases that were published before contract 1.0.0."""

from collections.abc import Mapping
from typing import Any


def read_former(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the stored *body* with today's fields and values.

    Old documents have no `written_on`: `reviewed_on` was also the day they were written. In old
    traffic classes, the `initiator` was the name of a company instead of `service`.
    """
    if "reviewed_on" not in body or "written_on" in body:
        return body
    former = {**body, "written_on": body["reviewed_on"]}
    if body.get("initiator", "customer") != "customer":
        former["initiator"] = "service"
    return former
