"""The pictures of the documents: each is taken by `make screenshots`, kept, and small."""

import re

from tests.e2e.browser.screenshots import (
    EMBEDS,
    FOLDER,
    ICONS,
    PICTURES,
    STATIC,
    take,
    take_icons,
)
from tests.e2e.servers import ROOT

MAX_BYTES = 200_000
PNG = b"\x89PNG\r\n"


def test_every_picture_is_taken_and_kept_and_the_documents_show_no_other(browser, tmp_path):
    take(browser, tmp_path)

    names = {name for name, *_ in (*PICTURES, *EMBEDS)}
    assert {path.name for path in tmp_path.iterdir()} == names
    assert {path.name for path in FOLDER.iterdir()} == names
    pages = (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    assert set(re.findall(r"\bimages/([a-z-]+\.png)", text)) == names
    for path in (*tmp_path.iterdir(), *FOLDER.iterdir()):
        assert path.read_bytes().startswith(PNG)
        assert path.stat().st_size <= MAX_BYTES


def test_the_pictures_of_the_site_are_made_again_as_large_as_they_are_kept(browser, tmp_path):
    take_icons(browser, tmp_path)

    assert {path.name for path in tmp_path.iterdir()} == set(ICONS)
    for name in ICONS:
        # The place of the width and the height in a PNG, which begins after 22 bytes of an icon.
        begin = 22 if name.endswith(".ico") else 0
        made, kept = ((folder / name).read_bytes()[begin:] for folder in (tmp_path, STATIC))
        assert made[:24] == kept[:24]
        assert made.startswith(PNG)
        assert len(kept) < 40_000
