"""The one shape of every list."""

from typing import cast

from marshmallow import Schema

from schemas.fields import List, Nested, ReleaseId, Text, WholeNumber


class ListSchema(Schema):
    """The fields of every list beside its items."""

    release = ReleaseId("Latest release that changed anything in this list.")
    count = WholeNumber("Number of items on all pages together.")


def build_list_schema(item: type[Schema], description: str) -> type[Schema]:
    """Return the schema of a list of *item*."""
    shape = {
        "__doc__": description,
        "items": List(Nested(item, "An item."), "Items of this page, in order."),
        "next_cursor": Text(
            "`cursor` of the next page. Null if this is the last page.", allow_none=True
        ),
    }
    return cast("type[Schema]", type(f"{item.__name__}List", (ListSchema,), shape))
