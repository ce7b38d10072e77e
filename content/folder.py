"""The content folder: `site.yaml faqs/ facts/ kinds/ releases/ withdrawn.yaml openapi/`."""

from pathlib import Path

from content.errors import UsageError

#: The file that marks a content folder.
SITE_FILE = "site.yaml"
#: A content folder has at least one of these.
_PARTS = (SITE_FILE, "faqs", "facts", "kinds", "releases")


def find_content() -> Path:
    """Return the default content folder.

    Returns:
        The current folder if it contains `site.yaml`, otherwise `content` in it.
    """
    return Path() if Path(SITE_FILE).is_file() else Path("content")


def require_content(folder: Path) -> None:
    """Check that *folder* is a content folder.

    Raises:
        UsageError: It contains nothing that a content folder has. The message names one nearby.
    """
    if _is_content(folder):
        return
    why = f"it has no {', '.join(_PARTS[:-1])} or {_PARTS[-1]}"
    if not folder.is_dir():
        why = "it is a file" if folder.exists() else "it does not exist"
    repair = "Set --root or FAQTS_CONTENT to yours, or create one: faqts init DIR."
    near = (folder / "content", folder.parent) if folder.exists() else ()
    meant = next(filter(_is_content, near), None)
    if meant is not None:
        repair = f"Did you mean {meant}? Set --root or FAQTS_CONTENT to it."
    raise UsageError(f"{folder} is not a content folder: {why}. {repair}")


def _is_content(folder: Path) -> bool:
    return any((folder / part).exists() for part in _PARTS)
