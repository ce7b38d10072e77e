"""The one shape of every list."""

from typing import cast

from marshmallow import Schema

from schemas.fields import List, Nested, ReleaseId, Text, WholeNumber


class ListSchema(Schema):
    """What every list says beside its items."""

    release = ReleaseId("The newest release that changed anything in this list.")
    count = WholeNumber("How many items there are on all pages together.")


def build_list_schema(item: type[Schema], description: str) -> type[Schema]:
    """Return the schema of a list of *item*."""
    shape = {
        "__doc__": description,
        "items": List(Nested(item, "An item."), "The items of this page, in order."),
        "next_cursor": Text(
            "The `cursor` of the page after this one; null: this is the last.", allow_none=True
        ),
    }
    return cast("type[Schema]", type(f"{item.__name__}List", (ListSchema,), shape))
