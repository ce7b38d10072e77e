"""Check the site document: color contrast, navigation, lists and terms."""

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
#: Backgrounds of links and buttons on light and dark pages: `--back` and `--raised`.
BACKGROUNDS = MappingProxyType({"light": ("#ffffff", "#f6f7f9"), "dark": ("#15191e", "#1e242b")})
#: A color with too little contrast is mixed with black or white until it can be read.
_ENDS = MappingProxyType({"light": "#000000", "dark": "#ffffff"})
_STEPS = 50
_MAX_LISTED = 12


def check_site(
    draft: Draft, collections: Collections, has_target: Callable[[str], bool]
) -> Iterator[Fault]:
    """Yield the faults in the site document that its schema does not find.

    Args:
        has_target: Returns whether a URL has a target.
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
            hint = (
                f"Did you mean {suggestion!r}?"
                if suggestion
                else (f"Use one of: {', '.join(known)}.")
            )
            yield draft.fault(f"unknown page {name!r}. {hint}", "navigation", place)
    for field in ("footer_links", "navigation"):
        if len(body[field]) > _MAX_LISTED:
            yield draft.fault(
                f"{len(body[field])} items are too many. Use at most {_MAX_LISTED}.", field
            )
    if body["terms"] is not None:
        if "{{" in body["terms"]:
            yield draft.fault("placeholders do not work here. Write out the value.", "terms")
        for offset, message in check_markdown(body["terms"], has_target):
            line = body["terms"].count("\n", 0, offset) + 1
            yield draft.fault(f"on line {line} of this text: {message}", "terms")


def list_page_names(collections: Collections) -> list[str]:
    """Return the names of the pages that the navigation can contain."""
    others = (c.name for c in collections if c.has_default_views and not c.is_plain)
    return list(dict.fromkeys((*PAGES, *others)))


def judge_color(mode: str, color: str) -> str | None:
    """Return the fault of a *color* with too little contrast, with a similar valid color."""
    contrast = _find_contrast(mode, color)
    if contrast >= MIN_CONTRAST:
        return None
    near = next(
        mixed
        for step in range(1, _STEPS + 1)
        if _find_contrast(mode, mixed := _mix(color, _ENDS[mode], step / _STEPS)) >= MIN_CONTRAST
    )
    return (
        f"{color} has a contrast of {contrast:.2f}:1 on {mode} pages, and text needs "
        f"{MIN_CONTRAST}:1 to be readable. Use a color such as {near!r}."
    )


def _find_contrast(mode: str, color: str) -> float:
    """Return the lowest contrast of *color* with a background."""
    return min(compute_contrast(color, background) for background in BACKGROUNDS[mode])


def compute_contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colors, from 1 to 21. Source: WCAG 2.2, "contrast ratio"."""
    darker, lighter = sorted((_compute_luminance(one), _compute_luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _compute_luminance(color: str) -> float:
    """Return the luminance of a color. Source: WCAG 2.2, "relative luminance"."""
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
