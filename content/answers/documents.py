"""Read one document of any collection, as the API returns it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from content.answers.answer import Answer, ReadContext
from content.answers.facts import get_fact
from content.answers.faqs import get_faq
from content.answers.ranges import COLLECTION, get_ip_range
from content.answers.site import get_site
from content.answers.topics import COLLECTION as TOPICS
from content.answers.topics import get_topic
from content.documents import FAQS, SITE, Key

#: Collections whose documents have additional derived fields.
_GETTERS: Mapping[str, Callable[[ReadContext, str], Answer]] = MappingProxyType(
    {FAQS: get_faq, COLLECTION: get_ip_range, TOPICS: get_topic}
)


def get_document(context: ReadContext, key: Key) -> Answer:
    """Return the document *key* as the API returns it.

    Raises:
        MovedDocumentError: The ID is an alias of another document.
        WithdrawnDocumentError: It was withdrawn.
        UnknownDocumentError: It does not exist in this release.
    """
    if key == SITE:
        return get_site(context)
    getter = _GETTERS.get(key.collection)
    return getter(context, key.id) if getter else get_fact(context, *key)
