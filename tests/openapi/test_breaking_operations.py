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

OTHER_TYPE = "generated clients have another type there and refuse or misread the value"
OPTIONAL = "Make it optional; without it, answer what was answered before."
KEEP = "Put it back; what differs gets a name of its own."

#: What is done to the document; where that is met, what is said, whom it breaks, how to mend it.
BREAKING = {
    "parameter added and required": (
        lambda d: add_parameter(d, "/v1/clouds", "region", required=True),
        "GET /v1/clouds, parameter region",
        "the parameter is new and required",
        "clients that do not know it get 400",
        OPTIONAL,
    ),
    "parameter became required": (
        lambda d: find_parameter(d, "/v1/changes", "since").update(required=True),
        "GET /v1/changes, parameter since",
        "the parameter is required now",
        "clients that leave it out get 400",
        OPTIONAL,
    ),
    "default changed": (
        lambda d: find_parameter(d, "/v1/faqs", "limit")["schema"].update(default=50),
        "GET /v1/faqs, parameter limit",
        "the default changed from 100 to 50",
        "clients that leave it out silently get another answer",
        "Keep the default; who wants another value can say so.",
    ),
    "default removed": (
        lambda d: drop(find_parameter(d, "/v1/faqs", "limit")["schema"], "default"),
        "GET /v1/faqs, parameter limit",
        "the default changed from 100 to none",
        "clients that leave it out silently get another answer",
        "Keep the default; who wants another value can say so.",
    ),
    "status removed": (
        lambda d: drop(find_operation(d, "/v1/clouds")["responses"], "406"),
        "GET /v1/clouds, 406",
        "the status was removed",
        "clients that expect it have no type for it any more",
        "Leave it declared; it need not come.",
    ),
    "media type removed": (
        lambda d: drop(find_answer(d, "/v1/ip-ranges")["content"], "text/csv"),
        "GET /v1/ip-ranges, 200",
        "the media type text/csv was removed",
        "clients that ask for it get 406",
        "Go on offering it.",
    ),
    "JSON no longer first": (
        lambda d: reorder(find_answer(d, "/v1/ip-ranges")["content"], "text/plain"),
        "GET /v1/ip-ranges, 200",
        "text/plain stands first and application/json did",
        "generated clients take the type of the first, and return text instead of objects",
        "Put application/json first.",
    ),
    "header no longer declared": (
        lambda d: drop(find_answer(d, "/v1/clouds")["headers"], "ETag"),
        "GET /v1/clouds, 200, header ETag",
        "the header is not declared any more",
        "clients that read it find nothing",
        "Leave it declared, and send it.",
    ),
    "operation removed": (
        lambda d: drop(d["paths"], "/v1/topics"),
        "GET /v1/topics",
        "the operation was removed",
        "clients that ask it get 404 or 405",
        "Serve it on; it may say `deprecated`.",
    ),
    "method removed": (
        lambda d: d["paths"].update({"/v1/topics": {"head": find_operation(d, "/v1/topics")}}),
        "GET /v1/topics",
        "the operation was removed",
        "clients that ask it get 404 or 405",
        "Serve it on; it may say `deprecated`.",
    ),
    "operationId changed": (
        lambda d: find_operation(d, "/v1/clouds").update(operationId="listCloud"),
        "GET /v1/clouds",
        "the operationId changed from 'listClouds' to 'listCloud'",
        "clients call a method of that name",
        "Keep the operationId.",
    ),
    "tag changed": (
        lambda d: find_operation(d, "/v1/clouds").update(tags=["Clouds"]),
        "GET /v1/clouds",
        "the tag changed from 'clouds' to 'Clouds'",
        "generated clients sort methods into classes or modules by it",
        "Keep the tag; its description is free.",
    ),
    "security added": (
        lambda d: find_operation(d, "/v1/clouds").update(security=[{"key": []}]),
        "GET /v1/clouds",
        "security changed from [] to [{'key': []}]",
        "clients that ask without it get 401",
        "Leave it open; what needs a key is another API.",
    ),
    "parameter removed": (
        lambda d: remove_parameter(d, "/v1/faqs", "cites"),
        "GET /v1/faqs, parameter cites",
        "the parameter was removed",
        "clients that send it get 400",
        "Accept it on; it may say `deprecated`.",
    ),
    "parameter no longer repeats": (
        lambda d: find_parameter(d, "/v1/ip-ranges", "dc").update(
            schema=find_parameter(d, "/v1/ip-ranges", "dc")["schema"]["items"]
        ),
        "GET /v1/ip-ranges, parameter dc",
        "it is no list any more but string",
        "clients that send or read several values fail",
        "Keep the list.",
    ),
    "parameter repeats in another way": (
        lambda d: find_parameter(d, "/v1/ip-ranges", "dc").update(explode=False),
        "GET /v1/ip-ranges, parameter dc",
        "it is written as form, values in one and was as form, a name for each value",
        "generated clients send several values in the old way",
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
        "generated clients read and write it as another type",
        KEEP,
    ),
    "pattern of a parameter narrowed": (
        lambda d: find_parameter(d, "/v1/faqs/{id}", "application")["schema"].update(pattern="^A"),
        "GET /v1/faqs/{id}, parameter application",
        "the pattern changed from '^[A-Z].*$' to '^A'",
        "clients that send what only the old one accepts get 400",
        "Keep the pattern, or leave it out.",
    ),
    "bound of a parameter narrowed": (
        lambda d: find_parameter(d, "/v1/faqs", "limit")["schema"].update(maximum=400),
        "GET /v1/faqs, parameter limit",
        "maximum changed from 500 to 400",
        "clients that send what lies between get 400",
        "Go on accepting what was accepted.",
    ),
    "lower bound of a parameter narrowed": (
        lambda d: find_parameter(d, "/v1/faqs", "limit")["schema"].update(minimum=2),
        "GET /v1/faqs, parameter limit",
        "minimum changed from 1 to 2",
        "clients that send what lies between get 400",
        "Go on accepting what was accepted.",
    ),
    "parameters in another order": (
        lambda d: find_operation(d, "/v1/topics")["parameters"].reverse(),
        "GET /v1/topics",
        "the order of the parameters changed from release, on, format to format, on, release",
        "clients generated for Java and TypeScript pass them by position",
        "Keep the order; what is new may stand anywhere.",
    ),
    "title changed": (
        lambda d: d["info"].update(title="FAQTS"),
        "the document",
        "info.title changed from 'Admin guidance' to 'FAQTS'",
        "generated clients are packages called by it",
        "Keep the title.",
    ),
    "OpenAPI of another version": (
        lambda d: d.update(openapi="3.2.0"),
        "the document",
        "openapi changed from 3.1.0 to 3.2.0",
        "generators that read only the old version make no client any more",
        "Keep the version of OpenAPI.",
    ),
    "server moved": (
        lambda d: d.update(servers=[{"url": "/api"}]),
        "the document",
        "the servers changed from / to /api",
        "generated clients ask the first of them unless they are told another",
        "Keep the servers.",
    ),
}


@pytest.mark.parametrize("case", BREAKING)
def test_what_breaks_a_client_is_named_once(base, case):
    change, where, what, impact, fix = BREAKING[case]

    findings = compare_documents(base, edit(base, change))

    broken = [str(finding) for finding in findings if finding.level is Level.BREAKING]
    assert broken == [f"{where}: {what}: {impact}. {fix}"]
