"""From a representation and a request's headers to a response, which depends on nothing else."""

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from api.http.negotiation import IDENTITY, choose_coding
from api.http.representation import (
    WEEK_SECONDS,
    CachePolicy,
    Headers,
    Representation,
    Response,
    build_response,
)

#: What opens every response to pages of other hosts. Source: Fetch, section 3.2.
_CORS: Headers = (
    ("Access-Control-Allow-Origin", "*"),
    (
        "Access-Control-Expose-Headers",
        (
            "Content-Aggregation, Content-Language, Content-Release, Deprecation, ETag, Link, "
            "Repr-Digest, Retry-After, Sunset"
        ),
    ),
)
#: What every response but a 304 says beside that.
_ALWAYS: Headers = (
    *_CORS,
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
)
#: Who asks well gets nothing but 304 for years, and has to learn what will end.
_IN_304 = frozenset({"Content-Release", "Deprecation", "Sunset"})
#: The form that is sent, and the two of old that are read all the same.
_DATE_FORMATS = ("%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %d %H:%M:%S %Y")
_ENTITY_TAG = re.compile(r'(?:W/)?("[^"]*")')
#: Dates recur; strangers can send any number of others.
_KEPT = 1_024
#: Responses of one answer that are kept: few clients ask otherwise than most.
_KEPT_RESPONSES = 4


class RequestHead(NamedTuple):
    """What a request says beside its target; None: the header was not sent.

    Attributes:
        method: `GET`, or `HEAD`, which gets no body.
        if_none_match: The tags that the client has.
        if_modified_since: Since when it asks; not looked at when tags are given.
        accept_encoding: The content codings that it reads.
    """

    method: str = "GET"
    if_none_match: str | None = None
    if_modified_since: str | None = None
    accept_encoding: str | None = None


class NoCodingError(Exception):
    """`Accept-Encoding` refuses all that there is."""

    def __init__(self) -> None:
        super().__init__("Accept-Encoding refuses both codings there are, gzip and identity.")


def respond(representation: Representation, head: RequestHead, now: datetime) -> Response:
    """Return the response to a request that *representation* answers.

    Args:
        now: UTC; decides how long the answer may be kept.

    Raises:
        NoCodingError: the representation has codings, and the client refuses each.
    """
    # Its Cache-Control is the same until then, so what was sent to an equal request is sent again.
    whole = now < representation.cache_policy.shortens_at
    response = representation.responses.get(head) if whole else None
    if response is None:
        response = _assemble(
            representation, head, format_cache_control(representation.cache_policy, now)
        )
        if whole:
            if len(representation.responses) >= _KEPT_RESPONSES:
                representation.responses.clear()
            representation.responses[head] = response
    return response


def _assemble(representation: Representation, head: RequestHead, value: str) -> Response:
    caching = (("Cache-Control", value), *representation.validators)
    if _is_unchanged(representation, head):
        kept = (pair for pair in representation.headers if pair[0] in _IN_304)
        return build_response(304, (*caching, *kept, *_CORS))
    encoded = representation.codings[_choose(representation, head)]
    headers = (*encoded.headers, *caching, *representation.headers, *_ALWAYS)
    body = b"" if head.method == "HEAD" else encoded.body
    return build_response(representation.status, headers, body)


def answer_options() -> Response:
    """Return the answer to OPTIONS, which is the same everywhere."""
    headers = (
        ("Allow", "GET, HEAD, OPTIONS"),
        ("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS"),
        ("Access-Control-Allow-Headers", "*"),
        ("Access-Control-Max-Age", "86400"),
        ("Cache-Control", "public, max-age=86400"),
    )
    return build_response(204, (*headers, *_ALWAYS))


def format_cache_control(cache_policy: CachePolicy, now: datetime) -> str:
    """Return the header: what may be kept, never past the day on which it changes."""
    if cache_policy.max_age_seconds is None:
        return "no-store"
    left = cache_policy.longest_seconds
    if cache_policy.ends_at is not None:
        left = min(left, max(0, int((cache_policy.ends_at - now).total_seconds())))
    max_age = min(cache_policy.max_age_seconds, left)
    value = f"public, max-age={max_age}"
    if not cache_policy.stale_seconds:
        return f"{value}, immutable" if cache_policy.immutable else value
    return f"{value}, stale-while-revalidate={left - max_age}, stale-if-error={WEEK_SECONDS}"


def _choose(representation: Representation, head: RequestHead) -> str:
    if len(representation.codings) == 1:
        return IDENTITY
    coding = choose_coding(head.accept_encoding)
    if coding is None:
        raise NoCodingError
    return coding


def _is_unchanged(representation: Representation, head: RequestHead) -> bool:
    """Tell whether the client has this already. Source: RFC 9110, sections 13.1.2, 13.1.3."""
    if representation.status != 200 or representation.etag is None:  # noqa: PLR2004  OK.
        return False
    tags = head.if_none_match
    if tags is not None:
        mine = representation.etag.removeprefix("W/")
        return tags.strip() == "*" or mine in _ENTITY_TAG.findall(tags)
    if head.if_modified_since is None or representation.last_modified is None:
        return False
    known, modified = _read_date(head.if_modified_since), _read_date(representation.last_modified)
    return known is not None and modified is not None and modified <= known


@lru_cache(maxsize=_KEPT)
def _read_date(text: str) -> datetime | None:
    """Return what an HTTP date says; None for what is no date, which is as if it was not sent.

    Source: RFC 9110, sections 5.6.7 and 13.1.3.
    """
    for format_ in _DATE_FORMATS:
        try:
            return datetime.strptime(text, format_).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None
