"""Schema of the site document, `site/site`."""

from functools import partial

from marshmallow import Schema

from schemas.fields import Digest, Id, List, Markdown, Nested, Patterned, Text, Uri
from schemas.query import LanguageTag
from schemas.shapes import judge_contact, judge_length
from schemas.words import OpenEnum

LOGO_TYPES = ("image/svg+xml", "image/png")
#: Pages with their own layout. All other pages list a collection.
PAGES = ("answers", "ip-ranges", "clouds", "changes")
MAX_NAME, MAX_SENTENCE = 60, 200


class Color(Patterned):
    """A color in sRGB."""

    pattern = r"^#[0-9a-f]{6}$"
    expected = "a color; write '#' and six lowercase hexadecimal digits, such as #14539a"


class ContactUri(Patterned):
    """A contact: an email address as a `mailto:` URI, or the URL of a page."""

    pattern = r'^(https://|mailto:)[^\s<>"]+$'
    shape = staticmethod(judge_contact)
    expected = "a contact URL; write one such as mailto:help@example.com or https://example.com/"


class Base64(Patterned):
    """Bytes in base64. Source: RFC 4648, section 4."""

    pattern = r"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
    expected = "base64"


def _name(description: str, most: int = MAX_NAME, **options: object) -> Text:
    return Text(description, shape=partial(judge_length, most=most), **options)


def _nullable_name(description: str, most: int = MAX_NAME, **options: object) -> Text:
    return _name(description, most, allow_none=True, load_default=None, **options)


class SiteLinkSchema(Schema):
    """A link to another website."""

    title = _name("Link text.", example="Documentation")
    url = Uri("URL.", example="https://docs.example.com/")


class SiteLicenseSchema(Schema):
    """The license of the content."""

    name = _name("Name of the license.", example="CC BY 4.0")
    url = Uri("URL of its text.", example="https://creativecommons.org/licenses/by/4.0/")


class SiteContactSchema(Schema):
    """Contact for readers who need help."""

    title = _name("Link text.", example="Support")
    url = ContactUri("`https:` or `mailto:` URL.", example="mailto:help@example.com")


class SiteColorsSchema(Schema):
    """Color of links and buttons."""

    light = Color("Color on light pages.", example="#14539a")
    dark = Color("Color on dark pages.", example="#8ab8f0")


class SiteLogoSchema(Schema):
    """Logo of the service."""

    url = Text("URL path. It changes if the file changes.", dump_only=True)
    media_type = OpenEnum(LOGO_TYPES, "Media type of the file.")
    digest = Digest("SHA-256 digest of the file.")
    data = Base64("Contents of the file in base64.", load_only=True)


class SiteSchema(Schema):
    """Name of the service, its publisher, and the look of its pages."""

    id = Id("Always `site`.", example="site")
    name = _name("Name of this service.", example="Admin guidance")
    organization = _nullable_name(
        "Publisher of the content. Null if not stated.", example="Example Ltd"
    )
    service = _nullable_name(
        "Name of the service that connects to the servers of administrators, as they know it. "
        "Null if not stated.",
        example="Example Calendar",
    )
    tagline = _nullable_name("One sentence about the service. Null if not stated.", MAX_SENTENCE)
    audience = _nullable_name(
        "Readers of the content. Null if not stated.", example="calendar administrators"
    )
    language = LanguageTag(
        "Language of the content, as a BCP 47 tag.", load_default="en", example="en"
    )
    footer_links = List(
        Nested(SiteLinkSchema, "A link."), "Links in the footer of every page.", load_default=list
    )
    terms = Markdown(
        "Terms of use in CommonMark, shown at `/terms`. Null if there are none.",
        allow_none=True,
        load_default=None,
    )
    license = Nested(
        SiteLicenseSchema,
        "License of the content. Null if not stated.",
        allow_none=True,
        load_default=None,
    )
    contact = Nested(
        SiteContactSchema,
        "Contact for readers who need help. Null if not stated.",
        allow_none=True,
        load_default=None,
    )
    colors = Nested(
        SiteColorsSchema,
        "Colors of links and buttons. Null for the default colors.",
        allow_none=True,
        load_default=None,
    )
    logo = Nested(
        SiteLogoSchema,
        "Logo. In site.yaml, the name of a file in the same folder. Null if there is none.",
        allow_none=True,
        load_default=None,
    )
    navigation = List(
        Id("`answers`, `ip-ranges`, `clouds`, `changes`, or a collection.", example="answers"),
        "Pages in the navigation, in order. If empty, all pages that have content.",
        load_default=list,
    )
    notice = _nullable_name(
        "Notice shown at the top of every page. Null if there is none.", MAX_SENTENCE
    )
