"""Each way to break a client by what can be asked and answered, and what is said of it."""

import pytest

from openapi.compatibility.documents import compare_documents
from openapi.compatibility.finding import Level
from tests.openapi.documents import (
    add_parameter,
    drop,
    edit,
    find_answer,
    find_operation,
    find_parameter,
    remove_parameter,
    reorder,
)

OTHER_TYPE = "generated clients reject or misread the value"
OPTIONAL = "Make it optional, and keep the response the same if it is absent."
KEEP = "Undo the change, or use a new name."

#: What is done to the document; where that is met, what is said, whom it breaks, how to mend it.
BREAKING = {
    "parameter added and required": (
        lambda d: add_parameter(d, "/v1/clouds", "region", required=True),
        "GET /v1/clouds, parameter region",
        "the parameter is new and required",
        "clients that do not send it get 400",
        OPTIONAL,
    ),
    "parameter became required": (
        lambda d: find_parameter(d, "/v1/changes", "since").update(required=True),
        "GET /v1/changes, parameter since",
        "the parameter is now required",
        "clients that omit it get 400",
        OPTIONAL,
    ),
    "default changed": (
        lambda d: find_parameter(d, "/v1/faqs", "limit")["schema"].update(default=50),
        "GET /v1/faqs, parameter limit",
        "the default changed from 100 to 50",
        "clients that omit it get a different response without notice",
        "Keep the default. Clients can set another value.",
    ),
    "default removed": (
        lambda d: drop(find_parameter(d, "/v1/faqs", "limit")["schema"], "default"),
        "GET /v1/faqs, parameter limit",
        "the default changed from 100 to none",
        "clients that omit it get a different response without notice",
        "Keep the default. Clients can set another value.",
    ),
    "status removed": (
        lambda d: drop(find_operation(d, "/v1/clouds")["responses"], "406"),
        "GET /v1/clouds, 406",
        "the status was removed",
        "clients that expect it no longer have a type for it",
        "Keep it in the contract, even if it is never sent.",
    ),
    "media type removed": (
        lambda d: drop(find_answer(d, "/v1/ip-ranges")["content"], "text/csv"),
        "GET /v1/ip-ranges, 200",
        "the media type text/csv was removed",
        "clients that request it get 406",
        "Keep it.",
    ),
    "JSON no longer first": (
        lambda d: reorder(find_answer(d, "/v1/ip-ranges")["content"], "text/plain"),
        "GET /v1/ip-ranges, 200",
        "the first media type changed from application/json to text/plain",
        "generated clients use the first one and would return text instead of objects",
        "Move application/json to the first place.",
    ),
    "header no longer declared": (
        lambda d: drop(find_answer(d, "/v1/clouds")["headers"], "ETag"),
        "GET /v1/clouds, 200, header ETag",
        "the header was removed",
        "clients that read it fail",
        "Keep the header and send it.",
    ),
    "operation removed": (
        lambda d: drop(d["paths"], "/v1/topics"),
        "GET /v1/topics",
        "the operation was removed",
        "clients that call it get 404 or 405",
        "Keep it. You can mark it as `deprecated`.",
    ),
    "method removed": (
        lambda d: d["paths"].update({"/v1/topics": {"head": find_operation(d, "/v1/topics")}}),
        "GET /v1/topics",
        "the operation was removed",
        "clients that call it get 404 or 405",
        "Keep it. You can mark it as `deprecated`.",
    ),
    "operationId changed": (
        lambda d: find_operation(d, "/v1/clouds").update(operationId="listCloud"),
        "GET /v1/clouds",
        "the operationId changed from 'listClouds' to 'listCloud'",
        "generated clients have a method with that name",
        "Keep the operationId.",
    ),
    "tag changed": (
        lambda d: find_operation(d, "/v1/clouds").update(tags=["Clouds"]),
        "GET /v1/clouds",
        "the tag changed from 'clouds' to 'Clouds'",
        "generated clients use tags as class or module names",
        "Keep the tag. You can change its description.",
    ),
    "security added": (
        lambda d: find_operation(d, "/v1/clouds").update(security=[{"key": []}]),
        "GET /v1/clouds",
        "security changed from [] to [{'key': []}]",
        "clients without credentials get 401",
        "Keep the operation open. Put operations that need a key into another API.",
    ),
    "parameter removed": (
        lambda d: remove_parameter(d, "/v1/faqs", "cites"),
        "GET /v1/faqs, parameter cites",
        "the parameter was removed",
        "clients that send it get 400",
        "Keep it. You can mark it as `deprecated`.",
    ),
    "parameter no longer repeats": (
        lambda d: find_parameter(d, "/v1/ip-ranges", "dc").update(
            schema=find_parameter(d, "/v1/ip-ranges", "dc")["schema"]["items"]
        ),
        "GET /v1/ip-ranges, parameter dc",
        "the type changed from a list to string",
        "clients that send or read multiple values fail",
        "Keep the list.",
    ),
    "parameter repeats in another way": (
        lambda d: find_parameter(d, "/v1/ip-ranges", "dc").update(explode=False),
        "GET /v1/ip-ranges, parameter dc",
        "the serialization changed from style form with explode to style form without explode",
        "generated clients send multiple values in the old style",
        "Keep `style` and `explode`.",
    ),
    "parameter of another type": (
        lambda d: find_parameter(d, "/v1/faqs", "limit")["schema"].update(type="string"),
        "GET /v1/faqs, parameter limit",
        "the type changed from integer to string",
        OTHER_TYPE,
        KEEP,
    ),
    "format of a parameter changed": (
        lambda d: find_parameter(d, "/v1/clouds", "on")["schema"].update(format="date-time"),
        "GET /v1/clouds, parameter on",
        "the format changed from 'date' to 'date-time'",
        "generated clients use a different type for it",
        KEEP,
    ),
    "pattern of a parameter narrowed": (
        lambda d: find_parameter(d, "/v1/faqs/{id}", "application")["schema"].update(pattern="^A"),
        "GET /v1/faqs/{id}, parameter application",
        "the pattern changed from '^[A-Z].*$' to '^A'",
        "clients that send values that match only the old pattern get 400",
        "Keep the pattern, or remove it.",
    ),
    "bound of a parameter narrowed": (
        lambda d: find_parameter(d, "/v1/faqs", "limit")["schema"].update(maximum=400),
        "GET /v1/faqs, parameter limit",
        "maximum changed from 500 to 400",
        "clients that send values between the old and new limit get 400",
        "Keep the old limit.",
    ),
    "lower bound of a parameter narrowed": (
        lambda d: find_parameter(d, "/v1/faqs", "limit")["schema"].update(minimum=2),
        "GET /v1/faqs, parameter limit",
        "minimum changed from 1 to 2",
        "clients that send values between the old and new limit get 400",
        "Keep the old limit.",
    ),
    "parameters in another order": (
        lambda d: find_operation(d, "/v1/topics")["parameters"].reverse(),
        "GET /v1/topics",
        "the order of the parameters changed from release, on, format to format, on, release",
        "clients generated for Java and TypeScript pass them by position",
        "Keep the order. New parameters can be anywhere.",
    ),
    "title changed": (
        lambda d: d["info"].update(title="FAQTS"),
        "the document",
        "info.title changed from 'Admin guidance' to 'FAQTS'",
        "generated clients use it as their package name",
        "Keep the title.",
    ),
    "OpenAPI of another version": (
        lambda d: d.update(openapi="3.2.0"),
        "the document",
        "openapi changed from 3.1.0 to 3.2.0",
        "generators that support only the old version no longer work",
        "Keep the version of OpenAPI.",
    ),
    "server moved": (
        lambda d: d.update(servers=[{"url": "/api"}]),
        "the document",
        "the servers changed from / to /api",
        "generated clients use the first server by default",
        "Keep the servers.",
    ),
}


@pytest.mark.parametrize("case", BREAKING)
def test_what_breaks_a_client_is_named_once(base, case):
    change, where, what, impact, fix = BREAKING[case]

    findings = compare_documents(base, edit(base, change))

    broken = [str(finding) for finding in findings if finding.level is Level.BREAKING]
    assert broken == [f"{where}: {what}: {impact}. {fix}"]
