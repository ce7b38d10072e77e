"""Firefox and WebKit, over the protocols of WebDriver that they speak themselves.

Source: WebDriver, section 6, for HTTP, which WebKitWebDriver answers. Marionette, which Firefox
answers on a socket, has the commands of WebDriver by name: `length:[0, id, name, parameters]`.
"""

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, Error, Page

from tests.e2e.servers import PATIENCE_SECONDS, find_port
from tests.programs import require_path, require_program

_PAUSE_SECONDS = 0.05
#: Starting a browser takes a while on a machine that is busy.
_START_SECONDS = 60
_MINI_BROWSER = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser"
#: Firefox asks nobody for anything but the pages.
_PREFERENCES = {
    "marionette.port": 0,
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.proxy.type": 0,
}
#: Where WebKitWebDriver answers each command.
_PATHS = {
    "Navigate": "url",
    "ExecuteScript": "execute/sync",
    "SwitchToFrame": "frame",
    "Refresh": "refresh",
}
#: Sends a command with its parameters, and returns its value.
Command = Callable[[str, dict[str, Any]], Any]


class Engine:
    """A browser that runs; `launching_firefox` and `launching_webkit` start one."""

    def __init__(self, command: Command) -> None:
        self._command = command

    def open(self, address: str) -> None:
        """Go to *address* and wait until all that stands in the page is loaded."""
        self._command("Navigate", {"url": address})

    def reload(self) -> None:
        self._command("Refresh", {})

    def enter_frame(self, number: int | None) -> None:
        """Read the frame *number* of the page from now on; None: the page itself."""
        self._command("SwitchToFrame", {"id": number})

    def run(self, script: str, *arguments: object) -> Any:
        """What *script*, the body of a function, returns in the page."""
        found = self._command("ExecuteScript", {"script": script, "args": list(arguments)})
        # Marionette puts what a command returns into an object of its own.
        return found["value"] if isinstance(found, dict) and found.keys() == {"value"} else found

    def wait(self, expression: str) -> Any:
        """What *expression* is in the page, once that is something."""
        ended = time.monotonic() + PATIENCE_SECONDS
        while not (found := self.run(f"return {expression}")):
            assert time.monotonic() < ended, f"never: {expression}"
            time.sleep(_PAUSE_SECONDS)
        return found


class _PageEngine(Engine):
    """The same of a page of playwright."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._frame = page.main_frame
        super().__init__(self._do)

    def _do(self, name: str, parameters: dict[str, Any]) -> Any:
        if name == "Navigate":
            self._page.goto(parameters["url"])
        elif name == "Refresh":
            self._page.reload()
        elif name == "SwitchToFrame":
            number = parameters["id"]
            main = self._page.main_frame
            self._frame = main if number is None else main.child_frames[number]
        else:
            script = f"function() {{ {parameters['script']} }}"
            apply = f"given => ({script}).apply(null, given)"
            # A page that is left meanwhile has no value; who waits asks again.
            with suppress(Error):
                return self._frame.evaluate(apply, parameters["args"])
        return None


@contextmanager
def opening_page(browser: Browser) -> Iterator[Engine]:
    """Open a page of *browser*, which runs, until the block ends."""
    page = browser.new_page()
    yield _PageEngine(page)
    page.close()


@contextmanager
def launching_firefox() -> Iterator[Engine]:
    """Run Firefox until the block ends."""
    program = require_program("firefox-esr")
    with TemporaryDirectory() as home:
        port = find_port()
        preferences = {**_PREFERENCES, "marionette.port": port}
        lines = (f"user_pref({json.dumps(n)}, {json.dumps(v)});" for n, v in preferences.items())
        Path(home, "user.js").write_text("\n".join(lines), encoding="utf-8")
        arguments = ("--headless", "--marionette", "--no-remote", "--profile", home)
        with _running(program, *arguments, home=home), _connect(port) as stream:
            _receive(stream)

            def command(name: str, parameters: dict[str, Any]) -> Any:
                message = json.dumps([0, 1, f"WebDriver:{name}", parameters]).encode()
                stream.sendall(b"%d:%s" % (len(message), message))
                _, _, error, value = _receive(stream)
                assert error is None, error
                return value

            command("NewSession", {})
            yield Engine(command)


@contextmanager
def launching_webkit() -> Iterator[Engine]:
    """Run WebKit until the block ends, on a display that nobody sees."""
    browser = str(require_path(Path(_MINI_BROWSER)))
    driver, display = require_program("WebKitWebDriver"), require_program("Xvfb")
    with TemporaryDirectory() as home:
        port, reads = find_port(), Path(home, "display")
        with (
            reads.open("w") as number,
            _running(display, "-displayfd", "1", "-nolisten", "tcp", home=home, output=number),
        ):
            screen = _wait(lambda: reads.read_text().strip(), "a display")
            with _running(driver, f"--port={port}", home=home, DISPLAY=f":{screen}"):
                _connect(port).close()
                options = {"binary": browser, "args": ["--automation"]}
                wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
                session = _post(port, "/session", {"capabilities": wanted})["sessionId"]
                yield Engine(
                    lambda name, parameters: _post(
                        port, f"/session/{session}/{_PATHS[name]}", parameters
                    )
                )
                _post(port, f"/session/{session}", None, "DELETE")


@contextmanager
def _running(*command: str, home: str, output: Any = subprocess.DEVNULL, **more: str) -> Iterator:
    """Run *command* with a home of its own, and end it with all that it started."""
    environment = {**os.environ, "HOME": home, "XDG_RUNTIME_DIR": home, **more}
    process = subprocess.Popen(
        command,
        env=environment,
        stdout=output,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait(find: Callable[[], Any], what: str) -> Any:
    ended = time.monotonic() + _START_SECONDS
    while not (found := find()):
        assert time.monotonic() < ended, f"{what}: never."
        time.sleep(_PAUSE_SECONDS)
    return found


def _connect(port: int) -> socket.socket:
    def find() -> socket.socket | None:
        try:
            return socket.create_connection(("127.0.0.1", port), _START_SECONDS)
        except OSError:
            return None

    return _wait(find, f"a listener on {port}")


def _receive(stream: socket.socket) -> Any:
    """The next message of Marionette."""
    length = b""
    while not length.endswith(b":"):
        length += stream.recv(1)
    message = b""
    while len(message) < int(length[:-1]):
        message += stream.recv(int(length[:-1]) - len(message))
    return json.loads(message)


def _post(port: int, path: str, body: Any, method: str = "POST") -> Any:
    connection = HTTPConnection("127.0.0.1", port, timeout=_START_SECONDS)
    try:
        connection.request(method, path, None if body is None else json.dumps(body))
        answer = connection.getresponse()
        found = json.loads(answer.read())
    finally:
        connection.close()
    assert answer.status == 200, found
    return found["value"]
