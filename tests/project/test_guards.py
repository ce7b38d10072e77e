"""Guards on the whole: one error shape, every view described, sizes, names and docstrings."""

import ast
import dataclasses
from pathlib import Path

import pytest

from api.routing.collections import CollectionEndpoint
from api.routing.endpoint import Endpoint
from api.settings import Settings
from tests.project.test_layers import PACKAGES, ROOT, STARTS, list_modules

MODULES = [path.relative_to(ROOT).as_posix() for path in list_modules(ROOT)]
TESTS = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "tests").rglob("*.py"))]
MAX_MODULE_LINES = 400
MAX_FUNCTION_LINES = 40
MAX_VIEW_LINES = 6
VAGUE = {"utils", "helpers", "common", "base"}
PROBLEM_KEYS = ["type", "title", "status", "detail", "instance", "errors"]
#: Below /v1, but described by nothing: it is the description.
NOT_DESCRIBED = {"/v1/openapi.json"}
#: Every way to fail: method, path, headers, status.
FAILURES = [
    ("GET", "/index.html", {}, 404),
    ("GET", "/faqs/none", {}, 404),
    ("GET", "/ip-ranges?dc=x", {}, 400),
    ("POST", "/", {}, 405),
    ("GET", "/v1/nothing", {}, 404),
    ("POST", "/v1/nothing", {}, 404),
    ("GET", "/v1/faqs/", {}, 404),
    ("GET", "/v1/faqs/none", {}, 404),
    ("GET", "/v1?release=2030-01-01.01", {}, 404),
    ("GET", "/v1/releases/2030-01-01.01", {}, 404),
    ("GET", "/v1/ip-ranges?traffic=web&format=txt", {}, 400),
    ("GET", "/v1/ip-ranges?zebra=1", {}, 400),
    ("GET", "/v1/ip-ranges?dc=%ff", {}, 400),
    ("GET", "/v1/ip-ranges/lookup?ip=x", {}, 400),
    ("GET", "/v1/openapi.json?a=1", {}, 400),
    ("GET", "/v1/faqs?cursor=x", {}, 400),
    ("DELETE", "/v1/faqs", {}, 405),
    ("POST", "/problems/withdrawn", {}, 405),
    ("GET", "/v1/faqs", {"Accept": "image/png"}, 406),
    ("GET", "/problems/none", {}, 404),
    ("GET", "/problems?format=xml", {"Accept": "text/html"}, 400),
    ("GET", "/docs/none.js", {}, 404),
    ("GET", "/.well-known/security.txt", {}, 404),
    ("GET", "/.well-known/api-catalog", {"Accept-Encoding": "identity;q=0"}, 406),
    ("POST", "/docs", {}, 405),
]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def list_functions(tree: ast.Module):
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def count_lines(function: ast.FunctionDef) -> int:
    """The lines of a function's body, its docstring left out."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize(("method", "path", "headers", "status"), FAILURES)
def test_every_failure_has_the_one_shape(client, method, path, headers, status):
    answer = client.open(path, method=method, headers=headers)

    body = answer.get_json()
    assert answer.status_code == body["status"] == status
    assert list(body) == PROBLEM_KEYS
    assert body["type"].startswith("/problems/")
    assert client.get(body["type"]).get_json()["title"] == body["title"]
    assert body["detail"].endswith((".", "?"))


def test_a_failure_before_the_first_release_has_the_one_shape(factory):
    body = factory.client().get("/v1/faqs").get_json()

    assert list(body) == PROBLEM_KEYS
    assert body["status"] == 503


def test_every_view_of_the_api_is_described(client):
    app = client.application

    bare = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/v1")
        and not isinstance(app.view_functions[rule.endpoint], Endpoint | CollectionEndpoint)
    }

    assert bare == NOT_DESCRIBED


def test_a_path_below_the_api_is_served_by_get_alone(client):
    for rule in client.application.url_map.iter_rules():
        assert rule.methods <= {"GET", "HEAD", "OPTIONS"}, rule


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(Settings)])
def test_every_setting_is_documented(name):
    documented = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")

    assert f"FAQTS_{name.upper()}" in documented


def test_a_module_is_short_enough_to_read():
    lines = {name: len(read(name).splitlines()) for name in (*MODULES, *TESTS)}

    assert {name: count for name, count in lines.items() if count > MAX_MODULE_LINES} == {}


def test_a_function_fits_on_a_screen():
    lines = {
        (name, function.name): count_lines(function)
        for name in MODULES
        for function in list_functions(ast.parse(read(name)))
    }

    assert {f: count for f, count in lines.items() if count > MAX_FUNCTION_LINES} == {}


def test_a_view_holds_no_plumbing():
    lines = {
        (name, function.name): count_lines(function)
        for name in MODULES
        if name.startswith("api/v1/")
        for function in list_functions(ast.parse(read(name)))
        if any(argument.arg == "context" for argument in function.args.args)
    }

    assert {view: count for view, count in lines.items() if count > MAX_VIEW_LINES} == {}


def test_a_name_says_what_a_module_is_for():
    assert [name for name in MODULES if Path(name).stem in VAGUE] == []


def list_undocumented(name: str, tree: ast.Module):
    """Yield what is public in the module *name* and has no docstring."""
    inherited = {"check", "sort_key"} if name == "schemas/fields.py" else set()
    if ast.get_docstring(tree) is None:
        yield name
    classes = [n for n in tree.body if isinstance(n, ast.ClassDef) and not n.name.startswith("_")]
    public = [node for node in tree.body if isinstance(node, ast.FunctionDef)] + classes
    public += [n for c in classes for n in c.body if isinstance(n, ast.FunctionDef)]
    for node in public:
        bare = not node.name.startswith("_") and ast.get_docstring(node) is None
        if bare and node.name not in inherited:
            yield f"{name}: {node.name}"


def test_everything_public_says_what_it_is_for():
    bare = [fault for name in MODULES for fault in list_undocumented(name, ast.parse(read(name)))]

    assert bare == []


def test_what_has_no_docstring_is_found():
    code = "class A:\n    def f(self): pass\n    def _g(self): pass\ndef h(): pass"

    assert list(list_undocumented("a.py", ast.parse(code))) == [
        "a.py",
        "a.py: h",
        "a.py: A",
        "a.py: f",
    ]


def test_the_guards_look_at_every_package():
    assert (
        {name.partition("/")[0] for name in MODULES}
        >= {*PACKAGES, "wsgi.py"}
        <= {*PACKAGES, *STARTS}
    )


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("def f(): pass", 1),
        ('def f():\n    """Say."""\n', 0),
        ('def f():\n    """Say."""\n    a = 1\n\n    return a', 3),
        ("def f(\n    a,\n):\n    return a", 1),
        ("def f():\n    def g():\n        return 1\n    return g", 3),
    ],
)
def test_lines_are_counted_without_signature_and_docstring(code, count):
    (function, *_) = list_functions(ast.parse(code))

    assert count_lines(function) == count
