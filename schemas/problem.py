"""Problems: the schema of error responses, and the table of problem types. Source: RFC 9457."""

from dataclasses import dataclass

from marshmallow import Schema

from schemas.fields import List, Nested, Text, WholeNumber


@dataclass(frozen=True)
class ProblemType:
    """A type of problem.

    Attributes:
        slug: Permanent name in `/problems/{slug}`.
        title: Short title, the same for every occurrence.
        status: HTTP status code.
        cause: The cause, in one sentence.
        repair: How to fix it.
        by_proxy: Whether only the proxy sends it (deploy/nginx.conf), never the service.
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
    "A parameter is unknown, repeated or malformed, or names something that never existed.",
    "See `errors`. It lists each invalid parameter with the allowed values.",
)
MALFORMED_REQUEST = ProblemType(
    "malformed-request",
    "Malformed request",
    400,
    "The request is not valid HTTP.",
    "Send a valid HTTP request. Percent-encode non-ASCII characters in the URL.",
)
NO_FIXED_ADDRESSES = ProblemType(
    "no-fixed-addresses",
    "No fixed IP addresses",
    400,
    "You requested a list for a traffic class that has no fixed IP addresses.",
    "Allow the host names of your data center instead. See /v1/data-centers.",
)
NOT_FOUND = ProblemType(
    "not-found",
    "Not found",
    404,
    "The path does not exist.",
    "See /v1 for a list of all resources. Do not use trailing slashes or double slashes.",
)
UNKNOWN_DOCUMENT = ProblemType(
    "unknown-document",
    "Unknown document",
    404,
    "The release has no document with this ID.",
    "List the collection to see all IDs. To read an older document, set `release`.",
)
UNKNOWN_RELEASE = ProblemType(
    "unknown-release",
    "Unknown release",
    404,
    "No release has this name, or this server does not have it yet.",
    "See /v1/releases for all names. A new release is available within seconds.",
)
ONLY_SAMPLES = ProblemType(
    "only-samples",
    "Sample data only",
    404,
    "Every matching range is a sample with placeholder addresses. A plain list cannot mark "
    "samples.",
    "Use format=json, which marks samples, or add samples=true. Do not use sample addresses in a "
    "firewall.",
)
METHOD_NOT_ALLOWED = ProblemType(
    "method-not-allowed",
    "Method not allowed",
    405,
    "The API is read-only.",
    "Use GET or HEAD. The `Allow` header lists the supported methods.",
)
NOT_ACCEPTABLE = ProblemType(
    "not-acceptable",
    "Not acceptable",
    406,
    "The path has no format that `Accept` allows, or `Accept-Encoding` rejects every encoding.",
    "Request one of the listed formats, or set the parameter `format`, which overrides `Accept`. "
    "Accept the encodings gzip or identity.",
)
WITHDRAWN = ProblemType(
    "withdrawn",
    "Withdrawn",
    410,
    "The document has been withdrawn.",
    "Read the reason and, if there is one, the successor. To read the document as it was, set "
    "`release`.",
)
URI_TOO_LONG = ProblemType(
    "uri-too-long",
    "URL too long",
    414,
    "The request line is longer than 7,990 bytes.",
    "Shorten the URL. Split a large lookup into several requests of up to 100 addresses.",
)
HEADER_TOO_LARGE = ProblemType(
    "header-too-large",
    "Headers too large",
    431,
    "The request headers are too large.",
    "Send fewer and shorter headers. This service does not use cookies.",
)
INTERNAL_ERROR = ProblemType(
    "internal-error",
    "Internal error",
    500,
    "Something went wrong in the service.",
    "Keep your last good response and try again later. The service's log has the details.",
)
FORMAT_NOT_OFFERED = ProblemType(
    "form-not-offered",
    "Format not supported",
    501,
    "`/oembed` supports only JSON.",
    "Use `format=json`, or omit `format`.",
)
NOT_READY = ProblemType(
    "not-ready",
    "Not ready",
    503,
    "The service has no release to serve yet.",
    "Try again in a few seconds. Operators can see the reason at /readyz.",
)
PRECONDITION_FAILED = ProblemType(
    "precondition-failed",
    "Precondition failed",
    412,
    "The condition in `If-Match` or `If-Unmodified-Since` is false. Weak ETags never match.",
    "Do not send these headers. To check whether a response has changed, use If-None-Match.",
    by_proxy=True,
)
BODY_TOO_LARGE = ProblemType(
    "body-too-large",
    "Body too large",
    413,
    "The proxy accepts no request bodies larger than 1,024 bytes.",
    "Use GET or HEAD without a body.",
    by_proxy=True,
)
TOO_MANY_REQUESTS = ProblemType(
    "too-many-requests",
    "Too many requests",
    429,
    "You have exceeded the rate limit or the number of connections.",
    "Wait for the number of seconds in `Retry-After`, then send requests less often. Until then, "
    "use your last good response.",
    by_proxy=True,
)
ORIGIN_UNREACHABLE = ProblemType(
    "origin-unreachable",
    "Service unreachable",
    502,
    "The proxy cannot reach the service and has no cached response.",
    "Keep your last good response. Try again after the number of seconds in `Retry-After`.",
    by_proxy=True,
)
ORIGIN_TIMEOUT = ProblemType(
    "origin-timeout",
    "Service too slow",
    504,
    "The service did not respond to the proxy in time.",
    "Keep your last good response. Try again after the number of seconds in `Retry-After`.",
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
    """An invalid parameter."""

    parameter = Text("Parameter name, as sent.", example="datacenter")
    detail = Text("What is wrong and how to fix it.")
    allowed = List(Text("A value."), "Allowed values. Empty if they are not listed.")


class ProblemSchema(Schema):
    """An error response. Source: RFC 9457."""

    type = Text("URL path of the page about this type of problem.", example="/problems/not-found")
    title = Text("Title of this type of problem.")
    status = WholeNumber("HTTP status code.")
    detail = Text("What went wrong with this request and how to fix it.")
    instance = Text("Requested URL path, percent-encoded.")
    errors = List(Nested(ParameterErrorSchema, "An invalid parameter."), "Invalid parameters.")


class ProblemTypeSchema(Schema):
    """A type of problem, with its cause and how to fix it."""

    slug = Text("Name of the problem type.", example="invalid-parameters")
    title = Text("Short title.")
    status = WholeNumber("HTTP status code.")
    cause = Text("Cause of the problem.")
    repair = Text("How to fix it.")
