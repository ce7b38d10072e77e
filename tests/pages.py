"""A page that was read, as a browser reads it: the tree, its words, where it leads."""

from html.parser import HTMLParser

#: Elements that have no end.
_VOID = {"meta", "link", "input", "br", "hr", "img", "wbr"}


class Page(HTMLParser):
    """What stands in a page; reading it fails where an element is not closed in its turn,
    a part has no name of its own, a link leads to no part of the page, or a policy without
    `unsafe-inline` would leave something out.

    Attributes:
        elements: The name and the attributes of every element.
        ids: The names of its parts.
        links: Where it leads but to its own parts, and what it loads.
        data: What stands in its scripts.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.data: list[str] = []
        self._open: list[str] = []
        self._words: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []
        assert len(self.ids) == len(set(self.ids))
        parts = {link for link in self.links if link.startswith("#")}
        assert parts <= {f"#{name}" for name in self.ids}
        self.links = [link for link in self.links if link not in parts]

    @property
    def text(self) -> str:
        """What it says, in single spaces."""
        return " ".join("".join(self._words).split())

    def find(self, tag: str, **message: str) -> list[dict[str, str | None]]:
        """The attributes of each element *tag* that has the attributes *message*."""
        return [a for name, a in self.elements if name == tag and message.items() <= a.items()]

    def handle_starttag(self, tag, attrs):
        message = dict(attrs)
        assert tag != "style"
        assert not any(name == "style" or name.startswith("on") for name in message)
        self.elements.append((tag, message))
        self.ids += [value for name, value in attrs if name == "id"]
        self.links += [value for name, value in attrs if name in ("href", "src")]
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        (self.data if "script" in self._open else self._words).append(data)
