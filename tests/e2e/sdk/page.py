"""Write what docs/sdks.md shows of the tested clients: `make sdks-doc`.

The text between `<!-- begin NAME -->` and `<!-- end NAME -->` is built here. The rest of the page
is written by hand.
"""

from collections.abc import Iterator
from textwrap import fill

from tests.e2e.sdk.clients import CLIENTS, ROOT, SECTIONS, Client
from tests.e2e.sdk.expected import REQUESTS

PAGE = ROOT / "docs" / "sdks.md"
_URL = "http://127.0.0.1:8000"
_WIDTH = 100


def main() -> None:
    """Write the page again."""
    PAGE.write_text(build_page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def build_page(page: str) -> str:
    """*page* with its two parts built from the table of clients."""
    parts = {"tasks": _show_tasks(), "generators": "\n".join(map(_show_client, CLIENTS))}
    for name, text in parts.items():
        begin, end = f"<!-- begin {name} -->\n", f"<!-- end {name} -->\n"
        head, _, rest = page.partition(begin)
        assert end in rest, f"the page has no part {name!r}"
        page = f"{head}{begin}\n{text}\n{end}{rest.partition(end)[2]}"
    return page


def _show_tasks() -> str:
    rows = (
        f"| {title} | {' and '.join(f'`GET {path}`' for path in paths)} |\n"
        for title, paths in zip(SECTIONS, REQUESTS, strict=True)
    )
    return "".join(("| task | requests |\n|---|---|\n", *rows))


def _show_client(client: Client) -> str:
    return "\n".join(_list_parts(client))


def _list_parts(client: Client) -> Iterator[str]:
    yield f"### {client.title}\n"
    program = client.path.relative_to(ROOT).as_posix()
    yield f"Program: [{program}](../{program})\n"
    commands = (client.install, client.generate, client.build, f"{client.run} {_URL}")
    text = "\n".join(commands)
    yield f"```sh tests/e2e/sdk/clients.py\n{text}\n```\n"
    if client.libraries:
        yield f"Libraries at run time: {', '.join(client.libraries)}.\n"
    if client.options:
        yield "".join(map(_show_option, client.options.items()))


def _show_option(option: tuple[str, str]) -> str:
    name, reason = option
    return (
        fill(f"- `{name}` {reason}", _WIDTH, subsequent_indent="  ", break_on_hyphens=False) + "\n"
    )


if __name__ == "__main__":
    main()
