"""The program names no company: what it says of one comes from the content that it serves."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.blocks import ROOT

#: The content of the demonstration, what is built from it, and what it must say.
CONTENT = ("content/", "openapi/v1.json", "openapi/released/", "tests/demonstration/")
#: What runs against the demonstration.
EXAMPLES = {
    "tests/bench/cold.py",
    "tests/e2e/browser/console.html",
    "tests/e2e/browser/screenshots.py",
    "tests/e2e/fuzzing/hooks.py",
    "tests/e2e/fuzzing/world.py",
    # What version 0.1 wrote: its contract named one company.
    "tests/upgrades/0.1.0/content/facts/traffic-classes.yaml",
    "tests/upgrades/0.1.0/content/releases/00001.json",
}
_CODE = re.compile(r"^```.*?^```$|`[^`\n]+`", re.DOTALL | re.MULTILINE)


def find_company() -> str:
    """The company of the demonstration, by the hosts of its data centers."""
    text = (ROOT / "content/facts/data-centers.yaml").read_text(encoding="utf-8")
    (name,) = {host.split(".")[-2] for host in re.findall(r"api_host: (\S+)", text)}
    return name


def list_files(root: Path) -> list[str]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
    return [name for name in done.stdout.splitlines() if (root / name).is_file()]


def is_content(name: str) -> bool:
    return name.startswith(CONTENT) and not name.endswith(".py")


def find_mentions(company: str, name: str, data: bytes) -> list[str]:
    """Each line that names the *company*; in a document, code is an example and may."""
    text = data.decode(errors="ignore")
    if name.endswith(".md"):
        text = _CODE.sub(lambda code: "\n" * code[0].count("\n"), text)
    lines = enumerate(text.lower().split("\n"), start=1)
    return [f"{name}:{number}: {line.strip()[:80]}" for number, line in lines if company in line]


def test_the_program_names_no_company():
    company = find_company()
    names = [name for name in list_files(ROOT) if name not in EXAMPLES and not is_content(name)]

    mentions = [
        mention
        for name in names
        for mention in find_mentions(company, name, (ROOT / name).read_bytes())
    ]
    assert len(names) > 300
    assert mentions == []


def test_every_example_names_it():
    company = find_company()

    assert all(find_mentions(company, name, (ROOT / name).read_bytes()) for name in EXAMPLES)


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [
        ("a.py", "a = 1\nb = 'from-acme'\n", ["a.py:2: b = 'from-acme'"]),
        ("a.html", "<p>ACME</p>", ["a.html:1: <p>acme</p>"]),
        ("a.md", "```sh\ncurl acme\n```\n\n`acme` and\nAcme\n", ["a.md:6: acme"]),
    ],
)
def test_a_mention_is_found_with_its_line(name, text, lines):
    assert find_mentions("acme", name, text.encode()) == lines
