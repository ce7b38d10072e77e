"""Check the site document: its colors can be read, its pages exist, its terms are shown whole."""

from collections.abc import Callable, Iterator
from types import MappingProxyType

from content.authoring.check_markdown import check_markdown
from content.errors import Fault
from content.sources.drafts import Draft
from content.suggestions import suggest
from schemas.collection import Collections
from schemas.kinds.site import PAGES

#: Source: WCAG 2.2, success criterion 1.4.3.
MIN_CONTRAST = 4.5
#: What is behind links and buttons, on light and on dark pages: `--back` and `--raised`.
BACKGROUNDS = MappingProxyType({"light": ("#ffffff", "#f6f7f9"), "dark": ("#15191e", "#1e242b")})
#: Where a color is moved until it can be read.
_ENDS = MappingProxyType({"light": "#000000", "dark": "#ffffff"})
_STEPS = 50
_MAX_LISTED = 12


def check_site(
    draft: Draft, collections: Collections, has_target: Callable[[str], bool]
) -> Iterator[Fault]:
    """Yield the faults of the site document that its fields alone do not show.

    Args:
        has_target: Tells whether a link to an address has a target.
    """
    body = draft.document.body
    for mode, color in (body["colors"] or {}).items():
        wrong = judge_color(mode, color)
        if wrong is not None:
            yield draft.fault(wrong, "colors", mode)
    known = list_page_names(collections)
    for place, name in enumerate(body["navigation"]):
        if name not in known:
            suggestion = suggest(name, known)
            hint = f"did you mean {suggestion!r}?" if suggestion else f"use {', '.join(known)}."
            yield draft.fault(f"unknown page {name!r}; {hint}", "navigation", place)
    for field in ("footer_links", "navigation"):
        if len(body[field]) > _MAX_LISTED:
            yield draft.fault(f"{len(body[field])} are too many; keep {_MAX_LISTED}.", field)
    if body["terms"] is not None:
        for offset, message in check_markdown(body["terms"], has_target):
            line = body["terms"].count("\n", 0, offset) + 1
            yield draft.fault(f"line {line} of this text: {message}", "terms")


def list_page_names(collections: Collections) -> list[str]:
    """Return the names of the pages that the navigation can list."""
    others = (c.name for c in collections if c.has_default_views and not c.is_plain)
    return list(dict.fromkeys((*PAGES, *others)))


def judge_color(mode: str, color: str) -> str | None:
    """Return what is wrong with a *color* on pages of a *mode*, and one near it that is right."""
    contrast = _find_contrast(mode, color)
    if contrast >= MIN_CONTRAST:
        return None
    near = next(
        mixed
        for step in range(1, _STEPS + 1)
        if _find_contrast(mode, mixed := _mix(color, _ENDS[mode], step / _STEPS)) >= MIN_CONTRAST
    )
    return (
        f"{color} has a contrast of {contrast:.2f}:1 with {mode} pages, and people need "
        f"{MIN_CONTRAST}:1 to read it; write for example {near!r}."
    )


def _find_contrast(mode: str, color: str) -> float:
    """Return the contrast of *color* with the background on which it is lowest."""
    return min(compute_contrast(color, background) for background in BACKGROUNDS[mode])


def compute_contrast(one: str, other: str) -> float:
    """Return the contrast of two colors, from 1 to 21. Source: WCAG 2.2, "contrast ratio"."""
    darker, lighter = sorted((_compute_luminance(one), _compute_luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _compute_luminance(color: str) -> float:
    """Return how light a color is. Source: WCAG 2.2, "relative luminance"."""
    weights = (0.2126, 0.7152, 0.0722)
    return sum(
        weight * _linearize(part / 255) for weight, part in zip(weights, _split(color), strict=True)
    )


def _linearize(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004  The formula.


def _mix(one: str, other: str, share: float) -> str:
    parts = zip(_split(one), _split(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def _split(color: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(color[1:]))
