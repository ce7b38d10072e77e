"""The traffic classes of a list of IP ranges."""

from collections.abc import Collection as Values

from content.answers.answer import ReadContext
from content.answers.matching import ANY, find_last_change
from content.errors import NoFixedAddressesError, ParameterFault, ParametersError
from content.ledger.release import Release

TRAFFIC_CLASSES = "traffic-classes"


def get_one_class(context: ReadContext, traffic: Values[str]) -> str:
    """Return the only requested class, as named in the request.

    Raises:
        ParametersError: The request does not have exactly one class.
        NoFixedAddressesError: The class has no fixed addresses.
    """
    classes = list_classes(context, traffic) if traffic else ()
    if len(classes) != 1:
        text = (
            "This format needs exactly one traffic class, because inbound and outbound traffic "
            "need different firewall rules. Set the parameter traffic once."
        )
        raise ParametersError([ParameterFault("traffic", text, list_classes(context, ()))])
    return classes[0]


def list_classes(context: ReadContext, traffic: Values[str]) -> tuple[str, ...]:
    """Return the requested classes without duplicates, as named in the request.

    Args:
        traffic: IDs and aliases. Empty for all classes with fixed addresses.

    Raises:
        NoFixedAddressesError: A requested class has no fixed addresses.
    """
    bodies = context.catalogue.list_bodies(TRAFFIC_CLASSES)
    fixed = {body["id"]: body["fixed_addresses"] for body in bodies}
    if not traffic:
        return tuple(name for name, is_fixed in fixed.items() if is_fixed)
    resolve = context.catalogue.resolve_alias
    requested = {resolve(TRAFFIC_CLASSES, name): name for name in sorted(traffic, reverse=True)}
    for name in requested:
        if fixed.get(name) is False:
            raise NoFixedAddressesError(
                f"The traffic class {name!r} has no fixed addresses. Allow the host names in "
                f"/v1/data-centers instead. See /v1/traffic-classes/{name} for the reason."
            )
    return tuple(sorted(requested.values()))


def find_class_change(context: ReadContext) -> Release:
    """Return the newest release that changed a traffic class.

    A list of all classes depends on it, even if no range changed.
    """
    return find_last_change(context.catalogue, TRAFFIC_CLASSES, ANY)
