"""The pictures of the README: each is taken by `make screenshots`, kept, and small."""

import re

from tests.e2e.browser.screenshots import FOLDER, PICTURES, take
from tests.e2e.servers import ROOT

MAX_BYTES = 200_000
PNG = b"\x89PNG\r\n"


def test_every_picture_is_taken_and_kept_and_the_readme_shows_no_other(tmp_path):
    take(tmp_path)

    names = {name for name, *_ in PICTURES}
    assert {path.name for path in tmp_path.iterdir()} == names
    assert {path.name for path in FOLDER.iterdir()} == names
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"docs/images/([a-z-]+\.png)", readme)) == names
    for path in (*tmp_path.iterdir(), *FOLDER.iterdir()):
        assert path.read_bytes().startswith(PNG)
        assert path.stat().st_size <= MAX_BYTES
