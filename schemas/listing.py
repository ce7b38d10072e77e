"""Schema of all lists."""

from typing import cast

from marshmallow import Schema

from schemas.fields import List, Nested, ReleaseId, Text, WholeNumber


class ListSchema(Schema):
    """Fields that every list has in addition to its items."""

    release = ReleaseId("Latest release that changed an item of this list.")
    count = WholeNumber("Total number of items on all pages.")


def build_list_schema(item: type[Schema], description: str) -> type[Schema]:
    """Return the schema of a list of *item*."""
    shape = {
        "__doc__": description,
        "items": List(Nested(item, "An item."), "Items on this page, in order."),
        "next_cursor": Text(
            "Value of `cursor` for the next page. Null on the last page.", allow_none=True
        ),
    }
    return cast("type[Schema]", type(f"{item.__name__}List", (ListSchema,), shape))
