"""Check what readers will read: placeholders, headings, links, raw HTML and lengths."""

import re
from collections.abc import Iterator, Mapping

from markdown_it import MarkdownIt
from markdown_it.token import Token

from content.authoring.check_placeholders import PlaceholderJudge
from content.authoring.drafts import Draft
from content.documents import FAQS, Key
from content.errors import Fault
from content.text.markdown import parse_markdown
from content.text.placeholders import PLACEHOLDER, PlaceholderError, parse_placeholder
from content.text.template import parse_template
from schemas.collection import Collections

MAX_SUMMARY_LENGTH = 300
#: Ids that a path of version 1 has taken.
RESERVED = frozenset({Key("ip-ranges", "lookup"), Key("ip-ranges", "aws")})
#: What else has a path below /v1.
_OTHER_PATHS = frozenset({"releases", "changes", "openapi.json"})
_HEADING_LEVELS = ("h3", "h4", "h5", "h6")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_WITH_HTML = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_INVISIBLE = "an invisible control character is here; type the text again."
_RAW_HTML = "raw HTML is not shown; write it in Markdown, or as code between backticks."
_HEADING = "the question is the heading above this; begin headings with '###'."

#: What can be looked up while checking: the drafts by key.
Drafts = Mapping[Key, Draft]


def check_text(
    draft: Draft, known: Drafts, attempted: set[Key], collections: Collections
) -> Iterator[Fault]:
    """Yield the faults in the texts of *draft*."""
    if draft.document.key.collection == FAQS:
        judge = PlaceholderJudge(known, attempted, collections)
        yield from _check_summary(draft, judge)
        yield from _check_template(draft, judge)
        match = _CONTROLS.search(draft.document.body["markdown"])
        if match:
            yield draft.text_fault(_INVISIBLE, match.start())
        yield from _check_html(draft)
        yield from _check_links(draft, attempted, collections)


def _check_summary(draft: Draft, judge: PlaceholderJudge) -> Iterator[Fault]:
    summary = draft.document.body["summary"]
    length = len(PLACEHOLDER.sub("", summary))
    for match in PLACEHOLDER.finditer(summary):
        try:
            placeholder = parse_placeholder(match[1])
        except PlaceholderError as error:
            yield draft.fault(str(error), "summary")
            continue
        length += len(judge.fill(placeholder))
        wrong = judge.find_summary_fault(placeholder)
        if wrong is not None:
            yield draft.fault(wrong, "summary")
    if "{{" in PLACEHOLDER.sub("", summary):
        yield draft.fault("'{{' without its '}}'; write '{{ collection.id.field }}'.", "summary")
    if length > MAX_SUMMARY_LENGTH:
        detail = f"the summary has {length} characters; shorten it to {MAX_SUMMARY_LENGTH}."
        yield draft.fault(detail, "summary")


def _check_template(draft: Draft, judge: PlaceholderJudge) -> Iterator[Fault]:
    template = parse_template(draft.document.body["markdown"])
    for offset, message in template.faults:
        yield draft.text_fault(message, offset)
    for slot in template.slots:
        wrong = judge.find_fault(slot.placeholder, in_code=slot.in_code)
        if wrong is not None:
            yield draft.text_fault(wrong, slot.start)


def _check_html(draft: Draft) -> Iterator[Fault]:
    for line, token in _list_tokens(_WITH_HTML.parse(draft.document.body["markdown"])):
        if token.type in ("html_block", "html_inline"):
            yield _fault_line(draft, line, _RAW_HTML)
        elif token.type == "heading_open" and token.tag not in _HEADING_LEVELS:
            yield _fault_line(draft, line, _HEADING)


def _check_links(draft: Draft, attempted: set[Key], collections: Collections) -> Iterator[Fault]:
    for line, token in _list_tokens(parse_markdown(draft.document.body["markdown"])):
        href = token.attrGet("href")
        if isinstance(href, str) and not _has_target(href, attempted, collections):
            detail = (
                f"the link {href!r} points to nothing; write /v1/faqs/ and the id of an answer "
                "there is, or an address that begins with https://."
            )
            yield _fault_line(draft, line, detail)


def _has_target(href: str, attempted: set[Key], collections: Collections) -> bool:
    if not href.startswith("/"):
        return _SCHEME.match(href) is not None
    _, first, *rest = re.split(r"[?#]", href, maxsplit=1)[0].split("/")
    if first != "v1" or not rest or rest[0] in _OTHER_PATHS:
        return True
    if rest[0] not in collections:
        return False
    return len(rest) == 1 or Key(rest[0], rest[1]) in attempted | RESERVED


def _list_tokens(tokens: list[Token]) -> Iterator[tuple[int, Token]]:
    """Yield every token, those within a line too, with the number of its line from 0."""
    line = 0
    for token in tokens:
        line = token.map[0] if token.map else line
        yield line, token
        for child in token.children or ():
            yield line, child
            line += child.type in ("softbreak", "hardbreak")


def _fault_line(draft: Draft, line: int, message: str) -> Fault:
    text = draft.document.body["markdown"].split("\n")
    return draft.text_fault(message, sum(len(before) + 1 for before in text[:line]))
