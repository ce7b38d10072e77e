"""The table of every collection: its schema, its filters, its order.

Adding a kind of fact is a row here, a schema module beside it, and a YAML file under
`content/facts/`. Everything else reads this table.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from marshmallow import EXCLUDE, RAISE, Schema, fields

from schemas.cloud import CloudSchema
from schemas.connection import ConnectionSchema
from schemas.data_center import DataCenterSchema
from schemas.data_retention import DataRetentionSchema
from schemas.deadline import DeadlineSchema
from schemas.document import FactPart, FaqPart, build_document_schema
from schemas.faq import FaqSchema
from schemas.fields import Id, Listing, Reference
from schemas.ip_range import IpRangeSchema
from schemas.oauth_client import OauthClientSchema
from schemas.permission import PermissionSchema
from schemas.topic import TopicSchema
from schemas.traffic_class import TrafficClassSchema


@dataclass(frozen=True)
class Filter:
    """A parameter that narrows a list to the documents whose *field* has one of its values."""

    parameter: str
    field: str
    multiple: bool = False


@dataclass(frozen=True)
class Collection:
    """A kind of document.

    Attributes:
        name: The collection in paths, in citations and in the name of its file.
        item: What one document is called in the OpenAPI document, for example `IpRange`.
        title: What people call the collection.
        description: What it holds, one sentence.
        schema: The schema of a whole document.
        order: The fields a list is ordered by; the id comes last.
        filters: The parameters that narrow a list by a field.
        configures: The fields that administrators copy into their own systems: a change of one
            is an instruction to them, a change of any other field is only to be read.
        generic: Whether its list and its documents are served without code of their own.
    """

    name: str
    item: str
    title: str
    description: str
    schema: type[Schema]
    order: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    configures: tuple[str, ...] = ()
    generic: bool = True

    @cached_property
    def strict(self) -> Schema:
        """The schema that reads what an editor wrote: an unknown field is a fault."""
        return self.schema(unknown=RAISE)

    @cached_property
    def lenient(self) -> Schema:
        """The schema that reads what a release holds: what it does not know is left out."""
        return _loosen(self.schema(unknown=EXCLUDE))

    @cached_property
    def authored(self) -> tuple[str, ...]:
        """The fields that an editor writes, in order."""
        return tuple(self.strict.load_fields)

    @cached_property
    def served(self) -> tuple[str, ...]:
        """The fields that a client reads, in order."""
        return tuple(self.strict.dump_fields)

    @cached_property
    def references(self) -> tuple[tuple[str, str], ...]:
        """Each authored field that names other documents, with their collection."""
        pairs = ((name, _find_reference(self.strict.fields[name])) for name in self.authored)
        return tuple((name, found.collection) for name, found in pairs if found is not None)

    def sort_key(self, body: dict[str, Any]) -> tuple[Any, ...]:
        """Return what a list of this collection is ordered by."""
        return (*[key(body[name]) for name, key in self._sort_keys], body["id"])

    @cached_property
    def _sort_keys(self) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
        known = self.strict.fields
        return tuple((name, getattr(known[name], "sort_key", _itself)) for name in self.order)


class Collections:
    """A set of collections in the order in which everything lists them."""

    def __init__(self, rows: tuple[Collection, ...]) -> None:
        self._rows = {row.name: row for row in rows}

    def __iter__(self) -> Iterator[Collection]:
        return iter(self._rows.values())

    def __getitem__(self, name: str) -> Collection:
        return self._rows[name]

    def __contains__(self, name: str) -> bool:
        return name in self._rows

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the collections, in order."""
        return tuple(self._rows)


def _find_reference(field: fields.Field[Any]) -> Reference | None:
    inner = field.inner if isinstance(field, Listing) else field
    return inner if isinstance(inner, Reference) and isinstance(inner, Id) else None


def _loosen(schema: Schema) -> Schema:
    """Let the objects within the documents of *schema* have unknown fields too."""
    for field in schema.fields.values():
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            inner.unknown = EXCLUDE
            _loosen(inner.schema)
    return schema


def _itself(value: Any) -> Any:
    return value


def _fact(kind: type[Schema]) -> type[Schema]:
    return build_document_schema(kind, FactPart)


COLLECTIONS = Collections(
    (
        Collection(
            name="faqs",
            item="Faq",
            title="Answers",
            description="Questions that calendar administrators ask, and their answers.",
            schema=build_document_schema(FaqSchema, FaqPart),
            order=("position",),
            generic=False,
        ),
        Collection(
            name="topics",
            item="Topic",
            title="Topics",
            description="What answers are about.",
            schema=_fact(TopicSchema),
            order=("position",),
            generic=False,
        ),
        Collection(
            name="data-centers",
            item="DataCenter",
            title="Data centers",
            description="Where the service runs, and the names of its hosts.",
            schema=_fact(DataCenterSchema),
            configures=("api_host", "app_host"),
        ),
        Collection(
            name="traffic-classes",
            item="TrafficClass",
            title="Traffic classes",
            description="Who calls whom, and which firewall rule follows.",
            schema=_fact(TrafficClassSchema),
            configures=("rule", "fixed_addresses"),
        ),
        Collection(
            name="ip-ranges",
            item="IpRange",
            title="IP ranges",
            description="The fixed addresses of each data center and class of traffic.",
            schema=_fact(IpRangeSchema),
            order=("cidr", "data_center", "traffic"),
            filters=(
                Filter("dc", "data_center", multiple=True),
                Filter("traffic", "traffic", multiple=True),
            ),
            configures=("cidr", "data_center", "traffic", "protocol", "ports"),
            generic=False,
        ),
        Collection(
            name="oauth-clients",
            item="OauthClient",
            title="OAuth clients",
            description="The applications that an administrator approves, with their client ids.",
            schema=_fact(OauthClientSchema),
            filters=(Filter("provider", "provider"),),
            configures=("client_id",),
        ),
        Collection(
            name="clouds",
            item="Cloud",
            title="Clouds",
            description="Which clouds and servers can be connected, and on what conditions.",
            schema=_fact(CloudSchema),
            filters=(Filter("support", "support"),),
        ),
        Collection(
            name="connections",
            item="Connection",
            title="Connections",
            description="The protocols by which calendars are reached.",
            schema=_fact(ConnectionSchema),
            filters=(Filter("provider", "provider"),),
            configures=("endpoint_pattern", "port"),
        ),
        Collection(
            name="permissions",
            item="Permission",
            title="Permissions",
            description="Every scope or role that is asked for, why, and what is narrower.",
            schema=_fact(PermissionSchema),
            filters=(Filter("provider", "provider"),),
            configures=("name",),
        ),
        Collection(
            name="data-retention",
            item="DataRetention",
            title="Data retention",
            description="What is kept, for how long, counted from what.",
            schema=_fact(DataRetentionSchema),
        ),
        Collection(
            name="deadlines",
            item="Deadline",
            title="Deadlines",
            description="Dated changes of platforms that administrators have to act on.",
            schema=_fact(DeadlineSchema),
            order=("happens_on",),
        ),
    )
)
