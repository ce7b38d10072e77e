"""The content folder: `site.yaml faqs/ facts/ kinds/ releases/ withdrawn.yaml openapi/`."""

from pathlib import Path

from content.errors import UsageError

#: The file that marks a content folder.
SITE_FILE = "site.yaml"
#: What a content folder has, at least one of them.
_PARTS = (SITE_FILE, "faqs", "facts", "kinds", "releases")


def find_content() -> Path:
    """Return the content folder when none is named.

    Returns:
        The current folder if it holds `site.yaml`, else `content` below it.
    """
    return Path() if Path(SITE_FILE).is_file() else Path("content")


def require_content(folder: Path) -> None:
    """Refuse a *folder* that holds no content.

    Raises:
        UsageError: there is nothing in it that a content folder has.
    """
    if not any((folder / part).exists() for part in _PARTS):
        raise UsageError(
            f"{folder} is not a content folder: it has no {', '.join(_PARTS[:-1])} or "
            f"{_PARTS[-1]}. Name yours with --root or FAQTS_CONTENT, or make one: faqts init DIR."
        )
