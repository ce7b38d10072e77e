"""Each way to break a client by the shape of an answer, and what is said of it."""

import pytest

from openapi.compatibility.documents import compare_documents
from openapi.compatibility.finding import Level
from tests.openapi.documents import (
    drop,
    edit,
    find_field,
    find_schema,
    put_component,
    remove_field,
    rename_component,
    write_out,
)

NO_TYPE = "client code that uses the type does not compile after the client is regenerated"
OTHER_TYPE = "generated clients reject or misread the value"
KEEP = "Undo the change, or use a new name."
CLOSED = "generated clients drop or reject fields that a later version adds"
CLOUD = "GET /v1/clouds, 200, CloudList.items[]"

#: What is done to the document; where that is met, what is said, whom it breaks, how to mend it.
BREAKING = {
    "field removed": (
        lambda d: remove_field(d, "Cloud", "conditions"),
        f"{CLOUD}.conditions (and 1 more place)",
        "the field was removed",
        "clients that read it fail",
        "Restore it. You can mark it as `deprecated`.",
    ),
    "enumeration of an answer narrowed": (
        lambda d: find_schema(d, "DayPrecision")["enum"].remove("month"),
        "GET /v1/deadlines, 200, DeadlineList.items[].precision (and 1 more place)",
        "the value 'month' of DayPrecision was removed",
        "client code that uses it does not compile after the client is regenerated",
        "Keep it in the contract, even if it is never sent.",
    ),
    "enumeration of an answer grew": (
        lambda d: find_schema(d, "DayPrecision")["enum"].append("week"),
        "GET /v1/deadlines, 200, DeadlineList.items[].precision (and 1 more place)",
        "the value 'week' of DayPrecision is new in a response",
        "generated clients for Go and Python reject responses with unknown values",
        "Do not add values to this field. Add a new field instead.",
    ),
    "component renamed": (
        lambda d: rename_component(d, "ConnectionTypes", "CloudConnections"),
        f"{CLOUD}.connection_types (and 1 more place)",
        "the component ConnectionTypes was renamed to CloudConnections",
        NO_TYPE,
        "Name it ConnectionTypes again.",
    ),
    "component of an enumeration renamed": (
        lambda d: rename_component(d, "DayPrecision", "Precision"),
        "GET /v1/deadlines, 200, DeadlineList.items[].precision (and 1 more place)",
        "the component DayPrecision was renamed to Precision",
        NO_TYPE,
        "Name it DayPrecision again.",
    ),
    "component swapped for another": (
        lambda d: find_field(d, "IpRange", "family").update(
            {"$ref": "#/components/schemas/IpProtocol"}
        ),
        "GET /v1/ip-ranges, 200, IpRangeList.items[].family (and 2 more places)",
        "it changed from the component IpFamily to the component IpProtocol",
        NO_TYPE,
        "Use IpFamily again.",
    ),
    "component written out": (
        lambda d: write_out(find_field(d, "Cloud", "connection_types"), d, "ConnectionTypes"),
        f"{CLOUD}.connection_types (and 1 more place)",
        "it changed from the component ConnectionTypes to an inline schema",
        NO_TYPE,
        "Use ConnectionTypes again.",
    ),
    "shape became a component": (
        lambda d: put_component(d, "Cloud", "name", "Name"),
        f"{CLOUD}.name (and 1 more place)",
        "it changed from an inline schema to the component Name",
        NO_TYPE,
        "Use an inline schema again.",
    ),
    "constant renamed": (
        lambda d: find_schema(d, "CloudSupport")["x-enum-varnames"].__setitem__(1, "MAYBE"),
        "GET /v1/clouds, parameter support (and 2 more places)",
        (
            "the name of the constant for 'conditional' changed from 'CONDITIONAL' to 'MAYBE' "
            "(x-enum-varnames)"
        ),
        "client code that uses the constant does not compile",
        "Keep the names of constants.",
    ),
    "field became nullable": (
        lambda d: find_field(d, "Cloud", "name").update(type=["string", "null"]),
        f"{CLOUD}.name (and 1 more place)",
        "it is now nullable",
        "clients that do not check for null fail",
        "Do not allow null. Add a new field for values that may be missing.",
    ),
    "field is never null any more": (
        lambda d: find_field(d, "Cloud", "conditions").update(type="string"),
        f"{CLOUD}.conditions (and 1 more place)",
        "it is no longer nullable",
        "the type in generated clients changes, and existing code does not compile",
        "Keep null in the contract, even if it is never sent.",
    ),
    "field may be missing": (
        lambda d: find_schema(d, "Cloud")["required"].remove("name"),
        f"{CLOUD}.name (and 1 more place)",
        "it is now optional",
        "clients that do not check whether it exists fail",
        "Make it required again.",
    ),
    "field of another type": (
        lambda d: find_field(d, "Cloud", "name").update(type="integer"),
        f"{CLOUD}.name (and 1 more place)",
        "the type changed from string to integer",
        OTHER_TYPE,
        KEEP,
    ),
    "format of a field changed": (
        lambda d: drop(find_field(d, "Cloud", "updated_at"), "format"),
        f"{CLOUD}.updated_at (and 1 more place)",
        "the format changed from 'date-time' to none",
        "generated clients use a different type for it",
        KEEP,
    ),
    "bound of a field widened": (
        lambda d: find_field(d, "Cloud", "name").update(maxLength=200),
        f"{CLOUD}.name (and 1 more place)",
        "maxLength changed from 80 to 200",
        "clients that validate responses reject values between the old and new limit",
        "Keep the old limit.",
    ),
    "pattern of a field changed": (
        lambda d: find_field(d, "Cloud", "id").update(pattern="^.*$"),
        f"{CLOUD}.id (and 1 more place)",
        "the pattern changed from '^[a-z0-9]+(-[a-z0-9]+)*$' to '^.*$'",
        "clients that validate responses reject values that match only the new pattern",
        "Keep the pattern.",
    ),
    "text became an enumeration": (
        lambda d: find_field(d, "Cloud", "name").update(enum=["a"]),
        f"{CLOUD}.name (and 1 more place)",
        "the allowed values changed from any value to one of a",
        "the type in generated clients changes, and values may be rejected",
        KEEP,
    ),
    "no more fields may come": (
        lambda d: drop(find_schema(d, "Cloud"), "additionalProperties"),
        f"{CLOUD} (and 1 more place)",
        "additionalProperties changed from True to none",
        CLOSED,
        "Undo the change.",
    ),
    "a word that no rule knows": (
        lambda d: find_field(d, "Cloud", "name").update(oneOf=[{"type": "string"}]),
        f"{CLOUD}.name (and 1 more place)",
        "'oneOf' changed, and no rule covers it",
        "the effect on clients is unknown",
        "Undo the change, or add a rule in openapi/compatibility/.",
    ),
}


@pytest.mark.parametrize("case", BREAKING)
def test_what_breaks_a_client_is_named_once(base, case):
    change, where, what, impact, fix = BREAKING[case]

    findings = compare_documents(base, edit(base, change))

    broken = [str(finding) for finding in findings if finding.level is Level.BREAKING]
    assert broken == [f"{where}: {what}: {impact}. {fix}"]
