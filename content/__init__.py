"""Content: source files, releases and answers, independent of HTTP."""
