"""Check declared kinds against each other, and that released kinds only grow."""

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import ValidationError, fields

from content.authoring.check_fields import judge_shape
from content.documents import KINDS, Key
from content.errors import Fault
from content.ledger.catalogue import Catalogue
from content.sources.drafts import Sources
from content.sources.explanations import flatten_messages
from content.suggestions import suggest
from schemas.collection import Collection
from schemas.declarations.collection import Declaration, name_item, read_example
from schemas.declarations.faults import RESERVED_ITEMS, Wrong
from schemas.fields import List, Text

_ADD = "Add a field with another name"


def check_kinds(sources: Sources, published: Catalogue | None) -> Iterator[Fault]:
    """Yield the faults that appear when declared kinds are compared with other documents."""
    items = {c.item: c.name for c in sources.collections.built_in}
    for draft in sources.drafts:
        key, kind = draft.document.key, draft.document.body
        if key.collection != KINDS:
            continue
        wrong = [*_judge_name(kind, items), *_judge_references(kind, sources)]
        wrong += _judge_examples(kind, sources.collections[key.id])
        before = _find_released(published, key)
        if before is not None:
            wrong += _judge_growth(before, kind)
        yield from (draft.fault(message, *path) for path, message in wrong)


def _find_released(published: Catalogue | None, key: Key) -> Declaration | None:
    """Return the latest released declaration of *key*; None if it was never released."""
    versions = published.archive.history.versions.get(key, ()) if published else ()
    known = [v.change.document.body for v in versions if v.change.document is not None]
    return known[-1] if known else None


def _judge_name(kind: Declaration, items: dict[str, str]) -> Iterator[Wrong]:
    item = name_item(kind["id"])
    for name in (item, f"{item}List"):
        other = items.setdefault(name, kind["id"])
        if other != kind["id"] or name in RESERVED_ITEMS:
            whose = f"of {other!r}" if other != kind["id"] else "of the service"
            message = (
                "a client generated from the contract would use the name "
                f"{name}, which is already a name {whose}. "
            )
            yield ("id",), f"{message}Choose another name."
            return


def _judge_examples(kind: Declaration, collection: Collection) -> Iterator[Wrong]:
    known = collection.strict.load_fields
    for place, field in enumerate(kind["fields"]):
        example = read_example(field)
        if example is not None:
            built = known[field["name"]]
            inner = built.inner if isinstance(built, List) else built
            for message in _judge_example(inner, example):
                yield ("fields", place, "example"), message


def _judge_example(field: fields.Field[Any], example: Any) -> Iterator[str]:
    try:
        field.deserialize(example)
    except ValidationError as error:
        yield from (message for _, message in flatten_messages(error.messages))
    else:
        wrong = judge_shape(field, example) if isinstance(field, Text) else None
        if wrong is not None:
            yield wrong


def _judge_references(kind: Declaration, sources: Sources) -> Iterator[Wrong]:
    table = sources.collections
    known = [c.name for c in table if not c.is_plain]
    for place, field in enumerate(kind["fields"]):
        to = field["to"]
        if to is not None and to not in known and Key(KINDS, to) not in sources.attempted:
            suggestion = suggest(to, known)
            hint = (
                f"Did you mean {suggestion!r}?"
                if suggestion
                else (f"Use one of: {', '.join(known)}.")
            )
            yield ("fields", place, "to"), f"unknown collection {to!r}. {hint}"


def _judge_growth(before: Declaration, after: Declaration) -> Iterator[Wrong]:
    """Yield the changes that would break programs that read the released kind *before*."""
    known = {field["name"]: place for place, field in enumerate(after["fields"])}
    for field in before["fields"]:
        name = field["name"]
        if name in known:
            place = known[name]
            for at, message in _judge_field(field, after["fields"][place]):
                yield ("fields", place, *at), message
        else:
            yield (
                ("fields",),
                (
                    f"the released field {name!r} is missing, and programs that read "
                    "it would fail. Put it back. If you renamed it, keep both fields."
                ),
            )
    released = {field["name"] for field in before["fields"]}
    for name, place in known.items():
        if name not in released and after["fields"][place]["required"]:
            yield (
                ("fields", place, "required"),
                (
                    f"the new field {name!r} cannot be required, because released "
                    "documents have no value for it. Write required: false."
                ),
            )
    yield from _judge_filters(before, after)


def _judge_field(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Wrong]:
    name = before["name"]
    for word in ("type", "list", "to", "required"):
        if before[word] != after[word]:
            was, now = (_show(side[word]) for side in (before, after))
            yield (
                (word,),
                (
                    f"{name!r} was released with {word}: {was}. Changing it to {now} "
                    f"would break programs that read it. Write {word}: {was}. {_ADD} "
                    "for the new meaning."
                ),
            )
    for choice in before["choices"]:
        if choice not in after["choices"] and before["type"] == after["type"]:
            yield (
                ("choices",),
                (
                    f"the released choice {choice!r} is missing, and released "
                    "documents use it. Put it back. New documents do not have to use "
                    "it."
                ),
            )
    for bound, sign in (("min", 1), ("max", -1)):
        was, now = before[bound], after[bound]
        if now is not None and (was is None or sign * now > sign * was):
            wanted = "Delete this line" if was is None else f"Write {bound}: {was}"
            yield (bound,), f"released documents may have values beyond {now}. {wanted}."


def _judge_filters(before: Declaration, after: Declaration) -> Iterator[Wrong]:
    known = {(f["parameter"] or f["field"]): f for f in after["filters"]}
    for was in before["filters"]:
        name = was["parameter"] or was["field"]
        now = known.get(name)
        if now is None or now["field"] != was["field"]:
            yield (
                ("filters",),
                (
                    f"the released parameter {name!r} for {was['field']!r} is missing, "
                    "and requests that use it would fail. Put it back."
                ),
            )
        elif was["multiple"] and not now["multiple"]:
            yield (
                ("filters", after["filters"].index(now), "multiple"),
                (
                    f"the released parameter {name!r} may be repeated in a request. Write "
                    "multiple: true."
                ),
            )


def _show(value: Any) -> str:
    return {None: "null", True: "true", False: "false"}.get(value, str(value))
