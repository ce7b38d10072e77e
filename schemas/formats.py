"""The forms that an answer can be had in, and their media types."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """One form.

    Attributes:
        name: Its name in `format=`.
        media_type: What the header Content-Type says, without a charset.
        description: The sentence that says what it is.
        announced: Whether an answer in another form names it as its alternate; a form that may be
            refused is not.
    """

    name: str
    media_type: str
    description: str
    announced: bool = True

    @property
    def content_type(self) -> str:
        """The media type with its charset, as the header Content-Type says it."""
        return self.media_type if self.name == "json" else f"{self.media_type}; charset=utf-8"


JSON = Form("json", "application/json", "JSON, the typed form.")
TXT = Form("txt", "text/plain", "Plain text.")
CIDR_TXT = Form("txt", "text/plain", "A range in CIDR form a line.", announced=False)
MD = Form("md", "text/markdown", "CommonMark.")
HTML = Form("html", "text/html", "An HTML fragment.")

#: The media type of every failure. Source: RFC 9457, section 3.
PROBLEM_MEDIA_TYPE = "application/problem+json"
