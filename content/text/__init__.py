"""The text of an answer: Markdown with placeholders, parsed and filled in."""
