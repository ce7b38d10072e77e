"""IP ranges as lines: plain CIDR notation, and nginx directives."""

from collections.abc import Collection as Values

from content.answers.answer import ReadContext
from content.documents import Body
from content.formats.comments import describe_entry, describe_lists
from content.formats.plain_ranges import build_one_list, count_networks
from content.formats.rendering import Rendering

_NGINX_USE = (
    "Include this file where you restrict access, and add 'deny all;' after the include.",
    "Without 'deny all;', nginx blocks nothing.",
)


def render_txt(
    context: ReadContext,
    body: Body,
    *,
    traffic: Values[str],
    samples: bool | None,
    aggregate: bool | None,
) -> Rendering:
    """Return one network per line, sorted, without duplicates, IPv4 before IPv6.

    Args:
        traffic: The requested class.
        samples: Whether to include sample data.
        aggregate: Whether to aggregate adjacent and overlapping networks.

    Raises:
        ParametersError: The request does not have exactly one class.
        NoFixedAddressesError: The class has no fixed addresses.
        OnlySamplesError: Every match is a sample, and *samples* is not set.
    """
    found = build_one_list(context, body, traffic, samples=samples, aggregate=aggregate)
    return Rendering("".join(f"{e.cidr}\n" for e in found.entries), count_networks(found))


def render_nginx(
    context: ReadContext,
    body: Body,
    *,
    traffic: Values[str],
    samples: bool | None,
    aggregate: bool | None,
    data_center: Values[str],
) -> Rendering:
    """Return an nginx file with an `allow` directive for each network.

    Raises:
        ParametersError: The request does not have exactly one class.
        NoFixedAddressesError: The class has no fixed addresses.
        OnlySamplesError: Every match is a sample, and *samples* is not set.
    """
    found = build_one_list(context, body, traffic, samples=samples, aggregate=aggregate)
    lines = []
    for entry in found.entries:
        note = describe_entry(entry)
        lines.append(f"allow {entry.cidr};{f' # {note}' if note else ''}\n")
    text = describe_lists([found], body, data_center, *_NGINX_USE) + "".join(lines)
    return Rendering(text, count_networks(found))
