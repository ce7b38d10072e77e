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
    assert run(made, "check").stdout == "8 documents, no fault.\n"
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


@pytest.mark.parametrize("name", ["notes.txt", ".env", "site.yaml"])
def test_a_folder_with_anything_in_it_is_left_alone(tmp_path, name):
    (tmp_path / name).write_text("mine")

    done = init(tmp_path)

    assert done.exit_code == 2
    assert f"is not empty: it has {name}. Nothing was written." in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_file_is_not_a_folder(tmp_path):
    (tmp_path / "guidance").write_text("mine")

    done = init(tmp_path / "guidance")

    assert (done.exit_code, "is a file; name a new or empty folder." in done.stderr) == (2, True)


def test_every_command_that_its_readme_names_is_one(made):
    text = made.path("README.md").read_text()
    commands = re.findall(r"^faqts .*$|(?<=`)faqts [a-z-][^`]*", text, re.MULTILINE)

    assert len(commands) > 8
    for command in commands:
        words = shlex.split(command)
        place = next(n for n, word in enumerate(words) if word in main.commands)
        main.commands[words[place]].make_context("faqts", words[place + 1 :]).close()


def publish_as_the_workflow(clone, message):
    """Run the last step of the workflow in *clone*, as a push of *message* does."""
    workflow = yaml.safe_load(clone.path(".github/workflows/guidance.yml").read_text())
    (script,) = [s["run"] for s in workflow["jobs"]["publish"]["steps"] if "env" in s]
    path = f"{Path(FAQTS).parent}:/usr/bin:/bin"
    subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=clone.root,
        env=build_environment(SETTINGS | {"MESSAGE": message, "PATH": path}),
        check=True,
        capture_output=True,
        timeout=60,
    )


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
    answer = origin.path("faqs/get-help.md")
    source = "confidence: sample"
    answer.write_text(
        answer.read_text().replace(source, "confidence: stated").replace("Ask", "Call")
    )
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
