"""Build the wheel with pinned dependencies, and the files that are published with it.

The wheel requires the exact versions in `requirements.lock`, so `pip install faqts-….whl` installs
what was tested. `make dist` runs this file after the build. It writes the requirements with hashes,
the release notes and the checksums.
"""

import hashlib
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
#: A distribution in a uv lock, with its hashes and the distributions that need it.
_BLOCK = re.compile(r"^([\w.-]+)(==\S+(?: ; [^\\]+)?) \\\n(?:[ ].*\n)+", re.MULTILINE)
_NEEDED_BY = re.compile(r"^    #(?: via)? +(\S.*)$", re.MULTILINE)
_SELF = "faqts (pyproject.toml)"


class TestedVersions(BuildHookInterface):
    """Pins the requirements of a wheel to the lock, but not those of an editable install."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the pinned versions to the metadata."""
        if version == "standard":
            lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
            build_data["dependencies"] += [pin for pin, _ in list_runtime(lock)]


def list_runtime(lock: str) -> list[tuple[str, str]]:
    """Return each distribution in *lock* that the service needs, and its lines with hashes."""
    blocks = {match[1]: match for match in _BLOCK.finditer(lock)}
    needed_by = {name: set(_NEEDED_BY.findall(match[0])) for name, match in blocks.items()}
    wanted = {_SELF}
    while more := {name for name, by in needed_by.items() if by & wanted} - wanted:
        wanted |= more
    return [(f"{n}{m[2]}", m[0]) for n, m in blocks.items() if n in wanted]


def find_notes(changelog: str, version: str) -> str:
    """Return the section of *changelog* about *version*; empty if there is none."""
    found = re.search(
        rf"^## \[{re.escape(version)}\].*?(?=^## \[|\Z)", changelog, re.MULTILINE | re.DOTALL
    )
    return found[0].strip() + "\n" if found else ""


def main() -> None:
    """Write the requirements with hashes, the release notes and the checksums to `dist/`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name = f"faqts-{project['version']}"
    notes = find_notes((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), project["version"])
    if not notes:
        sys.exit(f"CHANGELOG.md has no section [{project['version']}]. Add it, then build again.")
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    folder = ROOT / "dist"
    (folder / f"{name}-requirements.txt").write_text(
        "".join(lines for _, lines in list_runtime(lock)), encoding="utf-8"
    )
    (folder / f"{name}-notes.md").write_text(notes, encoding="utf-8")
    sums = "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.glob("faqts-*"))
    )
    (folder / "SHA256SUMS").write_text(sums, encoding="utf-8")


if __name__ == "__main__":
    main()
