"""A place of its own for a client: it is made, compiled and run there, as the page says."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from openapi.document import PATH
from tests.e2e.sdk.clients import HERE, ROOT, Client
from tests.programs import require_file, require_program
from tests.terminal import build_environment

_PLACES = (Path(sys.executable).parent, ROOT / "tests" / "node" / "node_modules" / ".bin")
_PATIENCE_SECONDS = 600


class Workshop:
    """A copy of a client's folder with the contract in it, in which its commands run.

    It is their home folder too, so that what they keep stays in it.

    Args:
        client: Whose folder.
        folder: Where the copy is made.
        contract: The OpenAPI document; another than the committed one shows what that would break.
    """

    def __init__(self, client: Client, folder: Path, contract: Path = PATH) -> None:
        for program in ("bash", *client.needs):
            require_program(program)
        self._client = client
        self._folder = folder / client.folder
        shutil.copytree(HERE / client.folder, self._folder)
        shutil.copyfile(contract, self._folder / "v1.json")
        for name, target in client.links.items():
            (self._folder / name).symlink_to(require_file(target))

    def generate_and_build(self) -> None:
        """Make the client and compile it, or check its types; a failure shows what was printed."""
        self.run(self._client.generate)
        self.run(self._client.build)

    def run(self, command: str) -> str:
        """What *command* printed on standard output; one that fails fails the test."""
        places = [*map(str, _PLACES), os.environ.get("PATH", "")]
        own = {"PATH": os.pathsep.join(places), "HOME": str(self._folder), "no_proxy": "*"}
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", command],
            cwd=self._folder,
            env=build_environment({**own, **self._client.environment}),
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE_SECONDS,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout
