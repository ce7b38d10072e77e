"""The files that editors write: YAML and Markdown, read with the place of each value."""
