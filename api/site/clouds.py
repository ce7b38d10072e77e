"""The page of clouds: what can be connected, in which way, and on what conditions."""

from marshmallow import Schema

from api.site.page import PINNED, Page, Shown
from content.answers import Reading
from content.documents import FAQS, Key, is_sample
from content.facts import list_facts
from content.faqs import get_faq_summary


def show_clouds(reading: Reading) -> Shown:
    """Return the page."""
    clouds = list_facts(reading, "clouds")
    items = clouds.body["items"]
    named = {item["faq"]: _resolve(reading, item["faq"]) for item in items if item["faq"]}
    faqs = {name: get_faq_summary(reading, now) for name, now in named.items() if now is not None}
    values = {
        "clouds": [{**item, "sample": is_sample(item)} for item in items],
        "faqs": {name: answer.body for name, answer in faqs.items()},
        "sample": any(is_sample(item) for item in items),
    }
    return Shown(values, (clouds, *faqs.values()))


def _resolve(reading: Reading, name: str) -> str | None:
    """Return the id that an answer has now; None when it was withdrawn."""
    now = reading.catalogue.resolve_alias(FAQS, name)
    return now if reading.catalogue.find_document(Key(FAQS, now)) is not None else None


CLOUDS_PAGE = Page(
    "/clouds", "clouds.html", show_clouds, Schema.from_dict(PINNED, name="CloudsPageSchema")
)
