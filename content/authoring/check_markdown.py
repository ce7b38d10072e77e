"""Check that readers see every character of a text as the editor meant it.

Every letter and digit must be shown, in order, except in URLs, in the language of a code block and
in list numbers. No Markdown syntax may be shown as text.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from markdown_it.token import Token

from content.authoring.check_meaning import check_meaning
from content.text.located_markdown import LocatedMarkdown, Part, locate_markdown
from schemas.characters import describe_character, find_invisible

#: Answers within these limits are rendered in less than 0.1 seconds in each format.
MAX_CHARACTERS = 12_000
MAX_LINES = 500
MAX_WORD = 1_000
MAX_CELLS = 3_000
MAX_NESTING = 4
#: Characters that are slow to parse, such as brackets and stars.
MAX_MARKS = 500

#: Offset in the text, and message.
TextFault = tuple[int, str]
#: Tokens that nest blocks visibly. Each list has two levels of tokens.
_NESTING = ("bullet_list_open", "ordered_list_open", "blockquote_open")
_HEADING_LEVELS = ("h2", "h3", "h4", "h5", "h6")
_WIDE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_PREFIX = r"(?:[ \t>]|[-+*][ \t]|[0-9]{1,9}[.)][ \t])*"
_WIDE_SPACE = re.compile(rf"{_PREFIX}(#{{1,6}}|[-+*]|[0-9]{{1,9}}[.)]|>)?([{_WIDE}])")
_TIGHT_HEADING = re.compile(rf"{_PREFIX}(#{{2,6}}(?=[^\s#])|#{{7,}})")
_TWICE_HEADING = re.compile(rf"{_PREFIX}#{{1,6}}[ \t]+(##+)")
_CLOSED_HEADING = re.compile(r"[ \t](#+)[ \t]*$")
_TABLE_LINE = re.compile(r"^[ \t]*(\||:?-+:?[ \t]*\|[-:| \t]*$)", re.MULTILINE)
_BAR = re.compile(r"(?<!\\)\|")
_LANGUAGE = re.compile(r"[\w+#.-]*")
_TASK = re.compile(r"\[[ xX]\](?= )")
_MARKS = re.compile(r"[\[\]*_~!<`]")
_UNREAD_MARK = re.compile(r"\](?=[(\[])|\](?=\s\((?:https?:|mailto:|/))|\[\^")
_UNPAIRED = re.compile(r"`+|~~+|\*+")
#: Scripts that do not separate words with spaces, where emphasis within a word is intended.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff"
    "\uff66-\uffdc\U00020000-\U0003ffff]"
)
_ITEM = ["list_item_open", "paragraph_open", "inline"]
_LETTER = re.compile(r"[^\W_]|[^\x00-\xa0\s]")
_LOST_LENGTH = 20

_RAW_HTML = "raw HTML is not shown. Write Markdown, or put it in backticks as code."
_HEADING = "the page already has a top heading. Start other headings with '##'."
_UNDERLINED = "'{}' turns the line above into a heading. Put an empty line between them."
_PICTURE = "images are not shown. Describe the image in words, or link to it."
_INDENTED = (
    "four leading spaces make this a code block. Remove them, or put the code "
    "between lines of three backticks."
)
_DEFINITION = (
    "link definitions '[…]: …' are not shown. Write the URL in the link, [text](URL), "
    "or '\\[' for a bracket."
)
_NO_LINK = (
    "these brackets do not make a link, because a URL must not contain spaces or "
    "single brackets. Write '%20' for ' ', '%28' for '(' and '%29' for ')'."
)
_APART = "these brackets do not make a link. Delete the space between ']' and '('."
_FOOTNOTE = "footnotes are not supported. Put the note in the text."
_TASK_LIST = "task lists are not supported. Write the list without '[ ]'."
_MARKS_NOTHING = "{0!r} has no effect here and is shown. Write '\\{0}' if you want to show it."
_WITHIN_WORD = "{0!r} inside a word starts or ends emphasis and is not shown. Write '\\{0}'."
_UNDERSCORES = "use '**' for bold, or put a name that contains '__' in backticks."
_TIGHT = "this is shown as text, not as a heading. Add a space after {!r}."
_CLOSING = "'#' at the end of a heading is not shown. Write '\\#' if you want to show it."
_BROKEN_TABLE = (
    "this table row is shown as text. Add an empty line above the table, and give the "
    "first line and the '---' line the same number of cells. Write '\\|' for a bar."
)
_LONG_ROW = (
    "this row has {} cells but the table has {} columns. Extra cells are not shown. "
    "Write '\\|' for a bar within a cell, also in code."
)
_SHORT_ROW = (
    "this row has {} cells but the table has {} columns. Add the empty cells, and an "
    "empty line below the table."
)
_OPEN_FENCE = "this code block is not closed. Add a line {!r} at its end."
_INFO = "this is not shown. Write only the name of a language after {!r}."
_NOWHERE = "the link {!r} has no target. {}."
_TARGET = "Write /v1/faqs/ and the ID of an existing answer, or a URL that starts with https://"
_COPY = "Copy the URL from the address bar of a browser, and write '%20' for a space"
#: Patterns for URLs without a target, and the fix for each.
_ADDRESS_REPAIRS = (
    (re.compile(r"https?://[^/?#]*@", re.IGNORECASE), "Delete '@' and the user name before it"),
    (re.compile(r"https?://", re.IGNORECASE), _COPY),
    (
        re.compile(r"mailto:", re.IGNORECASE),
        "Write mailto: and one address, without '?' and parameters",
    ),
    (
        re.compile(r"#"),
        "Links to a place in an answer are not supported. Write the text without a link",
    ),
    (
        re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?=[/?#]|$)(?<!\.md)", re.IGNORECASE),
        "Write 'https://' before it",
    ),
)
_TITLE = "link titles are not shown in all formats. Put the title in the text."
_NO_TEXT = "this link has no text. Write it between the brackets."
_ENTITY = "{!r} is {}, which is invisible. Delete it."
_BLANK = "{!r} is {}. Write a plain space."
_NUMBER = "this item is shown as {}. Number the list without gaps, or write 1 for each item."
_INVISIBLE = "the invisible character {} is not allowed. Delete it."
_LOST = "{!r} is not shown here. Write it as plain text, or put it in backticks as code."


def check_markdown(text: str, has_target: Callable[[str], bool]) -> Iterator[TextFault]:
    """Yield the places where *text* would not be shown as it was meant.

    Args:
        has_target: Returns whether a URL has a target.
    """
    if bound := list(_check_size(text)):
        yield from bound
        return
    located = locate_markdown(text)
    checks = (
        _check_lines,
        _check_nesting,
        _check_tables,
        _check_numbers,
        _check_blocks,
        check_meaning,
    )
    found = {(at, _INVISIBLE.format(name)) for at, name in find_invisible(text, multiline=True)}
    found |= {fault for check in (*checks, _check_inline) for fault in check(located)}
    for part in located.parts:
        address = part.token.attrGet("href")
        if address is not None and not has_target(str(address)):
            found.add((part.at, _explain_address(str(address))))
    yield from sorted(found) or _check_letters(text, located)


def _explain_address(address: str) -> str:
    """Return the message for a URL without a target."""
    repairs = (repair for begin, repair in _ADDRESS_REPAIRS if begin.match(address))
    return _NOWHERE.format(address, next(repairs, _TARGET))


def _check_size(text: str) -> Iterator[TextFault]:
    for count, bound, name in (
        (len(text), MAX_CHARACTERS, "characters"),
        (text.count("\n"), MAX_LINES, "lines"),
        (len(_MARKS.findall(text)), MAX_MARKS, "marks such as '[', '*' and '`'"),
        (max(map(len, text.split()), default=0), MAX_WORD, "characters without a space"),
    ):
        if count > bound:
            yield 0, f"the text has {count} {name}, more than {bound}. Shorten it."


def _check_lines(located: LocatedMarkdown) -> Iterator[TextFault]:
    for first in located.definitions:
        yield located.start(first), _DEFINITION
    code = {row for part in located.parts for row in _list_code_lines(part.token)}
    for number, line in enumerate(located.lines):
        if number in code:
            continue
        if match := _WIDE_SPACE.match(line):
            mark = f" after {match[1]!r}" if match[1] else ""
            message = (
                f"{describe_character(match[2])} is not a space in Markdown. Write a plain space"
            )
            yield located.start(number) + match.start(2), f"{message}{mark}."
        if match := _TIGHT_HEADING.match(line):
            yield located.start(number) + match.start(1), _TIGHT.format(match[1][:6])


def _list_code_lines(token: Token) -> Iterable[int]:
    return range(*token.map) if token.type in ("fence", "code_block") and token.map else ()


def _check_nesting(located: LocatedMarkdown) -> Iterator[TextFault]:
    depth = 0
    for part in located.parts:
        if part.token.type in _NESTING or part.token.type.replace("close", "open") in _NESTING:
            depth += part.token.nesting
            if part.token.nesting > 0 and depth == MAX_NESTING + 1:
                yield (
                    part.at,
                    (
                        f"lists and quotes are nested {depth} levels deep. Use "
                        f"at most {MAX_NESTING} levels."
                    ),
                )


def _check_tables(located: LocatedMarkdown) -> Iterator[TextFault]:
    cells = columns = 0
    for part in located.parts:
        kind = part.token.type
        if kind == "thead_open":
            columns = 0
        elif kind == "tr_open" and columns:
            row = located.lines[part.line].strip(" \t>")
            written = len(_BAR.split(row)) - row.startswith("|") - _ends_with_bar(row)
            if written != columns:
                message = _LONG_ROW if written > columns else _SHORT_ROW
                yield part.at, message.format(written, columns)
        columns += kind == "th_open"
        cells += kind in ("th_open", "td_open")
        if kind == "table_close" and cells > MAX_CELLS:
            yield part.at, f"the tables have {cells} cells, more than {MAX_CELLS}. Remove some."


def _ends_with_bar(row: str) -> bool:
    return len(row) > 1 and row.endswith("|") and not row.endswith("\\|")


def _check_numbers(located: LocatedMarkdown) -> Iterator[TextFault]:
    lists: list[list[Part]] = []
    for part in located.parts:
        if part.token.type in ("ordered_list_open", "bullet_list_open"):
            lists.append([])
        elif part.token.type == "list_item_open" and part.token.info:
            lists[-1].append(part)
        elif part.token.type in ("ordered_list_close", "bullet_list_close"):
            items = lists.pop()
            written = [int(item.token.info) for item in items]
            if set(written) != {1}:
                for shown, (item, number) in enumerate(
                    zip(items, written, strict=True), written[0] if written else 1
                ):
                    if number != shown:
                        yield item.at, _NUMBER.format(shown)


def _check_blocks(located: LocatedMarkdown) -> Iterator[TextFault]:
    previous = ""
    for part in located.parts:
        kind = part.token.type
        if kind == "html_block":
            yield part.at, _RAW_HTML
        elif kind == "code_block":
            yield part.at, _INDENTED
        elif kind == "heading_open":
            yield from _check_heading(part, located.lines[part.line])
        elif kind == "fence":
            yield from _check_fence(part, located.lines)
        elif previous == "paragraph_open" and (row := _TABLE_LINE.search(part.token.content)):
            line = part.line + part.token.content.count("\n", 0, row.start())
            yield located.start(line), _BROKEN_TABLE
        previous = kind


def _check_heading(part: Part, line: str) -> Iterator[TextFault]:
    token = part.token
    if token.markup in ("-", "="):
        yield part.at, _UNDERLINED.format(token.markup * 3)
    elif token.tag not in _HEADING_LEVELS:
        yield part.at, _HEADING
    elif match := _TWICE_HEADING.match(line):
        yield part.at + match.start(1), _MARKS_NOTHING.format(match[1])
    elif match := _CLOSED_HEADING.search(line):
        yield part.at + match.start(1), _CLOSING


def _check_fence(part: Part, lines: list[str]) -> Iterator[TextFault]:
    token = part.token
    if not _LANGUAGE.fullmatch(token.info.strip()):
        yield part.at, _INFO.format(token.markup)
    first, end = token.map or (0, 0)
    last = lines[min(end, len(lines)) - 1].strip(" \t>")
    closed = end - first > 1 and len(last) >= len(token.markup) and {*last} == {token.markup[0]}
    if not closed:
        yield part.at, _OPEN_FENCE.format(token.markup)


def _check_inline(located: LocatedMarkdown) -> Iterator[TextFault]:
    shown, opened = True, ["", "", ""]
    for part in located.parts:
        token, kind = part.token, part.token.type
        if part.block:
            if kind == "text" and opened[-3:] == _ITEM and _TASK.match(token.content):
                yield part.at, _TASK_LIST
            if kind == "link_close" and not shown:
                yield part.at, _NO_TEXT
            yield from _INLINE_CHECKS.get(kind, _check_nothing)(part)
        opened.append(kind)
        shown = kind != "link_open" and (shown or bool(token.content.strip()))


def _check_text(part: Part) -> Iterator[TextFault]:
    text, start = part.token.content, part.token.meta["at"]
    for match in _UNREAD_MARK.finditer(text):
        apart = text[match.end() :][:1].isspace()
        message = _APART if apart else _NO_LINK
        yield part.at + match.start(), message if match[0] == "]" else _FOOTNOTE
    for match in _UNPAIRED.finditer(text):
        before, after = start + match.start() - 1, start + match.end()
        around = part.block[max(before, 0) : before + 1] + part.block[after : after + 1]
        if match[0] != "*" or around.strip():
            yield part.at + match.start(), _MARKS_NOTHING.format(match[0])


def _check_emphasis(part: Part) -> Iterator[TextFault]:
    mark, start = part.token.markup, part.token.meta["at"]
    if mark == "__":
        yield part.at, _UNDERSCORES
    run = re.compile(r"[*_]+").match(part.block, start)
    around = part.block[:start][-1:] + (part.block[run.end() :][:1] if run else "")
    within = len(around) == 2 and around.isalnum()  # noqa: PLR2004  One on each side.
    if within and not _UNSPACED.search(around):
        yield part.at, _WITHIN_WORD.format(mark[0])


def _check_entity(part: Part) -> Iterator[TextFault]:
    written, shown = part.token.markup, part.token.content
    if part.token.info != "entity":
        return
    if shown == "\ufffd" or any(find_invisible(shown)):
        yield part.at, _ENTITY.format(written, describe_character(shown[0]))
    elif shown.isspace():
        yield part.at, _BLANK.format(written, describe_character(shown[0]))


def _check_link(part: Part) -> Iterator[TextFault]:
    if part.token.attrGet("title"):
        yield part.at, _TITLE


def _check_nothing(_: Part) -> Iterator[TextFault]:
    yield from ()


_INLINE_CHECKS = {
    "text": _check_text,
    "text_special": _check_entity,
    "link_open": _check_link,
    "html_inline": lambda part: iter([(part.at, _RAW_HTML)]),
    "image": lambda part: iter([(part.at, _PICTURE)]),
    **dict.fromkeys(("em_open", "em_close", "strong_open", "strong_close"), _check_emphasis),
}


def _check_letters(text: str, located: LocatedMarkdown) -> Iterator[TextFault]:
    """Yield a fault for the first letter that is not shown."""
    shown = iter("".join(_LETTER.findall("".join(_list_shown(located.parts)))))
    for match in _LETTER.finditer(text):
        if match[0] != next(shown, ""):
            lost = text[match.start() :].partition("\n")[0][:_LOST_LENGTH]
            yield match.start(), _LOST.format(lost)
            return


def _list_shown(parts: Iterable[Part]) -> Iterator[str]:
    links: list[Token] = []
    for token in (part.token for part in parts):
        if token.type == "inline":
            continue
        if token.type == "link_open":
            links.append(token)
        elif token.type == "link_close":
            link = links.pop()
            yield "" if link.markup == "autolink" else str(link.attrGet("href"))
        elif token.type in ("text_special", "braces"):
            yield token.markup
        else:
            yield token.info
            yield token.content
