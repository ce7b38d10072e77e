"""Check the texts for readers: placeholders, headings, links, raw HTML and lengths."""

import re
from collections.abc import Iterator, Mapping
from functools import partial

from content.authoring.check_markdown import check_markdown
from content.authoring.check_placeholders import PlaceholderJudge
from content.authoring.check_site import check_site
from content.documents import FAQS, SITE, Key
from content.errors import Fault
from content.sources.drafts import Draft
from content.text.markdown import keeps_address
from content.text.placeholders import PLACEHOLDER, PlaceholderError, parse_placeholder
from content.text.template import parse_template
from schemas.characters import find_invisible
from schemas.collection import Collections
from schemas.fields import List, Markdown

MAX_SUMMARY_LENGTH = 300
#: IDs that would have the same path as an endpoint.
RESERVED = frozenset({Key("ip-ranges", "lookup"), Key("ip-ranges", "aws")})
#: Pages of the site, except those of answers.
_PAGES = frozenset({"/", "/ip-ranges", "/clouds", "/changes", "/terms", "/docs", "/problems"})
#: Other paths of the service.
_OTHER_PATH = re.compile(
    r"/v1(/releases|/changes|/openapi\.json)?|(/v1)?/releases/[0-9-]{10}\.[0-9]{2,9}|/problems/[a-z-]+"
)
_DOCUMENT_PATH = re.compile(
    r"/faqs/(?P<page>[^/]+)|/v1/(?P<name>[^/]+)(/(?P<id>[^/]+)(?P<below>/revisions)?)?"
)
#: A URL without user name, or one email address.
_ADDRESS = re.compile(
    r"https?://[\w-]+(\.[\w-]+)*(:[0-9]+)?([/?#][^\s\\<>\"]*)?|mailto:[^\s@:,/?]+@[\w-]+(\.[\w-]+)+",
    re.IGNORECASE,
)

#: The documents by key.
Drafts = Mapping[Key, Draft]


def check_text(
    draft: Draft, known: Drafts, attempted: set[Key], collections: Collections
) -> Iterator[Fault]:
    """Yield the faults in the texts of *draft*."""
    if draft.document.key.collection == FAQS:
        judge = PlaceholderJudge(known, attempted, collections)
        yield from _check_summary(draft, judge)
        yield from _check_template(draft, judge)
        yield from _check_body(draft, attempted, collections)
    elif draft.document.key == SITE:
        has_target = partial(_has_target, attempted=attempted, collections=collections)
        yield from check_site(draft, collections, has_target)
    else:
        yield from _check_markdown_fields(draft, attempted, collections)


def _check_markdown_fields(
    draft: Draft, attempted: set[Key], collections: Collections
) -> Iterator[Fault]:
    """Yield the faults in the Markdown of a fact, which cannot contain placeholders."""
    has_target = partial(_has_target, attempted=attempted, collections=collections)
    collection = collections[draft.document.key.collection]
    for name, field in collection.strict.load_fields.items():
        if not isinstance(field.inner if isinstance(field, List) else field, Markdown):
            continue
        value = draft.document.body[name] or []
        pairs = enumerate(value) if isinstance(value, list) else [(None, value)]
        for place, text in pairs:
            at = (name,) if place is None else (name, place)
            if "{{" in text:
                yield draft.fault("placeholders do not work here. Write out the value.", *at)
            for _, message in check_markdown(text, has_target):
                yield draft.fault(message, *at)


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
        yield draft.fault(
            "'{{' has no matching '}}'. Write '{{ collection.id.field }}'.", "summary"
        )
    if length > MAX_SUMMARY_LENGTH:
        detail = f"the summary has {length} characters. Shorten it to at most {MAX_SUMMARY_LENGTH}."
        yield draft.fault(detail, "summary")


def _check_template(draft: Draft, judge: PlaceholderJudge) -> Iterator[Fault]:
    template = parse_template(draft.document.body["markdown"])
    for offset, message in template.faults:
        yield draft.text_fault(message, offset)
    for slot in template.slots:
        wrong = judge.find_fault(slot.placeholder, in_code=slot.in_code)
        if wrong is not None:
            yield draft.text_fault(wrong, slot.start)


def _check_body(draft: Draft, attempted: set[Key], collections: Collections) -> Iterator[Fault]:
    has_target = partial(_has_target, attempted=attempted, collections=collections)
    for offset, message in check_markdown(draft.document.body["markdown"], has_target):
        yield draft.text_fault(message, offset)


def _has_target(address: str, attempted: set[Key], collections: Collections) -> bool:
    if not address.startswith("/"):
        complete = bool(_ADDRESS.fullmatch(address)) and not any(find_invisible(address))
        return complete and keeps_address(address)
    path = re.split(r"[?#]", address, maxsplit=1)[0]
    if path in _PAGES or _OTHER_PATH.fullmatch(path):
        return True
    if (page := path[1:]) in collections and collections[page].has_default_views:
        return not collections[page].is_plain
    match = _DOCUMENT_PATH.fullmatch(path)
    if match is None:
        return False
    name, document_id = (FAQS, match["page"]) if match["page"] else (match["name"], match["id"])
    if name not in collections or (match["below"] and name != FAQS):
        return False
    return document_id is None or Key(name, document_id) in attempted | RESERVED
