"""Problems: the one shape of every failure, and the table of all kinds there are."""

from dataclasses import dataclass

from marshmallow import Schema

from schemas.fields import List, Nested, Text, WholeNumber


@dataclass(frozen=True)
class ProblemType:
    """A kind of problem.

    Attributes:
        slug: Its name in `/problems/{slug}`; it never changes.
        title: What it is, one phrase; the same for every occurrence.
        status: The HTTP status it comes with.
        cause: What causes it.
        repair: How to fix it.
        by_proxy: Whether the proxy in front answers it (deploy/nginx.conf), and never the service.
    """

    slug: str
    title: str
    status: int
    cause: str
    repair: str
    by_proxy: bool = False


INVALID_PARAMETERS = ProblemType(
    "invalid-parameters",
    "Invalid parameters",
    400,
    "A parameter is unknown, repeated, malformed, or names something that never was.",
    "Read `errors`: it names every fault, the values allowed and the nearest name.",
)
MALFORMED_REQUEST = ProblemType(
    "malformed-request",
    "Malformed request",
    400,
    "The request cannot be understood as HTTP.",
    "Send a well-formed request; percent-encode what is not plain ASCII in its address.",
)
NO_FIXED_ADDRESSES = ProblemType(
    "no-fixed-addresses",
    "This class of traffic has no fixed addresses",
    400,
    "A plain list of addresses was asked for a class of traffic whose addresses are not fixed.",
    "Allow the host names of the data center instead; /v1/data-centers lists them.",
)
NOT_FOUND = ProblemType(
    "not-found",
    "Nothing is here",
    404,
    "Nothing is at this path.",
    "/v1 lists every path there is; a path has no slash at its end and none doubled.",
)
UNKNOWN_DOCUMENT = ProblemType(
    "unknown-document",
    "No such document",
    404,
    "No document has this id in the release that was read.",
    "List the collection, and take an id from there; for an older one, ask with `release`.",
)
UNKNOWN_RELEASE = ProblemType(
    "unknown-release",
    "No such release",
    404,
    "No release has this name, or this server does not have it yet.",
    "/v1/releases lists them; a release that was just published arrives within seconds.",
)
ONLY_SAMPLES = ProblemType(
    "only-samples",
    "Nothing but samples",
    404,
    "Every range found is a sample, made of documentation addresses, and a plain list cannot "
    "mark them.",
    "Use format=json, which marks them, or add samples=true; never put them into a firewall.",
)
METHOD_NOT_ALLOWED = ProblemType(
    "method-not-allowed",
    "Method not allowed",
    405,
    "Paths below /v1 are only read.",
    "Use GET or HEAD; `Allow` lists the methods there are.",
)
NOT_ACCEPTABLE = ProblemType(
    "not-acceptable",
    "No acceptable form",
    406,
    "`Accept` names no media type that this path has, or `Accept-Encoding` refuses every coding.",
    "Ask for one of the listed ones, or use the parameter `format`, which comes before `Accept`; "
    "accept gzip or identity.",
)
WITHDRAWN = ProblemType(
    "withdrawn",
    "Withdrawn",
    410,
    "The document was published and has been withdrawn.",
    "Read its reason and, where one is named, its successor; with `release` it can still be read "
    "as it was.",
)
URI_TOO_LONG = ProblemType(
    "uri-too-long",
    "Address too long",
    414,
    "The first line of the request is too long; 100 full IPv6 addresses fit in.",
    "Keep it within 7,990 bytes; divide a lookup into several.",
)
HEADER_TOO_LARGE = ProblemType(
    "header-too-large",
    "Header too large",
    431,
    "A header of the request, or all of them together, are too large.",
    "Send fewer and shorter headers; cookies are not needed here.",
)
INTERNAL_ERROR = ProblemType(
    "internal-error",
    "Internal error",
    500,
    "The service has a fault.",
    "Keep your last good answer and ask again later; the log of the service has the details.",
)
FORMAT_NOT_OFFERED = ProblemType(
    "form-not-offered",
    "Form not offered",
    501,
    "`/oembed` was asked for a form that it does not have, such as XML.",
    "Ask with `format=json`, or leave `format` out.",
)
NOT_READY = ProblemType(
    "not-ready",
    "Not ready",
    503,
    "The service has no release that it could serve.",
    "Ask again in a few seconds; the operator finds the reason under /readyz.",
)
PRECONDITION_FAILED = ProblemType(
    "precondition-failed",
    "Precondition failed",
    412,
    "`If-Match` or `If-Unmodified-Since` was sent and does not hold; a weak tag never matches.",
    "Leave both out; use If-None-Match to ask whether an answer has changed.",
    by_proxy=True,
)
BODY_TOO_LARGE = ProblemType(
    "body-too-large",
    "Body too large",
    413,
    "The request has a body of more than 1,024 bytes, and nothing here reads one.",
    "Send no body; use GET or HEAD.",
    by_proxy=True,
)
TOO_MANY_REQUESTS = ProblemType(
    "too-many-requests",
    "Too many requests",
    429,
    "One client asks for more, or over more connections, than the proxy grants to each.",
    "Keep your last good answer and ask again after the seconds in `Retry-After`, more slowly.",
    by_proxy=True,
)
ORIGIN_UNREACHABLE = ProblemType(
    "origin-unreachable",
    "Origin unreachable",
    502,
    "The proxy cannot reach the service, and has kept no answer that it may still give.",
    "Keep your last good answer and ask again after the seconds in `Retry-After`.",
    by_proxy=True,
)
ORIGIN_TIMEOUT = ProblemType(
    "origin-timeout",
    "Origin too slow",
    504,
    "The service did not answer the proxy in time.",
    "Keep your last good answer and ask again after the seconds in `Retry-After`.",
    by_proxy=True,
)

PROBLEM_TYPES = {
    problem.slug: problem
    for problem in (
        INVALID_PARAMETERS,
        MALFORMED_REQUEST,
        NO_FIXED_ADDRESSES,
        NOT_FOUND,
        UNKNOWN_DOCUMENT,
        UNKNOWN_RELEASE,
        ONLY_SAMPLES,
        METHOD_NOT_ALLOWED,
        NOT_ACCEPTABLE,
        WITHDRAWN,
        URI_TOO_LONG,
        HEADER_TOO_LARGE,
        INTERNAL_ERROR,
        FORMAT_NOT_OFFERED,
        NOT_READY,
        PRECONDITION_FAILED,
        BODY_TOO_LARGE,
        TOO_MANY_REQUESTS,
        ORIGIN_UNREACHABLE,
        ORIGIN_TIMEOUT,
    )
}


class ParameterErrorSchema(Schema):
    """One fault of a request."""

    parameter = Text("The parameter as it was written.", example="datacenter")
    detail = Text("What is wrong, and what to write.")
    allowed = List(Text("A value."), "What there is to choose from; empty: not listed.")


class ProblemSchema(Schema):
    """A failure. Source: RFC 9457."""

    type = Text("The path that explains this kind of problem.", example="/problems/not-found")
    title = Text("What it is; the same for every occurrence.")
    status = WholeNumber("The HTTP status.")
    detail = Text("What happened here, and what to do.")
    instance = Text("The path that was asked for, percent-encoded.")
    errors = List(Nested(ParameterErrorSchema, "A fault."), "Every fault of the request.")


class ProblemTypeSchema(Schema):
    """What a kind of problem means and how to fix it."""

    slug = Text("Its name.", example="invalid-parameters")
    title = Text("What it is.")
    status = WholeNumber("The HTTP status it comes with.")
    cause = Text("What leads to it.")
    repair = Text("How to fix it.")
