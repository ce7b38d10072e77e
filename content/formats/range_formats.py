"""The formats of IP ranges other than JSON, and the parameters that each one rejects."""

from collections.abc import Collection as Values
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from content.answers.answer import ReadContext
from content.errors import ParameterFault, ParametersError
from content.formats.classes import get_one_class, list_classes
from content.formats.range_csv import render_csv
from content.formats.range_lines import render_nginx, render_txt
from content.formats.range_sets import render_ipset, render_nft
from content.formats.rendering import Renderer
from schemas.formats import CIDR_TXT, CSV, IPSET, NFT, NGINX, Format


@dataclass(frozen=True)
class RangeFormat:
    """A format of a list of ranges.

    Attributes:
        format_: Its name and media type.
        render: Returns its text.
        marks_samples: Whether it describes each range and marks samples. Such formats cannot
            aggregate. All others list networks only, by default without samples.
        one_class: Whether it needs exactly one traffic class.
    """

    format_: Format
    render: Renderer
    marks_samples: bool = False
    one_class: bool = False


#: By name, in the order in which they are listed.
RANGE_FORMATS: Mapping[str, RangeFormat] = MappingProxyType(
    {
        each.format_.name: each
        for each in (
            RangeFormat(CIDR_TXT, render_txt, one_class=True),
            RangeFormat(CSV, render_csv, marks_samples=True),
            RangeFormat(NFT, render_nft),
            RangeFormat(IPSET, render_ipset, one_class=True),
            RangeFormat(NGINX, render_nginx, one_class=True),
        )
    }
)


def check_range_parameters(
    context: ReadContext, format_name: str, *, traffic: Values[str], aggregate: bool | None
) -> None:
    """Reject parameters that the format *format_name* does not support.

    Raises:
        ParametersError: The request does not have exactly one class, or the format cannot
            aggregate.
        NoFixedAddressesError: A requested class has no fixed addresses.
    """
    format_ = RANGE_FORMATS.get(format_name)
    if format_ is None or format_.marks_samples:
        _refuse_aggregation(aggregate=aggregate)
    elif format_.one_class:
        get_one_class(context, traffic)
    else:
        list_classes(context, traffic)


def _refuse_aggregation(*, aggregate: bool | None) -> None:
    """Reject `aggregate=true` for formats that describe each range."""
    if aggregate:
        text = (
            "This format describes each range, so it cannot aggregate. "
            "Use format=txt, nft, ipset or nginx, or remove aggregate."
        )
        raise ParametersError([ParameterFault("aggregate", text, ("false",))])
