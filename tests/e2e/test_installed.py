"""A wheel in an environment of its own, and a folder of somebody's own: from nothing to a page."""

import subprocess
import sys
import sysconfig
import venv
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.servers import ROOT, Server, find_port
from tests.terminal import build_environment


class Installed:
    """An environment that holds the wheel of this checkout and nothing of the checkout."""

    def __init__(self, folder: Path) -> None:
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
            cwd=ROOT,
            check=True,
            capture_output=True,
            timeout=120,
        )
        (wheel,) = folder.glob("*.whl")
        self.bin = folder / "env" / "bin"
        venv.create(folder / "env", symlinks=True)
        python = self.bin / "python"
        # What it requires is here already; without an index nothing else could be had.
        (libraries,) = (folder / "env" / "lib").glob("python*/site-packages")
        (libraries / "here.pth").write_text(sysconfig.get_path("purelib"))
        install = ("--python", python, "install", "-q", "--no-deps", "--no-index", wheel)
        subprocess.run([sys.executable, "-m", "pip", *install], check=True, timeout=120)

    def run(self, *arguments: str, cwd: Path) -> str:
        """What `faqts` prints; it must succeed."""
        done = subprocess.run(
            [self.bin / "faqts", *arguments],
            cwd=cwd,
            env=build_environment(),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def serve(self, folder: Path, *arguments: str):
        """`faqts serve` in *folder*, until the block ends."""
        server = InstalledServer(self.bin, folder, arguments)
        try:
            server.wait_until(lambda: "faqts serves" in server.log, "what is served")
            yield server
        finally:
            if server.process.poll() is None:
                server.stop()
            print(server.log)  # noqa: T201


class InstalledServer(Server):
    """`faqts serve`, a server of the installed wheel."""

    def __init__(self, bin_folder: Path, folder: Path, arguments: tuple[str, ...]) -> None:
        self.port = find_port()
        self._log = folder.parent / "server.log"
        with self._log.open("w") as output:
            self.process = subprocess.Popen(
                [bin_folder / "faqts", *arguments, "serve", "--bind", f"127.0.0.1:{self.port}"],
                cwd=folder,
                env=build_environment({"FAQTS_WORKERS": "1"}),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    return Installed(tmp_path_factory.mktemp("installed"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_from_nothing_to_a_page_of_ones_own(installed, tmp_path):
    installed.run("init", "guidance", "--name", "Network help", cwd=tmp_path)
    folder = tmp_path / "guidance"
    # Names that Python would take for ours, were the folder searched for modules.
    for name in ("wsgi", "api", "content"):
        (folder / f"{name}.py").write_text("raise SystemExit('not ours')")
    edit(folder / "faqs" / "get-help.md", "the whole error message", "a picture of the screen")

    with installed.serve(folder) as server:
        before = server.ask("/faqs/get-help").body.decode()
        installed.run("check", cwd=folder)
        published = installed.run("publish", "-m", "Ask for more.", "--allow-samples", cwd=folder)
        server.wait_until(
            lambda: b"a picture of the screen" in server.ask("/faqs/get-help").body, "the release"
        )
        answer = server.ask("/v1/faqs/get-help")
        status = server.stop()

    assert "the whole error message" in before
    assert published.endswith("1 document, in releases/00002.json.\n")
    assert "a picture of the screen" in answer.json()["answer"]["markdown"]
    assert answer.headers["Content-Release"] == published.split()[1].rstrip(":")
    assert status == 0


def test_a_folder_may_be_served_from_anywhere(installed, tmp_path):
    installed.run("init", "guidance", cwd=tmp_path)
    (tmp_path / "elsewhere").mkdir()

    with installed.serve(tmp_path / "elsewhere", "--root", "../guidance") as server:
        assert server.ask("/v1/faqs/get-help").status == 200
