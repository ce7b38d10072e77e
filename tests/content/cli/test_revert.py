"""`faqts revert`: after it and `publish`, everything is as it was before the release."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.authoring.revert import revert
from content.errors import PublishRefusedError
from tests.content.histories import few, histories, read_documents, write_state
from tests.content.sources.test_site_source import build_png
from tests.repositories import init_repository
from tests.terminal import run

#: How editors commit: files and release together, the files before they publish, the release first.
HABITS = ("together", "files first", "release first")


def publish_states(repository, states, habit):
    """Publish *states* and commit; what the files held, by the number of the release."""
    documents, published = [], set()
    for state in states:
        write_state(repository, state, published)
        if habit == "files first":
            repository.git("add", "-A")
            repository.git("commit", "-q", "--allow-empty", "-m", "Files")
        try:
            repository.publish()
        except PublishRefusedError:
            repository.git("add", "-A")
            repository.git("commit", "-q", "--allow-empty", "-m", "Files of nothing new")
            continue
        if habit == "release first":
            repository.git("add", "content/releases")
            repository.git("commit", "-q", "-m", "Release")
        repository.commit()
        documents.append(read_documents(repository))
        published |= documents[-1].keys()
    return documents


@few
@given(histories(), st.sampled_from(HABITS), st.data())
def test_after_revert_and_publish_the_catalogue_is_the_one_before(states, habit, data):
    with TemporaryDirectory() as folder:
        repository = init_repository(Path(folder) / "editor")
        documents = publish_states(repository, states, habit)
        before = data.draw(st.integers(1, len(documents)))
        archive = repository.archive()
        if before == len(documents):
            return

        done = revert(
            repository.place, archive.get_numbered(before), repository.instant, with_later=True
        )
        if documents[before - 1] != documents[-1]:
            repository.publish_and_commit("Undone.")

        undone = range(before + 1, len(documents) + 1)
        assert [release.number for release in done.releases] == [*undone]
        assert read_documents(repository) == documents[before - 1]
        after, same = repository.archive().latest, archive.get_numbered(before)
        for name in repository.place.collections.names:
            assert after.list_documents(name) == same.list_documents(name)


@pytest.fixture
def repository(tmp_path):
    """Three releases: an answer, another one that is a mistake, and a fact."""
    repository = init_repository(tmp_path / "editor")
    repository.faq("a", "First.\n")
    repository.publish_and_commit()
    repository.faq("a", "Second.\n")
    repository.faq("b")
    repository.publish_and_commit()
    repository.facts("topics", {"id": "network"})
    repository.publish_and_commit()
    return repository


def read_tree(repository):
    folder = repository.root / "content"
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_latest_release_is_undone_and_the_commands_that_follow_are_shown(repository):
    latest = repository.archive().latest.release.id

    done = run(repository, "revert", latest)

    assert done.exit_code == 0
    assert "Restored the files of 2026-02-03.01 from commit" in done.output
    assert "Withdrew 1 document in content/withdrawn.yaml." in done.output
    assert f'Publish: faqts publish -m "Revert {latest}"' in done.output
    assert run(repository, "publish", "-m", f"Revert {latest}").exit_code == 0
    release = repository.archive().latest.release
    (change,) = release.changes
    assert (release.number, str(change.key), change.document) == (4, "topics/network", None)
    assert change.reason == f"Release {latest}, which added it, was reverted."


def test_later_releases_are_undone_only_when_that_is_meant(repository):
    before = read_tree(repository)

    refused = run(repository, "revert", "2026-02-03.01")

    assert (refused.exit_code, read_tree(repository)) == (2, before)
    assert "Reverting it also reverts 2026-02-04.01. Add --with-later" in refused.stderr
    done = run(repository, "revert", "2026-02-03.01", "--with-later")
    assert 'Publish: faqts publish -m "Revert 2026-02-03.01, 2026-02-04.01"' in done.output
    repository.publish()
    (answer,) = repository.archive().latest.list_documents("faqs")
    assert (answer.key.id, answer.body["markdown"]) == ("a", "First.\n")
    assert repository.archive().latest.list_documents("topics") == ()


def leave_uncommitted(repository):
    repository.faq("a", "Third.\n")


def leave_a_new_file(repository):
    repository.faq("c")


def leave_unpublished(repository):
    repository.faq("a", "Third.\n")
    repository.commit()


def leave_faulty(repository):
    repository.faq("a", "<b>\n")
    repository.commit()


def forget_the_repository(repository):
    shutil.rmtree(repository.root / ".git")


def commit_only_now(repository):
    forget_the_repository(repository)
    repository.git("init", "-q")
    repository.commit()


def commit_no_releases(repository):
    forget_the_repository(repository)
    repository.git("init", "-q")
    repository.git("add", "content/faqs", "content/facts")
    repository.git("commit", "-q", "-m", "Files")


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (leave_uncommitted, "content/faqs/a.md: uncommitted changes would be lost."),
        (leave_a_new_file, "content/faqs/c.md: uncommitted changes would be lost."),
        (leave_unpublished, "Unpublished changes in the files would be lost"),
        (leave_faulty, "content/faqs/a.md:"),
        (forget_the_repository, "is not a git repository"),
        (commit_only_now, "No commit contains valid files that match 2026-02-03.01"),
        (commit_no_releases, "content/releases/00002.json was never committed"),
    ],
)
def test_what_would_be_lost_or_is_not_known_is_refused_and_nothing_changes(
    repository, prepare, message
):
    prepare(repository)
    before = read_tree(repository)

    refused = run(repository, "revert", "2026-02-04.01")

    assert refused.exit_code == 1
    assert message in refused.stderr
    assert read_tree(repository) == before


@pytest.mark.parametrize(
    ("release", "message"),
    [
        (
            "2026-02-02.01",
            "2026-02-02.01 is the first release, so there is no earlier state to restore.",
        ),
        ("2026-02-09.01", "Unknown release '2026-02-09.01'"),
    ],
)
def test_what_cannot_be_undone_is_a_wrong_call(repository, release, message):
    refused = run(repository, "revert", release)

    assert refused.exit_code == 2
    assert message in refused.stderr


WITHDRAWN = {
    "block": "# What is gone.\nitems:\n  - collection: faqs\n    id: c\n    reason: It ended.\n",
    "empty": "items: []\n",
    "like JSON": '{"items": [{"collection": "faqs", "id": "c", "reason": "It ended."}]}',
    "defaults": "defaults:\n  collection: faqs\nitems: [{id: c, reason: It ended.}]\n",
}


@pytest.mark.parametrize("text", WITHDRAWN.values(), ids=WITHDRAWN)
def test_withdrawals_that_were_there_stay(tmp_path, text):
    repository = init_repository(tmp_path / "editor")
    repository.faq("a")
    repository.faq("c")
    repository.publish_and_commit()
    if "id: c" in text or '"c"' in text:
        repository.path("faqs/c.md").unlink()
    else:
        repository.faq("c", "Other.\n")
    repository.write("withdrawn.yaml", text)
    repository.publish_and_commit()
    before = read_documents(repository)
    repository.faq("b", aliases=["d"])
    repository.publish_and_commit()

    done = run(repository, "revert", "2026-02-04.01")

    assert done.exit_code == 0, done.output
    assert repository.faults() == []
    assert read_documents(repository) == before
    repository.publish()
    assert text.splitlines()[0] in repository.path("withdrawn.yaml").read_text() or text[0] != "#"


def test_a_rename_that_is_undone_leads_from_the_new_id_to_the_old(tmp_path):
    repository = init_repository(tmp_path / "editor")
    repository.faq("a")
    repository.publish_and_commit()
    repository.path("faqs/a.md").unlink()
    repository.faq("b", aliases=["a"])
    repository.publish_and_commit()

    run(repository, "revert", "2026-02-03.01")
    release = repository.publish()

    back, gone = release.changes
    assert str(back.key) == "faqs/a"
    assert (str(gone.key), gone.successor) == ("faqs/b", "faqs/a")


def test_the_logo_comes_back_with_its_bytes(repository):
    repository.site(build_png(), logo="logo.png")
    named = repository.publish_and_commit()
    repository.site(build_png(3), name="Other", logo="logo.png")
    repository.publish_and_commit()

    revert(
        repository.place,
        repository.archive().get_catalogue(named.id),
        repository.instant,
        with_later=False,
    )

    assert repository.path("logo.png").read_bytes() == build_png()
    assert '"Network help"' in repository.path("site.yaml").read_text()
