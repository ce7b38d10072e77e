"""Everything that can be wrong with content or with a request for it.

ContentError
├── SourcesError             source files have faults, all of them listed
├── UsageError               a command names something that does not exist
├── PublishRefusedError      a release was not made; says why and what overrides it
│   └── NothingToPublishError    the files are what the latest release says
├── GitError                 what git knows forbids a command, or git cannot be asked
├── LedgerError              a release file does not verify
│   └── FutureReleaseError       it is dated in the future, and accepted then
├── TakenNumberError         another publisher appended a release of this number first
└── ReadError                a request cannot be answered
    ├── ParametersError          parameters are wrong, all of them listed
    ├── UnknownReleaseError      no release has this name
    ├── UnknownDocumentError     no document has this id, in the release read
    ├── MovedDocumentError       the id is a former one of another document
    ├── WithdrawnDocumentError   the document was withdrawn
    ├── OnlySamplesError         only samples are left, and the format cannot mark them
    └── NoFixedAddressesError    a plain list of a class whose addresses are not fixed
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


class ContentError(Exception):
    """The root of this tree; its message is a finished sentence."""


@dataclass(frozen=True, order=True)
class Fault:
    """One fault in a source file.

    Attributes:
        file: The path below the content folder; in what a command prints, with that folder.
        line: From 1; 0 when the fault is the whole file's.
        column: From 1; 0 when the fault is the whole file's.
        field: The dotted field, for example `sources.0.url`; empty for the document's syntax.
        message: What is wrong, and what to write.
    """

    file: str
    line: int
    column: int
    field: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return (
            f"{where}: {self.field}: {self.message}" if self.field else f"{where}: {self.message}"
        )


class SourcesError(ContentError):
    """Source files have faults.

    Attributes:
        faults: Every fault of every file, by file and line.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class UsageError(ContentError):
    """A command names something that does not exist."""


class PublishRefusedError(ContentError):
    """A release was not made; nothing was written."""


class NothingToPublishError(PublishRefusedError):
    """The files are what the latest release says."""


class GitError(ContentError):
    """What git knows forbids a command, or git cannot be asked; nothing was changed."""


class LedgerError(ContentError):
    """A release file does not verify.

    Attributes:
        path: The file.
    """

    def __init__(self, path: Path, message: str) -> None:
        self.path = path
        super().__init__(f"{path.name}: {message}")


class FutureReleaseError(LedgerError):
    """A release is dated in the future; there is nothing to restore."""


class TakenNumberError(ContentError):
    """Another publisher appended a release of this number first."""


class ReadError(ContentError):
    """A request cannot be answered."""


@dataclass(frozen=True)
class ParameterFault:
    """One fault in the parameters of a request.

    Attributes:
        parameter: The parameter as it was written.
        detail: What is wrong, and what to write.
        allowed: The values or parameters there are, when they can be listed.
    """

    parameter: str
    detail: str
    allowed: tuple[str, ...] = ()


class ParametersError(ReadError):
    """Parameters are wrong.

    Attributes:
        faults: All of them.
    """

    def __init__(self, faults: Iterable[ParameterFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(fault.detail for fault in self.faults))


class UnknownReleaseError(ReadError):
    """No release has this name, up to the one that is read.

    Attributes:
        release: The name.
        latest: The newest release that can be named.
    """

    def __init__(self, release: str, latest: str, *, later: bool = False) -> None:
        self.release, self.latest = release, latest
        detail = (
            f"Release {release!r} came after {latest!r}, which is read; name an older one, or a "
            "later one in the parameter release."
            if later
            else f"No release is called {release!r}; the latest is {latest!r}, "
            "and /v1/releases lists them all."
        )
        super().__init__(detail)


class UnknownDocumentError(ReadError):
    """No document has this id in the release read.

    Attributes:
        collection: Where it was looked for.
        suggestion: The id that was meant, perhaps; None: none is near.
    """

    def __init__(
        self, collection: str, document_id: str, hint: str, suggestion: str | None = None
    ) -> None:
        self.collection, self.suggestion = collection, suggestion
        super().__init__(f"{collection} has no document {document_id!r}{hint}")


class MovedDocumentError(ReadError):
    """The id is a former one of another document.

    Attributes:
        collection: The collection of both.
        now: The present id.
    """

    def __init__(self, collection: str, document_id: str, now: str) -> None:
        self.collection, self.now = collection, now
        super().__init__(f"{collection} {document_id!r} is now called {now!r}.")


class WithdrawnDocumentError(ReadError):
    """The document was withdrawn.

    Attributes:
        successor: `collection/id` of what to read instead; None when there is nothing.
    """

    def __init__(
        self, collection: str, document_id: str, reason: str | None, successor: str | None
    ) -> None:
        self.successor = successor
        instead = f" Read {successor} instead." if successor else ""
        because = f": {reason}" if reason else "."
        super().__init__(f"{collection} {document_id!r} was withdrawn{because}{instead}")


class OnlySamplesError(ReadError):
    """Only samples are left, and the format cannot mark them."""


class NoFixedAddressesError(ReadError):
    """A plain list was requested for a class of traffic whose addresses are not fixed."""
