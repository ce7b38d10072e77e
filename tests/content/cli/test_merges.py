"""Branches that all published: what faqts says about the merge, and the way out of it."""

import re

import pytest

from tests.repositories import ROOT, find_command, init_repository
from tests.terminal import run

WAYS = {
    "main into ours": ("ours", "git merge main", "git commit --no-edit"),
    "ours into main": ("main", "git merge ours", "git commit --no-edit"),
    "rebase": ("ours", "git rebase main", "git rebase --continue"),
    "squash": ("main", "git merge --squash ours", "git commit -m Ours"),
    "cherry-pick": ("main", "git cherry-pick main..ours", "git cherry-pick --continue"),
}


@pytest.fixture(params=[True, False], ids=["attributes", "no attributes"])
def attributes(request):
    return request.param


def publish_everywhere(tmp_path, *, attributes=True, **branches):
    """A repository whose main has published twice, and *branches* once for each of their letters.

    All began from the first release of main; the branches were fetched after that.
    """
    repository = init_repository(tmp_path / "editor", attributes=attributes)
    repository.faq("a")
    repository.publish_and_commit()
    clones = {branch: repository.clone(tmp_path / branch) for branch in branches}
    repository.faq("b")
    repository.publish_and_commit("Answer b.")
    for branch, clone in clones.items():
        clone.git("checkout", "-q", "-b", branch)
        for letter in branches[branch]:
            clone.faq(letter, f"Text of {letter}.\n")
            clone.publish(f"Answer {letter}.")
        clone.commit(f"Answers {branches[branch]}")
        repository.git("fetch", "-q", str(clone.root), f"{branch}:{branch}")
        repository.instant = max(repository.instant, clone.instant)
    return repository


def read_ledger(repository):
    return {p.name: p.read_bytes() for p in sorted(repository.path("releases").iterdir())}


def read_recipe():
    """The line of docs/content.md that keeps the releases of main, run in the content folder."""
    text = (ROOT / "docs" / "content.md").read_text()
    (line,) = re.findall(r"^git restore --source=main .*$", text, re.MULTILINE)
    return f"cd content && {line}"


def settle(repository, merge, finish, recipe):
    """Merge, then follow the recipe as often as git stops."""
    repository.git(*merge.split()[1:], check=False)
    for _ in range(3):
        repository.shell(recipe)
        repository.git("add", "-A")
        repository.git(*finish.split()[1:], check=False)
        if not (repository.root / ".git" / "rebase-merge").exists():
            break
    assert repository.git("status", "--porcelain") == ""


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_the_recipe_keeps_the_served_releases_and_publishes_what_is_left(tmp_path, attributes, way):
    repository = publish_everywhere(tmp_path, attributes=attributes, ours="xy")
    served = read_ledger(repository)
    branch, merge, finish = way
    repository.git("checkout", "-q", branch)

    settle(repository, merge, finish, read_recipe())
    checked = run(repository, "check")
    repository.path("releases/00002.json").unlink()
    repository.shell(find_command(run(repository, "verify").stderr))
    assert read_ledger(repository) == served
    release = repository.publish_and_commit("What ours has.")

    assert checked.exit_code == 0
    assert release.number == len(served) + 1
    assert {name: read_ledger(repository)[name] for name in served} == served
    documents = repository.archive().latest.list_documents("faqs")
    assert [document.key.id for document in documents] == ["a", "b", "x", "y"]
    assert run(repository, "verify").exit_code == 0


def test_three_branches_that_all_published_are_merged_one_after_the_other(tmp_path, attributes):
    repository = publish_everywhere(tmp_path, attributes=attributes, ours="xy", others="z")
    served = read_ledger(repository)

    settle(repository, "git merge ours", "git commit --no-edit", read_recipe())
    ours = repository.publish_and_commit()
    settle(repository, "git merge others", "git commit --no-edit", read_recipe())
    others = repository.publish_and_commit()

    assert [str(change.key) for change in ours.changes] == ["faqs/x", "faqs/y"]
    assert [str(change.key) for change in others.changes] == ["faqs/z"]
    assert (ours.number, others.number) == (len(served) + 1, len(served) + 2)
    assert {name: read_ledger(repository)[name] for name in served} == served


COMMANDS = ("check", "diff", "log", "verify", "publish -m X", "show faqs/a", "revert 2026-02-02.01")


@pytest.mark.parametrize(
    ("branch", "merge", "fault"),
    [
        ("ours", "git merge main", "00002.json: contains git conflict markers."),
        ("main", "git merge ours", "00002.json: contains git conflict markers."),
        ("main", "git merge -X ours ours", "00003.json: does not continue the chain"),
        ("ours", "git merge -X theirs main", "00003.json: does not continue the chain"),
    ],
)
def test_what_a_merge_left_is_named_with_the_way_out(tmp_path, branch, merge, fault):
    repository = publish_everywhere(tmp_path, attributes=False, ours="xy")
    repository.git("checkout", "-q", branch)
    repository.shell(merge, check=False)

    messages = [run(repository, *command.split()).stderr for command in COMMANDS]
    reason = repository.client(today=None).get("/readyz").get_json()["reason"]

    assert "'git restore --source=main --staged --worktree -- releases' in the content" in reason
    assert all("'git -C content restore --source=main --staged --w" in text for text in messages)
    for message in [*messages, reason]:
        assert fault in message
        assert "'Two branches that both published' in docs/content.md" in message
        assert "Restore the file from git" not in message


@pytest.mark.parametrize("command", ["publish -m X", "verify"])
def test_a_conflict_of_releases_that_git_marks_nowhere_is_named(tmp_path, command):
    repository = publish_everywhere(tmp_path, ours="x")
    repository.git("merge", "ours", check=False)

    refused = run(repository, *command.split())

    assert refused.exit_code == 1
    assert "releases/00002.json: unresolved merge conflict." in refused.stderr
    assert "'git -C content restore --source=main --staged --worktree -- rel" in refused.stderr
