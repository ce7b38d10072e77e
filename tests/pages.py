"""A page that was read."""

from html.parser import HTMLParser

#: Elements that have no end.
_VOID = {"meta", "link"}


class Page(HTMLParser):
    """What stands in a page; reading it fails where an element is not closed
    or a link leads to no part of it.

    Attributes:
        names: The name of every element.
        ids: The names of its parts.
        links: Where it leads but to its own parts, and what it loads.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self._open: list[str] = []
        self._words: list[str] = []
        self.feed(text)
        assert self._open == []
        parts = {link for link in self.links if link.startswith("#")}
        assert parts <= {f"#{name}" for name in self.ids}
        self.links = [link for link in self.links if link not in parts]

    @property
    def text(self) -> str:
        """What it says, in single spaces."""
        return " ".join("".join(self._words).split())

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)
        self.ids += [value for name, value in attrs if name == "id"]
        self.links += [value for name, value in attrs if name in ("href", "src")]
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        self._words.append(data)
