"""Who may import whom, and what no module may do; read from the syntax tree, nothing is run.

wsgi.py → api → {openapi, content} → schemas
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("api", "content", "openapi", "schemas")
CONTRACT = {"schemas", "schemas.kinds", "schemas.declarations"}
READING = {"content", "content.text", "content.ledger", "content.answers"}
PAGES = {"api.http", "api.serving", "api.routing", "api.rendering"}
VIEWS = {*READING, "content.changes", "content.formats", "openapi", *CONTRACT}
SERVED = {*PAGES, "api.v1", "api.site", "api.pages", *VIEWS}
#: What each package may import of the others; a file that is in none counts as its folder.
LAYERS = {
    "wsgi": {"api", "api.http", "api.serving", "api.middleware", "api.server"},
    "asgi": {"wsgi", "api.middleware"},
    "gunicorn.conf": set(),
    "schemas": {"schemas.kinds"},
    "schemas.kinds": {"schemas"},
    "schemas.declarations": {"schemas", "schemas.kinds"},
    "openapi": {"openapi.compatibility", *CONTRACT},
    "openapi.compatibility": CONTRACT,
    "content": CONTRACT,
    "content.text": {"content", *CONTRACT},
    "content.ledger": {"content", *CONTRACT},
    "content.answers": {"content", "content.text", "content.ledger", *CONTRACT},
    "content.changes": {*READING, *CONTRACT},
    "content.sources": {"content", *CONTRACT},
    "content.editors": {"content", "content.sources", *CONTRACT},
    "content.authoring": {
        *READING,
        "content.changes",
        "content.sources",
        "content.editors",
        *CONTRACT,
    },
    "content.formats": {*READING, "content.changes", *CONTRACT},
    "content.cli": {
        *READING,
        "content.changes",
        "content.sources",
        "content.editors",
        "content.authoring",
        "content.formats",
        *CONTRACT,
    },
    "api.http": VIEWS,
    "api.serving": {"api.http", *VIEWS},
    "api.routing": {"api.http", "api.serving", *VIEWS},
    "api.rendering": {"api.http", *VIEWS},
    "api.v1": {*PAGES, *VIEWS},
    "api.site": {*PAGES, *VIEWS},
    "api.pages": {*PAGES, "api.v1", *VIEWS},
    "api.middleware": {"api", "api.http", "api.serving", *VIEWS},
    "api.server": {"api.http", *CONTRACT},
    "api": SERVED,
    "api.cli": {
        "api",
        "api.server",
        *SERVED,
        "content.authoring",
        "content.cli",
        "openapi.compatibility",
    },
}
#: Where these libraries may be imported, and in the packages within; any other, everywhere.
LIBRARIES = {
    "flask": ("api",),
    "werkzeug": ("api",),
    "yaml": ("content.sources",),
    "subprocess": ("content.authoring",),
    "click": ("content.cli", "api.cli"),
}
#: The modules below api that touch files: sources, the starter, releases, the document.
TOUCH_FILES = {
    *(
        "content/sources/reader.py",
        "content/sources/source_file.py",
        "content/authoring/editing.py",
        "content/sources/site_source.py",
        "content/authoring/new_folder.py",
    ),
    *("content/ledger/reader.py", "content/ledger/store.py", "openapi/document.py"),
}
#: Calls that read, write or start something, by the last part of their name.
FILE_WORDS = {
    *("open", "fdopen", "read_text", "read_bytes", "write_text", "write_bytes", "iterdir"),
    *("glob", "rglob", "mkdir", "unlink", "link", "rename", "mkstemp", "touch"),
}
ON_IMPORT = FILE_WORDS | {"Flask", "create_app", "getenv", "connect", "run", "socket", "print"}
STARTS = {"wsgi.py", "asgi.py", "gunicorn.conf.py", "api/cli/gunicorn_conf.py"}


def list_modules(root: Path) -> list[Path]:
    found = [path for package in PACKAGES for path in sorted((root / package).rglob("*.py"))]
    return [*found, *(root / name for name in sorted(STARTS) if (root / name).exists())]


def find_faults(root: Path) -> list[str]:
    """Every arrow and every act in the modules below *root* that is not allowed."""
    return [
        f"{path.relative_to(root).as_posix()}:{line}: {message}"
        for path in list_modules(root)
        for line, message in judge(
            path.relative_to(root).as_posix(), ast.parse(path.read_text(encoding="utf-8"))
        )
    ]


#: Where the environment is read; the second takes out what would lead git to another repository.
ENVIRONMENT = ("api/settings.py", "content/authoring/git_history.py")


def find_package(*names: str) -> str:
    """The package that the module *names*, its folders and itself, belongs to."""
    nested = ".".join(names[:2])
    return nested if nested in LAYERS else names[0]


def judge(name: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    package = find_package(*name.removesuffix(".py").split("/"))
    for line, module in list_imports(tree):
        yield from ((line, message) for message in judge_import(package, module))
    for line, word, dotted in list_names(tree):
        if word in ("current_app", "g") and dotted == "flask" and name != "api/routing/endpoint.py":
            yield line, f"{word} appears in api/routing/endpoint.py only."
        if word in ("environ", "getenv") and name not in ENVIRONMENT and dotted == "os":
            yield line, "the environment is read in api/settings.py and passed on to git only."
    if name.startswith(("content/", "openapi/", "schemas/")) and name not in TOUCH_FILES:
        yield from (
            (line, f"{word}() touches files.")
            for line, word in list_calls(tree)
            if word in FILE_WORDS
        )
    if name not in STARTS:
        for line, word in list_calls_on_import(tree):
            if word in ON_IMPORT:
                yield line, f"{word}() runs on import."


def judge_import(package: str, module: str) -> Iterator[str]:
    top = module.partition(".")[0]
    imported = find_package(*module.split("."))
    if top == "tests" or (imported in LAYERS and imported not in {package, *LAYERS[package]}):
        yield f"{package} may not import {module}."
    if top in LIBRARIES and not package.startswith(LIBRARIES[top]):
        yield f"{package} may not import {module}."
    if package in CONTRACT and top not in {*sys.stdlib_module_names, "marshmallow", "schemas"}:
        yield f"schemas imports marshmallow and the standard library alone, not {module}."


def list_imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            # What is imported may be a module itself: `from content import authoring`.
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def list_names(tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    """Yield the line of every name that is used or imported, and the module it is taken from."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield node.lineno, node.attr, node.value.id
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, alias.name, node.module or "") for alias in node.names)


def list_calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            word = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            yield node.lineno, word


def list_calls_on_import(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield what is called while a module is loaded: not what stands within a function."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting += [*getattr(node, "decorator_list", ()), *node.args.defaults]
            continue
        if isinstance(node, ast.Call):
            called = node.func
            word = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            yield node.lineno, word
        waiting += ast.iter_child_nodes(node)


def test_every_module_stays_within_its_layer():
    assert find_faults(ROOT) == []


def test_every_package_has_a_layer():
    packages = {path.parent.relative_to(ROOT) for path in list_modules(ROOT)} - {Path()}

    assert {".".join(path.parts) for path in packages} <= LAYERS.keys()


def test_a_package_says_in_one_sentence_what_it_holds_and_nothing_else():
    folders = {path.parent for path in list_modules(ROOT)} - {ROOT}
    trees = {folder: ast.parse((folder / "__init__.py").read_text()) for folder in folders}

    assert [
        folder
        for folder, tree in trees.items()
        if len(tree.body) != 1 or not re.fullmatch(r"[^.\n]+\.", ast.get_docstring(tree) or "")
    ] == []


def test_no_module_beside_the_data_is_called_like_it():
    modules = {path.stem for path in (ROOT / "content").glob("*.py")}
    packages = {path.parent.name for path in (ROOT / "content").glob("*/*.py")}
    data = {path.name for path in (ROOT / "content").iterdir() if path.is_dir()} - packages

    assert {"faqs", "facts", "releases"} <= data
    assert data & modules == set()


def test_what_serves_imports_nothing_that_edits():
    code = (
        "import sys, wsgi; print(wsgi.service.follower.state.archive.latest.number, *sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    number, *modules = done.stdout.splitlines()[-1].split()
    editing = ("content.sources", "content.authoring", "content.cli", "api.cli", "yaml", "ruamel")
    assert int(number) > 0
    assert {"api.app", "content.ledger.store", "content.answers.faqs"} <= set(modules)
    assert [name for name in modules if name.startswith(editing)] == []


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("content/bad.py", "from api.app import create_app", "content may not import api.app"),
        ("content/bad.py", "import openapi.builder", "content may not import openapi.builder"),
        ("content/bad.py", "from content import answers", "content may not import content.answers"),
        ("content/ledger/bad.py", "import content.answers.a", "content.ledger may not import"),
        ("content/formats/bad.py", "import content.authoring.a", "content.formats may not import"),
        ("content/answers/bad.py", "import yaml", "content.answers may not import yaml"),
        ("api/http/bad.py", "from api.serving import a", "api.http may not import api.serving"),
        ("api/routing/bad.py", "import api.middleware.a", "api.routing may not import"),
        ("api/v1/bad.py", "from content.authoring.a import b", "api.v1 may not import content.au"),
        ("openapi/bad.py", "from content import errors", "openapi may not import content"),
        ("schemas/bad.py", "from content.errors import x", "schemas may not import content.errors"),
        ("schemas/kinds/bad.py", "import nh3", "schemas imports marshmallow and the standard"),
        ("schemas/bad.py", "def f():\n    import flask", "schemas may not import flask"),
        ("content/bad.py", "from werkzeug import x", "content may not import werkzeug"),
        ("wsgi.py", "import content.ledger.store", "wsgi may not import content.ledger.store"),
        ("api/bad.py", "import tests.content_factory", "api may not import tests.content_factory"),
        (
            "api/bad.py",
            "from flask import current_app",
            "current_app appears in api/routing/endpoint.py",
        ),
        ("api/bad.py", "from flask import g", "g appears in api/routing/endpoint.py only"),
        (
            "api/bad.py",
            "import flask\ndef f(): return flask.g.a",
            "g appears in api/routing/endpoint.py",
        ),
        ("api/bad.py", "import os\ndef f(): return os.environ", "the environment is read in"),
        ("content/bad.py", "from os import environ", "the environment is read in"),
        ("content/bad.py", "import os\ndef f(): os.getenv('A')", "the environment is read in"),
        ("content/bad.py", "def f(p): return p.read_text()", "read_text() touches files"),
        ("content/bad.py", "def f(p): return open(p)", "open() touches files"),
        ("openapi/bad.py", "def f(p): p.write_text('')", "write_text() touches files"),
        ("schemas/bad.py", "def f(p): return p.iterdir()", "iterdir() touches files"),
        ("api/bad.py", "from p import P\nTEXT = P('a').read_text()", "read_text() runs on import"),
        ("api/bad.py", "from flask import Flask\napp = Flask('a')", "Flask() runs on import"),
        ("openapi/bad.py", "class A:\n    text = open('a').read()", "open() runs on import"),
        ("schemas/bad.py", "def f(a=open('a')): pass", "open() runs on import"),
        ("schemas/bad.py", "if True:\n    print('loaded')", "print() runs on import"),
    ],
)
def test_what_is_not_allowed_is_found(tmp_path, name, code, message):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(code)

    faults = find_faults(tmp_path)

    assert any(message in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("wsgi.py", "from api.app import create_app\napp = create_app()"),
        ("api/routing/endpoint.py", "from flask import current_app, g"),
        ("api/settings.py", "import os\ndef f(): return os.environ"),
        ("content/sources/reader.py", "def f(p): return p.read_text()"),
        ("content/good.py", "import re\nfrom schemas.kinds.faq import A\nB = re.compile('a')"),
        ("schemas/good.py", "from marshmallow import Schema\nimport json"),
    ],
)
def test_what_is_allowed_is_not_found(tmp_path, name, code):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(code)

    assert find_faults(tmp_path) == []
