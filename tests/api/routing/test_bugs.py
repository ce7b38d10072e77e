"""A bug in a view is a problem that tells the client nothing and the log everything."""

import json

import pytest
from flask import Blueprint
from marshmallow import Schema, fields
from structlog.testing import capture_logs
from werkzeug.exceptions import (
    BadRequest,
    MethodNotAllowed,
    RequestURITooLarge,
    ServiceUnavailable,
)

from api.http.errors import build_error
from api.routing.endpoint import route
from api.site.endpoint import PageEndpoint, answer_failure
from api.site.page import Page
from content.errors import ContentError
from openapi.operation import Component, Operation, Tag
from schemas.query import build_query
from tests.api.site.browsing import browse

INSIDE = "the host of the database"
BROKEN = Operation(
    id="breakDown",
    tag=Tag("broken", "What fails."),
    summary="Break",
    description="Breaks.",
    query=build_query("Broken"),
    response=Component("Broken", Schema.from_dict({"a": fields.String()}, name="BrokenSchema")),
)


def _raise_bug(context):
    raise KeyError(INSIDE)


def _raise_what_no_reader_asked_for(context):
    raise ContentError(INSIDE)


def _recurse(context):
    return _recurse(context)


def break_client(factory, view):
    """A client of the world with one more path, `/v1/broken`, answered by *view*."""
    factory.world().publish()
    app = factory.app()
    blueprint = Blueprint("broken", __name__, url_prefix="/v1")
    route(blueprint, "/broken", BROKEN)(view)
    app.register_blueprint(blueprint)
    return app.test_client()


@pytest.mark.parametrize("view", [_raise_bug, _raise_what_no_reader_asked_for, _recurse])
def test_a_bug_is_a_problem_that_tells_nothing(factory, view):
    client = break_client(factory, view)

    with capture_logs() as logs:
        answer = client.get("/v1/broken")

    assert answer.status_code == 500
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.get_json()["type"] == "/problems/internal-error"
    assert INSIDE not in answer.get_data(as_text=True)
    (event,) = logs
    assert (event["log_level"], event["path"]) == ("error", "/v1/broken")
    assert isinstance(event["exc_info"], Exception)


def test_a_bug_has_no_body_for_head(factory):
    client = break_client(factory, _raise_bug)

    answer = client.head("/v1/broken")

    assert (answer.status_code, answer.data) == (500, b"")


def test_the_next_request_is_answered(factory):
    client = break_client(factory, _raise_bug)
    client.get("/v1/broken")

    assert client.get("/v1").status_code == 200


def test_a_fault_of_the_client_is_not_logged_as_a_bug(client):
    with capture_logs() as logs:
        for path in ("/v1/nothing", "/v1/faqs?limit=0", "/v1/faqs/none", "/v1?release=x"):
            client.get(path)
        client.post("/v1")

    assert logs == []


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (BadRequest("inside"), 400, "malformed-request"),
        (RequestURITooLarge("inside"), 400, "malformed-request"),
        (ServiceUnavailable("inside"), 500, "internal-error"),
        (MethodNotAllowed(["POST"], "inside"), 405, "method-not-allowed"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_what_the_server_itself_refuses_is_a_problem_in_our_words(error, status, kind):
    problem = build_error(error, "/v1/faqs", "")

    assert problem.status == status
    body = problem.identity.body
    assert json.loads(body)["type"] == f"/problems/{kind}"
    assert b"inside" not in body


def test_a_bug_of_a_page_is_a_page_for_a_browser_and_a_problem_for_all_else(factory):
    def fail(context):
        raise KeyError(INSIDE)

    factory.world().publish()
    app = factory.app()
    blueprint = Blueprint("broken", __name__)
    page = Page("/broken", "home.html", fail)
    blueprint.add_url_rule("/broken", endpoint="broken", view_func=PageEndpoint(page))
    blueprint.register_error_handler(Exception, answer_failure)
    app.register_blueprint(blueprint)
    client = app.test_client()

    with capture_logs() as log:
        page = browse(client, "/broken", 500)
        problem = client.get("/broken")

    assert "Something went wrong" in page.text
    assert INSIDE not in page.text
    assert problem.get_json()["type"] == "/problems/internal-error"
    assert [entry["event"] for entry in log] == ["request failed"] * 2
