"""What a form makes of an answer: its text, and what the header of the response says of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rendering:
    """An answer in one form.

    Attributes:
        text: The body.
        aggregation: How many networks there were before and after they were put together; None:
            they were not.
        next_cursor: Where the page after this one begins, when the form has shorter pages than
            the body; None: where the body says.
        changed_at: When what the form shows beside the body last changed; empty: it shows no more.
    """

    text: str
    aggregation: tuple[int, int] | None = None
    next_cursor: str | None = None
    changed_at: str = ""
