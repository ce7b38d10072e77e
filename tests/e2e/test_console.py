"""The real program `faqts`, in a process of its own: statuses, streams, colours, signals."""

import json
import os
import pty
import resource
import signal
import socket
import subprocess
import sys
import time
from urllib.request import ProxyHandler, build_opener

import pytest

from tests.blocks import Project
from tests.e2e.previews import previewing
from tests.programs import require_program
from tests.terminal import FAQTS, build_environment, run_program

OPENER = build_opener(ProxyHandler({}))


@pytest.fixture
def changed(factory):
    """An editor whose files differ from what was published, and have an overdue review."""
    factory.world().publish()
    factory.facts("topics", {"id": "network", "title": "Networks"})
    factory.faq("late", written_on="2001-01-01", review_by="2001-02-01")
    return factory


def read_terminal(*arguments: str, env: dict | None = None) -> str:
    """What the program shows on a terminal."""
    ours, its = pty.openpty()
    process = subprocess.Popen(
        [FAQTS, *arguments], stdin=its, stdout=its, stderr=its, env=build_environment(env)
    )
    os.close(its)
    shown = b""
    try:
        while part := os.read(ours, 4096):
            shown += part
    except OSError:
        # This is how a terminal says that its last program has ended.
        pass
    finally:
        os.close(ours)
    process.wait(timeout=60)
    return shown.decode()


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("publish", "-m", "A change."), 0, "Published 20"),
        (("check", "--strict"), 1, "1 fault found."),
        (("lint",), 2, "No such command 'lint'"),
    ],
)
def test_a_command_works_from_another_folder(changed, tmp_path_factory, arguments, status, message):
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    done = run_program("--root", str(changed.place.root), *arguments, cwd=elsewhere)

    assert done.returncode == status
    assert message in (done.stderr if status else done.stdout)
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stdout + done.stderr
    assert list(elsewhere.iterdir()) == []


def test_a_terminal_gets_colours(changed):
    shown = read_terminal("--root", str(changed.place.root), "diff")

    assert "\x1b[1mChanges:" in shown
    assert '\x1b[31m"Network"' in shown


@pytest.mark.parametrize(
    ("flags", "env", "command"),
    [
        ((), {"NO_COLOR": "0"}, "diff"),
        ((), {"NO_COLOR": "please"}, "check"),
        ((), {"NO_COLOR": "1"}, "show x"),
        (("--no-color",), {}, "diff"),
    ],
)
def test_colours_can_be_left_out(changed, flags, env, command):
    shown = read_terminal(*flags, "--root", str(changed.place.root), *command.split(), env=env)

    assert "\x1b" not in shown
    assert shown


def test_an_empty_variable_leaves_the_colours(changed):
    shown = read_terminal("--root", str(changed.place.root), "diff", env={"NO_COLOR": ""})

    assert "\x1b" in shown


@pytest.mark.parametrize("command", ["log", "diff", "verify"])
def test_a_reader_that_goes_away_is_no_traceback(changed, command):
    context, writing = os.pipe()
    os.close(context)

    done = run_program(
        *("--root", str(changed.place.root), *command.split()),
        capture_output=False,
        stdout=writing,
        stderr=subprocess.PIPE,
    )
    os.close(writing)

    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_a_disk_that_is_full_for_the_output_is_said(changed):
    with open("/dev/full", "w") as full:  # noqa: PTH123  A device.
        done = run_program(
            *("--root", str(changed.place.root), "log"),
            capture_output=False,
            stdout=full,
            stderr=subprocess.PIPE,
        )

    assert done.returncode == 1
    assert done.stderr == "No space left on device.\n"


@pytest.mark.parametrize(
    ("command", "file"),
    [
        ("new faq more", "faqs/more.md"),
        ("new clouds more", "facts/clouds.yaml"),
        ("reviewed late", "faqs/late.md"),
        ("publish -m Full", "releases/00002.json"),
    ],
)
def test_a_disk_that_is_full_is_named_and_leaves_every_file_as_it_was(changed, command, file):
    changed.write("facts/clouds.yaml", "items:\n  - id: workspace\n")
    if command.startswith("publish"):
        changed.facts("clouds", {"id": "workspace"})
    before = {path: path.read_bytes() for path in changed.root.rglob("*") if path.is_file()}

    done = run_program(
        "--root",
        str(changed.place.root),
        *command.split(),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10)),
    )

    assert done.returncode == 1
    path = changed.root / "content" / file
    assert done.stderr == f"{path}: cannot be written: File too large.\n"
    assert {path: path.read_bytes() for path in changed.root.rglob("*") if path.is_file()} == before


def test_a_folder_that_may_not_be_written_is_named(changed):
    changed.path("faqs").chmod(0o555)
    # Root may write everywhere, unless it gives that up.
    humble = (require_program("setpriv"), "--bounding-set", "-dac_override,-dac_read_search")
    before = humble if os.geteuid() == 0 else ()

    done = run_program("--root", str(changed.place.root), "new", "faq", "more", before=before)
    changed.path("faqs").chmod(0o755)

    assert done.returncode == 1
    assert "Permission denied." in done.stderr
    assert str(changed.path("faqs")) in done.stderr


def test_a_preview_is_served_follows_saves_and_ends_with_ctrl_c(changed):
    with previewing(changed) as (process, address):
        with OPENER.open(f"{address}/v1/topics", timeout=30) as before:
            first = json.load(before)
        changed.facts("topics", {"id": "network", "title": "Wires"})
        with OPENER.open(f"{address}/v1/topics", timeout=30) as after:
            second, release = json.load(after), after.headers["Content-Release"]
        process.send_signal(signal.SIGINT)
        message, errors = process.communicate(timeout=60)

    assert first["items"][0]["title"] == "Networks"
    assert second["items"][0]["title"] == "Wires"
    assert release == "unpublished"
    assert process.returncode == 0
    assert message == "Preview ended.\n"
    assert "Traceback" not in errors


def test_a_preview_opens_in_the_browser_that_there_is(changed, tmp_path):
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >> {opened}\n')
    browser.chmod(0o755)
    # What ends in & has a window, anything else takes the terminal.
    window, terminal = f"{browser} %s &", f"{browser} %s"

    with previewing(changed, BROWSER=window) as (_, address):
        until = time.monotonic() + 30
        while not opened.exists() and time.monotonic() < until:
            time.sleep(0.05)
    pages = opened.read_text().split()
    with previewing(changed, 0, "--no-browser", BROWSER=window) as (_, quiet):
        OPENER.open(f"{quiet}/v1", timeout=30).close()
    for broken in (terminal, str(tmp_path / "nowhere") + " %s &"):
        with previewing(changed, BROWSER=broken) as (_, other):
            OPENER.open(f"{other}/v1", timeout=30).close()

    assert pages == [f"{address}/"]
    assert opened.read_text().split() == pages


def test_a_port_that_is_taken_is_said(changed):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]

        done = run_program("--root", str(changed.place.root), "preview", "--port", str(port))

    assert done.returncode == 1
    assert done.stderr == (
        f"faqts preview cannot listen on 127.0.0.1 port {port}: Address already in "
        "use. Choose another port with --port. Use 0 for any free port.\n"
    )


def test_the_contract_is_built_compared_and_mended(tmp_path):
    project = Project(tmp_path)
    path = project.root / "content" / "openapi" / "v1.json"
    faqts = f"{sys.executable} -c 'from api.cli.commands import main; main()' openapi"

    built = project.run(faqts)
    text = path.read_text()
    compared = project.run(f"{faqts} --check")
    path.write_text(f"<<<<<<< ours\n{text}")
    stale = project.run(f"{faqts} --check")
    kept = path.read_text()
    mended = project.run(faqts)
    older = project.run(f"{faqts} --release 2026-11-23.01")
    unknown = project.run(f"{faqts} --release 2026-01-01.01")

    assert built == (0, "Wrote content/openapi/v1.json.\n")
    assert compared == (0, "content/openapi/v1.json is up to date.\n")
    assert stale == (
        1,
        "content/openapi/v1.json is out of date. Run 'faqts openapi' and commit the file.\n",
    )
    assert kept.startswith("<<<<<<<")
    assert (mended[0], json.loads(text)["openapi"]) == (0, "3.1.0")
    assert older == (0, "Wrote content/openapi/v1.json.\n")
    assert json.loads(path.read_text())["info"]["x-examples-release"] == "2026-11-23.01"
    assert unknown == (
        2,
        "Unknown release '2026-01-01.01'. Run 'faqts log' to list all releases.\n",
    )


def test_a_contract_without_releases_is_a_wrong_call(factory):
    done = run_program("--root", str(factory.place.root), "openapi", "--check")

    assert done.returncode == 1
    assert "There is no release yet. Run 'faqts publish' first." in done.stderr
