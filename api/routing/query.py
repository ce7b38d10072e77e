"""Parse a query string into arguments, and report all of its faults."""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import parse_qsl, unquote

from marshmallow import Schema, ValidationError, fields

from api.routing.hints import build_hint, shorten_path, simplify
from content.errors import ParameterFault, ParametersError
from content.ledger.catalogue import Archive
from content.suggestions import suggest
from schemas.fields import Reference, show
from schemas.query import (
    CollectionName,
    DocumentPath,
    QueryFlag,
    Repeated,
    list_parameters,
)
from schemas.words import OpenEnum

MAX_PARAMETERS = 300
#: The maximum number of allowed values in a problem.
MAX_LISTED = 200
#: Synonyms of parameter names, by synonym.
_SYNONYMS = {
    word: parameter
    for parameter, words in {
        "ip": ("q", "address", "addr", "cidr", "network", "host"),
        "cursor": ("page",),
        "limit": ("per_page", "page_size", "size"),
        "dc": ("region", "location"),
        "traffic": ("direction", "class"),
        "release": ("version",),
        "on": ("date", "day", "as_of"),
        "lang": ("locale",),
        "since": ("from", "after"),
        "until": ("to", "before"),
        "application": ("app", "product", "name"),
        "format": ("output", "accept"),
        "topic": ("tag", "category"),
    }.items()
    for word in words
}
#: A name with decoration from frameworks or copied links: `dc[]`, `filter[dc]`, `amp;dc`.
_DECORATED = re.compile(r"(?:amp;)?(?:\w+\[([a-zA-Z_]+)\]|([a-zA-Z_]+)(?:\[[0-9]*\])*)", re.ASCII)


@dataclass(frozen=True)
class Query:
    """The parameters of a request as sent, in order.

    Attributes:
        pairs: Names and values. Bytes that are not UTF-8 are surrogate escapes.
        count: The number of parameters, including empty ones.
    """

    pairs: tuple[tuple[str, str], ...]
    count: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse a query string."""
        pairs = parse_qsl(text, keep_blank_values=True, errors="surrogateescape")
        return cls(tuple(pairs), 1 + text.count("&"))

    @property
    def names(self) -> tuple[str, ...]:
        """The distinct names, in order."""
        return tuple(dict(self.pairs))

    def select(self, known: Container[str], *, blank: bool = True) -> "Query":
        """Return only the parameters in *known*, because links often carry others.

        Args:
            blank: Whether to keep parameters without a value. Pass False for forms, which send
                empty fields.
        """
        pairs = tuple(
            (name, value.encode(errors="surrogateescape").decode(errors="replace"))
            for name, value in self.pairs
            if name in known and (blank or value.strip())
        )
        return Query(pairs, len(pairs))

    def group(self) -> dict[str, list[str]]:
        """Return the values by name.

        Raises:
            ParametersError: there are too many parameters, or one is not UTF-8.
        """
        if self.count > MAX_PARAMETERS:
            message = f"More than {MAX_PARAMETERS} parameters. Split the request into several."
            raise ParametersError([ParameterFault("", message)])
        try:
            "".join(name + value for name, value in self.pairs).encode()
        except UnicodeEncodeError:
            message = "A value is not UTF-8. Percent-encode its UTF-8 bytes."
            raise ParametersError([ParameterFault("", message)]) from None
        given: dict[str, list[str]] = {}
        for name, value in self.pairs:
            given.setdefault(name, []).append(value)
        return given


def parse_query(schema: Schema, query: Query, archive: Archive | None) -> dict[str, Any]:
    """Return the arguments in *query*, with defaults for missing ones.

    Args:
        schema: The parameters of the operation.
        archive: Knows all past and present IDs; None if no parameter is an ID.

    Raises:
        ParametersError: the query has faults; the error lists all of them.
    """
    parameters = list_parameters(schema)
    given = query.group()
    reader = _Reader(archive)
    values = {
        name: reader.read(name, parameters[name], given[name])
        for name in given
        if name in parameters
    }
    faults = [_report_unknown(name, parameters) for name in given if name not in parameters]
    faults += reader.faults
    if faults:
        raise ParametersError(faults)
    return {
        str(field.name): values[name] if name in values else _get_default(field)
        for name, field in parameters.items()
    }


class _Reader:
    """Parses the values of parameters and collects their faults."""

    def __init__(self, archive: Archive | None) -> None:
        self._archive = archive
        self.faults: list[ParameterFault] = []

    def read(self, name: str, field: fields.Field[Any], values: list[str]) -> Any:
        if isinstance(field, Repeated):
            return self._read_several(name, field, values)
        if len(values) > 1:
            message = f"{name} is given {len(values)} times. Use it once."
            self.faults.append(ParameterFault(name, message))
            return None
        return self._read_one(name, field, values[0])

    def _read_several(self, name: str, field: Repeated, values: list[str]) -> tuple[Any, ...]:
        """Return *values* sorted and without duplicates, or unchanged if the order matters."""
        most = field.metadata.get("maxItems")
        if most is not None and len(values) > most:
            message = f"{name} is given {len(values)} times. Use it at most {most} times."
            self.faults.append(ParameterFault(name, message))
            return ()
        read = [self._read_one(name, field, value) for value in values]
        if field.ordered or None in read:
            return tuple(read)
        return tuple(sorted(set(read)))

    def _read_one(self, name: str, field: fields.Field[Any], value: str) -> Any:
        one = field.inner if isinstance(field, Repeated) else field
        known, read, message = self._list_known(one, simplify(value)), None, None
        if not value.strip():
            message = f"{name}: the value is empty. Give a value or omit the parameter."
        else:
            try:
                read = one.deserialize(value)
            except ValidationError as error:
                message = f"{name}: {' '.join(map(str, error.messages))}"
        if message is None and known is not None and value not in known:
            message = f"Unknown {self._name_kind(one)} {show(value)}."
        if message is not None:
            hint = build_hint(name, field, value, known or (), self._archive)
            listed = known if known and len(known) <= MAX_LISTED else ()
            self.faults.append(ParameterFault(name, f"{message}{hint}", listed))
        return read

    def _name_kind(self, field: fields.Field[Any]) -> str:
        """Return what a value of *field* names: a data center, a collection, a document."""
        if isinstance(field, Reference) and self._archive is not None:
            return self._archive.collections[field.collection].one
        return "collection" if isinstance(field, CollectionName) else "document"

    def _list_known(self, field: fields.Field[Any], value: str) -> tuple[str, ...] | None:
        """Return the values that content allows for *field*; None if any value is allowed."""
        if isinstance(field, OpenEnum):
            return field.choices
        if isinstance(field, QueryFlag):
            return ("true", "false")
        if self._archive is None:
            return None
        names = self._archive.collections.names
        if isinstance(field, CollectionName):
            return names
        if isinstance(field, Reference):
            return self._archive.list_known_ids(field.collection)
        if isinstance(field, DocumentPath):
            collection = shorten_path(value).partition("/")[0]
            ids = self._archive.list_known_ids(collection)
            return tuple(f"{collection}/{i}" for i in ids) if collection in names else names
        return None


def _report_unknown(name: str, parameters: Mapping[str, fields.Field[Any]]) -> ParameterFault:
    hint = _suggest_parameter(name, parameters)
    hint = f" Did you mean {hint!r}?" if hint else ""
    message = f"Unknown parameter {show(name)}.{hint}"
    return ParameterFault(name, message, tuple(parameters))


def _suggest_parameter(name: str, parameters: Mapping[str, fields.Field[Any]]) -> str | None:
    """Return the parameter most similar to *name*, by spelling or by meaning."""
    plain = unquote(name).strip()
    if match := _DECORATED.fullmatch(plain):
        plain = match[1] or match[2]
    spelled = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", plain).lower().replace("-", "_")
    known = {parameter: parameter for parameter in parameters}
    known |= {str(field.name): parameter for parameter, field in parameters.items()}
    known |= {
        str(field.name).replace("_", ""): parameter for parameter, field in parameters.items()
    }
    known |= {word: parameter for word, parameter in _SYNONYMS.items() if parameter in parameters}
    suggestion = suggest(spelled, known)
    return known[suggestion] if suggestion else None


def _get_default(field: fields.Field[Any]) -> Any:
    default = field.load_default
    return default() if callable(default) else default
