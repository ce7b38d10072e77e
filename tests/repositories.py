"""Real git repositories of editors, without the settings of whoever runs the tests."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from tests.content_factory import ContentFactory

ROOT = Path(__file__).parents[1]
SETTINGS = {
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_EDITOR": "true",
    **{f"GIT_{role}_NAME": "Editor" for role in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{role}_EMAIL": "editor@example.com" for role in ("AUTHOR", "COMMITTER")},
}


class Repository(ContentFactory):
    """An editor in a git repository, on the branch main at first.

    The content folder is `content/` in it or, with `folder=""`, the whole of it.
    """

    def git(self, *arguments: str, check: bool = True) -> str:
        """What git prints; unless *check* is off, it must succeed."""
        return self.shell(["git", *arguments], check=check)

    def shell(self, command: str | list[str], *, check: bool = True) -> str:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        done = subprocess.run(
            command,
            cwd=self.root,
            env=environment | SETTINGS,
            shell=isinstance(command, str),
            capture_output=True,
            text=True,
            check=False,
        )
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def commit(self, message: str = "Content") -> str:
        """Commit everything and return the name of the commit."""
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)
        return self.git("rev-parse", "HEAD").strip()

    def publish_and_commit(self, summary: str = "A change.", **options):
        release = self.publish(summary, **options)
        self.commit(summary)
        return release

    def clone(self, root: Path, *options: str) -> "Repository":
        """Return another editor's clone of this repository, the remote `origin`."""
        self.git("clone", "-q", *options, f"file://{self.root}", str(root))
        folder = self.place.root.relative_to(self.root).as_posix()
        shutil.rmtree(root / "faqs" if folder == "." else root / folder)
        cloned = Repository(root, self.place.collections, folder=folder)
        cloned.git("checkout", "-q", "--", ".")
        cloned.instant = self.instant
        return cloned


def init_repository(root: Path, *, attributes: bool = True, folder: str = "content") -> Repository:
    """Return an editor in a new repository, with the attributes of the demonstration or without."""
    repository = Repository(root, folder=folder)
    repository.git("init", "-q", "-b", "main")
    if attributes:
        shutil.copy(ROOT / "content" / ".gitattributes", repository.place.root)
    return repository


def find_command(message: str) -> str:
    """The command that *message* says to run, a line of its own."""
    (command,) = re.findall(r"^  (git .*)$", message, re.MULTILINE)
    return command
