"""Find and read the source files, and collect all faults."""

import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path, PurePosixPath

from content.documents import FAQS, KINDS, SITE, Document, Key
from content.errors import Fault
from content.sources.drafts import (
    WITHDRAWN,
    Draft,
    Sources,
    Withdrawal,
    find_place,
    name_file,
)
from content.sources.located_yaml import Position
from content.sources.site_source import read_site
from content.sources.source_file import MAX_DOCUMENTS, SourceFile
from content.suggestions import suggest
from schemas.collection import Collection, Collections
from schemas.declarations.collection import apply_kinds
from schemas.declarations.faults import MAX_KINDS, find_faults
from schemas.withdrawal import WithdrawalSchema

_FENCE = "---"
#: A line that looks like a field.
_FIELD_LINE = re.compile(r"[\w-]+:(\s|$)|\s|#|- |$")


def read_sources(root: Path, collections: Collections) -> Sources:
    """Read all documents in the content folder *root*, and collect the faults."""
    sources = Sources(collections)
    kinds = _list_files(root, KINDS, sources)
    collections = sources.collections = _read_kinds(root, kinds, sources)
    answers = _list_files(root, FAQS, sources)
    if len(answers) > MAX_DOCUMENTS:
        message = f"there are {len(answers):,} files, but at most {MAX_DOCUMENTS:,} are allowed."
        sources.faults.append(Fault(FAQS, 0, 0, "", message))
        answers = []
    readers: dict[str, Callable[[SourceFile], None]] = {
        name: partial(_read_faq, collection=collections[FAQS])
        for name in answers
        if name.endswith(".md")
    }
    for collection in collections:
        if collection.name not in (FAQS, KINDS):
            name = name_file(collection.name, "")
            read_file = read_site if collection.name == SITE.collection else _read_facts
            readers[name] = partial(read_file, collection=collection)
    for key in sources.attempted - {Key(KINDS, name) for name in collections.names}:
        # The declaration of this kind has faults, so its fields are unknown.
        readers[name_file(key.id, "")] = partial(_guess_facts, name=key.id)
    readers[WITHDRAWN] = _read_withdrawals
    beside = [n for n in _list_files(root, "", sources) if _is_misplaced(n, collections)]
    found = {*answers, *_list_files(root, "facts", sources), *beside}
    for name, read in readers.items():
        if name in found and (root / name).is_file():
            read(SourceFile(root, root / name, sources))
        elif name in found:
            message = "this is not a regular file. Replace it with one."
            sources.faults.append(Fault(name, 0, 0, "", message))
    found |= {name for name in kinds if not name.endswith(".yaml")}
    sources.faults += [_refuse_name(name, readers) for name in sorted(found - readers.keys())]
    return sources


def _list_files(root: Path, folder: str, sources: Sources) -> list[str]:
    """Return the contents of *folder*, without dotfiles and backup copies of editors."""
    try:
        names = sorted(path.name for path in (root / folder).iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        message = f"this folder cannot be read: {error.strerror}."
        sources.faults.append(Fault(folder, 0, 0, "", message))
        return []
    return [
        str(PurePosixPath(folder, n)) for n in names if not (n.startswith(".") or n.endswith("~"))
    ]


def _is_misplaced(name: str, collections: Collections) -> bool:
    """Return whether a file in the root looks like it belongs in a folder of sources.

    The content folder may be a whole repository and contain files of other programs.
    """
    stem, suffix = Path(name).stem, Path(name).suffix.lower()
    if suffix == ".md":
        return stem.islower() and stem != "readme"
    known = (*collections.names, Path(WITHDRAWN).stem)
    return suffix in (".yaml", ".yml") and suggest(stem.lower(), known) is not None


def _read_kinds(root: Path, names: Iterable[str], sources: Sources) -> Collections:
    """Return the collections, including the kinds that the files *names* declare."""
    built_in = Collections(sources.collections.built_in)
    names = [name for name in names if name.endswith(".yaml")]
    if len(names) > MAX_KINDS:
        message = f"there are {len(names):,} kinds, but at most {MAX_KINDS} are allowed."
        sources.faults.append(Fault(KINDS, 0, 0, "", message))
        return built_in
    for name in names:
        if (root / name).is_file():
            _read_kind(SourceFile(root, root / name, sources), built_in)
    kinds = {draft.document.key.id: draft.document.body for draft in sources.drafts}
    return apply_kinds(built_in, kinds)


def _read_kind(file: SourceFile, built_in: Collections) -> None:
    file.sources.attempted.add(Key(KINDS, Path(file.name).stem))
    text = file.read_text()
    if text is None or not file.parse(text):
        return
    fields = file.located.value
    loaded = file.load(built_in[KINDS].strict, (), fields)
    if loaded is None:
        return
    for path, message in find_faults(loaded):
        file.report(find_place(file.located, (), path), message, ".".join(map(str, path)))
    if loaded["id"] in built_in:
        message = f"a collection {loaded['id']!r} already exists. Choose another name."
        file.report(find_place(file.located, (), ("id",)), message, "id")
    if not file.faulty:
        file.add(built_in[KINDS], (), fields)


def _guess_facts(file: SourceFile, name: str) -> None:
    file.guess_ids(name)


def _read_faq(file: SourceFile, collection: Collection) -> None:
    # Take the ID from the file name, so that links work even if the file cannot be read.
    file.sources.attempted.add(Key(FAQS, Path(file.name).stem))
    text = file.read_text()
    if text is None:
        return
    lines = text.split("\n")
    end = lines.index(_FENCE, 1) if lines[0] == _FENCE and _FENCE in lines[1:] else 0
    if not end:
        file.report(*_explain_fences(lines))
    elif file.parse("\n".join(lines[1:end]), first_line=2):
        _read_answer(file, collection, "\n".join(lines[end + 1 :]), end + 2)


def _explain_fences(lines: list[str]) -> tuple[Position, str]:
    """Return where a `---` line is missing, and what to write."""
    first = next((place for place, line in enumerate(lines) if line.strip()), 0)
    if lines[first] != _FENCE:
        message = (
            "an answer must start with a line '---', then its fields, then another line '---'."
        )
        return (first + 1, 1), message
    if first:
        return (1, 1), "the line '---' must be the first line. Delete everything above it."
    for place, line in enumerate(lines[1:], start=2):
        if re.fullmatch(r"\s*(?:[-\u2013+=.]{2,}|[\u2014\u2026])\s*", line):
            return (place, 1), "the fields must end with a line of three hyphens. Write '---'."
    place = next(
        (n for n, line in enumerate(lines[1:], start=2) if not _FIELD_LINE.match(line)), len(lines)
    )
    return (place, 1), "the line '---' after the fields is missing. Add it above this line."


def _read_answer(file: SourceFile, collection: Collection, markdown: str, line: int) -> None:
    fields = file.located.value
    if "markdown" in fields:
        place = file.located.find_position(("markdown",), of_key=True)
        file.report(place, "the answer must not be a field. Write it below the fields.")
    if not markdown.strip():
        file.report((line - 1, 1), "the answer is empty. Write it below the fields.")
        # Use a placeholder text, so that the fields are checked too.
        markdown = _FENCE
    skipped = len(markdown) - len(markdown.lstrip("\n"))
    text = markdown.strip("\n") + "\n"
    file.add(collection, (), {**fields, "markdown": text}, text_line=line + skipped)


def _read_facts(file: SourceFile, collection: Collection) -> None:
    for place, fields in file.read_items():
        file.add(collection, ("items", place), fields)
    fields = file.located.value
    if not isinstance(fields, dict) or not isinstance(fields.get("items"), list):
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


def _refuse_name(name: str, known: Iterable[str]) -> Fault:
    """Return the fault for a file that is not read."""
    folder, _, file = name.rpartition("/")
    if folder.endswith(KINDS):
        message = "files in kinds/ must end in .yaml. Rename or move this file."
        return Fault(name, 0, 0, "", message)
    if folder.endswith(FAQS):
        message = "files in faqs/ must end in .md. Rename or move this file."
        return Fault(name, 0, 0, "", message)
    stems = {
        Path(other).stem: Path(other).name for other in known if Path(other).parent == Path(folder)
    }
    suggestion = suggest(Path(file).stem.lower(), list(stems))
    hint = (
        f"Rename it to {stems[suggestion]!r}"
        if suggestion
        else "Answers belong in faqs/, facts in facts/"
        if not folder
        else f"Use one of: {', '.join(sorted(stems.values()))}. To declare a new kind "
        f"of fact, run 'faqts new kind {Path(file).stem}'"
    )
    return Fault(name, 0, 0, "", f"a file with this name is not read. {hint}.")
