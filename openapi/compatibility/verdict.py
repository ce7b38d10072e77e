"""The verdict on a document that is to replace the released one."""

from collections.abc import Iterator
from dataclasses import dataclass

from openapi.compatibility.documents import compare_documents
from openapi.compatibility.finding import Finding, Level
from openapi.compatibility.parts import Part
from openapi.compatibility.versions import list_version_faults


@dataclass(frozen=True)
class Verdict:
    """What was found.

    Attributes:
        findings: How it differs from the released document, what breaks first.
        faults: What is wrong with its version and its changelog, as whole sentences.
    """

    findings: tuple[Finding, ...]
    faults: tuple[str, ...]

    @property
    def refused(self) -> bool:
        """Whether the document must not be merged."""
        return bool(self.faults) or any(f.level is Level.BREAKING for f in self.findings)

    def list_lines(self) -> Iterator[str]:
        """Yield every finding and every fault, each with what it is in front."""
        yield from (f"{finding.level}: {finding}" for finding in self.findings)
        yield from (f"version: {fault}" for fault in self.faults)


def judge_document(released: Part | None, document: Part, changelog: str | None) -> Verdict:
    """Return the verdict on *document*.

    Args:
        released: The document that clients were generated from, which was checked too; None before
            the first.
        document: A document that was checked (`sound.py`).
        changelog: The text of the changelog of the contract; None: there is none.
    """
    findings = compare_documents(released, document) if released is not None else []
    additions = [finding for finding in findings if finding.level is Level.ADDITION]
    if len(additions) < len(findings):
        # What breaks is to be taken back first; then another version may be needed, or none.
        return Verdict(tuple(findings), ())
    before = released["info"]["version"] if released is not None else None
    faults = list_version_faults(before, document["info"]["version"], additions, changelog)
    return Verdict(tuple(findings), tuple(faults))
