"""Representations: a body in one format with the headers that are the same for each request."""

import json
from base64 import b64encode
from dataclasses import dataclass
from functools import cached_property
from gzip import compress
from hashlib import sha256
from typing import Any

from api.http.caching import CachePolicy, choose_cache_policy
from api.http.dates import format_http_date
from api.http.negotiation import GZIP
from content.answers.answer import Answer
from content.formats.rendering import Rendering
from schemas.formats import HTML, Format

#: Names and values, in the order sent.
Headers = tuple[tuple[str, str], ...]

_ETAG_LENGTH = 32
#: Level 6 takes twice as long and saves only 5 percent.
_GZIP_LEVEL = 4


#: Bodies contain no cycles, and checking for them takes a third of the time. Non-ASCII characters
#: are escaped, because some clients read JSON as Latin-1 (docs/decisions/0008-json-in-ascii.md).
_encode_json = json.JSONEncoder(check_circular=False, separators=(",", ":")).encode


@dataclass(frozen=True)
class EncodedBody:
    """The bytes of a representation in one content coding.

    Attributes:
        body: The encoded bytes.
        headers: Content type, length, coding and digest.
    """

    body: bytes
    headers: Headers = ()


@dataclass(frozen=True)
class Representation:
    """A body in one format, with its headers and content codings.

    Attributes:
        status: The HTTP status.
        identity: The body without a content coding.
        cache_policy: How long a cache may store it.
        etag: A weak ETag in quotes, or None.
        last_modified: An HTTP date, or None.
        vary: The request headers that the format depends on.
        headers: Additional headers, for all codings.
        gzip_level: 1 to 9; None if it is never compressed.
    """

    status: int
    identity: EncodedBody
    cache_policy: CachePolicy
    etag: str | None = None
    last_modified: str | None = None
    vary: tuple[str, ...] = ()
    headers: Headers = ()
    gzip_level: int | None = None

    @cached_property
    def compressed(self) -> EncodedBody:
        """The gzip body, built on first use.

        Compression can take as long as rendering, and many clients never request it.
        """
        body = compress(self.identity.body, self.gzip_level or _GZIP_LEVEL, mtime=0)
        content_type = dict(self.identity.headers)["Content-Type"]
        return _encode(body, content_type, ("Content-Encoding", GZIP))

    @cached_property
    def validators(self) -> Headers:
        """ETag, Last-Modified and Vary, which are part of a 304 too."""
        pairs = (
            ("ETag", self.etag),
            ("Last-Modified", self.last_modified),
            ("Vary", ", ".join(self.vary)),
        )
        return tuple((name, value) for name, value in pairs if value)

    @property
    def size(self) -> int:
        """An upper bound for the size of its bodies and headers, in bytes."""
        codings = 1 if self.gzip_level is None else 2
        headers = [*self.headers, *self.validators, *codings * self.identity.headers]
        texts = sum(len(name) + len(value) for name, value in headers)
        return codings * len(self.identity.body) + texts


def build_success(
    content: str | bytes,
    content_type: str,
    cache_policy: CachePolicy,
    *,
    last_modified: str | None = None,
    vary: tuple[str, ...] = (),
    headers: Headers = (),
    notice_headers: Headers = (),
    gzip_level: int = _GZIP_LEVEL,
) -> Representation:
    """Return a representation of *content* with status 200 and an ETag.

    Args:
        gzip_level: 1 to 9. Use 9 for files that are compressed once per process.
        notice_headers: Headers about deprecation. They are part of the ETag, so that clients that
            revalidate receive them too.
    """
    body = content.encode() if isinstance(content, str) else content
    return Representation(
        status=200,
        identity=_encode(body, content_type),
        cache_policy=cache_policy,
        etag=build_etag(body, notice_headers),
        last_modified=last_modified,
        vary=(*vary, "Accept-Encoding"),
        headers=(*headers, *notice_headers),
        gzip_level=gzip_level,
    )


def build_plain(
    status: int, body: bytes, content_type: str, cache_policy: CachePolicy, headers: Headers = ()
) -> Representation:
    """Return a representation without compression and ETag, such as an error or a redirect.

    Args:
        content_type: The media type of *body*; empty if there is no body.
    """
    encoded = EncodedBody(body, _describe(body, content_type))
    return Representation(status, encoded, cache_policy, headers=headers)


def build_representation(
    answer: Answer,
    format_: Format,
    rendering: Rendering,
    *,
    pinned: bool,
    negotiated: bool,
    headers: Headers = (),
    notice_headers: Headers = (),
) -> Representation:
    """Return the representation of *answer* in *format_*, rendered as *rendering*.

    Args:
        pinned: Whether the request selects a release.
        negotiated: Whether the Accept header selected the format.
        headers: Additional headers.
        notice_headers: Headers about deprecation.
    """
    return build_success(
        rendering.text,
        format_.content_type,
        choose_cache_policy(answer, pinned=pinned),
        last_modified=format_http_date(max(answer.changed_at, rendering.changed_at)),
        vary=("Accept",) if negotiated else (),
        headers=(*_list_headers(answer, format_, rendering), *headers),
        notice_headers=notice_headers,
    )


def build_etag(body: bytes, notice_headers: Headers = ()) -> str:
    """Return the weak ETag of *body*, the same in every process and content coding."""
    lines = "".join(f"\n{name}: {value}" for name, value in notice_headers)
    return f'W/"{sha256(body + lines.encode()).hexdigest()[:_ETAG_LENGTH]}"'


def dump_json(body: Any) -> str:
    """Return *body* as compact JSON in schema order, with a final newline."""
    return _encode_json(body) + "\n"


def _list_headers(answer: Answer, format_: Format, rendering: Rendering) -> list[tuple[str, str]]:
    headers = [("Content-Release", answer.read.id)]
    if answer.language is not None:
        headers.append(("Content-Language", answer.language))
    if format_ is HTML:
        headers.append(("Content-Security-Policy", "default-src 'none'; sandbox"))
    if rendering.aggregation is not None:
        # A dictionary. Source: RFC 9651, section 3.2.
        before, after = rendering.aggregation
        headers.append(("Content-Aggregation", f"before={before}, after={after}"))
    return headers


def _encode(body: bytes, content_type: str, *more: tuple[str, str]) -> EncodedBody:
    """Return *body* with its headers. Source of the digest: RFC 9530, section 3."""
    digest = b64encode(sha256(body).digest()).decode()
    digest_header = ("Repr-Digest", f"sha-256=:{digest}:")
    return EncodedBody(body, (*_describe(body, content_type), *more, digest_header))


def _describe(body: bytes, content_type: str) -> Headers:
    length = ("Content-Length", str(len(body)))
    return (("Content-Type", content_type), length) if content_type else (length,)
