"""`faqts init` and what it writes: a folder that serves, and its workflow."""

import re
import shlex
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from api.cli.commands import main
from tests.content_factory import ContentFactory
from tests.repositories import SETTINGS, Repository
from tests.terminal import FAQTS, build_environment, run


def init(folder, *options):
    return CliRunner().invoke(main, ["init", str(folder), *options])


@pytest.fixture
def made(tmp_path):
    """The folder that `faqts init` made."""
    folder = tmp_path / "guidance"
    done = init(folder, "--name", 'The "Example" help', "--organization", "Example: Ltd")
    assert done.exit_code == 0, done.stderr
    factory = ContentFactory(folder, folder="")
    factory.instant = datetime.now(UTC)
    return factory


def test_the_folder_has_no_fault_and_serves_samples_alone(made):
    assert run(made, "check").stdout == "8 documents, no faults.\n"
    assert run(made, "diff").stdout == "Nothing to publish.\n"
    catalogue = made.archive().latest
    sources = [
        source["confidence"]
        for collection in catalogue.collections
        for document in catalogue.list_documents(collection.name)
        for source in document.body.get("sources", [])
    ]
    assert set(sources) == {"sample"}
    client = made.client(today=None)
    assert client.get("/v1/faqs/fixed-ip-addresses?dc=uk").status_code == 200
    assert client.get("/").status_code == 200


def test_the_name_and_the_organization_are_in_it_and_no_placeholder_is_left(made):
    site = yaml.safe_load(made.path("site.yaml").read_text())

    assert site["name"] == 'The "Example" help'
    assert site["organization"] == "Example: Ltd"
    assert f"faqts=={version('faqts')}\n" in made.path("requirements.txt").read_text()
    texts = [path.read_text() for path in made.root.rglob("*") if path.is_file()]
    assert [re.findall(r"@[A-Z_]+@", text) for text in texts if re.search(r"@[A-Z_]+@", text)] == []


def test_editors_find_the_schema_of_every_file(made):
    before = {path: path.read_bytes() for path in made.path(".schemas").rglob("*.json")}

    assert run(made, "schema").stdout.count("\n") == 1
    assert {path: path.read_bytes() for path in before} == before
    for path in (made.path("site.yaml"), *made.path("facts").iterdir()):
        line = path.read_text().split("\n")[0]
        assert (path.parent / line.partition("$schema=")[2]).resolve() in before


@pytest.mark.parametrize("name", ["notes.txt", ".env", "site.yaml"])
def test_a_folder_with_anything_in_it_is_left_alone(tmp_path, name):
    (tmp_path / name).write_text("mine")

    done = init(tmp_path)

    assert done.exit_code == 2
    assert f"is not empty: it contains {name}. Nothing was written." in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["x" * 61, "", "a\u200bb"])
def test_a_name_that_cannot_be_used_is_named_and_nothing_is_written(tmp_path, name):
    done = init(tmp_path / "guidance", "--name", name)

    assert done.exit_code == 2
    assert done.stderr.startswith(("name: ", "site.yaml: "))
    assert list(tmp_path.iterdir()) == []


def test_an_empty_repository_may_be_filled(tmp_path):
    subprocess.run(["git", "init", "-q", tmp_path], check=True, timeout=60)

    assert init(tmp_path).exit_code == 0
    assert (tmp_path / "releases" / "00001.json").is_file()


def test_a_file_is_not_a_folder(tmp_path):
    (tmp_path / "guidance").write_text("mine")

    done = init(tmp_path / "guidance")

    assert (done.exit_code, "is a file. Name a new or empty folder." in done.stderr) == (2, True)


def test_a_link_to_nowhere_is_not_a_folder(tmp_path):
    (tmp_path / "guidance").symlink_to("elsewhere")

    done = init(tmp_path / "guidance")

    assert done.exit_code == 2
    assert "is a link to elsewhere, which does not exist. Create that folder" in done.stderr


def test_every_command_that_its_readme_names_is_one(made):
    text = made.path("README.md").read_text()
    commands = re.findall(r"^faqts .*$|(?<=`)faqts [a-z-][^`]*", text, re.MULTILINE)

    assert len(commands) > 8
    for command in commands:
        words = shlex.split(command)
        place = next(n for n, word in enumerate(words) if word in main.commands)
        main.commands[words[place]].make_context("faqts", words[place + 1 :]).close()


def read_recipe(folder, title):
    """The commands below a heading of the folder's README."""
    section = folder.path("README.md").read_text().partition(f"\n## {title}\n")[2]
    return re.search(r"^```sh\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)[1]


def run_commands(folder, script, **environment):
    path = f"{Path(FAQTS).parent}:/usr/bin:/bin"
    subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=folder.root,
        env=build_environment(SETTINGS | environment | {"PATH": path}),
        check=True,
        capture_output=True,
        timeout=60,
    )


def replace(folder, file, old, new):
    text = folder.path(file).read_text()
    assert old in text
    folder.path(file).write_text(text.replace(old, new))


def test_its_readme_settles_two_branches_that_published(made, tmp_path):
    repository = Repository(made.root, folder="")
    repository.git("init", "-q", "-b", "main")
    repository.commit()
    repository.instant = datetime.now(UTC)
    other = repository.clone(tmp_path / "other")
    replace(other, "faqs/get-help.md", "your company", "your organization")
    other.publish_and_commit("In the other branch")
    replace(repository, "faqs/fixed-ip-addresses.md", "Add an inbound", "Write an inbound")
    repository.publish_and_commit("In main")
    served = repository.path("releases/00002.json").read_bytes()
    repository.git("fetch", "-q", str(other.root), "main:other")
    repository.git("merge", "other", check=False)

    *steps, publish = read_recipe(repository, "Two branches that published").strip().split("\n")
    run_commands(repository, "\n".join(steps))

    # The releases of this test are of tomorrow, so that its last command would be too early.
    assert publish.startswith("faqts publish -m ")
    assert repository.publish().number == 3
    assert repository.path("releases/00002.json").read_bytes() == served
    assert run(repository, "diff").stdout == "Nothing to publish.\n"


def publish_as_the_workflow(clone, message):
    """Run the last step of the workflow in *clone*, as a push of *message* does."""
    workflow = yaml.safe_load(clone.path(".github/workflows/guidance.yml").read_text())
    (script,) = [s["run"] for s in workflow["jobs"]["publish"]["steps"] if "env" in s]
    run_commands(clone, script, MESSAGE=message)


@pytest.mark.parametrize(
    "message",
    [
        "Say what to send\n\n* more",
        "Merge pull request #7 from editor/branch\n\nSay what to send\n\nMore",
        "Say what to send",
    ],
    ids=["squashed", "merged", "pushed"],
)
def test_the_workflow_publishes_what_was_merged_once(made, tmp_path, message):
    origin = Repository(made.root, folder="")
    origin.git("init", "-q", "-b", "main")
    replace(origin, "faqs/get-help.md", "confidence: sample", "confidence: stated")
    origin.commit(message)
    origin.git("checkout", "-q", "--detach")
    runner = origin.clone(tmp_path / "runner", "--branch=main")

    publish_as_the_workflow(runner, message)
    publish_as_the_workflow(runner, message)

    origin.git("checkout", "-q", "main")
    assert run(origin, "verify").exit_code == 0
    release = origin.archive().latest.release
    assert (release.number, release.summary) == (2, "Say what to send")
    assert origin.git("log", "--format=%s", "-2").split("\n")[0] == "Publish: Say what to send"
    assert origin.git("status", "--porcelain") == ""


def test_a_release_in_the_same_second_waits_for_the_next(factory):
    factory.faq("a")
    factory.instant = datetime.now(UTC)
    first = factory.publish(days=0)
    factory.faq("b")

    done = run(factory, "publish", "-m", "Second.")

    assert done.exit_code == 0, done.stderr
    assert factory.archive().latest.release.published_at > first.published_at
