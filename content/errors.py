"""The errors of content and of requests for it.

ContentError
├── SourcesError             source files have faults; lists all of them
├── UsageError               an argument of a command is wrong
├── PublishRefusedError      no release was made; the message has the reason and the override
│   └── NothingToPublishError    nothing changed since the latest release
├── GitError                 the state of git prevents a command, or git failed
├── LedgerError              a release file failed verification
│   └── FutureReleaseError       its date is in the future; it is accepted from then on
├── TakenNumberError         another publisher used this release number first
└── ReadError                a request cannot be answered
    ├── ParametersError          parameters are wrong; lists all of them
    ├── UnknownReleaseError      no release has this ID
    ├── UnknownDocumentError     no document has this ID in this release
    ├── MovedDocumentError       the ID is a former ID of another document
    ├── WithdrawnDocumentError   the document was withdrawn
    ├── OnlySamplesError         every match is a sample, and the format cannot mark samples
    └── NoFixedAddressesError    a plain list was requested for a class without fixed addresses
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


class ContentError(Exception):
    """Base class of all errors here. The message is a complete sentence."""


@dataclass(frozen=True, order=True)
class Fault:
    """One fault in a source file.

    Attributes:
        file: The path relative to the content folder. Commands print it with that folder.
        line: From 1. 0 if the fault concerns the whole file.
        column: From 1. 0 if the fault concerns the whole file.
        field: The dotted field, for example `sources.0.url`. Empty for syntax errors.
        message: What is wrong and how to fix it.
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
        faults: The faults of all files, by file and line.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class UsageError(ContentError):
    """An argument of a command is wrong, for example a document that does not exist."""


class PublishRefusedError(ContentError):
    """No release was made. Nothing was written."""


class TooSoonError(PublishRefusedError):
    """The latest release is dated in this second, or the clock is slightly behind."""


class NothingToPublishError(PublishRefusedError):
    """Nothing changed since the latest release."""


class GitError(ContentError):
    """The state of git prevents a command, or git failed. Nothing was changed."""


class LedgerError(ContentError):
    """A release file failed verification.

    Attributes:
        path: Path of the release file.
    """

    def __init__(self, path: Path, message: str) -> None:
        self.path = path
        super().__init__(f"{path.name}: {message}")


class FutureReleaseError(LedgerError):
    """The date of a release is in the future. The file itself is intact."""


class TakenNumberError(ContentError):
    """Another publisher used this release number first."""


class ReadError(ContentError):
    """A request cannot be answered."""


@dataclass(frozen=True)
class ParameterFault:
    """One fault in the parameters of a request.

    Attributes:
        parameter: The parameter, as sent.
        detail: What is wrong and how to fix it.
        allowed: The valid values or parameters, if there are few enough to list.
    """

    parameter: str
    detail: str
    allowed: tuple[str, ...] = ()


class ParametersError(ReadError):
    """Parameters are wrong.

    Attributes:
        faults: All faults of the request.
    """

    def __init__(self, faults: Iterable[ParameterFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(fault.detail for fault in self.faults))


class UnknownReleaseError(ReadError):
    """No release has this ID, or it is newer than the release that is read.

    Attributes:
        release: The requested ID.
        latest: The newest release that can be requested.
    """

    def __init__(self, release: str, latest: str, *, later: bool = False) -> None:
        self.release, self.latest = release, latest
        detail = (
            f"Release {release!r} is newer than {latest!r}, the release you are reading. Use an "
            "older release, or set the parameter release to a newer one."
            if later
            else f"Unknown release {release!r}. The latest is {latest!r}. "
            "See /v1/releases for all releases."
        )
        super().__init__(detail)


class UnknownDocumentError(ReadError):
    """No document has this ID in the release that is read.

    Attributes:
        collection: The collection that was searched.
        suggestion: A similar ID. None if no ID is similar.
    """

    def __init__(
        self, collection: str, document_id: str, hint: str, suggestion: str | None = None
    ) -> None:
        self.collection, self.suggestion = collection, suggestion
        super().__init__(f"{collection} has no document {document_id!r}{hint}")


class MovedDocumentError(ReadError):
    """The ID is a former ID of another document.

    Attributes:
        collection: The collection of both documents.
        now: The current ID.
    """

    def __init__(self, collection: str, document_id: str, now: str) -> None:
        self.collection, self.now = collection, now
        super().__init__(f"{collection}/{document_id} was renamed to {now!r}.")


class WithdrawnDocumentError(ReadError):
    """The document was withdrawn.

    Attributes:
        successor: `collection/id` of the replacement. None if there is none.
    """

    def __init__(
        self, collection: str, document_id: str, reason: str | None, successor: str | None
    ) -> None:
        self.successor = successor
        instead = f" See {successor} instead." if successor else ""
        because = f": {reason}" if reason else "."
        super().__init__(f"{collection}/{document_id} was withdrawn{because}{instead}")


class OnlySamplesError(ReadError):
    """Every match is a sample, and the format cannot mark samples."""


class NoFixedAddressesError(ReadError):
    """A plain list was requested for a traffic class without fixed addresses."""
