"""Check what readers will read: placeholders, headings, links, raw HTML and lengths."""

import re
from collections.abc import Iterator, Mapping

from markdown_it import MarkdownIt

from content.documents import Key
from content.drafts import Draft
from content.errors import Fault
from content.filling import write_value
from content.markdown import parse_markdown
from content.placeholders import (
    DATA_CENTERS,
    PLACEHOLDER,
    OfDataCenter,
    Placeholder,
    PlaceholderError,
    Table,
    Value,
    parse_placeholder,
)
from content.sources import FAQS
from content.templates import parse_template
from schemas.collections import Collections

MAX_SUMMARY_LENGTH = 300
_HEADING_LEVELS = ("h3", "h4", "h5", "h6")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_OUR_PATH = re.compile(r"/v1/([a-z0-9-]+)/([a-z0-9-]+)$")
_WITH_HTML = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

#: What can be looked up while checking: the drafts by key.
Drafts = Mapping[Key, Draft]


def check_text(
    draft: Draft, known: Drafts, attempted: set[Key], collections: Collections
) -> Iterator[Fault]:
    """Yield the faults in the texts of *draft*."""
    for field, value in draft.document.body.items():
        if isinstance(value, str) and _CONTROLS.search(value):
            said = "an invisible control character stands here; type the text again."
            yield draft.fault(said, field)
    if draft.document.key.collection == FAQS:
        yield from _check_summary(draft, known, collections)
        yield from _check_template(draft, known, attempted, collections)
        yield from _check_markdown(draft, attempted, collections)


def _check_summary(draft: Draft, known: Drafts, collections: Collections) -> Iterator[Fault]:
    summary = draft.document.body["summary"]
    for match in PLACEHOLDER.finditer(summary):
        try:
            asks = parse_placeholder(match[1])
        except PlaceholderError as error:
            yield draft.fault(str(error), "summary")
            continue
        if not isinstance(asks, Value):
            said = "a summary takes values of documents only; write the words out."
            yield draft.fault(said, "summary")
        elif Key(asks.collection, asks.id) not in known:
            yield draft.fault(f"there is no {asks.collection}/{asks.id} to show.", "summary")
        elif asks.field not in collections[asks.collection].authored:
            yield draft.fault(_explain_field(asks.collection, asks.field, collections), "summary")
    if PLACEHOLDER.sub("", summary).count("{{"):
        yield draft.fault("'{{' without its '}}'; write '{{ collection.id.field }}'.", "summary")
    length = len(_fill(summary, known))
    if length > MAX_SUMMARY_LENGTH:
        said = f"the summary has {length} characters; shorten it to {MAX_SUMMARY_LENGTH}."
        yield draft.fault(said, "summary")


def _fill(summary: str, known: Drafts) -> str:
    def fill(match: re.Match[str]) -> str:
        collection, _, rest = match[1].strip().partition(".")
        document_id, _, field = rest.partition(".")
        draft = known.get(Key(collection, document_id))
        return write_value(draft.document.body.get(field)) if draft else match[0]

    return PLACEHOLDER.sub(fill, summary)


def _check_template(
    draft: Draft, known: Drafts, attempted: set[Key], collections: Collections
) -> Iterator[Fault]:
    template = parse_template(draft.document.body["markdown"])
    for offset, message in template.faults:
        yield draft.text_fault(message, offset)
    for slot in template.slots:
        wrong = _judge(slot.asks, attempted, collections)
        if wrong is None and isinstance(slot.asks, Value) and slot.in_code:
            wrong = _judge_in_code(slot.asks, known)
        if wrong is not None:
            yield draft.text_fault(wrong, slot.start)


def _judge(asks: Placeholder, attempted: set[Key], collections: Collections) -> str | None:
    """Return what is wrong with a placeholder's names; None when nothing is."""
    if isinstance(asks, OfDataCenter):
        return _judge_fields(DATA_CENTERS, (asks.field,), collections)
    if isinstance(asks, Table):
        wanted = (*asks.columns, *(field for field, _ in asks.where))
        return _judge_fields(asks.collection, wanted, collections)
    if isinstance(asks, Value):
        wrong = _judge_fields(asks.collection, (asks.field,), collections)
        absent = Key(asks.collection, asks.id) not in attempted
        said = f"there is no {asks.collection}/{asks.id} to show; write the id of one there is."
        return wrong or (said if absent else None)
    return None


def _judge_fields(name: str, fields: tuple[str, ...], collections: Collections) -> str | None:
    if name not in collections or name == FAQS:
        others = ", ".join(other for other in collections.names if other != FAQS)
        return f"there is no collection {name!r} to show; there are {others}."
    unknown = [field for field in fields if field not in collections[name].authored]
    return _explain_field(name, unknown[0], collections) if unknown else None


def _explain_field(name: str, field: str, collections: Collections) -> str:
    authored = ", ".join(collections[name].authored)
    return f"{name} has no field {field!r} to show; its fields are {authored}."


def _judge_in_code(asks: Value, known: Drafts) -> str | None:
    draft = known.get(Key(asks.collection, asks.id))
    words = write_value(draft.document.body[asks.field]) if draft else ""
    if "`" in words or "|" in words:
        return f"the value {words!r} would break out of code; write the placeholder as text."
    return None


def _check_markdown(draft: Draft, attempted: set[Key], collections: Collections) -> Iterator[Fault]:
    for token in _WITH_HTML.parse(draft.document.body["markdown"]):
        kinds = {token.type, *(child.type for child in token.children or ())}
        if kinds & {"html_block", "html_inline"}:
            said = "raw HTML is not shown; write it in Markdown, or as code between backticks."
            yield _fault_line(draft, token.map, said)
    for token in parse_markdown(draft.document.body["markdown"]):
        if token.type == "heading_open" and token.tag not in _HEADING_LEVELS:
            said = "the question is the heading above this; begin headings with '###'."
            yield _fault_line(draft, token.map, said)
        for child in token.children or ():
            match = _OUR_PATH.match(str(child.attrGet("href") or ""))
            if match and match[1] in collections and Key(match[1], match[2]) not in attempted:
                said = f"the link {match[0]!r} leads nowhere; write the id of a document there is."
                yield _fault_line(draft, token.map, said)


def _fault_line(draft: Draft, lines: list[int] | None, message: str) -> Fault:
    text = draft.document.body["markdown"].split("\n")
    line = lines[0] if lines else 0
    return draft.text_fault(message, sum(len(before) + 1 for before in text[:line]))
