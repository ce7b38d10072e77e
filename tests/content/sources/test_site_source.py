"""The site file and the logo beside it: what is read, and what is refused."""

from base64 import b64decode
from hashlib import sha256
from os import mkfifo
from struct import pack
from zlib import compress, crc32

import pytest

from content.documents import SITE
from content.sources.reader import read_sources
from schemas.collections import COLLECTIONS


def build_png(width: int = 2, height: int = 1) -> bytes:
    """A PNG picture of gray pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + name + data + pack(">I", crc32(name + data))

    head = pack(">2I5B", width, height, 8, 0, 0, 0, 0)
    pixels = compress(b"".join(b"\0" + b"\x80" * width for _ in range(height)))
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def build_svg(inside: str = '<path d="M0 0h1"/>', more: str = "") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {more}>{inside}</svg>'.encode()


#: What drawing programs write and what does no harm.
HARMLESS = build_svg(
    '<style>.a{fill:url(#b)}</style><defs><linearGradient id="b"/></defs>'
    '<use href="#b"/><g style="fill:url(\'#b\')"/><image href="data:image/png;base64,AA=="/>'
    "<title>Acme on top: url(x), C:\\</title>",
    'xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:export-filename="C:\\a.png"',
)


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("logo.svg", build_svg(), "image/svg+xml"),
        ("logo.svg", HARMLESS, "image/svg+xml"),
        ("logo.png", build_png(), "image/png"),
    ],
)
def test_a_release_holds_the_logo_itself(factory, name, data, media_type):
    factory.site(logo=name)
    factory.path(name).write_bytes(data)
    factory.publish()

    logo = factory.archive().latest.find_body(SITE)["logo"]
    assert b64decode(logo.pop("data")) == data
    digest = f"sha256:{sha256(data).hexdigest()}"
    assert logo == {"media_type": media_type, "digest": digest}


@pytest.mark.parametrize(
    ("inside", "more", "what"),
    [
        ("<script>1</script>", "", "<script>"),
        ("<g><foreignObject/></g>", "", "<foreignObject>"),
        ('<x:script xmlns:x="http://www.w3.org/1999/xhtml"/>', "", "<script>"),
        ('<set attributeName="href" to="javascript:1"/>', "", "<set>"),
        ("", 'onload="1"', "the attribute onload"),
        ('<a href="https://example.com/"/>', "", "the attribute href"),
        (
            '<use x:href="other.svg#a"/>',
            'xmlns:x="http://www.w3.org/1999/xlink"',
            "the attribute href",
        ),
        ('<image href="data:image/svg+xml,a"/>', "", "the attribute href"),
        ('<g style="fill:URL( https://example.com/a)"/>', "", "the attribute style"),
        ('<g fill="url(//example.com/#a)"/>', "", "the attribute fill"),
        ("<style>a{}@import 'b'</style>", "", "a style that loads a file"),
        ("<style>a{b:u\\72l(c)}</style>", "", "a style that loads a file"),
        ("<style><![CDATA[a{b:url(c)}]]></style>", "", "a style that loads a file"),
        ("<style>a{b:image-set('c' 1x)}</style>", "", "a style that loads a file"),
        ('<x:object xmlns:x="http://www.w3.org/1999/xhtml" data="a"/>', "", "<object>"),
        ("<?xml-stylesheet href='a'?>", "", "<?xml-stylesheet?>"),
    ],
)
def test_a_logo_that_does_more_than_to_be_drawn_is_refused(factory, inside, more, what):
    factory.site(logo="logo.svg")
    factory.path("logo.svg").write_bytes(build_svg(f"\n{inside}", more))

    (fault,) = factory.faults()
    line = 1 if more.startswith("on") else 2
    assert fault.startswith("content/site.yaml:3:")
    assert f"logo.svg contains {what} on line {line}. A logo must not run scripts" in fault


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("logo.svg", build_png(), "logo.svg is not an SVG image: line 1 is not valid XML."),
        ("logo.svg", b"<html/>", "it starts with <html> instead of <svg xmlns="),
        ("logo.svg", b"<svg/>", "it starts with <svg> instead of <svg xmlns="),
        (
            "logo.svg",
            b'<!DOCTYPE svg [<!ENTITY a "b">]><svg/>',
            "logo.svg contains <!DOCTYPE> on",
        ),
        ("logo.svg", b"", "logo.svg is not an SVG image"),
        ("logo.png", build_svg(), "logo.png is not a PNG image. Export it again as PNG."),
        ("logo.png", build_png()[:-1], "logo.png is not a PNG image"),
        ("logo.png", build_png(0), "logo.png has 0 by 1 pixels. Export it again with 1 to 4096"),
        ("logo.png", build_png(1, 4097), "logo.png has 1 by 4097 pixels. Export it again with 1"),
        (
            "logo.svg",
            b'<?xml version="1.0" encoding="UTF-7"?>' + build_svg(),
            "logo.svg has an encoding that is not supported. Save it as UTF-8.",
        ),
        ("logo.svg", compress(build_svg()), "logo.svg is not an SVG image"),
        (
            "logo.svg",
            build_svg() + b" " * 65536,
            "logo.svg is larger than 64 KB. Make it smaller.",
        ),
        ("logo.svg", None, "logo.svg cannot be read: No such file or directory. Put it next to"),
        (
            "../logo.svg",
            None,
            (
                "unknown logo file. Write logo.svg or logo.png, the "
                "name of a file next to site.yaml."
            ),
        ),
        (
            {"data": "a"},
            None,
            (
                "unknown logo file. Write logo.svg or logo.png, the "
                "name of a file next to site.yaml."
            ),
        ),
    ],
)
def test_a_logo_that_is_no_picture_is_refused(factory, name, data, message):
    factory.site(logo=name)
    if data is not None:
        factory.path(name).write_bytes(data)

    (fault,) = factory.faults()
    assert message in fault


def test_a_logo_that_is_no_regular_file_is_refused_at_once(factory):
    factory.site(logo="logo.svg")
    mkfifo(factory.path("logo.svg"))

    (fault,) = factory.faults()
    assert "logo.svg cannot be read: Not a regular file. Put it next to site.yaml" in fault


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("nam: A\n", "content/site.yaml:1:1: nam: unknown field 'nam'. Did you mean 'name'?"),
        ("name: A\nid: a\n", "content/site.yaml:2:1: the site document has no ID. Delete"),
        (
            "- a\n",
            "content/site.yaml:1:1: this must contain fields, each written as 'name: value'.",
        ),
        ("name: A\nlicense:\n  name: B\n", "license.url: url is missing"),
        ("name: A\nlanguage: '?'\n", "'?' is not a language tag; write one such as en or de-AT."),
        (
            "name: A\ncontact:\n  title: B\n  url: a@b.c\n",
            "write one such as mailto:help@example.com",
        ),
        ("name: A\ncontact:\n  title: B\n  url: mailto:b\n", "is not an email address; write one"),
        ("name: A\ncolors:\n  light: '#FFF'\n  dark: '#ffffff'\n", "is not a color; write '#' and"),
        (f"name: {'A' * 61}\n", "has 61 characters; shorten it to 60."),
        (
            "name: A\nfooter_links:\n  - title: B\n    url: http://b.example\n",
            "beginning with https",
        ),
    ],
)
def test_a_fault_in_the_site_file_says_where_it_is_and_what_to_write(factory, text, fault):
    factory.write("site.yaml", text)

    assert any(fault in found for found in factory.faults())


def test_the_site_is_there_even_where_it_cannot_be_read(factory):
    factory.site()
    factory.publish()
    factory.write("site.yaml", "name: [\n")

    assert SITE in read_sources(factory.place.root, COLLECTIONS).attempted
    assert not any("was published and is gone" in fault for fault in factory.faults())
