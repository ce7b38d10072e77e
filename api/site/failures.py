"""Errors on the site: pages for browsers, problems for other clients."""

from dataclasses import replace

from api.http.errors import UnknownPathError, find_problem
from api.http.negotiation import prefers_page
from api.http.representation import Representation, build_plain
from api.rendering.policy import SITE_HEADERS
from api.rendering.site import Site
from api.rendering.templates import render_template
from content.errors import (
    ParametersError,
    UnknownDocumentError,
    WithdrawnDocumentError,
)
from schemas.formats import PAGE

#: The page that corresponds to an API path.
_PAGES = {"/v1/faqs": "/", "/v1/topics": "/", "/v1/releases": "/changes"}


def adapt_failure(
    error: Exception, failure: Representation, accept: str | None, site: Site
) -> Representation:
    """Return the problem *failure* of *error* in the format that the client prefers.

    Args:
        accept: The Accept header. Browsers, which prefer HTML, get a page.
    """
    if prefers_page(accept):
        failure = _render_failure_page(error, failure, site)
    return replace(failure, vary=("Accept",))


def _render_failure_page(error: Exception, failure: Representation, site: Site) -> Representation:
    """Return *failure* as a page. It never contains text from the request."""
    problem = find_problem(error)
    text = render_template(
        "failure.html",
        site,
        problem=problem,
        # Only this message contains no text from the request.
        message=str(error) if isinstance(error, WithdrawnDocumentError) else None,
        successor=error.successor if isinstance(error, WithdrawnDocumentError) else None,
        faults=error.faults if isinstance(error, ParametersError) else (),
        suggestion=_find_suggestion(error),
    )
    headers = (*failure.headers, *SITE_HEADERS)
    return build_plain(
        failure.status, text.encode(), PAGE.content_type, failure.cache_policy, headers
    )


def _find_suggestion(error: Exception) -> str | None:
    """Return the path of the page that the client may have meant, or None."""
    if isinstance(error, UnknownPathError):
        return _PAGES.get(error.suggestion or "", error.suggestion)
    if isinstance(error, UnknownDocumentError) and error.suggestion is not None:
        return f"/{error.collection}/{error.suggestion}"
    return None
