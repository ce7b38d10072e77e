"""A wheel of this checkout in an environment of its own, as a company installs it."""

import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.servers import ROOT, Server, find_port
from tests.terminal import build_environment


class Installed:
    """An environment that holds the wheel of this checkout and nothing of the checkout.

    Args:
        version: What the wheel calls itself; None: its own version.
    """

    def __init__(self, folder: Path, version: str | None = None) -> None:
        source = ROOT if version is None else _copy_checkout(folder / "source", version)
        build = ("-m", "hatchling", "build", "-t", "wheel", "-d", folder)
        subprocess.run(
            [sys.executable, *build], cwd=source, check=True, capture_output=True, timeout=120
        )
        (wheel,) = folder.glob("*.whl")
        self.bin = folder / "env" / "bin"
        venv.create(folder / "env", symlinks=True)
        python = self.bin / "python"
        # What it requires is here already; without an index nothing else could be had.
        (self.libraries,) = (folder / "env" / "lib").glob("python*/site-packages")
        (self.libraries / "here.pth").write_text(sysconfig.get_path("purelib"))
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

    def list_files(self) -> dict[Path, bytes]:
        """What is installed, without what Python compiles."""
        files = (path for path in self.libraries.rglob("*") if path.is_file())
        return {path: path.read_bytes() for path in files if path.suffix != ".pyc"}

    @contextmanager
    def serve(self, folder: Path, *arguments: str, workers: int = 1) -> Iterator["InstalledServer"]:
        """`faqts serve` in *folder*, until the block ends."""
        server = InstalledServer(self.bin, folder, arguments, workers)
        try:
            server.wait_until(lambda: "faqts serves" in server.log, "what is served")
            server.wait_until(
                lambda: server.log.count('"event": "serving"') >= workers, "every worker"
            )
            yield server
        finally:
            if server.process.poll() is None:
                server.stop()
            print(server.log)  # noqa: T201


class InstalledServer(Server):
    """`faqts serve`, a server of the installed wheel."""

    def __init__(
        self, bin_folder: Path, folder: Path, arguments: tuple[str, ...], workers: int
    ) -> None:
        self.port = find_port()
        self._log = folder.parent / "server.log"
        with self._log.open("w") as output:
            self.process = subprocess.Popen(
                [bin_folder / "faqts", *arguments, "serve", "--bind", f"127.0.0.1:{self.port}"],
                cwd=folder,
                env=build_environment({"FAQTS_WORKERS": str(workers)}),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )


def _copy_checkout(folder: Path, version: str) -> Path:
    """Copy what the wheel is built from to *folder*, as *version*."""
    listed = ("git", "ls-files", "--cached", "--others", "--exclude-standard", ":!tests", ":!docs")
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(lambda name: (ROOT / name).is_file(), names.splitlines()):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    project = folder / "pyproject.toml"
    text, count = re.subn(r'(?m)^version = ".*"$', f'version = "{version}"', project.read_text())
    assert count == 1
    project.write_text(text)
    return folder
