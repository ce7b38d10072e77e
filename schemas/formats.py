"""Response formats and their media types."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Format:
    """A response format.

    Attributes:
        name: Value of the parameter `format`.
        media_type: Media type without parameters.
        description: One sentence for the contract.
        announced: Whether responses in other formats link to it as an alternate. False for
            formats that some requests cannot be answered in.
        parameters: Parameters of Content-Type other than the charset.
    """

    name: str
    media_type: str
    description: str
    announced: bool = True
    parameters: str = ""

    @property
    def content_type(self) -> str:
        """Value of the Content-Type header, with the charset if it is text."""
        charset = "; charset=utf-8" if self.media_type.startswith("text/") else ""
        return f"{self.media_type}{charset}{self.parameters}"


JSON = Format("json", "application/json", "JSON.")
TXT = Format("txt", "text/plain", "Plain text.")
MD = Format("md", "text/markdown", "CommonMark.")
HTML = Format("html", "text/html", "An HTML fragment.")
PAGE = Format("html", "text/html", "A web page.")
JSONLD = Format("jsonld", "application/ld+json", "JSON-LD with the schema.org vocabulary.")
ATOM = Format("atom", "application/atom+xml", "Atom feed with one entry per release.")
#: Source: RFC 9264, section 4.2; RFC 9727, section 4.2, for `profile`.
LINKSET = Format(
    "linkset",
    "application/linkset+json",
    "A set of links.",
    parameters='; profile="https://www.rfc-editor.org/info/rfc9727"',
)
#: Source: RFC 4180, section 3, for `header`.
CSV = Format(
    "csv", "text/csv", "CSV table; sample ranges are marked.", parameters="; header=present"
)
#: Plain lists of IP ranges. They are not announced, because requests that match only samples fail.
#: `Accept: text/plain` selects the first one. The others need the parameter `format`.
CIDR_TXT = Format("txt", "text/plain", "One IP range per line.", announced=False)
NFT = Format("nft", "text/plain", "Sets for nftables.", announced=False)
IPSET = Format("ipset", "text/plain", "Sets for `ipset restore`.", announced=False)
NGINX = Format("nginx", "text/plain", "`allow` directives for nginx.", announced=False)

#: Media type of every error response. Source: RFC 9457, section 3.
PROBLEM_MEDIA_TYPE = "application/problem+json"
