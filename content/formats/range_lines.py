"""IP ranges a line each: CIDR notation alone, and directives of nginx."""

from collections.abc import Collection as Values

from content.answers.answer import ReadContext
from content.documents import Body
from content.formats.comments import describe_entry, describe_lists
from content.formats.plain_ranges import build_one_list, count_networks
from content.formats.rendering import Rendering

_NGINX_USE = (
    "Include it where the ranges may enter, and write 'deny all;' below the include:",
    "without that, nginx refuses nobody.",
)


def render_txt(
    context: ReadContext,
    body: Body,
    *,
    traffic: Values[str],
    samples: bool | None,
    aggregate: bool | None,
) -> Rendering:
    """Return the ranges of a list a line each, sorted, without duplicates, IPv4 before IPv6.

    Args:
        traffic: The one class requested; a list that mixes directions is a wrong rule.
        samples: Whether to list documentation addresses too.
        aggregate: Whether to put networks together.

    Raises:
        ParametersError: not exactly one class was requested.
        NoFixedAddressesError: the class has no fixed addresses.
        OnlySamplesError: without samples nothing is left, though something was found.
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
    """Return a directive `allow` for each network, to be included; it refuses nobody by itself.

    Raises:
        ParametersError: not exactly one class was requested.
        NoFixedAddressesError: the class has no fixed addresses.
        OnlySamplesError: without samples nothing is left, though something was found.
    """
    found = build_one_list(context, body, traffic, samples=samples, aggregate=aggregate)
    lines = []
    for entry in found.entries:
        note = describe_entry(entry)
        lines.append(f"allow {entry.cidr};{f' # {note}' if note else ''}\n")
    text = describe_lists([found], body, data_center, *_NGINX_USE) + "".join(lines)
    return Rendering(text, count_networks(found))
