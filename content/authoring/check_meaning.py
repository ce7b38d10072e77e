"""Check for text that Markdown shows in full but not as the editor meant it."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from content.text.located_markdown import LocatedMarkdown, Part

#: Offset in the text, and message.
_Fault = tuple[int, str]
#: List markers of word processors and chats: a bullet, a dash, a number or a letter.
_LIKE_ITEM = re.compile(
    r"[ \t]*(?:[\u2010-\u2015\u2022\u2023\u2043\u2219\u25a0-\u25ff\u00b7\u2605-\u2612\u2705"
    r"\u2713-\u2718\u274c\u2794-\u27be\u2460-\u2473]|[-+](?=[^\W\d_])|[0-9]{1,3}[.)](?=\s|[^\W\d_])"
    r"|\((?:[0-9]{1,3}|[a-zA-Z]|[ivx]{2,5})\)\s|(?:[a-zA-Z]|[ivx]{2,5})\)\s"
    r"|(?:[a-z]|[ivx]{2,5})\.\s)"
)
_TABBED = re.compile(r"\S[ ]*\t\s*\S")
_HARD_BREAK = ("  ", "\\")
#: Backslashes before a letter or digit: part of a path, not Markdown syntax.
_PATH = re.compile(r"(?<!\\)(?:\\\\)*\\[^\W_]")
_ROOT = re.compile(r"(?<!\w)(?:[A-Za-z]:|%\w+%)$")
_NETWORK_PATH = re.compile(r"(?<![\w\\])\\\\(?=\w)")
_ADDRESS = re.compile(r"https?://\S+|[^\s@:/]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)

_LIST = (
    "these lines are shown as one line. For a list, start each line with '- ' or with "
    "'1. ', '2. ' and so on, and add an empty line above."
)
_TABS = (
    "these lines are shown as one line. For a table, write '|' between the cells, and "
    "a line such as '|---|---|' below the first row."
)
_BACKSLASH = (
    r"this backslash is not shown. Write '\\' for each backslash, or put the text in backticks."
)
_ELSEWHERE = (
    "the link text is {!r} but the link opens {!r}. Use the same URL in "
    "both, or use words as the link text."
)
_LOST = "U+FFFD replaces a character that was lost. Type the text again."
_EMPTY_HEADING = "this heading is empty. Add its text, or delete the line."
_EMPTY_ITEM = "this list item is empty. Add its text, or delete the line."


def check_meaning(located: LocatedMarkdown) -> Iterator[_Fault]:
    """Yield the places where the shown text differs from what the file suggests."""
    for number, line in enumerate(located.lines):
        for match in re.finditer("\ufffd", line):
            yield located.start(number) + match.start(), _LOST
    before = located.parts[:1]
    for part in located.parts:
        after = before[-1].token.type
        if part.token.type == "inline" and after == "paragraph_open":
            yield from _check_lines(part, located, _LIKE_ITEM.match, _LIST)
            yield from _check_lines(part, located, _TABBED.search, _TABS)
        if part.token.type == "inline" and after == "heading_open" and not part.token.content:
            yield part.at, _EMPTY_HEADING
        if part.token.type == "list_item_close" and after == "list_item_open":
            yield before[-1].at, _EMPTY_ITEM
        if part.token.info == "escape" and _hides_backslash(part):
            yield part.at, _BACKSLASH
        before = [part]
    yield from _check_links(located)


def _check_lines(
    part: Part, located: LocatedMarkdown, find: Callable[[str], object], message: str
) -> Iterator[_Fault]:
    """Yield a fault if lines of a paragraph that match *find* would be joined."""
    lines = part.token.content.split("\n")
    found = [row for row, line in enumerate(lines) if find(line)]
    joined = [row for row in found if row and not lines[row - 1].endswith(_HARD_BREAK)]
    if len(found) > 1 and joined:
        yield located.start(part.line + found[0]), message


def _hides_backslash(part: Part) -> bool:
    """Return whether an escape is part of what looks like a path or a pattern."""
    if part.token.content == part.token.markup:
        return False
    at = part.token.meta["at"]
    before, after = part.block[:at], part.block[at:]
    if part.token.markup == "\\\\":
        return _NETWORK_PATH.match(part.block, at) is not None
    word = re.split(r"\s", before)[-1] + re.split(r"\s", after, maxsplit=1)[0]
    return bool(_ROOT.search(before) or _PATH.search(word))


def _check_links(located: LocatedMarkdown) -> Iterator[_Fault]:
    links: list[tuple[Part, list[str]]] = []
    for part in located.parts:
        if part.token.type == "link_open":
            links.append((part, []))
        elif part.token.type == "link_close":
            link, words = links.pop()
            shown, address = "".join(words).strip(), str(link.token.attrGet("href"))
            if _ADDRESS.fullmatch(shown) and _find_place(shown) != _find_place(address):
                yield link.at, _ELSEWHERE.format(shown, address)
        elif links and part.token.type != "inline":
            links[-1][1].append(part.token.content)


def _find_place(address: str) -> str:
    """Return the host of a URL, or an email address."""
    try:
        host = urlsplit(address).netloc
    except ValueError:
        host = ""
    return (host or address.partition(":")[2] or address).lower().removeprefix("www.")
