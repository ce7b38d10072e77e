"""A number is used once: what publish, verify and the others say when git knows more releases."""

import shutil

import pytest

from content.authoring.guards import Overrides
from content.errors import GitError
from tests.repositories import find_command, init_repository
from tests.terminal import run, run_program


@pytest.fixture(params=["content", ""], ids=["in a folder", "at the top"])
def repository(tmp_path, request):
    """Three releases, each in a commit with its files."""
    repository = init_repository(tmp_path / "editor", folder=request.param)
    for letter in "abc":
        repository.faq(letter)
        repository.publish_and_commit(f"Answer {letter}.")
    return repository


def list_files(repository):
    folder = repository.path("releases")
    return {path.name: path.read_bytes() for path in folder.glob("*")}


def localize(command, repository):
    """*command*, which names files below `content`, where the content folder is the repository."""
    if repository.place.root != repository.root:
        return command
    return command.replace("content/", "").replace("-- content", "-- .")


LOSSES = {
    "reverted": "git revert --no-edit HEAD",
    "two reverted": "git revert --no-edit HEAD HEAD~1",
    "removed": "rm content/releases/00003.json",
    "two removed, committed": "git rm -q content/releases/0000[23].json && git commit -qm Oops",
    "all removed": "rm -r content/releases",
    "reverted in a branch, kept by the other": (
        "git branch keep && git revert --no-edit HEAD && git merge -q -s ours keep"
    ),
    "added by a merge commit": (
        "git tag three && git reset -q --hard HEAD~1 && git checkout -q -b side HEAD~1 && "
        "git commit -q --allow-empty -m Side && git checkout -q main && "
        "git merge -q --no-ff --no-commit side && git checkout -q three -- content && "
        "git tag -d three && git commit -q -m Merged && rm content/releases/00003.json"
    ),
    "damaged, committed, removed": (
        "sed -i s/Yes/No/ content/releases/00003.json && git commit -qam Damaged && "
        "rm content/releases/00003.json"
    ),
    "reverted, then a commit of a clock far behind": (
        "git revert --no-edit HEAD && "
        "GIT_COMMITTER_DATE=2001-01-01T00:00:00Z git commit -q --allow-empty -m Old"
    ),
    "all removed, the first commit not shown in logs": (
        "git reset -q --soft $(git commit-tree -m Root HEAD^{tree}) && "
        "git config log.showRoot false && rm -r content/releases"
    ),
}


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_a_number_that_git_knows_is_not_used_again_and_the_command_restores_it(repository, loss):
    published = list_files(repository)
    repository.shell(localize(loss, repository))
    repository.faq("a")
    repository.faq("d")
    left = list_files(repository)

    refused = run(repository, "publish", "-m", "Again.")
    verified = run(repository, "verify")

    assert (refused.exit_code, list_files(repository)) == (1, left)
    assert "its number cannot be used again" in refused.stderr
    assert "'faqts revert 2026-02-0" in refused.stderr
    assert (verified.exit_code, find_command(verified.stderr)) == (1, find_command(refused.stderr))
    repository.shell(find_command(refused.stderr))
    assert list_files(repository) == published
    assert run(repository, "verify").exit_code == 0
    for letter in "abc":
        repository.faq(letter)
    assert run(repository, "publish", "-m", "Again.").exit_code == 0
    assert list_files(repository).keys() - published.keys() == {"00004.json"}


def test_a_release_of_a_branch_that_is_not_merged_is_not_made_twice(repository):
    repository.git("branch", "served")
    repository.git("reset", "-q", "--hard", "HEAD~1")
    repository.faq("d")

    refused = run(repository, "publish", "-m", "Mine.")

    assert (
        "2026-02-04.01: published in served, which is not merged into this branch" in refused.stderr
    )
    assert run(repository, "verify").exit_code == 0
    repository.commit("Answer d")
    repository.shell(find_command(refused.stderr))
    assert run(repository, "publish", "-m", "Mine.").exit_code == 0
    assert repository.archive().latest.number == 4


@pytest.mark.parametrize("name", ["it's", "$(touch${IFS}made)", "a;b", "x&y", "-f"])
def test_the_command_that_merges_a_branch_works_whatever_its_name(repository, name):
    repository.git("checkout", "-q", "-b", "side")
    repository.faq("d")
    repository.publish_and_commit("In a branch.")
    repository.git("update-ref", f"refs/heads/{name}", "HEAD")
    repository.git("checkout", "-q", "main")
    repository.git("branch", "-q", "-D", "side")
    repository.faq("e")

    refused = run(repository, "publish", "-m", "Again.")
    repository.shell(find_command(refused.stderr))

    assert run(repository, "publish", "-m", "After it.").exit_code == 0
    assert not (repository.root / "made").exists()


def test_a_hook_of_another_repository_does_not_lead_git_there(repository, tmp_path, monkeypatch):
    other = init_repository(tmp_path / "other")
    other.git("commit", "-q", "--allow-empty", "-m", "Other")
    repository.git("revert", "--no-edit", "HEAD")
    repository.faq("d")
    # What git sets when it runs a hook, and `git rebase --exec` a command.
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")

    refused = run(repository, "publish", "-m", "Again.")

    assert refused.exit_code == 1
    assert "00003.json is missing" in refused.stderr


def test_a_shallow_clone_does_not_publish(repository, tmp_path):
    clone = repository.clone(tmp_path / "clone", "--depth=1")
    clone.faq("d")

    refused = run(clone, "publish", "-m", "Mine.")

    assert (refused.exit_code, len(list_files(clone))) == (1, 3)
    assert "This clone is shallow" in refused.stderr
    assert run(clone, "verify").exit_code == 0
    clone.git("fetch", "-q", "--unshallow")
    assert run(clone, "publish", "-m", "Mine.").exit_code == 0


@pytest.mark.parametrize("missing", ["program", "repository", "commit"])
def test_without_git_or_without_a_repository_the_ledger_alone_decides(repository, missing):
    repository.path("releases/00003.json").unlink()
    if missing != "program":
        shutil.rmtree(repository.root / ".git")
    if missing == "commit":
        repository.git("init", "-q")

    done = run_program(
        *("--root", str(repository.place.root), "publish", "-m", "Mine."),
        env={"PATH": "/nowhere"} if missing == "program" else None,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert len(list_files(repository)) == 3


def test_a_repository_that_git_cannot_read_is_not_taken_for_none(repository):
    (repository.root / ".git" / "HEAD").write_text("nonsense")

    refused = run(repository, "publish", "-m", "Mine.")

    assert refused.exit_code == 1
    assert "git cannot read the releases: fatal:" in refused.stderr


def test_another_ledger_begins_when_it_is_meant_and_the_former_one_is_no_obstacle(repository):
    repository.git("rm", "-q", "-r", str(repository.path("releases")))
    repository.commit("Begin anew")

    with pytest.raises(GitError, match="add --allow-new-ledger"):
        repository.publish()

    assert repository.publish(overrides=Overrides(new_ledger=True)).number == 1
    repository.faq("d")
    assert repository.publish_and_commit().number == 2
    repository.faq("e")
    assert repository.publish_and_commit().number == 3


@pytest.mark.parametrize("damage", ["missing", "empty", "changed", "another"])
def test_a_fault_names_the_file_and_what_restores_it(repository, damage):
    published = list_files(repository)
    path = repository.path("releases/00002.json")
    text = path.read_text()
    damages = {"empty": "", "changed": text.replace("Yes", "No"), "another": "{}"}
    if damage == "missing":
        path.unlink()
    else:
        path.write_text(damages[damage])

    said = {command: run(repository, *command.split()) for command in COMMANDS}

    for command, result in said.items():
        assert result.exit_code == 1, command
        assert "00002.json" in result.stderr
    assert len({result.stderr for result in said.values()}) == 1
    repository.shell(find_command(said["verify"].stderr))
    assert list_files(repository) == published


def test_a_release_of_the_future_is_refused_and_nothing_is_to_be_restored(repository):
    repository.faq("d")
    repository.publish(days=40_000)
    repository.commit("A clock that is wrong")

    refused = run(repository, "verify")

    assert refused.exit_code == 1
    assert "00004.json: is dated 2135-" in refused.stderr
    assert "It will be accepted at 2135-" in refused.stderr
    assert "git restore" not in refused.stderr


COMMANDS = ("check", "diff", "log", "verify", "publish -m X", "show faqs/a", "revert 2026-02-03.01")
