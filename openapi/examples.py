"""Copy examples from one contract to another."""

from collections.abc import Iterator
from typing import Any

from openapi.builder import Answered


def read_examples(document: dict[str, Any]) -> dict[Answered, Any]:
    """Return all examples of responses in *document*, by operation ID and status."""
    return dict(_list_examples(document))


def copy_parameters(old: dict[str, Any], new: dict[str, Any]) -> None:
    """Copy the examples of parameters from *old* to *new*.

    If a parameter has no example in *old*, its example in *new* is removed.
    """
    for path in new["paths"].keys() & old["paths"].keys():
        before = {each["name"]: each for each in old["paths"][path]["get"]["parameters"]}
        for parameter in new["paths"][path]["get"]["parameters"]:
            if parameter["name"] in before:
                parameter.pop("example", None)
                known = before[parameter["name"]].items()
                parameter.update((word, value) for word, value in known if word == "example")


def _list_examples(document: dict[str, Any]) -> Iterator[tuple[Answered, Any]]:
    for item in document["paths"].values():
        operation = item["get"]
        for status, response in operation["responses"].items():
            for content in response.get("content", {}).values():
                if "example" in content:
                    yield (operation["operationId"], int(status)), content["example"]
