"""The pictures of the documents: each is taken by `make screenshots`, kept, and small."""

import re

from tests.e2e.browser.screenshots import EMBEDS, FOLDER, PICTURES, take
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
