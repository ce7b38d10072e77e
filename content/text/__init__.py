"""The text of answers: Markdown with placeholders."""
