"""The page of clouds."""

from marshmallow import Schema

from api.site.page import PINNED, Page, PageContext
from content.answers.answer import ReadContext
from content.answers.facts import list_facts
from content.answers.faqs import get_faq_summary
from content.documents import FAQS, is_sample


def show_clouds(context: ReadContext) -> PageContext:
    """Return the page."""
    clouds = list_facts(context, "clouds")
    items = clouds.body["items"]
    find = context.catalogue.find_current
    named = {item["faq"]: find(FAQS, item["faq"]) for item in items if item["faq"]}
    faqs = {name: get_faq_summary(context, now.key.id) for name, now in named.items() if now}
    shown = [{**item, "sample": is_sample(item)} for item in items]
    values = {
        "clouds": shown,
        "faqs": {name: answer.body for name, answer in faqs.items()},
        "sample": any(item["sample"] for item in shown),
    }
    return PageContext(values, (clouds, *faqs.values()))


CLOUDS_PAGE = Page(
    "/clouds", "clouds.html", show_clouds, Schema.from_dict(PINNED, name="CloudsPageSchema")
)
