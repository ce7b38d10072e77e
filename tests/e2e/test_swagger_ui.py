"""The files of swagger-ui are those that were published."""

import json
import re

from api.rendering.assets import FOLDER, SWAGGER_UI
from tests.programs import require_path
from tests.project.test_layers import ROOT

DISTRIBUTION = ROOT / "tests" / "node" / "node_modules" / "swagger-ui-dist"
OURS = "README.md"


def test_each_file_is_the_one_that_was_published():
    for path in (FOLDER / "swagger-ui").iterdir():
        if path.name != OURS:
            assert path.read_bytes() == require_path(DISTRIBUTION / path.name).read_bytes()


def test_the_version_is_the_same_in_every_place():
    pinned = json.loads((ROOT / "tests/node/package.json").read_text(encoding="utf-8"))
    installed = json.loads(require_path(DISTRIBUTION / "package.json").read_text(encoding="utf-8"))
    message = (FOLDER / "swagger-ui" / OURS).read_text(encoding="utf-8")

    assert pinned["devDependencies"]["swagger-ui-dist"] == SWAGGER_UI
    assert installed["version"] == SWAGGER_UI
    assert set(re.findall(r"\d+\.\d+\.\d+", message)) == {SWAGGER_UI}
