"""The examples in a document, so that they can be put into one that was built anew."""

from collections.abc import Iterator
from typing import Any

from openapi.builder import Answered


def read_examples(document: dict[str, Any]) -> dict[Answered, Any]:
    """Return every example of a response in *document*."""
    return dict(_list_examples(document))


def copy_parameters(old: dict[str, Any], new: dict[str, Any]) -> None:
    """Give each parameter of *new* the example that it has in *old*."""
    for path, item in new["paths"].items():
        before = {
            each["name"]: each["example"]
            for each in old["paths"].get(path, {}).get("get", {}).get("parameters", ())
            if "example" in each
        }
        for parameter in item["get"]["parameters"]:
            if parameter["name"] in before:
                parameter["example"] = before[parameter["name"]]


def _list_examples(document: dict[str, Any]) -> Iterator[tuple[Answered, Any]]:
    for item in document["paths"].values():
        operation = item["get"]
        for status, response in operation["responses"].items():
            for content in response.get("content", {}).values():
                if "example" in content:
                    yield (operation["operationId"], int(status)), content["example"]
