"""Edit source files: add a document to fill in, record a review, withdraw documents."""

import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from marshmallow import fields

from content.authoring.check_texts import RESERVED
from content.authoring.selection import select_drafts
from content.documents import FAQS, KINDS, SITE, Body, Key
from content.editors.schema_files import build_line
from content.errors import UsageError
from content.files import naming
from content.sources.drafts import WITHDRAWN, Draft, Sources, name_file
from content.sources.located_yaml import LocatedYaml, parse_yaml
from content.sources.reader import read_sources
from schemas.collection import Collection, Collections
from schemas.fields import List, Nested
from schemas.words import OpenEnum

REVIEW_DAYS = 180
_BELOW = (
    "# Write the answer below the next line, in Markdown. Start headings with '##'.\n"
    "# See docs/content.md."
)
#: The fields of a new kind, to be edited.
_FIELDS = """
  - name: name
    type: text
    required: true
    description: The name for people.
  # - name: data_center
  #   type: reference
  #   to: data-centers
  #   description: The data center that it belongs to."""
#: Line endings, LF or CRLF: an answer can be added on one system and edited on another.
_END = re.compile(r"\r?\n")
#: The ways to write null in YAML.
_NULL = re.compile(r"null|Null|NULL|~")


def add_document(
    root: Path, collections: Collections, name: str, document_id: str, day: date
) -> Path:
    """Write a new document to fill in, with comments for every field, and return its file.

    Raises:
        UsageError: The collection is unknown, or the ID is invalid or already used.
    """
    sources = read_sources(root, collections)
    collection = _get_collection(sources.collections, name)
    if collection.name == SITE.collection:
        raise UsageError(
            "The site document cannot be added. Write site.yaml by hand, see docs/site.md."
        )
    problems = collection.strict.validate({"id": document_id}).get("id")
    if problems:
        raise UsageError(" ".join(problems))
    key = Key(collection.name, document_id)
    taken = _explain_taken(sources, key)
    if taken is not None:
        raise UsageError(f"{key} {taken}")
    path = root / name_file(*key)
    if os.path.lexists(path) and not path.is_file():
        raise UsageError(f"{path} is not a regular file. Remove it first.")
    if collection.name == FAQS:
        front = "\n".join(_format_fields(collection, document_id, day, set(), ""))
        replace_text(path, f"---\n{front}\n{_BELOW}\n---\n")
        return path
    if collection.name == KINDS:
        replace_text(path, _format_kind(collection, document_id))
        return path
    item = partial(_format_fields, collection, document_id, day)
    replace_text(path, _append_item(root, name_file(*key), item))
    return path


@dataclass(frozen=True)
class Review:
    """A recorded review.

    Attributes:
        key: The document.
        due: The day of the next review.
        path: The file.
    """

    key: Key
    due: date
    path: Path


def mark_reviewed(
    root: Path, collections: Collections, name: str, day: date, until: date | None
) -> list[Review]:
    """Record that all documents that *name* selects were checked on *day*.

    If one of them cannot be changed, nothing is written.

    Args:
        name: See `select_drafts`.
        until: The day of the next review. None: keep the current interval, counted from *day*.

    Raises:
        UsageError: Nothing is selected, a document has no review date, or its lines cannot be
            changed safely.
    """
    drafts = select_drafts(read_sources(root, collections), name)
    files: dict[Path, list[Draft]] = {}
    reviews = []
    for draft in drafts:
        due = _find_due(draft, day) if until is None else until
        if due < day:
            raise UsageError(f"--until {due} is before {day}, the day of this review.")
        reviews.append(Review(draft.document.key, due, root / draft.file))
        files.setdefault(root / draft.file, []).append(draft)
    days = {
        r.key: {"reviewed_on": day.isoformat(), "review_by": r.due.isoformat()} for r in reviews
    }
    expected = _read_bodies(root, collections)
    expected |= {key: {**expected[key], **days[key]} for key in days}
    before = {path: read_source(path) for path in files}
    for path, selected in files.items():
        text = before[path]
        # Start at the end of the file, because adding a line moves the lines below it.
        for draft in sorted(selected, key=_find_line, reverse=True):
            text = _set_fields(text, draft, days[draft.document.key])
        replace_text(path, text)
    after = _read_bodies(root, collections)
    if after != expected:
        for path, text in before.items():
            replace_text(path, text)
        review = next((r for r in reviews if after.get(r.key) != expected[r.key]), reviews[0])
        raise UsageError(
            f"{review.path} was not changed, because this command cannot safely edit "
            f"the dates of {review.key} there. Write reviewed_on: {day} and review_by: "
            f"{review.due} by hand."
        )
    return reviews


def _find_line(draft: Draft) -> int:
    return draft.located.find_position((*draft.path, "id"))[0]


def replace_text(path: Path, text: str) -> None:
    """Replace the text of *path* atomically. The file mode does not change."""
    _replace_bytes(path, text.encode())


def _replace_bytes(path: Path, data: bytes) -> None:
    path = path.resolve()
    with naming(path):
        _replace(path, data)


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            os.fchmod(file.fileno(), mode)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _explain_taken(sources: Sources, key: Key) -> str | None:
    """Return why the ID of *key* cannot be used for a new document, to be put after it."""
    if key in RESERVED:
        return "is an endpoint. Choose another ID."
    if key in sources.attempted:
        return "already exists. Choose another ID."
    for draft in sources.drafts:
        same = draft.document.key.collection == key.collection
        if same and key.id in draft.document.aliases:
            return f"is an alias of {draft.document.key}. Choose another ID."
    if any(withdrawal.key == key for withdrawal in sources.withdrawals):
        return "was withdrawn. Delete its entry in withdrawn.yaml, or choose another ID."
    return None


def replace_sources(root: Path, before: Iterable[str], files: Mapping[str, bytes]) -> None:
    """Write *files* by path relative to *root*. Delete files of *before* not in *files*."""
    for name in before:
        if name not in files:
            (root / name).unlink(missing_ok=True)
    for name, data in files.items():
        path = root / name
        if not path.exists() or path.read_bytes() != data:
            _replace_bytes(path, data)


def add_withdrawals(root: Path, withdrawals: Iterable[Body]) -> None:
    """Add entries to `withdrawn.yaml`, which is valid or does not exist."""
    path = root / WITHDRAWN
    for body in withdrawals:
        try:
            text = _append_item(root, WITHDRAWN, partial(_format_withdrawal, body))
        except UsageError:
            # The entries are in flow style, or there are none. Write them all again.
            value = parse_yaml(_END.sub("\n", read_source(path))).value
            bodies = [{**value.get("defaults", {}), **item} for item in value["items"]]
            lines = [_format_withdrawal(known, set(), "    ") for known in [*bodies, body]]
            items = ["  - " + "\n".join(item).lstrip() for item in lines]
            text = "\n".join(["items:", *items, ""])
        replace_text(path, text)


def _format_withdrawal(body: Body, _given: set[str], indent: str) -> Iterator[str]:
    for name, value in body.items():
        yield f"{indent}{name}: {json.dumps(value, ensure_ascii=False)}"


def _get_collection(collections: Collections, name: str) -> Collection:
    wanted = {"faq": FAQS, "kind": KINDS}.get(name, name)
    if wanted not in collections:
        hidden = (FAQS, KINDS, SITE.collection)
        others = ", ".join(other for other in collections.names if other not in hidden)
        raise UsageError(
            f"Unknown collection {name!r}. Use faq, kind, or one of: {others}. To "
            f"declare a kind of fact with this name, run 'faqts new kind {name}'."
        )
    return collections[wanted]


def _find_due(draft: Draft, day: date) -> date:
    """Return the next review date: the interval of the last review, counted from *day*."""
    body = draft.document.body
    last = body["reviewed_on"] or body["written_on"]
    span = date.fromisoformat(body["review_by"]) - date.fromisoformat(last)
    if timedelta() <= span <= date.max - day:
        return day + span
    done = "reviewed" if body["reviewed_on"] else "written"
    raise UsageError(
        f"{draft.document.key} was {done} on {last} and its review was due by "
        f"{body['review_by']}, so the next date cannot be computed. Set it with "
        "--until."
    )


def _read_bodies(root: Path, collections: Collections) -> dict[Key, Body]:
    drafts = read_sources(root, collections).drafts
    return {draft.document.key: draft.document.body for draft in drafts}


def read_source(path: Path) -> str:
    """Return the text of a source file, with its ends of lines as they are.

    Raises:
        UsageError: it is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"{path.name} is not UTF-8. Save it as UTF-8.") from None


def _set_fields(text: str, draft: Draft, values: dict[str, str]) -> str:
    lines = text.split("\n")
    added: list[str] = []
    id_line, id_column = draft.located.keys[(*draft.path, "id")]
    for name, value in values.items():
        place = draft.located.values.get((*draft.path, name))
        if place is None:
            added.append(f"{' ' * (id_column - 1)}{name}: {value}")
        else:
            line, column = place
            head, tail = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
            written = draft.document.body[name] or (_NULL.match(tail) or [""])[0]
            lines[line - 1] = head + tail.replace(written, value if written else f" {value}", 1)
    end = "\r" if lines[id_line - 1].endswith("\r") else ""
    lines[id_line:id_line] = [line + end for line in added]
    return "\n".join(lines)


def _format_kind(collection: Collection, name: str) -> str:
    """Return a new declaration. Only the description must be edited."""
    title = name.replace("-", " ").capitalize()
    values = {"id": name, "title": title, "one": re.sub("s$", "", title.lower()), "fields": _FIELDS}
    lines = [build_line(name_file(KINDS, name))]
    lines.append("# A kind of fact. docs/kinds.md explains every line and every type of field.")
    for field in collection.authored:
        described = collection.strict.fields[field]
        empty = " []" if isinstance(described, List) else ""
        lines.append(f"# {described.metadata['description']}{_list_choices(described)}")
        lines.append(f"{field}: {values[field]}" if field in values else f"{field}:{empty}")
    return "\n".join([*lines, ""])


def _append_item(root: Path, file: str, item: Callable[[set[str], str], Iterable[str]]) -> str:
    """Return the text of *file*, below *root*, with one more document at its end.

    Args:
        item: Returns the lines of the document. Called with the fields that have defaults, and the
            indentation.
    """
    path = root / file
    text = read_source(path) if path.exists() else f"{build_line(file)}\nitems:\n"
    located = parse_yaml(_END.sub("\n", text))
    before = located.value if isinstance(located.value, dict) else {}
    defaults = before.get("defaults")
    given = set(defaults) if isinstance(defaults, dict) else set()
    dash = _find_dash(text, located)
    written = list(item(given, " " * len(dash)))
    written[0] = dash + written[0].lstrip()
    end = "\r\n" if "\r\n" in text else "\n"
    after = end.join([text.rstrip("\r\n"), *written, ""])
    if not _has_one_more(before, parse_yaml(_END.sub("\n", after))):
        raise UsageError(
            f"Cannot add to {path.name}: 'items:' must be its last field, with each "
            "document after '- ' on its own line. Run 'faqts check'."
        )
    return after


def _has_one_more(before: dict[str, Any], after: LocatedYaml) -> bool:
    """Return whether *after* is *before* with one more document at its end."""
    value = after.value
    if after.faults or not isinstance(value, dict) or not isinstance(value.get("items"), list):
        return False
    items = value["items"][:-1] or before.get("items")
    return {**value, "items": items} == before


def _find_dash(text: str, located: LocatedYaml) -> str:
    """Return the text before the first document: spaces, a dash, spaces."""
    line, column = located.values.get(("items", 0), (0, 0))
    dash = text.split("\n")[line - 1][: column - 1] if line else ""
    return dash if dash.strip() == "-" else "  - "


def _format_fields(
    collection: Collection, document_id: str, day: date, given: set[str], indent: str
) -> Iterator[str]:
    """Yield the lines of a new document, without the fields in *given*, which have defaults."""
    days = {"written_on": day, "review_by": day + timedelta(days=REVIEW_DAYS)}
    yield f"{indent}id: {document_id}"
    for name in collection.authored:
        if name in ("id", "markdown") or name in given:
            continue
        field = collection.strict.fields[name]
        yield f"{indent}# {field.metadata['description']}{_list_choices(field)}"
        if name in days:
            yield f"{indent}{name}: {days[name]}"
        else:
            yield from _format_field(name, field, indent)


def _list_choices(field: fields.Field[Any]) -> str:
    inner = field.inner if isinstance(field, List) else field
    example = inner.metadata.get("example")
    if isinstance(inner, OpenEnum):
        return f" One of: {', '.join(inner.choices)}."
    return f" Example: {example}" if example is not None else ""


def _format_field(name: str, field: fields.Field[Any], indent: str) -> Iterator[str]:
    inner = field.inner if isinstance(field, List) else field
    if isinstance(inner, Nested):
        listed = isinstance(field, List)
        yield f"{indent}{name}:"
        for place, (key, part) in enumerate(inner.schema.fields.items()):
            dash = "- " if listed and place == 0 else "  " if listed else ""
            written = " null" if part.allow_none else ""
            yield f"{indent}  {dash}{key}:{written}  # {part.metadata['description']}"
    elif isinstance(field, List):
        yield f"{indent}{name}: []"
    elif field.allow_none:
        yield f"{indent}{name}: null"
    else:
        yield f"{indent}{name}:"
