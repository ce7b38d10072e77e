"""Where a value stands in a file that an editor wrote."""

import json


def place(path, value: str | None, nth: int = 1) -> str:
    """`file:line:column` of the *nth* *value*, as JSON, in the file at *path*."""
    text, needle = path.read_text(encoding="utf-8"), json.dumps(value)
    at = -1
    for _ in range(nth):
        at = text.index(needle, at + 1)
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return f"content{str(path).rpartition('/content')[2]}:{line}:{column}"
