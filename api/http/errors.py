"""Turn errors into problem responses."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from werkzeug.exceptions import HTTPException

from api.http.caching import NO_STORE, CachePolicy
from api.http.negotiation import NotAcceptableError
from api.http.representation import Headers, Representation, build_plain, dump_json
from api.http.respond import NoCodingError
from content.errors import (
    MovedDocumentError,
    NoFixedAddressesError,
    OnlySamplesError,
    ParameterFault,
    ParametersError,
    UnknownDocumentError,
    UnknownReleaseError,
    WithdrawnDocumentError,
)
from schemas.fields import show
from schemas.formats import PROBLEM_MEDIA_TYPE
from schemas.problem import (
    FORMAT_NOT_OFFERED,
    INTERNAL_ERROR,
    INVALID_PARAMETERS,
    MALFORMED_REQUEST,
    METHOD_NOT_ALLOWED,
    NO_FIXED_ADDRESSES,
    NOT_ACCEPTABLE,
    NOT_FOUND,
    NOT_READY,
    ONLY_SAMPLES,
    UNKNOWN_DOCUMENT,
    UNKNOWN_RELEASE,
    WITHDRAWN,
    ProblemType,
)

MAX_SHOWN_PATH = 200


class NotReadyError(Exception):
    """The service has no release yet."""

    def __init__(self) -> None:
        super().__init__("The service has no release yet. Try again in a few seconds.")


class UnknownPathError(Exception):
    """The path does not exist.

    Attributes:
        suggestion: The path with the most similar spelling, or None.
    """

    def __init__(self, path: str, suggestion: str | None = None) -> None:
        self.suggestion = suggestion
        hint = f"Did you mean {suggestion}?" if suggestion else "See /v1 for a list of paths."
        if suggestion and suggestion == path.rstrip("/"):
            hint = f"Use {suggestion}, without the trailing slash."
        shown = path if len(path) <= MAX_SHOWN_PATH else f"{path[:MAX_SHOWN_PATH]}..."
        super().__init__(f"The path {shown} does not exist. {hint}")


class FormatNotOfferedError(Exception):
    """The requested format is not offered. Status 501, as oEmbed requires."""

    def __init__(self, requested: str, offered: str) -> None:
        super().__init__(f"Unsupported format {show(requested)}. Use format={offered}.")


class ForeignAddressError(Exception):
    """A URL does not belong to an answer of this service."""

    def __init__(self, url: str, public_url: str) -> None:
        super().__init__(
            f"url: {show(url)} is not the URL of an answer on this service. Use a URL that starts "
            f"with {public_url}/faqs/ or {public_url}/embed/faqs/."
        )


class NoSecurityContactError(Exception):
    """No security contact is configured."""

    def __init__(self) -> None:
        super().__init__(
            "No security contact is configured. The operator of this service can set "
            "FAQTS_SECURITY_CONTACT; see docs/operations.md."
        )


_PROBLEMS: Mapping[type[Exception], ProblemType] = {
    ParametersError: INVALID_PARAMETERS,
    NoFixedAddressesError: NO_FIXED_ADDRESSES,
    UnknownPathError: NOT_FOUND,
    NoSecurityContactError: NOT_FOUND,
    ForeignAddressError: NOT_FOUND,
    UnknownDocumentError: UNKNOWN_DOCUMENT,
    UnknownReleaseError: UNKNOWN_RELEASE,
    OnlySamplesError: ONLY_SAMPLES,
    NotAcceptableError: NOT_ACCEPTABLE,
    NoCodingError: NOT_ACCEPTABLE,
    WithdrawnDocumentError: WITHDRAWN,
    NotReadyError: NOT_READY,
    FormatNotOfferedError: FORMAT_NOT_OFFERED,
}
_SHORTLY = CachePolicy(60)
_FOR_A_WHILE = CachePolicy(300)
#: How long caches may store each problem. All others must not be stored.
_CACHE_POLICIES = {
    NOT_FOUND: _SHORTLY,
    UNKNOWN_DOCUMENT: _SHORTLY,
    ONLY_SAMPLES: _SHORTLY,
    METHOD_NOT_ALLOWED: _SHORTLY,
    WITHDRAWN: _FOR_A_WHILE,
}
_RETRY_SECONDS = 5


def build_error(error: Exception, path: str, query_string: str) -> Representation:
    """Return the representation of *error* for a request to *path*."""
    if isinstance(error, MovedDocumentError):
        return _build_redirect(error, path, query_string)
    if isinstance(error, HTTPException):
        return _build_http_problem(error, path)
    problem = find_problem(error)
    faults: tuple[ParameterFault, ...] = ()
    headers: Headers = ()
    if isinstance(error, ParametersError):
        faults = error.faults
    if isinstance(error, NotAcceptableError):
        names = tuple(format_.name for format_ in error.formats)
        faults = (ParameterFault("format", "Use one of the formats in `allowed`.", names),)
    if isinstance(error, WithdrawnDocumentError) and error.successor:
        headers = (("Link", f'</v1/{error.successor}>; rel="successor-version"'),)
    if problem is NOT_READY:
        headers = (("Retry-After", str(_RETRY_SECONDS)),)
    detail = problem.repair if problem is INTERNAL_ERROR else str(error)
    return build_problem(problem, detail, path, faults, headers)


def find_problem(error: Exception) -> ProblemType:
    """Return the type of problem for *error*; `INTERNAL_ERROR` for a bug."""
    return next((p for kind, p in _PROBLEMS.items() if isinstance(error, kind)), INTERNAL_ERROR)


def build_problem(
    problem: ProblemType,
    detail: str,
    path: str,
    faults: tuple[ParameterFault, ...] = (),
    headers: Headers = (),
) -> Representation:
    """Return the representation of a problem. Source: RFC 9457."""
    body: dict[str, Any] = {
        "type": f"/problems/{problem.slug}",
        "title": problem.title,
        "status": problem.status,
        "detail": detail,
        "instance": quote(path, safe="/:@!$&'()*+,;=~-._"),
        "errors": [
            {"parameter": f.parameter, "detail": f.detail, "allowed": list(f.allowed)}
            for f in faults
        ],
    }
    return build_plain(
        problem.status,
        dump_json(body).encode(),
        PROBLEM_MEDIA_TYPE,
        _CACHE_POLICIES.get(problem, NO_STORE),
        headers,
    )


def _build_redirect(error: MovedDocumentError, path: str, query_string: str) -> Representation:
    before, collection, rest = path.partition(f"/{error.collection}/")
    _, slash, beyond = rest.partition("/")
    target = f"{before}{collection}{error.now}{slash}{beyond}"
    query = f"?{query_string}" if query_string else ""
    return build_plain(308, b"", "", _FOR_A_WHILE, (("Location", target + query),))


def _build_http_problem(error: HTTPException, path: str) -> Representation:
    if error.code == METHOD_NOT_ALLOWED.status:
        headers = (("Allow", "GET, HEAD, OPTIONS"),)
        return build_problem(METHOD_NOT_ALLOWED, METHOD_NOT_ALLOWED.repair, path, headers=headers)
    if error.code is not None and error.code < INTERNAL_ERROR.status:
        return build_problem(MALFORMED_REQUEST, MALFORMED_REQUEST.repair, path)
    return build_problem(INTERNAL_ERROR, INTERNAL_ERROR.repair, path)
