"""What a page holds, read as a browser reads it: the tree, its texts, its links."""

from html.parser import HTMLParser

#: Elements without an end.
VOID = {"link", "meta", "input", "br", "hr", "img"}
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


class PageReader(HTMLParser):
    """Collects ids, links and texts of a page, and fails where an element is not closed."""

    def __init__(self, html: str):
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: list[tuple[str, dict]] = []
        self.text = ""
        self.data: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []
        assert len(self.ids) == len(set(self.ids))

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        assert "style" not in said
        assert not any(name.startswith("on") for name in said)
        self.attributes.append((tag, said))
        self.ids += [said["id"]] if "id" in said else []
        self.links += [said["href"]] if "href" in said else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "script" in self.open:
            self.data.append(data)
        else:
            self.text += data

    def find(self, tag: str, **said: str) -> list[dict]:
        """The attributes of each element *tag* that has the attributes *said*."""
        return [a for t, a in self.attributes if t == tag and said.items() <= a.items()]


def browse(client, path: str, status: int = 200) -> PageReader:
    """Ask for *path* as a browser does."""
    answer = client.get(path, headers=BROWSER)
    assert answer.status_code == status, answer.get_data(as_text=True)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    return PageReader(answer.get_data(as_text=True))
