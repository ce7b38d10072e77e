"""The committed documents and those that were released: read and written only here."""

import json
from pathlib import Path
from typing import Any

from openapi.compatibility.versions import parse_version
from openapi.info import PIN, TERMS_PATH

#: The engine's own document; a content folder has one of the same name in its `openapi`.
PATH = Path(__file__).with_name("v1.json")
_RELEASED = "released"
_PREFIX = "v1-"


def read_document(path: Path = PATH) -> str:
    """Return the committed document as text; an empty object before it is first built."""
    return path.read_text(encoding="utf-8") if path.exists() else "{}\n"


def read_pin(document: str, version: str) -> str | None:
    """Return the release that the examples of *document* were read as of.

    None when it has another *version*, or none, so that they are read anew. What a merge left
    behind is no JSON.
    """
    try:
        info = json.loads(document).get("info", {})
    except ValueError:
        return None
    pin: str | None = info.get(PIN)
    return pin if info.get("version") == version else None


def dump_document(document: dict[str, Any]) -> str:
    """Return *document* as it is committed: a line a value, so that its diff can be read."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def address_document(text: str, public_url: str) -> str:
    """Return the document *text* with whole addresses below *public_url* in place of its paths.

    Clients join `/` and a path literally, or take localhost for the host that is missing.
    """
    document = json.loads(text)
    if "servers" not in document:
        return text
    document["servers"][0]["url"] = public_url
    document["info"]["termsOfService"] = public_url + TERMS_PATH
    return dump_document(document)


def write_document(text: str, path: Path = PATH) -> None:
    """Replace the committed document by *text*."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def locate_document(content: Path) -> Path:
    """Return where the document of the folder *content* is."""
    return content / "openapi" / PATH.name


def read_served_document(content: Path | None) -> str:
    """Return the document of the folder *content*, or the engine's where there is none."""
    own = PATH if content is None else locate_document(content)
    return read_document(own if own.exists() else PATH)


def find_released(path: Path = PATH) -> Path | None:
    """Return the released document of the highest version beside *path*; None: no released one."""
    paths = path.with_name(_RELEASED).glob(f"{_PREFIX}*.json")
    found = {parse_version(path.stem.removeprefix(_PREFIX)): path for path in paths}
    versions = [version for version in found if version is not None]
    return found[max(versions)] if versions else None


def release_document(path: Path = PATH) -> Path:
    """Copy the document *path* to the released one of its version, and return the copy.

    Raises:
        FileExistsError: this version was released before.
    """
    text = path.read_text(encoding="utf-8")
    version = json.loads(text)["info"]["version"]
    released = path.with_name(_RELEASED) / f"{_PREFIX}{version}.json"
    released.parent.mkdir(exist_ok=True)
    with released.open("x", encoding="utf-8") as file:
        file.write(text)
    return released
