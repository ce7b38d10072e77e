"""The addresses of answers for people, and which frame shows the same."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

from api.http.errors import ForeignAddressError
from api.pages.embed import PATH, QUERY, read_frame
from api.routing.asked import RequestParams
from api.routing.query import keep_known
from content.documents import FAQS
from content.errors import ParameterFault, ParametersError
from content.ledger.catalogue import Archive
from schemas.query import list_parameters

_PAGE = re.compile(rf"(?P<frame>{PATH}|/{FAQS})/(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)")
#: What of a page goes on to its frame: not a name, because the address of a page is anybody's.
_OF_A_PAGE = list_parameters(QUERY()).keys() - {"application"}


def find_frame(url: str, archive: Archive, public_url: str) -> RequestParams:
    """Return the frame of the answer whose page or frame is at *url*.

    Raises:
        ForeignAddressError: *url* is not of an answer of this service.
        ParametersError: its query has faults. A page passes over what it does not know.
        UnknownReleaseError: it names a release that is not there.
    """
    faq_id, query = _read_address(url, public_url)
    try:
        params = read_frame(faq_id, query, archive)
    except ParametersError as error:
        faults = (ParameterFault("url", f"url: {fault.detail}") for fault in error.faults)
        raise ParametersError(faults) from None
    release = params.values["release"]
    catalogue = archive.latest if release is None else archive.get_catalogue(release)
    now = catalogue.resolve_alias(FAQS, faq_id)
    return replace(params, path=f"{PATH}/{now}", ids={"id": now})


def _read_address(url: str, public_url: str) -> tuple[str, str]:
    """Return which answer *url* is the address of, and what its query says to a frame."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise ForeignAddressError(url, public_url) from None
    found = _PAGE.fullmatch(parts.path)
    if found is None or f"{parts.scheme}://{parts.netloc.lower()}" != public_url:
        raise ForeignAddressError(url, public_url)
    if found["frame"] == PATH:
        return found["id"], parts.query
    return found["id"], keep_known(parts.query, _OF_A_PAGE)
