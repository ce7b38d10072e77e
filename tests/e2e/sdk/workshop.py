"""A place of its own for a client: it is made, compiled and run there, as the page says."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.e2e.sdk.clients import HERE, ROOT, Client
from tests.openapi.documents import SHIPPED
from tests.programs import require_path, require_program
from tests.terminal import build_environment

_PLACES = (Path(sys.executable).parent, ROOT / "tests" / "node" / "node_modules" / ".bin")
_PATIENCE_SECONDS = 600
#: A compiler of Java and a generator run for seconds: less is worked out ahead of its use.
_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


class Workshop:
    """A copy of a client's folder with the contract in it, in which its commands run.

    It is their home folder too, so that what they keep stays in it.
    """

    def __init__(self, client: Client, folder: Path) -> None:
        for program in ("bash", *client.needs):
            require_program(program)
        self._client = client
        self._folder = folder / client.folder
        shutil.copytree(HERE / client.folder, self._folder)
        shutil.copyfile(SHIPPED, self._folder / "v1.json")
        for name, target in client.links.items():
            (self._folder / name).symlink_to(require_path(target))

    def generate_and_build(self) -> None:
        """Make the client and compile it, or check its types; a failure shows what was printed."""
        self.run(self._client.generate)
        self.run(self._client.build)

    def build_misspelled(self) -> str:
        """What the compiler or the checker says of a misspelled field; it has to refuse it."""
        program = self._folder / self._client.program
        right, wrong = self._client.misspelling
        text = program.read_text(encoding="utf-8")
        assert right in text
        program.write_text(text.replace(right, wrong), encoding="utf-8")
        done = self._start(self._client.build)
        assert done.returncode != 0, "a misspelled field was not refused"
        return done.stdout + done.stderr

    def run(self, command: str) -> str:
        """What *command* printed on standard output; one that fails fails the test."""
        done = self._start(command)
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def _start(self, command: str) -> subprocess.CompletedProcess:
        places = [*map(str, _PLACES), os.environ.get("PATH", "")]
        own = {"PATH": os.pathsep.join(places), "HOME": str(self._folder), "no_proxy": "*"}
        own["JAVA_TOOL_OPTIONS"] = _JAVA
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", command],
            cwd=self._folder,
            env=build_environment({**own, **self._client.environment}),
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE_SECONDS,
        )
