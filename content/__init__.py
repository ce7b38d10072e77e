"""Content: source files, releases and answers. Independent of HTTP."""
