"""What the types of the TypeScript clients are good for: slips that a compiler has to refuse."""

import re
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.e2e.sdk.clients import CLIENTS
from tests.e2e.sdk.workshop import Workshop
from tests.programs import require_program

TYPESCRIPT = [client for client in CLIENTS if client.language == "ts"]
#: What the programs say, what a slip makes of it, and a pattern of what the compiler says of it.
SLIPS = {
    "a field of an item": ("range.cidr", "range.cidrs", "'cidrs'"),
    "a field within a field": ("data.answer.text", "data.answer.txt", "'txt'"),
    "a field of a page": ("data.next_cursor === null", "data.nextCursor === null", "'nextCursor'"),
    "a field of a problem": ("wrong.error.status", "wrong.error.code", "'code'"),
    "a field of a fault": ("fault.parameter", "fault.param", "'param'"),
    "a field taken out": (
        "({ collection, id, action }) => [collection, id, action]",
        "({ collection, id, verb }) => [collection, id, verb]",
        "'verb'|'unknown\\[\\]'",
    ),
    "a field that may be null": ("data.next_cursor === null", "!data.count", r"'string \| null'"),
    "a problem not looked for": ("!lost.error || ", "", "Problem|undefined"),
    "a word": ('=== "unsupported"', '=== "unsuported"', '"unsuported"'),
    "a parameter": ('query: { dc: ["uk"] }', 'query: { data_center: ["uk"] }', "'data_center'"),
    "a parameter in a variable": ("{ limit: 4 }", "{ limits: 4 }", "'limits'"),
    "one value for a list": ('dc: ["atlantis"]', 'dc: "atlantis"', r"'string\[\]'"),
    "a parameter of the path": ('{ id: "nothing-like-this" }', "{}", "'id'"),
    "a list left out": ('{ ip: ["192.0.2.1", "2001:db8::1", ...published] }', "{}", "'ip'"),
}
#: Of one client only.
OWN_SLIPS = {
    "openapi_fetch": {
        "a path": ('GET("/v1/clouds")', 'GET("/v1/cloud")', "rguments"),
    },
    "hey_api": {
        "an operation": ("faqts.listClouds(", "faqts.listCloud(", "'listCloud'"),
        "a parameter beside another": ('application: "Acme"', 'product: "Acme"', "'product'"),
    },
}
#: A slip that only one of the two compilers refuses.
LET_THROUGH = ('application: "Acme"', 'aplication: "Acme"')
_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
#: What makes a compiler believe more than it knows.
_FORCED = re.compile(r"\bany\b|(?<!\*) as |@ts-|[\w)\]]!(?!=)")


@dataclass(frozen=True)
class Compiled:
    """Programs of a client, compiled at once: where, and what the compiler says of each."""

    folder: Path
    messages: dict[str, str]


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    """`compiled(folder)`: a client's program and one for each slip, compiled once: that is slow."""

    @cache
    def compile_slips(client_folder: str) -> Compiled:
        client = next(client for client in TYPESCRIPT if client.folder == client_folder)
        folder = tmp_path_factory.mktemp("typescript")
        workshop = Workshop(client, folder)
        program = client.path.read_text(encoding="utf-8")
        programs = {"nine": program, "let_through": program.replace(*LET_THROUGH)}
        for slip, (right, wrong, _) in list_slips(client).items():
            assert right in program, slip
            programs[slip.replace(" ", "_")] = program.replace(right, wrong)
        for name, text in programs.items():
            (folder / client.folder / f"{name}.ts").write_text(text, encoding="utf-8")
        files = " ".join(f"{name}.ts" for name in programs)
        workshop.run(client.generate)
        message = workshop.run(f"{client.build.replace('nine.ts', files)} --skipLibCheck || true")
        # What explains a fault is indented below it.
        messages = {
            name: "\n".join(re.findall(rf"^{name}\.ts.*(?:\n .*)*", message, re.MULTILINE))
            for name in programs
        }
        return Compiled(folder / client.folder, messages)

    return compile_slips


def list_slips(client) -> dict[str, tuple[str, str, str]]:
    return {**SLIPS, **OWN_SLIPS[client.folder]}


@pytest.mark.parametrize("client", TYPESCRIPT, ids=lambda client: client.folder)
def test_every_slip_is_refused_when_it_is_compiled(client, compiled):
    messages = compiled(client.folder).messages

    assert messages["nine"] == ""
    assert {
        slip: messages[slip.replace(" ", "_")]
        for slip, (_, _, pattern) in list_slips(client).items()
        if not re.search(pattern, messages[slip.replace(" ", "_")])
    } == {}


def test_what_openapi_fetch_lets_through_the_service_refuses(compiled, server):
    # It infers the type of all parameters together, so one too many is no fault to the compiler.
    (client,) = (client for client in TYPESCRIPT if client.folder == "openapi_fetch")
    right, _ = LET_THROUGH
    programs = compiled(client.folder)

    done = subprocess.run(
        [require_program("node"), "out/let_through.js", f"http://127.0.0.1:{server.port}"],
        cwd=programs.folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert right in client.path.read_text(encoding="utf-8")
    assert programs.messages["let_through"] == ""
    assert done.returncode == 1
    assert "Did you mean 'application'?" in done.stderr


@pytest.mark.parametrize("client", TYPESCRIPT, ids=lambda client: client.folder)
def test_a_program_forces_no_type(client):
    program = _COMMENT.sub("", client.path.read_text(encoding="utf-8"))

    assert _FORCED.findall(program) == []


@pytest.mark.parametrize(
    "forced", ["data as Faq", "let data: any;", "// @ts-ignore", "data!.items", "ids[0]!;"]
)
def test_what_forces_a_type_is_seen(forced):
    assert _FORCED.search(forced)
