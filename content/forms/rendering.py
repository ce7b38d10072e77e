"""What a form makes of an answer: its text, and what the header of the response says of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rendering:
    """An answer in one form.

    Attributes:
        text: The body.
        aggregation: How many networks there were before and after they were put together; None:
            they were not.
    """

    text: str
    aggregation: tuple[int, int] | None = None
