"""The forms that an answer can be had in, and their media types."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """One form: its name in `format=`, its media type, and the sentence that says what it is."""

    name: str
    media_type: str
    description: str

    @property
    def content_type(self) -> str:
        """The media type with its charset, as the header Content-Type says it."""
        return self.media_type if self.name == "json" else f"{self.media_type}; charset=utf-8"


JSON = Form("json", "application/json", "JSON, the typed form.")
TXT = Form("txt", "text/plain", "Plain text.")
MD = Form("md", "text/markdown", "CommonMark.")
HTML = Form("html", "text/html", "An HTML fragment.")

#: The media type of every failure. Source: RFC 9457, section 3.
PROBLEM_MEDIA_TYPE = "application/problem+json"
