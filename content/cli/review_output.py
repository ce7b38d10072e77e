"""Format review reminders for a terminal."""

from collections.abc import Iterator

from content.authoring.check import list_overdue
from content.cli.console import count
from content.sources.drafts import Sources

_MAX_LISTED = 20


def describe_reviews(sources: Sources, day: str) -> Iterator[str]:
    """Yield lines about overdue and missing reviews on *day*; nothing if all is reviewed."""
    overdue = list_overdue(sources, day)
    if overdue:
        yield f"{count(len(overdue), 'review')} overdue:"
        yield from (f"  {fault.message}" for fault in overdue[:_MAX_LISTED])
    if len(overdue) > _MAX_LISTED:
        yield f"  and {len(overdue) - _MAX_LISTED} more. Run 'faqts check' to list them all."
    bodies = [draft.document.body for draft in sources.drafts]
    never = sum(body.get("reviewed_on", "") is None for body in bodies)
    if never:
        yield f"{count(never, 'document')} never reviewed."
