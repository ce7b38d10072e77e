"""What is checked in the site document: colors, pages, terms."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import api
from api.rendering.site import describe_site
from content.authoring.check_site import (
    BACKGROUNDS,
    MIN_CONTRAST,
    compute_contrast,
    judge_color,
    list_page_names,
)
from content.sources.reader import read_sources
from schemas.collections import COLLECTIONS
from schemas.kinds.site import PAGES
from tests.blocks import ROOT, read_blocks
from tests.content.sources.test_site_source import build_svg

SHEET = Path(api.__file__).parent / "static" / "site.css"
PAGE = ROOT / "docs" / "site.md"
_COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_the_contrast_is_that_of_the_standard():
    assert compute_contrast("#000000", "#ffffff") == pytest.approx(21)
    assert compute_contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert compute_contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


def test_the_backgrounds_are_those_of_the_style_sheet():
    light, dark = SHEET.read_text().split("@media (prefers-color-scheme: dark)", 1)

    for mode, text in (("light", light), ("dark", dark)):
        found = [re.search(rf"--{name}: (#\w+)", text)[1] for name in ("back", "raised")]
        assert [c if len(c) == 7 else f"#{c[1:] * 2}" for c in found] == list(BACKGROUNDS[mode])


@given(_COLORS, st.sampled_from(["light", "dark"]))
def test_a_color_that_cannot_be_read_is_refused_with_one_that_can(color, mode):
    message = judge_color(mode, color)
    contrast = min(compute_contrast(color, background) for background in BACKGROUNDS[mode])

    assert (message is None) == (contrast >= MIN_CONTRAST)
    if message is not None:
        suggested = re.search(r"'(#[0-9a-f]{6})'", message)[1]
        assert judge_color(mode, suggested) is None


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        (
            {"colors": {"light": "#ff8800", "dark": "#8ab8f0"}},
            "colors.light: #ff8800 has a contrast of 2.23:1 on light pages, and text needs",
        ),
        ({"navigation": ["answers", "cluods"]}, "unknown page 'cluods'. Did you mean 'clouds'?"),
        (
            {"navigation": ["topics"]},
            "navigation.0: unknown page 'topics'. Use one of: answers, ip-ranges",
        ),
        ({"navigation": ["site"]}, "unknown page 'site'"),
        ({"navigation": ["clouds", "clouds"]}, "'clouds' is listed twice; keep it once."),
        (
            {"terms": "Fine.\n\n<b>raw</b>\n"},
            "terms: on line 3 of this text: raw HTML is not shown",
        ),
        (
            {"terms": "Use {{ clouds.worldwide.name }}.\n"},
            "terms: placeholders do not work here. Write out the value.",
        ),
        ({"terms": "[a](/faqs/nothing)\n"}, "terms: on line 1 of this text:"),
        (
            {
                "footer_links": [
                    {"title": f"{n}", "url": f"https://example.com/{n}"} for n in range(13)
                ]
            },
            "footer_links: 13 items are too many. Use at most 12.",
        ),
    ],
)
def test_what_readers_could_not_use_is_refused(factory, fields, fault):
    factory.site(**fields)

    (found,) = factory.faults()
    assert fault in found


def test_a_site_with_every_field_has_no_fault(factory):
    factory.world().site(
        organization="Example Ltd",
        service="Example Sync",
        tagline="Which addresses to allow.",
        audience="network administrators",
        language="de-AT",
        footer_links=[{"title": "Docs", "url": "https://docs.example.com/"}],
        terms="### Use\n\nSee [the addresses](/faqs/addresses).\n",
        license={"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        contact={"title": "Help", "url": "mailto:help@example.com"},
        colors={"light": "#14539a", "dark": "#8ab8f0"},
        navigation=["ip-ranges", "answers", "deadlines"],
        notice="This is a trial.",
    )

    assert factory.faults() == []


def test_every_page_that_is_always_there_can_be_named(factory):
    factory.world().publish()

    names = [page.name for page in describe_site(factory.archive().latest).pages]
    assert names == list(PAGES)
    assert {"data-centers", "deadlines"} <= set(list_page_names(COLLECTIONS))


def test_the_example_of_the_documents_has_no_fault(factory):
    (example,) = [block for block in read_blocks(PAGE) if block.language == "yaml"]
    factory.write("site.yaml", example.text)
    factory.path("logo.svg").write_bytes(build_svg())

    assert factory.faults() == []
    read = read_sources(factory.place.root, COLLECTIONS).drafts[0].document.body
    assert {name for name, value in read.items() if value} >= {"colors", "logo", "terms", "contact"}


def test_every_field_is_described_in_the_documents():
    described = re.findall(r"^\| `(\w+)` \|", PAGE.read_text(), re.MULTILINE)

    assert described == [name for name in COLLECTIONS["site"].authored if name != "id"]
