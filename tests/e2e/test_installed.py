"""A wheel in an environment of its own, and a folder of somebody's own: from nothing to a page."""

from pathlib import Path

import pytest

from tests.e2e.installed import Installed


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    return Installed(tmp_path_factory.mktemp("installed"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_from_nothing_to_a_page_of_ones_own(installed, tmp_path):
    installed.run("init", "guidance", "--name", "Network help", cwd=tmp_path)
    folder = tmp_path / "guidance"
    # Names that Python would take for ours, were the folder searched for modules.
    for name in ("wsgi", "api", "content"):
        (folder / f"{name}.py").write_text("raise SystemExit('not ours')")
    edit(folder / "faqs" / "get-help.md", "the whole error message", "a picture of the screen")

    with installed.serve(folder) as server:
        before = server.ask("/faqs/get-help").body.decode()
        installed.run("check", cwd=folder)
        published = installed.run("publish", "-m", "Ask for more.", "--allow-samples", cwd=folder)
        server.wait_until(
            lambda: b"a picture of the screen" in server.ask("/faqs/get-help").body, "the release"
        )
        answer = server.ask("/v1/faqs/get-help")
        status = server.stop()

    assert "the whole error message" in before
    assert "1 document, in releases/00002.json.\n" in published
    assert "a picture of the screen" in answer.json()["answer"]["markdown"]
    assert answer.headers["Content-Release"] == published.split()[1].rstrip(":")
    assert status == 0


def test_a_folder_may_be_served_from_anywhere(installed, tmp_path):
    installed.run("init", "guidance", cwd=tmp_path)
    (tmp_path / "elsewhere").mkdir()

    with installed.serve(tmp_path / "elsewhere", "--root", "../guidance") as server:
        assert server.ask("/v1/faqs/get-help").status == 200
