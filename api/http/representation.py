"""A representation: a body in one format, with the headers that do not depend on the request."""

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

#: Names and values, in the order in which they are sent.
Headers = tuple[tuple[str, str], ...]

_ETAG_LENGTH = 32
#: Level 6 takes twice the time and saves a twentieth of the bytes.
_GZIP_LEVEL = 4


#: Bodies are trees; looking for cycles takes a third of the time. Characters beyond ASCII are
#: escaped: some clients take JSON for Latin-1 (docs/decisions/0008-json-in-ascii.md).
_encode_json = json.JSONEncoder(check_circular=False, separators=(",", ":")).encode


@dataclass(frozen=True)
class EncodedBody:
    """The bytes of a representation in one content coding.

    Attributes:
        body: The bytes as they are sent.
        headers: What describes them: type, length, coding, digest.
    """

    body: bytes
    headers: Headers = ()


@dataclass(frozen=True)
class Representation:
    """A body in one format, in every content coding, with its headers.

    Attributes:
        status: The HTTP status.
        identity: The body without a content coding.
        cache_policy: How long a cache may store it.
        etag: Weak, quoted; None: it has none.
        last_modified: An HTTP date; None: it has none.
        vary: The request headers that it depends on.
        headers: More headers, sent with every coding.
        gzip_level: 1 to 9; None: it is never compressed.
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
        """The body in gzip, made when a client first asks for it.

        That can take as long as computing the answer, and clients such as scripts never ask.
        """
        body = compress(self.identity.body, self.gzip_level or _GZIP_LEVEL, mtime=0)
        content_type = dict(self.identity.headers)["Content-Type"]
        return _encode(body, content_type, ("Content-Encoding", GZIP))

    @cached_property
    def validators(self) -> Headers:
        """The headers with which a cache revalidates it; a 304 has them too."""
        pairs = (
            ("ETag", self.etag),
            ("Last-Modified", self.last_modified),
            ("Vary", ", ".join(self.vary)),
        )
        return tuple((name, value) for name, value in pairs if value)

    @property
    def size(self) -> int:
        """The most bytes that bodies and headers take, compressed or not."""
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
    """Return *content* with status 200 and an ETag, in every content coding.

    Args:
        gzip_level: 1 to 9; the highest for files that are compressed once and sent for years.
        notice_headers: Headers about deprecation. The ETag changes with them, so that a client
            that only revalidates its copy receives them too.
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
    """Return a representation with one coding and no ETag: a failure, a redirect, a status.

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
    """Return *answer* in *format_*, whose text is *rendering*.

    Args:
        pinned: Whether the request names a release, so that the answer never changes.
        negotiated: Whether the header Accept decided about the format.
        headers: More headers.
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
    """Return the weak ETag of *body*, equal in every process and through compression."""
    lines = "".join(f"\n{name}: {value}" for name, value in notice_headers)
    return f'W/"{sha256(body + lines.encode()).hexdigest()[:_ETAG_LENGTH]}"'


def dump_json(body: Any) -> str:
    """Return *body* as it is sent: compact, in the order of its schema, with a final newline."""
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
    """Return *body* with its headers. Source: RFC 9530, section 3, for its digest."""
    digest = b64encode(sha256(body).digest()).decode()
    digest_header = ("Repr-Digest", f"sha-256=:{digest}:")
    return EncodedBody(body, (*_describe(body, content_type), *more, digest_header))


def _describe(body: bytes, content_type: str) -> Headers:
    length = ("Content-Length", str(len(body)))
    return (("Content-Type", content_type), length) if content_type else (length,)
