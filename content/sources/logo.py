"""Tell what the bytes of a logo are, and that a browser does nothing but draw them."""

import re
from struct import unpack_from
from xml.parsers import expat

_SVG = "http://www.w3.org/2000/svg"
_PNG_BEGIN, _PNG_END = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"IEND\xaeB`\x82"
_SIZE_AT = 16
#: Elements that run something, load something, or change what others load.
_ACTIVE = {
    *("script", "foreignObject", "iframe", "audio", "video", "handler", "listener"),
    *("set", "animate", "animateMotion", "animateTransform"),
}
#: Attributes with an address. It may be a part of the picture, or a picture within.
_ADDRESSES = {"href", "src", "base"}
_WITHIN = re.compile(r"\s*(#|data:image/(png|jpeg|gif|webp);)")
#: In style sheets and attributes: everything that is loaded, but parts of the picture.
_LOADED = re.compile(r"@import|url\((?!\s*['\"]?\s*#)|\\", re.IGNORECASE)


class LogoError(ValueError):
    """A logo cannot be used; the message says why, and what to do."""


def find_media_type(name: str, data: bytes) -> str:
    """Return the media type of the logo *data* in the file *name*.

    Raises:
        LogoError: its bytes are not what its name says, or it does more than to be drawn.
    """
    if name.endswith(".png"):
        if not (data.startswith(_PNG_BEGIN) and data.endswith(_PNG_END)):
            raise LogoError(f"{name} is not a PNG picture; export it again as PNG.")
        if 0 in unpack_from(">2I", data, _SIZE_AT):
            raise LogoError(f"{name} has no pixels; export it again as PNG.")
        return "image/png"
    _SvgReader(name).read(data)
    return "image/svg+xml"


class _SvgReader:
    """Reads an SVG picture and refuses what is more than a picture."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._root: str | None = None
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._begin
        self._parser.CharacterDataHandler = self._read_text
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser.ProcessingInstructionHandler = self._refuse_instruction
        # A style sheet may come in pieces.
        self._parser.buffer_text = True

    def read(self, data: bytes) -> None:
        """Read the whole picture.

        Raises:
            LogoError: it is no SVG picture, or more than one.
        """
        try:
            self._parser.Parse(data, True)  # noqa: FBT003  The signature is expat's.
        except expat.ExpatError as error:
            raise LogoError(
                f"{self._name} is not an SVG picture: line {error.lineno} is not XML. Export it "
                "again as SVG."
            ) from None
        if self._root != f"{_SVG} svg":
            raise LogoError(
                f"{self._name} is not an SVG picture: it begins with <{self._root}>, not with "
                f'<svg xmlns="{_SVG}">. Export it again as SVG.'
            )

    def _begin(self, element: str, attributes: dict[str, str]) -> None:
        self._root = self._root or element
        local = element.rpartition(" ")[2]
        if local in _ACTIVE:
            self._refuse(f"<{local}>")
        for name, value in attributes.items():
            attribute = name.rpartition(" ")[2]
            outside = attribute in _ADDRESSES and not _WITHIN.match(value)
            if attribute.lower().startswith("on") or outside or _LOADED.search(value):
                self._refuse(f"the attribute {attribute}")

    def _read_text(self, text: str) -> None:
        if _LOADED.search(text):
            self._refuse("a style that loads something")

    def _refuse_doctype(self, *_: object) -> None:
        self._refuse("<!DOCTYPE>")

    def _refuse_instruction(self, target: str, _data: str) -> None:
        self._refuse(f"<?{target}?>")

    def _refuse(self, what: str) -> None:
        raise LogoError(
            f"{self._name} has {what} on line {self._parser.CurrentLineNumber}; a logo may not run "
            "scripts or load anything. Delete it, or export the picture as plain SVG."
        )
