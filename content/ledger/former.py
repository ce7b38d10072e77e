"""The words of releases that were published before contract 1.0.0, read as those of today."""

from collections.abc import Mapping
from typing import Any


def read_former(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return *body*, as a release holds it, in today's words.

    Documents had only `reviewed_on`, which was also the day they were written. A traffic class
    called the service by the name of one company.
    """
    if "reviewed_on" not in body or "written_on" in body:
        return body
    former = {**body, "written_on": body["reviewed_on"]}
    if body.get("initiator", "customer") != "customer":
        former["initiator"] = "service"
    return former
