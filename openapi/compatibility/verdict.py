"""Decide whether a contract may replace the released one."""

from collections.abc import Iterator
from dataclasses import dataclass

from openapi.compatibility.documents import compare_documents
from openapi.compatibility.finding import Finding, Level
from openapi.compatibility.parts import Part
from openapi.compatibility.versions import list_version_faults


@dataclass(frozen=True)
class Verdict:
    """The result of the check.

    Attributes:
        findings: Differences from the released contract, breaking changes first.
        faults: Faults of the version and the changelog, as sentences.
    """

    findings: tuple[Finding, ...]
    faults: tuple[str, ...]

    @property
    def refused(self) -> bool:
        """Whether the contract must not be merged."""
        return bool(self.faults) or any(f.level is Level.BREAKING for f in self.findings)

    def list_lines(self) -> Iterator[str]:
        """Yield all findings and faults, each with its level as a prefix."""
        yield from (f"{finding.level}: {finding}" for finding in self.findings)
        yield from (f"version: {fault}" for fault in self.faults)


def judge_document(released: Part | None, document: Part, changelog: str | None) -> Verdict:
    """Return the verdict on *document*.

    Args:
        released: The released contract. None if there is none yet.
        document: The new contract. `check_document` must have accepted both.
        changelog: Text of the contract's changelog. None if there is none.
    """
    findings = compare_documents(released, document) if released is not None else []
    additions = [finding for finding in findings if finding.level is Level.ADDITION]
    if len(additions) < len(findings):
        # Breaking changes must be undone first. This can change which version is needed.
        return Verdict(tuple(findings), ())
    before = released["info"]["version"] if released is not None else None
    faults = list_version_faults(before, document["info"]["version"], additions, changelog)
    return Verdict(tuple(findings), tuple(faults))
