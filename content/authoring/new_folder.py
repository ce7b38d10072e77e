"""Create a content folder that can be served at once, with samples to replace."""

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from content.authoring.editing import REVIEW_DAYS, replace_text
from content.authoring.editor_schemas import write_schemas
from content.authoring.guards import Overrides
from content.authoring.publish import Workspace, publish
from content.errors import SourcesError, UsageError
from content.ledger.release import Release
from content.sources.reader import read_sources

_STARTER = Path(__file__).with_name("starter")
#: Prefix of hidden files in the starter. Under their real names they would affect git here.
_HIDDEN = "dot-"
#: An empty repository may exist already.
_ALLOWED = {".git"}
_MAX_LISTED = 3
_PLACEHOLDER = re.compile("@[A-Z_]+@")
_ALLOWED_OBJECTIONS = Overrides(samples=True)


def create_folder(
    workspace: Workspace, instant: datetime, *, name: str, organization: str | None
) -> Release:
    """Fill the new or empty root of *workspace*, and publish the first release.

    Args:
        instant: The current time, in UTC.
        name: The name of the service.
        organization: The publisher; None if it is not stated.

    Raises:
        UsageError: The folder is not empty, or a name is invalid. Nothing is written.
    """
    _require_empty(workspace.root)
    with TemporaryDirectory() as folder:
        made = replace(workspace, root=Path(folder) / "content")
        _write_starter(made.root, instant, name, organization)
        try:
            release = publish(made, "First release, with samples.", instant, _ALLOWED_OBJECTIONS)
        except SourcesError as error:
            faults = [f"{f.field or Path(f.file).name}: {f.message}" for f in error.faults]
            raise UsageError("\n".join(faults)) from error
        write_schemas(made.root, read_sources(made.root, made.collections))
        copytree(made.root, workspace.root, dirs_exist_ok=True)
    return release


def _write_starter(root: Path, instant: datetime, name: str, organization: str | None) -> None:
    day = instant.date()
    values = {
        "@NAME@": json.dumps(name, ensure_ascii=False),
        "@ORGANIZATION@": json.dumps(organization, ensure_ascii=False),
        "@TITLE@": name,
        "@TODAY@": day.isoformat(),
        "@REVIEW_BY@": (day + timedelta(days=REVIEW_DAYS)).isoformat(),
        "@VERSION@": version("faqts"),
    }
    for path in sorted(_STARTER.rglob("*")):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            text = _PLACEHOLDER.sub(lambda match: values[match[0]], text)
            parts = path.relative_to(_STARTER).parts
            shown = [f".{p.removeprefix(_HIDDEN)}" if p.startswith(_HIDDEN) else p for p in parts]
            replace_text(root.joinpath(*shown), text)


def _require_empty(root: Path) -> None:
    if root.exists() and not root.is_dir():
        raise UsageError(f"{root} is a file. Name a new or empty folder.")
    if root.is_symlink() and not root.exists():
        raise UsageError(
            f"{root} is a link to {root.readlink()}, which does not exist. Create that folder, or "
            "name another one."
        )
    found = sorted({path.name for path in root.iterdir()} - _ALLOWED) if root.exists() else []
    if found:
        more = ", …" if len(found) > _MAX_LISTED else ""
        raise UsageError(
            f"{root} is not empty: it contains {', '.join(found[:_MAX_LISTED])}{more}. "
            "Nothing was written. Name a new or empty folder."
        )
