"""Write what docs/sdks.md shows of the tested clients: `make sdks-doc`.

Between `<!-- begin NAME -->` and `<!-- end NAME -->` of the page stands what is built here; the
rest is written by hand.
"""

import re
from collections.abc import Iterator
from textwrap import dedent

from tests.e2e.sdk.clients import CLIENTS, END, ROOT, SECTIONS, Client
from tests.e2e.sdk.expected import REQUESTS

PAGE = ROOT / "docs" / "sdks.md"
_URL = "http://127.0.0.1:8000"
_COMMENT = re.compile(r"^\s*(?:#|//) (.+)$")


def main() -> None:
    """Write the page anew."""
    PAGE.write_text(build_page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def build_page(page: str) -> str:
    """*page* with its two parts built anew from the table and the programs."""
    parts = {"generators": "\n".join(map(_show_client, CLIENTS)), "calls": _show_calls()}
    for name, text in parts.items():
        begin, end = f"<!-- begin {name} -->\n", f"<!-- end {name} -->\n"
        head, _, rest = page.partition(begin)
        assert end in rest, f"the page has no part {name!r}"
        page = f"{head}{begin}\n{text}\n{end}{rest.partition(end)[2]}"
    return page


def read_sections(client: Client) -> dict[str, str]:
    """The program of *client* by the titles of its sections; its head is by the title ''."""
    title, sections = "", {"": ""}
    for line in client.path.read_text(encoding="utf-8").splitlines(keepends=True):
        comment = _COMMENT.match(line)
        if comment and comment[1] in (*SECTIONS, END):
            title = comment[1]
            sections[title] = ""
        else:
            sections[title] += line
    return {title: dedent(text).strip("\n") + "\n" for title, text in sections.items()}


def _show_client(client: Client) -> str:
    commands = (client.generate, client.build, f"{client.run} {_URL}")
    parts = [
        f"### {client.title}\n",
        f"To install it: `{client.install}`\n",
        _fence("sh", "tests/e2e/sdk/clients.py", "\n".join(commands) + "\n"),
        f"When it runs, it needs {', '.join(client.libraries)}.\n" if client.libraries else "",
        "".join(f"- `{option}`: {reason}\n" for option, reason in client.options.items()),
        "The program begins so:\n",
        _fence(client.language, _name(client), read_sections(client)[""]),
    ]
    return "\n".join(part for part in parts if part)


def _show_calls() -> str:
    pairs = zip(SECTIONS, REQUESTS, strict=True)
    return "\n".join(part for title, paths in pairs for part in _show_call(title, paths))


def _show_call(title: str, paths: tuple[str, ...]) -> Iterator[str]:
    yield f"### {title}\n"
    yield " and ".join(f"`GET {path}`" for path in paths) + "\n"
    for client in CLIENTS:
        yield f"{client.title}:\n"
        yield _fence(client.language, _name(client), read_sections(client)[title])


def _fence(language: str, file: str, text: str) -> str:
    return f"```{language} {file}\n{text}```\n"


def _name(client: Client) -> str:
    return client.path.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    main()
