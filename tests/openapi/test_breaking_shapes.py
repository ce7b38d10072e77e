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

NO_TYPE = "clients that name the type no longer compile when they are generated anew"
OTHER_TYPE = "generated clients have another type there and refuse or misread the value"
KEEP = "Put it back; what differs gets a name of its own."
CLOSED = "generated clients drop or refuse the fields that a later version adds"
CLOUD = "GET /v1/clouds, 200, CloudList.items[]"

#: What is done to the document; where that is met, what is said, whom it breaks, how to mend it.
BREAKING = {
    "field removed": (
        lambda d: remove_field(d, "Cloud", "conditions"),
        f"{CLOUD}.conditions (and 1 more place)",
        "the field was removed",
        "clients that read it find nothing",
        "Put it back; it may say `deprecated`.",
    ),
    "enumeration of an answer narrowed": (
        lambda d: find_schema(d, "DayPrecision")["enum"].remove("month"),
        "GET /v1/deadlines, 200, DeadlineList.items[].precision (and 1 more place)",
        "the value 'month' of DayPrecision was removed",
        "clients that name it no longer compile when they are generated anew",
        "Leave it declared; it need not come.",
    ),
    "enumeration of an answer grew": (
        lambda d: find_schema(d, "DayPrecision")["enum"].append("week"),
        "GET /v1/deadlines, 200, DeadlineList.items[].precision (and 1 more place)",
        "the value 'week' of DayPrecision is new in an answer",
        "clients generated for Go and Python refuse an answer with a word they do not know",
        "Keep the words of this field; say what is new in a new field.",
    ),
    "component renamed": (
        lambda d: rename_component(d, "ConnectionTypes", "CloudConnections"),
        f"{CLOUD}.connection_types (and 1 more place)",
        "the component ConnectionTypes is called CloudConnections now",
        NO_TYPE,
        "Call it ConnectionTypes again.",
    ),
    "component of an enumeration renamed": (
        lambda d: rename_component(d, "DayPrecision", "Precision"),
        "GET /v1/deadlines, 200, DeadlineList.items[].precision (and 1 more place)",
        "the component DayPrecision is called Precision now",
        NO_TYPE,
        "Call it DayPrecision again.",
    ),
    "component swapped for another": (
        lambda d: find_field(d, "IpRange", "family").update(
            {"$ref": "#/components/schemas/IpProtocol"}
        ),
        "GET /v1/ip-ranges, 200, IpRangeList.items[].family (and 2 more places)",
        "it was the component IpFamily and is the component IpProtocol",
        NO_TYPE,
        "Let it be IpFamily again.",
    ),
    "component written out": (
        lambda d: write_out(find_field(d, "Cloud", "connection_types"), d, "ConnectionTypes"),
        f"{CLOUD}.connection_types (and 1 more place)",
        "it was the component ConnectionTypes and is written out",
        NO_TYPE,
        "Let it be ConnectionTypes again.",
    ),
    "shape became a component": (
        lambda d: put_component(d, "Cloud", "name", "Name"),
        f"{CLOUD}.name (and 1 more place)",
        "it was written out and is the component Name",
        NO_TYPE,
        "Write it out again.",
    ),
    "constant renamed": (
        lambda d: find_schema(d, "CloudSupport")["x-enum-varnames"].__setitem__(1, "MAYBE"),
        "GET /v1/clouds, parameter support (and 2 more places)",
        (
            "the constant of 'conditional' was called 'CONDITIONAL' and is called 'MAYBE' "
            "(x-enum-varnames)"
        ),
        "clients that name the constant no longer compile",
        "Keep the names of constants.",
    ),
    "field became nullable": (
        lambda d: find_field(d, "Cloud", "name").update(type=["string", "null"]),
        f"{CLOUD}.name (and 1 more place)",
        "it can be null now",
        "clients that read it without asking whether it is null fail",
        "Keep it without null; what may be missing is a new field.",
    ),
    "field is never null any more": (
        lambda d: find_field(d, "Cloud", "conditions").update(type="string"),
        f"{CLOUD}.conditions (and 1 more place)",
        "it cannot be null any more",
        "generated clients have another type there, which old code does not fit",
        "Leave null declared; it need not come.",
    ),
    "field may be missing": (
        lambda d: find_schema(d, "Cloud")["required"].remove("name"),
        f"{CLOUD}.name (and 1 more place)",
        "it may be missing now",
        "clients that read it without asking whether it is there fail",
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
        "generated clients read and write it as another type",
        KEEP,
    ),
    "bound of a field widened": (
        lambda d: find_field(d, "Cloud", "name").update(maxLength=200),
        f"{CLOUD}.name (and 1 more place)",
        "maxLength changed from 80 to 200",
        "clients that check answers, or keep room for them, refuse what lies between",
        "Keep the bound.",
    ),
    "pattern of a field changed": (
        lambda d: find_field(d, "Cloud", "id").update(pattern="^.*$"),
        f"{CLOUD}.id (and 1 more place)",
        "the pattern changed from '^[a-z0-9]+(-[a-z0-9]+)*$' to '^.*$'",
        "clients that check answers refuse what only the new one describes",
        "Keep the pattern.",
    ),
    "text became an enumeration": (
        lambda d: find_field(d, "Cloud", "name").update(enum=["a"]),
        f"{CLOUD}.name (and 1 more place)",
        "it was free and is one of a",
        "generated clients have another type there, and a value may be refused",
        KEEP,
    ),
    "no more fields may come": (
        lambda d: drop(find_schema(d, "Cloud"), "additionalProperties"),
        f"{CLOUD} (and 1 more place)",
        "additionalProperties changed from True to none",
        CLOSED,
        "Put it back.",
    ),
    "a word that no rule knows": (
        lambda d: find_field(d, "Cloud", "name").update(oneOf=[{"type": "string"}]),
        f"{CLOUD}.name (and 1 more place)",
        "'oneOf' changed, and no rule says what that does to clients",
        "nobody knows whom",
        "Put it back, or write the rule, in openapi/compatibility/.",
    ),
}


@pytest.mark.parametrize("case", BREAKING)
def test_what_breaks_a_client_is_named_once(base, case):
    change, where, what, impact, fix = BREAKING[case]

    findings = compare_documents(base, edit(base, change))

    broken = [str(finding) for finding in findings if finding.level is Level.BREAKING]
    assert broken == [f"{where}: {what}: {impact}. {fix}"]
