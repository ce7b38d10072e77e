"""The table of built-in collections.

To add a kind of fact, add a collection here, a schema module in `schemas/kinds/`, and a YAML file
in `facts/`. All other code reads this table.
"""

from marshmallow import Schema

from schemas.collection import Collection, Collections, Filter
from schemas.document import FactPart, FaqPart, PlainPart, build_document_schema
from schemas.kinds.cloud import CloudSchema
from schemas.kinds.connection import ConnectionSchema
from schemas.kinds.data_center import DataCenterSchema
from schemas.kinds.data_retention import DataRetentionSchema
from schemas.kinds.deadline import DeadlineSchema
from schemas.kinds.faq import FaqSchema
from schemas.kinds.ip_range import IpRangeSchema
from schemas.kinds.kind import KindSchema
from schemas.kinds.oauth_client import OauthClientSchema
from schemas.kinds.permission import PermissionSchema
from schemas.kinds.site import SiteSchema
from schemas.kinds.topic import TopicSchema
from schemas.kinds.traffic_class import TrafficClassSchema


def _fact(kind: type[Schema]) -> type[Schema]:
    return build_document_schema(kind, FactPart)


COLLECTIONS = Collections(
    (
        Collection(
            name="site",
            item="Site",
            title="Site",
            one="site",
            description="Name of the service, its publisher, and the look of its pages.",
            schema=build_document_schema(SiteSchema, PlainPart),
            has_default_views=False,
        ),
        Collection(
            name="kinds",
            item="Kind",
            title="Kinds of facts",
            one="kind of fact",
            description="Kinds of facts that are specific to this service.",
            schema=build_document_schema(KindSchema, PlainPart),
        ),
        Collection(
            name="faqs",
            item="Faq",
            title="Answers",
            one="answer",
            description="Answers to questions that administrators ask.",
            schema=build_document_schema(FaqSchema, FaqPart),
            unique=(("position",), ("question",)),
            order=("position",),
            has_default_views=False,
        ),
        Collection(
            name="topics",
            item="Topic",
            title="Topics",
            one="topic",
            description="Topics that group the answers.",
            schema=_fact(TopicSchema),
            unique=(("position",), ("title",)),
            order=("position",),
            has_default_views=False,
        ),
        Collection(
            name="data-centers",
            item="DataCenter",
            title="Data centers",
            one="data center",
            description="Locations where the service runs, and their host names.",
            schema=_fact(DataCenterSchema),
            unique=tuple(
                (field,)
                for field in ("name", "api_host", "app_host", "sdk_identifier", "invite_address")
            ),
            configures=("api_host", "app_host"),
        ),
        Collection(
            name="traffic-classes",
            item="TrafficClass",
            title="Traffic classes",
            one="traffic class",
            description="Types of traffic, with the firewall rule that each one needs.",
            schema=_fact(TrafficClassSchema),
            unique=(("name",),),
            configures=("rule", "fixed_addresses"),
        ),
        Collection(
            name="ip-ranges",
            item="IpRange",
            title="IP ranges",
            one="IP range",
            description="Fixed IP addresses by data center and traffic class.",
            schema=_fact(IpRangeSchema),
            order=("cidr", "data_center", "traffic"),
            filters=(
                Filter("dc", "data_center", multiple=True),
                Filter("traffic", "traffic", multiple=True),
            ),
            configures=("cidr", "data_center", "traffic", "protocol", "ports"),
            has_default_views=False,
        ),
        Collection(
            name="oauth-clients",
            item="OauthClient",
            title="OAuth clients",
            one="OAuth client",
            description="Apps that administrators approve, with their client IDs.",
            schema=_fact(OauthClientSchema),
            unique=(("provider", "client_id"),),
            order=("provider", "name"),
            filters=(Filter("provider", "provider"),),
            configures=("client_id",),
        ),
        Collection(
            name="clouds",
            item="Cloud",
            title="Clouds",
            one="cloud",
            description="Clouds and servers, and whether you can connect them.",
            schema=_fact(CloudSchema),
            unique=(("name",),),
            order=("name",),
            filters=(Filter("support", "support"),),
        ),
        Collection(
            name="connections",
            item="Connection",
            title="Connections",
            one="connection",
            description="How the service connects to clouds and servers.",
            schema=_fact(ConnectionSchema),
            unique=(("name",),),
            order=("name",),
            filters=(Filter("provider", "provider"),),
            configures=("endpoint_pattern", "port"),
        ),
        Collection(
            name="permissions",
            item="Permission",
            title="Permissions",
            one="permission",
            description="Scopes and roles that are requested, the reasons, and alternatives.",
            schema=_fact(PermissionSchema),
            unique=(("provider", "kind", "name"),),
            order=("provider", "kind", "name"),
            filters=(Filter("provider", "provider"),),
            configures=("name",),
        ),
        Collection(
            name="data-retention",
            item="DataRetention",
            title="Data retention",
            one="retention period",
            description="Which data is kept, for how long, and when the period starts.",
            schema=_fact(DataRetentionSchema),
            unique=(("name",),),
        ),
        Collection(
            name="deadlines",
            item="Deadline",
            title="Deadlines",
            one="deadline",
            description="Platform changes with dates that administrators need to prepare for.",
            schema=_fact(DeadlineSchema),
            unique=(("happens_on", "title"),),
            order=("happens_on",),
        ),
    )
)
