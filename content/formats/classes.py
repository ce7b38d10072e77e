"""Classes of traffic that a list for a firewall may be of."""

from collections.abc import Collection as Values

from content.answers.answer import ReadContext
from content.answers.matching import ANY, find_last_change
from content.errors import NoFixedAddressesError, ParameterFault, ParametersError
from content.ledger.release import Release

TRAFFIC_CLASSES = "traffic-classes"


def get_one_class(context: ReadContext, traffic: Values[str]) -> str:
    """Return the one class requested, as the request names it.

    Raises:
        ParametersError: not exactly one class was requested.
        NoFixedAddressesError: its addresses are not fixed.
    """
    classes = list_classes(context, traffic) if traffic else ()
    if len(classes) != 1:
        text = (
            "traffic: a plain list is of one class of traffic, because a rule for both directions "
            "is a wrong rule; give traffic once."
        )
        raise ParametersError([ParameterFault("traffic", text, list_classes(context, ()))])
    return classes[0]


def list_classes(context: ReadContext, traffic: Values[str]) -> tuple[str, ...]:
    """Return the classes requested, each once, as the request names them.

    Args:
        traffic: Ids and aliases; nothing: every class whose addresses are fixed.

    Raises:
        NoFixedAddressesError: one was requested whose addresses are not fixed.
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
                f"Traffic of the class {name!r} has no fixed addresses, so there is no list to "
                "give. Allow the host names in /v1/data-centers; "
                f"/v1/traffic-classes/{name} says why."
            )
    return tuple(sorted(requested.values()))


def find_class_change(context: ReadContext) -> Release:
    """Return the newest release that changed a class: which classes there are, and which are fixed.

    A list of every class depends on it, even where no range changed.
    """
    return find_last_change(context.catalogue, TRAFFIC_CLASSES, ANY)
