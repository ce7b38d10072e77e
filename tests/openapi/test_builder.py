"""What the builder says of the forms that are not typed."""

import json

from openapi.document import read_document
from tests.openapi.documents import SHIPPED


def test_a_form_that_is_json_is_an_object_and_every_other_is_text():
    kinds = {
        (format_, content["schema"]["type"])
        for path in json.loads(read_document(SHIPPED))["paths"].values()
        for format_, content in path["get"]["responses"]["200"]["content"].items()
        if format_ != "application/json"
    }

    assert {("application/ld+json", "object"), ("text/html", "string")} <= kinds
    assert all((kind == "object") == format_.endswith("json") for format_, kind in kinds)
