"""A company of its own, from the wheel to its site, its contract and an upgrade; without code.

Its files are in `tests/company`: two data centers, three kinds of facts, five answers.
"""

import html
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from tests.e2e.installed import Installed
from tests.project.test_company import find_company
from tests.terminal import build_environment
from tests.upgrades.test_upgrade import read_steps

COMPANY = Path(__file__).parents[1] / "company"
#: What is published later, while the server runs.
LATER = ("kinds/rate-limits.yaml", "facts/rate-limits.yaml", "faqs/rate-limits.md")
#: What leads from a page, a feed or a document to others.
_LINKS = re.compile(
    r'(?:href|src|action)="([^"]+)"|<loc>([^<]+)|"(?:self|cited_by|href)":"([^"]+)"'
)
#: Where a crawler begins: what no page links to is here.
_ENTRANCES = (
    "/",
    "/v1",
    "/sitemap.xml",
    "/robots.txt",
    "/v1/releases?format=atom",
    "/clouds",
    "/problems",
    "/embed/v1/faq-answer.js",
    "/embed/faqs/mail-filter",
    "/v1/site",
    "/v1/kinds",
)
_OEMBED = "/oembed?url=http%3A%2F%2F127.0.0.1%3A{}%2Ffaqs%2Fmail-filter"
#: A path of the index that is nothing without parameters.
_NEEDS_MORE = ("/v1/ip-ranges/lookup",)
_PROGRAM = """
from client import Client
from client.api.rate_limits import list_rate_limits

answer = list_rate_limits.sync(client=Client(base_url="http://127.0.0.1:{port}"), plan="paid")
for item in answer.items:
    print(item.id, item.requests, item.events)
"""


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """The version that the company installs first."""
    return Installed(tmp_path_factory.mktemp("before"), "0.9.0")


@pytest.fixture(scope="module")
def folder(before, tmp_path_factory):
    """The company's folder, begun with `faqts init`; its first release is published."""
    parent = tmp_path_factory.mktemp("empty")
    before.run("init", "guidance", cwd=parent)
    folder = parent / "guidance"
    for sample in ("releases", "faqs", "facts"):
        shutil.rmtree(folder / sample)
    shutil.copytree(COMPANY, folder, dirs_exist_ok=True)
    later = {name: (folder / name).read_text() for name in LATER}
    site = (folder / "site.yaml").read_text()
    retries = (folder / "faqs/webhook-retries.md").read_text()
    for name in LATER:
        (folder / name).unlink()
    (folder / "site.yaml").write_text(site.replace(" rate-limits,", ""))
    (folder / "faqs/webhook-retries.md").write_text(retries.replace("[rate-limits]", "[]"))
    assert "no faults." in before.run("check", cwd=folder)
    before.run("publish", "-m", "First release", cwd=folder)
    with before.serve(folder, workers=2) as server:
        assert server.ask("/rate-limits").status == 404
        for name, text in later.items():
            (folder / name).write_text(text)
        (folder / "site.yaml").write_text(site)
        (folder / "faqs/webhook-retries.md").write_text(retries)
        release = before.run("publish", "-m", "Rate limits", cwd=folder).split()[1].rstrip(":")
        server.wait_until_served(release)
        assert {server.ask("/rate-limits").status for _ in range(10)} == {200}
    before.run("openapi", cwd=folder)
    before.run("contract", "--release", cwd=folder)
    return folder


def crawl(server) -> dict[str, str]:
    """Every path that something leads to, with what was sent, headers too; none may fail."""
    base = f"http://127.0.0.1:{server.port}"
    found, waiting = {}, [*_ENTRANCES, _OEMBED.format(server.port)]
    while waiting:
        path = waiting.pop()
        if path in found or path in _NEEDS_MORE:
            continue
        answer = server.ask(path)
        assert answer.status == 200, path
        text = answer.body.decode(errors="replace")
        found[path] = f"{answer.headers}\n{text}"
        if "javascript" in answer.headers["Content-Type"]:
            continue
        links = ("".join(groups) for groups in _LINKS.findall(text))
        links = (urlsplit(urljoin(base + path, html.unescape(link))) for link in links)
        waiting += [
            link._replace(scheme="", netloc="", fragment="").geturl()
            for link in links
            if f"{link.scheme}://{link.netloc}" == base
        ]
    return found


def list_kind_with_client(server, folder: Path) -> str:
    """Generate a client from the contract that is served, and list rate limits with it."""
    contract = folder / "v1.json"
    contract.write_bytes(server.ask("/v1/openapi.json").body)
    generator = Path(sys.executable).with_name("openapi-python-client")
    options = ("--meta", "none", "--output-path", "client", "--fail-on-warning")
    program = folder / "program.py"
    program.write_text(_PROGRAM.format(port=server.port))
    environment = build_environment({"PATH": f"{generator.parent}:/usr/bin:/bin"})
    for command in (
        (generator, "generate", "--path", contract, *options),
        (sys.executable, program),
    ):
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def read_bodies(server, paths: tuple[str, ...]) -> dict[str, bytes]:
    """What is sent for each of *paths*; the addresses in it without the port."""
    port = f":{server.port}".encode()
    return {path: server.ask(path).body.replace(port, b"") for path in paths}


@pytest.fixture(scope="module")
def server(before, folder):
    with before.serve(folder, workers=2) as running:
        yield running


def test_nothing_that_is_served_names_the_demonstration(server):
    found = crawl(server)

    assert len(found) > 150
    assert [path for path, text in found.items() if find_company() in text.lower()] == []
    pages = {path: text for path, text in found.items() if "<h1" in text}
    assert [path for path, text in pages.items() if "Quillmark" not in text] == []
    assert {"/smtp-hosts", "/webhook-events", "/rate-limits", "/faqs/rate-limits"} <= pages.keys()
    assert not any('href="/clouds"' in text for text in pages.values())


def test_answers_show_what_the_company_declared(server):
    mail = server.ask("/v1/faqs/mail-filter?format=txt").body.decode()
    limits = server.ask("/v1/faqs/rate-limits").json()
    versions = server.ask("/v1/faqs/webhook-versions").json()

    assert "smtp-us.quillmark.example" in mail
    assert limits["summary"] == "At most 6000 in 1 day with a paid plan."
    assert "document.signed" in limits["answer"]["html"]
    assert "Version 1 ended on 1 October 2026." in versions["answer"]["text"]


def test_a_client_generated_from_the_contract_lists_a_kind(server, tmp_path):
    assert list_kind_with_client(server, tmp_path) == "paid-signed 6000 ['document-signed']\n"


def test_an_upgrade_changes_neither_the_ledger_nor_what_is_served(before, folder, server, tmp_path):
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    paths = ("/v1", "/v1/smtp-hosts", "/v1/faqs/rate-limits", "/v1/changes", "/rate-limits")
    served = read_bodies(server, paths)
    after = Installed(tmp_path)
    installed = after.list_files()
    commands = read_steps("Upgrade").replace("~/guidance", "guidance").splitlines()
    steps = [line.split()[1:] for line in commands if "/faqts " in line]

    printed = [after.run(*step, cwd=folder.parent) for step in steps if step[-1] != "serve"]
    with after.serve(folder, workers=2) as upgraded:
        assert read_bodies(upgraded, paths) == served
        contract = upgraded.ask("/v1/openapi.json").json()

    assert [step[-1] for step in steps] == ["check", "verify", "diff", "serve"]
    assert "no faults." in printed[0]
    assert printed[2] == "Nothing to publish.\n"
    assert contract["info"]["version"] == "1.0.0+kinds.2"
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == files
    assert after.list_files() == installed
