"""Read the source files, YAML and Markdown, with the position of each value."""
