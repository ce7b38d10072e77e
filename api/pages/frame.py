"""The page of an answer that stands in a frame: complete without a script, small, and safe."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from api.drawing.assets import write_address
from content.answers import Reading
from content.citations import list_facts_used
from content.documents import FAQS, Body, Key, is_sample
from content.forms.answer_html import lead_to_frames, open_apart, raise_headings
from content.forms.rendering import Rendering
from content.windows import next_day

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="icon" href="/docs/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="{style}">
<script defer src="{script}"></script>{head}
</head>
<body>
<main>
<h1>{title}</h1>
{main}
</main>
</body>
</html>
"""
_SAMPLE = (
    "<strong>Sample.</strong> What stands here is made up, in part or whole, to show the shape. "
    "Never put it into a firewall or a console."
)


def render_frame(reading: Reading, body: Body, *, pinned: bool, query: str, head: str) -> Rendering:
    """Return the page of an answer.

    Args:
        body: The answer as the API has it.
        pinned: Whether the release that is read was asked for.
        query: What was said of the reader, with its `?`; links to other answers say it too.
        head: HTML for the head of the page.
    """
    made_up, changed_at = _find_samples(reading, body)
    said = [_SAMPLE] if made_up else []
    said += [_write_pin(reading)] if pinned else []
    said += _list_warnings(body)
    notes = "".join(f'<p class="note">{note}</p>\n' for note in said)
    answer = lead_to_frames(raise_headings(body["answer"]["html"]), escape(query))
    # A table that is wider than its frame is moved alone, with the keyboard too.
    answer = answer.replace(
        "<table>", '<div class="table" role="group" aria-label="Table" tabindex="0"><table>'
    ).replace("</table>", "</table></div>")
    page = _fill_in(
        language=escape(body["language"]["served"]),
        title=escape(body["question"]),
        head=f"\n{head}",
        main=f"{notes}{open_apart(answer)}\n<footer>\n{_write_state(body)}\n</footer>",
    )
    return Rendering(page, changed_at=changed_at)


def render_failure(problem: Mapping[str, Any], successor: str | None) -> str:
    """Return the page that says why there is no answer.

    Args:
        problem: As the API has it.
        successor: The path of what to read instead; None: nothing is named.
    """
    faults = [fault["detail"] for fault in problem["errors"]] or [problem["detail"]]
    said = "\n".join(f"<p>{escape(fault)}</p>" for fault in faults)
    link = f'<p><a href="{escape(successor)}">Read this instead.</a></p>\n' if successor else ""
    about = f'<p><a target="_blank" rel="noopener" href="{problem["type"]}">What mends it</a></p>'
    main = f"{said}\n{link}{about}"
    return _fill_in(language="en", title=escape(problem["title"]), head="", main=main)


def _fill_in(**parts: str) -> str:
    """Return the page that has these *parts*, which are HTML, and what it loads."""
    return _PAGE.format(style=write_address("frame.css"), script=write_address("frame.js"), **parts)


def _find_samples(reading: Reading, body: Body) -> tuple[bool, str]:
    """Return whether anything is made up, and when what tells so last changed."""
    catalogue = reading.catalogue
    document = catalogue.find_document(Key(FAQS, body["id"]))
    used = list_facts_used(catalogue, document) if document else []
    made_up = is_sample(body) or any(is_sample(fact.body) for fact in used)
    touched = (catalogue.find_touch(fact.key).number for fact in used)
    return made_up, max((catalogue.get_release(n).published_at for n in touched), default="")


def _write_pin(reading: Reading) -> str:
    release = reading.catalogue.release
    return (
        f"<strong>An old text, perhaps.</strong> This is how it stood at release "
        f"<code>{escape(release.id)}</code>, whatever has been published since."
    )


def _list_warnings(body: Body) -> Iterator[str]:
    """Yield why a reader should not rely on the answer, as HTML."""
    if body["status"] == "deprecated":
        until = body["sunset_on"]
        ends = f" It may be gone from {_write_day(next_day(until))} on." if until else ""
        yield f"<strong>Deprecated.</strong> This answer should no longer be used.{ends}"
    if body["freshness"]["state"] == "overdue":
        due = _write_day(body["freshness"]["review_by"])
        yield (
            f"<strong>Not reviewed in time.</strong> This answer was to be reviewed by {due}. Make "
            "sure that it still holds before you rely on it."
        )


def _write_state(body: Body) -> str:
    freshness = body["freshness"]
    return (
        f"<p>As of release <code>{escape(body['release'])}</code>; last changed on "
        f"{_write_day(body['updated_at'][:10])}. "
        f"Reviewed on {_write_day(freshness['reviewed_on'])}, to be reviewed again by "
        f"{_write_day(freshness['review_by'])}.</p>"
    )


def _write_day(day: str) -> str:
    return f'<time datetime="{day}">{day}</time>'
