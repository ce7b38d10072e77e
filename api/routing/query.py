"""Turn a query string into arguments, and report every fault in it."""

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
#: The most allowed values that a problem lists.
MAX_LISTED = 200
#: Names that people try for a parameter, but that are not spelled like it.
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
#: A name within what frameworks and copied links put around it: `dc[]`, `filter[dc]`, `amp;dc`.
_DECORATED = re.compile(r"(?:amp;)?(?:\w+\[([a-zA-Z_]+)\]|([a-zA-Z_]+)(?:\[[0-9]*\])*)", re.ASCII)


@dataclass(frozen=True)
class Query:
    """The parameters of one request as the client wrote them, in order.

    Attributes:
        pairs: Names and values. Bytes that are not UTF-8 are surrogates.
        count: How many parameters there are, empty ones included.
    """

    pairs: tuple[tuple[str, str], ...]
    count: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the parameters in a query string."""
        pairs = parse_qsl(text, keep_blank_values=True, errors="surrogateescape")
        return cls(tuple(pairs), 1 + text.count("&"))

    @property
    def names(self) -> tuple[str, ...]:
        """Each name once."""
        return tuple(dict(self.pairs))

    def select(self, known: Container[str], *, blank: bool = True) -> "Query":
        """Return the parameters in *known*; links to pages often get others added.

        Args:
            blank: Whether to include parameters without a value, which are faults. Forms send
                empty fields too, which count as absent.
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
            message = f"there are more than {MAX_PARAMETERS} parameters; ask in several requests."
            raise ParametersError([ParameterFault("", message)])
        try:
            "".join(name + value for name, value in self.pairs).encode()
        except UnicodeEncodeError:
            message = "a value is not UTF-8; percent-encode its UTF-8 bytes."
            raise ParametersError([ParameterFault("", message)]) from None
        given: dict[str, list[str]] = {}
        for name, value in self.pairs:
            given.setdefault(name, []).append(value)
        return given


def parse_query(schema: Schema, query: Query, archive: Archive | None) -> dict[str, Any]:
    """Return the arguments in *query*, with defaults for the others.

    Args:
        schema: The parameters of the operation.
        archive: Knows every id there has ever been; None: no parameter is an id.

    Raises:
        ParametersError: with every fault.
    """
    parameters = list_parameters(schema)
    given = query.group()
    reader = _Reader(archive)
    values = {
        name: reader.read(name, parameters[name], given[name])
        for name in given
        if name in parameters
    }
    faults = [_refuse_unknown(name, parameters) for name in given if name not in parameters]
    faults += reader.faults
    if faults:
        raise ParametersError(faults)
    return {
        str(field.name): values[name] if name in values else _get_default(field)
        for name, field in parameters.items()
    }


class _Reader:
    """Reads the values of parameters and collects what is wrong with them."""

    def __init__(self, archive: Archive | None) -> None:
        self._archive = archive
        self.faults: list[ParameterFault] = []

    def read(self, name: str, field: fields.Field[Any], values: list[str]) -> Any:
        if isinstance(field, Repeated):
            return self._read_several(name, field, values)
        if len(values) > 1:
            message = f"{name} is given {len(values)} times; give it once."
            self.faults.append(ParameterFault(name, message))
            return None
        return self._read_one(name, field, values[0])

    def _read_several(self, name: str, field: Repeated, values: list[str]) -> tuple[Any, ...]:
        """Return each of *values* once and sorted, or all as given if their order counts."""
        most = field.metadata.get("maxItems")
        if most is not None and len(values) > most:
            message = f"{name} is given {len(values)} times; give it at most {most} times."
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
            message = "it is empty; give a value, or leave the parameter out."
        else:
            try:
                read = one.deserialize(value)
            except ValidationError as error:
                message = " ".join(map(str, error.messages))
        if message is None and known is not None and value not in known:
            message = f"there is no {show(value)}."
        if message is not None:
            hint = build_hint(name, field, value, known or (), self._archive)
            listed = known if known and len(known) <= MAX_LISTED else ()
            self.faults.append(ParameterFault(name, f"{name}: {message}{hint}", listed))
        return read

    def _list_known(self, field: fields.Field[Any], value: str) -> tuple[str, ...] | None:
        """Return every value that content allows for *field*; None: any value."""
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


def _refuse_unknown(name: str, parameters: Mapping[str, fields.Field[Any]]) -> ParameterFault:
    hint = _suggest_parameter(name, parameters)
    hint = f" Did you mean {hint!r}?" if hint else ""
    message = f"there is no parameter {show(name)} here.{hint}"
    return ParameterFault(name, message, tuple(parameters))


def _suggest_parameter(name: str, parameters: Mapping[str, fields.Field[Any]]) -> str | None:
    """Return the parameter most like *name*, by spelling or by meaning."""
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
