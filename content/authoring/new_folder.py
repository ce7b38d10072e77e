"""Write a content folder that serves at once, with samples to replace."""

import json
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
#: What the name of a hidden file begins with in the starter: git would obey it there.
_HIDDEN = "dot-"
#: A repository without a file, cloned or made first.
_ALLOWED = {".git"}
_MAX_LISTED = 3
_ALLOWED_OBJECTIONS = Overrides(samples=True)


def create_folder(
    workspace: Workspace, instant: datetime, *, name: str, organization: str | None
) -> Release:
    """Fill the root of *workspace*, which is new or empty, and publish its first release.

    Args:
        instant: The time, UTC.
        name: The name of the service.
        organization: Who publishes it; None: not stated.

    Raises:
        UsageError: there is something in the folder, or a name cannot be used; nothing is written.
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
            for placeholder, value in values.items():
                text = text.replace(placeholder, value)
            parts = path.relative_to(_STARTER).parts
            shown = [f".{p.removeprefix(_HIDDEN)}" if p.startswith(_HIDDEN) else p for p in parts]
            replace_text(root.joinpath(*shown), text)


def _require_empty(root: Path) -> None:
    if root.exists() and not root.is_dir():
        raise UsageError(f"{root} is a file; name a new or empty folder.")
    found = sorted({path.name for path in root.iterdir()} - _ALLOWED) if root.exists() else []
    if found:
        more = ", …" if len(found) > _MAX_LISTED else ""
        raise UsageError(
            f"{root} is not empty: it has {', '.join(found[:_MAX_LISTED])}{more}. Nothing was "
            "written. Name a new or empty folder."
        )
