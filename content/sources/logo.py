"""Check a logo: PNG or SVG, without scripts and without loading anything."""

import re
from struct import unpack_from
from xml.parsers import expat

_SVG = "http://www.w3.org/2000/svg"
#: Elements of web pages, which browsers also run and load within SVG.
_HTML = "http://www.w3.org/1999/xhtml"
_PNG_BEGIN, _PNG_END = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"IEND\xaeB`\x82"
_SIZE_AT = 16
#: A small file can hold a picture that needs gigabytes of memory to show.
_MAX_PIXELS = 4096
#: Elements that run scripts, load something, or change what other elements load.
_ACTIVE = {
    *("script", "foreignObject", "iframe", "audio", "video", "handler", "listener"),
    *("set", "animate", "animateMotion", "animateTransform"),
}
#: Attributes that contain a URL. Only references within the picture and embedded images are
#: allowed.
_ADDRESSES = {"href", "src", "base"}
_WITHIN = re.compile(r"\s*(#|data:image/(png|jpeg|gif|webp);)")
#: Loading something from a style sheet or an attribute, or a backslash, which can hide it.
_LOADED = re.compile(
    r"@import|url\((?!\s*['\"]?\s*#)|(?<![\w-])(?:src|image|(?:-webkit-)?image-set)\(|\\",
    re.IGNORECASE,
)


class LogoError(Exception):
    """The logo cannot be used. The message says why and how to fix it."""


def find_media_type(name: str, data: bytes) -> str:
    """Return the media type of the logo *data* from the file *name*.

    Raises:
        LogoError: The data is not of this type, or the picture runs scripts or loads something.
    """
    if name.endswith(".png"):
        if not (data.startswith(_PNG_BEGIN) and data.endswith(_PNG_END)):
            raise LogoError(f"{name} is not a PNG image. Export it again as PNG.")
        size = unpack_from(">2I", data, _SIZE_AT)
        if not 0 < min(size) <= max(size) <= _MAX_PIXELS:
            found = " by ".join(map(str, size))
            raise LogoError(
                f"{name} has {found} pixels. Export it again with 1 to {_MAX_PIXELS} pixels in "
                "each direction."
            )
        return "image/png"
    _SvgReader(name).read(data)
    return "image/svg+xml"


class _SvgReader:
    """Parses an SVG image. Rejects scripts and anything that loads a file."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._root: str | None = None
        self._open: list[str] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = lambda _: self._open.pop()
        self._parser.CharacterDataHandler = self._read_text
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser.ProcessingInstructionHandler = self._refuse_instruction
        # Without this, a style sheet may arrive in several parts.
        self._parser.buffer_text = True

    def read(self, data: bytes) -> None:
        """Parse the image.

        Raises:
            LogoError: The data is not an SVG image, or its content is not allowed.
        """
        try:
            self._parser.Parse(data, True)  # noqa: FBT003  The signature is expat's.
        except expat.ExpatError as error:
            raise LogoError(
                f"{self._name} is not an SVG image: line {error.lineno} is not valid "
                "XML. Export it again as SVG."
            ) from None
        except ValueError:
            # Python cannot decode the encoding that the first line names.
            raise LogoError(
                f"{self._name} has an encoding that is not supported. Save it as UTF-8."
            ) from None
        if self._root != f"{_SVG} svg":
            raise LogoError(
                f"{self._name} is not an SVG image: it starts with <{self._root}> "
                f'instead of <svg xmlns="{_SVG}">. Export it again as SVG.'
            )

    def _begin(self, element: str, attributes: dict[str, str]) -> None:
        self._root = self._root or element
        self._open.append(element)
        namespace, _, local = element.rpartition(" ")
        if local in _ACTIVE or namespace == _HTML:
            self._refuse(f"<{local}>")
        for name, value in attributes.items():
            attribute = name.rpartition(" ")[2]
            outside = attribute in _ADDRESSES and not _WITHIN.match(value)
            # Browsers ignore the attributes of drawing programs, which are in other namespaces.
            loads = " " not in name and _LOADED.search(value)
            if attribute.lower().startswith("on") or outside or loads:
                self._refuse(f"the attribute {attribute}")

    def _read_text(self, text: str) -> None:
        if self._open[-1] == f"{_SVG} style" and _LOADED.search(text):
            self._refuse("a style that loads a file")

    def _refuse_doctype(self, *_: object) -> None:
        self._refuse("<!DOCTYPE>")

    def _refuse_instruction(self, target: str, _data: str) -> None:
        self._refuse(f"<?{target}?>")

    def _refuse(self, what: str) -> None:
        raise LogoError(
            f"{self._name} contains {what} on line {self._parser.CurrentLineNumber}. A "
            "logo must not run scripts or load files. Delete this part, or export the "
            "image as plain SVG."
        )
