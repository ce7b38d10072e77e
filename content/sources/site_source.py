"""Read `site.yaml` and its logo."""

from base64 import b64encode
from hashlib import sha256

from content.documents import SITE, Body
from content.sources.logo import LogoError, find_media_type
from content.sources.source_file import SourceFile
from schemas.collection import Collection

#: Allowed file names of the logo. `revert` restores these files from git.
LOGO_NAMES = ("logo.svg", "logo.png")
MAX_LOGO_BYTES = 64 * 1024


def read_site(file: SourceFile, collection: Collection) -> None:
    """Read the site document and add it to the sources."""
    # The document exists, even if it has faults.
    file.sources.attempted.add(SITE)
    text = file.read_text()
    if text is None or not file.parse(text):
        return
    fields = dict(file.located.value)
    if "id" in fields:
        place = file.located.find_position(("id",), of_key=True)
        file.report(place, "the site document has no ID. Delete this line.")
    if fields.get("logo") is not None:
        fields["logo"] = _read_logo(file, fields["logo"])
    file.add(collection, (), {**fields, "id": SITE.id})


def _read_logo(file: SourceFile, name: object) -> Body | None:
    """Return the logo as a release stores it; None, and a fault, if it cannot be used."""
    try:
        return _build_logo(file, name)
    except LogoError as error:
        file.report(file.located.find_position(("logo",)), str(error), "logo")
        return None


def _build_logo(file: SourceFile, name: object) -> Body:
    """Return the logo.

    Raises:
        LogoError: The logo cannot be used.
    """
    if name not in LOGO_NAMES:
        choices = " or ".join(LOGO_NAMES)
        raise LogoError(
            f"unknown logo file. Write {choices}, the name of a file next to site.yaml."
        )
    try:
        data = file.read_beside(str(name), MAX_LOGO_BYTES + 1)
    except OSError as error:
        found = f"{name} cannot be read: {error.strerror}."
        raise LogoError(f"{found} Put it next to site.yaml, or delete this line.") from None
    if len(data) > MAX_LOGO_BYTES:
        raise LogoError(f"{name} is larger than 64 KB. Make it smaller.")
    return {
        "media_type": find_media_type(str(name), data),
        "digest": f"sha256:{sha256(data).hexdigest()}",
        "data": b64encode(data).decode(),
    }
