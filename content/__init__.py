"""From source files to releases, and from releases to answers; knows nothing of HTTP."""
