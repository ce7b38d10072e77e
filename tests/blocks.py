"""Read the code blocks of a document and run them in a fresh copy of the project."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

ROOT = Path(__file__).parents[1]
DOCUMENTS = (
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
)
PORT_SHOWN = "127.0.0.1:8000"
_FENCE = re.compile(r"^```(\S*) ?(.*)\n((?:.*\n)*?)```$", re.MULTILINE)
_OUTPUTS = ("text", "json", "markdown")
_START = re.compile(r"((?:FAQTS_\w+=\S+ )*)make run\n")
_ATTEMPTS, _PAUSE_SECONDS = 120, 0.25


@dataclass(frozen=True)
class Block:
    """A code block: its language, the file it says it is, and the output shown below it."""

    place: str
    language: str
    file: str
    text: str
    output: str | None = None


def read_blocks(path: Path) -> list[Block]:
    """The blocks of a document; one that follows `sh` at once is what that prints."""
    text = path.read_text(encoding="utf-8")
    blocks: list[Block] = []
    end = 0
    for match in _FENCE.finditer(text):
        place = f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, match.start()) + 1}"
        found = Block(place, match[1], match[2], match[3])
        joined = blocks and blocks[-1].language == "sh" and not text[end : match.start()].strip()
        if joined and found.language in _OUTPUTS and not found.file:
            last = blocks.pop()
            blocks.append(Block(last.place, "sh", last.file, last.text, found.text))
        else:
            blocks.append(found)
        end = match.end()
    return blocks


def is_shown(shown: str, printed: str) -> bool:
    """Whether *printed* is *shown*; a line `…` stands for lines, any other `…` for letters."""
    lines = [
        r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line).replace("…", ".*") + r"\n"
        for line in shown.rstrip("\n").split("\n")
    ]
    return re.fullmatch("".join(lines), printed.rstrip("\n") + "\n") is not None


def find_server(block: Block) -> dict[str, str] | None:
    """The settings with which *block* starts a server; None when it starts none."""
    match = _START.fullmatch(block.text)
    return dict(pair.split("=", 1) for pair in match[1].split()) if match else None


class Project:
    """A copy of the working files, its commands, and at most one server at a time."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "project"
        ignored = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "htmlcov", "dist")
        shutil.copytree(ROOT, self.root, ignore=ignored)
        # The packages are those of the environment that runs the tests; the code is the copy's.
        (self.root / ".venv").mkdir()
        (self.root / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
        (self.root / ".venv" / ".run").touch()
        self._server: subprocess.Popen | None = None
        self._log = folder / "server.log"
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{listener.getsockname()[1]}"

    def run(self, text: str) -> tuple[int, str]:
        """The status of *text* in a shell, and all that it printed."""
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", text.replace(PORT_SHOWN, self.address)],
            cwd=self.root,
            env=self._build_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
        )
        return done.returncode, done.stdout.replace(self.address, PORT_SHOWN)

    def start(self, settings: dict[str, str] | None = None) -> None:
        """Serve, as `make run` does, in place of the server before."""
        self.stop()
        with self._log.open("w") as log:
            self._server = subprocess.Popen(
                ["make", "--no-print-directory", "run"],
                cwd=self.root,
                env={**self._build_environment(), "FAQTS_BIND": self.address, **(settings or {})},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        for _ in range(_ATTEMPTS):
            assert self._server.poll() is None, self.read_log()
            if self._is_ready() and "faqts serves" in self.read_log():
                return
            time.sleep(_PAUSE_SECONDS)
        raise AssertionError(f"the server is not ready:\n{self.read_log()}")

    def stop(self) -> None:
        """End the server, if there is one."""
        if self._server is not None:
            # make and gunicorn are a session of their own, named by the id of the first.
            os.killpg(self._server.pid, signal.SIGTERM)
            self._server.wait(timeout=40)
            self._server = None

    def read_log(self) -> str:
        """What the server printed."""
        return self._log.read_text(encoding="utf-8").replace(self.address, PORT_SHOWN)

    def has_server(self) -> bool:
        return self._server is not None

    def write(self, block: Block) -> None:
        """Write *block* to the file it says it is; a row goes into the table of collections."""
        path = self.root / block.file
        text = block.text
        if block.file == "schemas/collections.py":
            text = _add_row(path.read_text(encoding="utf-8"), text)
        path.write_text(text, encoding="utf-8")

    def _build_environment(self) -> dict[str, str]:
        dropped = ("FAQTS_", "MAKE", "MFLAGS", "COV_")
        kept = {n: value for n, value in os.environ.items() if not n.startswith(dropped)}
        return {**kept, "PYTHONPATH": str(self.root), "LC_ALL": "C.UTF-8", "no_proxy": "*"}

    def _is_ready(self) -> bool:
        try:
            with build_opener(ProxyHandler({})).open(f"http://{self.address}/readyz", timeout=5):
                return True
        except (URLError, OSError):
            return False


def check_block(project: Project, block: Block, *, attempts: int = 1) -> None:
    """Run *block* and compare what it prints with what is shown below it."""
    if not project.has_server() and PORT_SHOWN in block.text:
        project.start()
    status, printed = 1, ""
    for attempt in range(attempts):
        status, printed = project.run(block.text)
        if status == 0 and _shows(block, printed):
            return
        if attempt + 1 < attempts:
            time.sleep(_PAUSE_SECONDS)
    raise AssertionError(f"{block.place} ended with {status} and printed\n{printed}")


def _shows(block: Block, printed: str) -> bool:
    return block.output is None or is_shown(block.output, printed)


def _add_row(table: str, block: str) -> str:
    imported, row = block.split("\n\n", 1)
    last = [line for line in table.splitlines() if line.startswith("from schemas.")][-1]
    head = table.replace(last, f"{last}\n{imported}", 1)
    end = "    )\n)\n"
    assert head.endswith(end)
    return head.removesuffix(end) + row + end
