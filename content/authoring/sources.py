"""Find and read the files that editors write; the faults of all of them come together."""

from collections.abc import Iterator
from pathlib import Path

from content.authoring.drafts import WITHDRAWN, Draft, Sources, Withdrawal, name_file
from content.authoring.source_file import SourceFile
from content.documents import FAQS, Document, Key
from content.errors import Fault
from content.suggestions import suggest
from schemas.collection import Collection, Collections
from schemas.withdrawal import WithdrawalSchema

_FENCE = "---"


def read_sources(root: Path, collections: Collections) -> Sources:
    """Return the documents below *root*`/content`, and every fault in reading them."""
    sources = Sources()
    for path in _list_files(root / "content" / FAQS, "*.md"):
        _read_faq(SourceFile(root, path, sources), collections[FAQS])
    for collection in collections:
        path = root / name_file(collection.name, "")
        if collection.name != FAQS and path.is_file():
            _read_facts(SourceFile(root, path, sources), collection)
    sources.faults += _report_unexpected_files(root, collections)
    if (root / WITHDRAWN).is_file():
        _read_withdrawals(SourceFile(root, root / WITHDRAWN, sources))
    return sources


def _list_files(folder: Path, pattern: str) -> list[Path]:
    return sorted(path for path in folder.glob(pattern) if path.is_file())


def _read_faq(file: SourceFile, collection: Collection) -> None:
    # Its name is the id, so that links to it hold even when it cannot be read.
    file.sources.attempted.add(Key(FAQS, Path(file.name).stem))
    lines = (file.read_text() or "").split("\n")
    end = lines.index(_FENCE, 1) if lines[0] == _FENCE and _FENCE in lines[1:] else 0
    if end and file.parse("\n".join(lines[1:end]), first_line=2):
        _read_answer(file, collection, "\n".join(lines[end + 1 :]), end + 2)
    elif not file.faulty:
        message = "an answer begins with a line '---', its fields, and another line '---'."
        file.report((1, 1), message)


def _read_answer(file: SourceFile, collection: Collection, markdown: str, line: int) -> None:
    fields = file.located.value
    if "markdown" in fields:
        place = file.located.find_position(("markdown",), of_key=True)
        file.report(place, "the answer goes below the fields, not among them.")
    if not markdown.strip():
        file.report((line - 1, 1), "the answer is empty; write it below the fields.")
        # A stand-in, so that the fields are checked all the same.
        markdown = _FENCE
    skipped = len(markdown) - len(markdown.lstrip("\n"))
    text = markdown.strip("\n") + "\n"
    file.add(collection, (), {**fields, "markdown": text}, text_line=line + skipped)


def _read_facts(file: SourceFile, collection: Collection) -> None:
    for place, fields in file.read_items():
        file.add(collection, ("items", place), fields)
    if not isinstance(file.located.value, dict):
        file.guess_ids(collection.name)


def _read_withdrawals(file: SourceFile) -> None:
    schema = WithdrawalSchema()
    for place, fields in file.read_items():
        loaded = file.load(schema, ("items", place), fields)
        if loaded is not None:
            key = Key(loaded["collection"], loaded["id"])
            draft = Draft(Document(key, loaded), file.name, file.located, ("items", place))
            withdrawal = Withdrawal(key, loaded["reason"], loaded["successor"], draft)
            file.sources.withdrawals.append(withdrawal)


def _report_unexpected_files(root: Path, collections: Collections) -> Iterator[Fault]:
    """Yield a fault for each file that nobody would read."""
    known = {f"{name}.yaml" for name in collections.names if name != FAQS}
    for path in sorted((root / "content" / "facts").glob("*")):
        if path.name not in known or not path.is_file():
            suggestion = suggest(path.name, known)
            hint = (
                f"rename it to {suggestion!r}" if suggestion else f"use {', '.join(sorted(known))}"
            )
            message = f"no collection is kept in a file of this name; {hint}."
            yield Fault(path.relative_to(root).as_posix(), 0, 0, "", message)
    for path in sorted((root / "content" / FAQS).glob("*")):
        if path.suffix != ".md" or not path.is_file():
            message = "answers are files that end in .md; rename or move this one."
            yield Fault(path.relative_to(root).as_posix(), 0, 0, "", message)
