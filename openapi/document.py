"""Read and write contract files, committed and released. No other module does this."""

import json
from pathlib import Path
from typing import Any

from openapi.compatibility.versions import parse_version
from openapi.info import PIN, TERMS_PATH

#: The engine's contract. A content folder has its own in `openapi/`, with the same file name.
PATH = Path(__file__).with_name("v1.json")
_RELEASED = "released"
_PREFIX = "v1-"


def read_document(path: Path = PATH) -> str:
    """Return the text of the contract at *path*, or an empty object if there is no file."""
    return path.read_text(encoding="utf-8") if path.exists() else "{}\n"


def read_pin(document: str, version: str) -> str | None:
    """Return the release that the examples in *document* come from.

    Returns None if *document* has a different version than *version*, or is not valid JSON, for
    example after a merge conflict. The examples are then rebuilt.
    """
    try:
        info = json.loads(document).get("info", {})
    except ValueError:
        return None
    pin: str | None = info.get(PIN)
    return pin if info.get("version") == version else None


def dump_document(document: dict[str, Any]) -> str:
    """Return the text of *document* for its file, with one value per line for readable diffs."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def address_document(text: str, public_url: str) -> str:
    """Return the document *text* with absolute URLs below *public_url* instead of paths.

    With only a path, some clients build wrong URLs and others use localhost.
    """
    document = json.loads(text)
    if "servers" not in document:
        return text
    document["servers"][0]["url"] = public_url
    document["info"]["termsOfService"] = public_url + TERMS_PATH
    return dump_document(document)


def write_document(text: str, path: Path = PATH) -> None:
    """Write *text* to the contract file *path*."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def locate_document(content: Path) -> Path:
    """Return the path of the contract in the folder *content*."""
    return content / "openapi" / PATH.name


def read_served_document(content: Path | None) -> str:
    """Return the contract of the folder *content*, or the engine's if it has none."""
    own = PATH if content is None else locate_document(content)
    return read_document(own if own.exists() else PATH)


def find_released(path: Path = PATH) -> Path | None:
    """Return the released contract with the highest version for *path*, or None."""
    paths = path.with_name(_RELEASED).glob(f"{_PREFIX}*.json")
    found = {parse_version(path.stem.removeprefix(_PREFIX)): path for path in paths}
    versions = [version for version in found if version is not None]
    return found[max(versions)] if versions else None


def release_document(path: Path = PATH) -> Path:
    """Copy the contract *path* to the folder of released contracts, and return the new path.

    Raises:
        FileExistsError: This version is already released.
    """
    text = path.read_text(encoding="utf-8")
    version = json.loads(text)["info"]["version"]
    released = path.with_name(_RELEASED) / f"{_PREFIX}{version}.json"
    released.parent.mkdir(exist_ok=True)
    with released.open("x", encoding="utf-8") as file:
        file.write(text)
    return released
