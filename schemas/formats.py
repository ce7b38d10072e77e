"""The formats of answers, and their media types."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Format:
    """One format.

    Attributes:
        name: What it is called in `format=`.
        media_type: Its media type, without parameters.
        description: What it is, a sentence.
        announced: Whether an answer in another format links to it as an alternate; a format
            that may be refused is not.
        parameters: The parameters of Content-Type beside the charset.
    """

    name: str
    media_type: str
    description: str
    announced: bool = True
    parameters: str = ""

    @property
    def content_type(self) -> str:
        """The value of the header Content-Type; text has its charset."""
        charset = "; charset=utf-8" if self.media_type.startswith("text/") else ""
        return f"{self.media_type}{charset}{self.parameters}"


JSON = Format("json", "application/json", "JSON, the typed form.")
TXT = Format("txt", "text/plain", "Plain text.")
MD = Format("md", "text/markdown", "CommonMark.")
HTML = Format("html", "text/html", "An HTML fragment.")
PAGE = Format("html", "text/html", "A page for people.")
JSONLD = Format("jsonld", "application/ld+json", "JSON-LD in the words of schema.org.")
ATOM = Format("atom", "application/atom+xml", "An Atom feed, an entry a release.")
#: Links between pages. Source: RFC 9264, section 4.2; RFC 9727, section 4.2, for `profile`.
LINKSET = Format(
    "linkset",
    "application/linkset+json",
    "A set of links.",
    parameters='; profile="https://www.rfc-editor.org/info/rfc9727"',
)
#: Ranges as a table. Source: RFC 4180, section 3, for `header`.
CSV = Format("csv", "text/csv", "A table, samples marked.", parameters="; header=present")
#: Ranges as plain lists: each may refuse, so none is named as an alternate. Where `Accept` asks for
#: plain text, the first of them is chosen; the others have the same media type and want `format`.
CIDR_TXT = Format("txt", "text/plain", "A network a line.", announced=False)
NFT = Format("nft", "text/plain", "Sets for nftables.", announced=False)
IPSET = Format("ipset", "text/plain", "Sets for `ipset restore`.", announced=False)
NGINX = Format("nginx", "text/plain", "Directives `allow` for nginx.", announced=False)

#: The media type of every failure. Source: RFC 9457, section 3.
PROBLEM_MEDIA_TYPE = "application/problem+json"
