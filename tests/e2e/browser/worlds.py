"""What the pages of the browser tests show: a world with every state that a page has words for."""

from tests.content_factory import SAMPLE, ContentFactory

#: Every page of the site, with what makes it look different.
PAGES = (
    "/",
    "/?q=nothing-like-it",
    "/?topic=network",
    "/faqs/addresses",
    "/faqs/addresses?dc=uk",
    "/faqs/addresses?release=2026-02-02.01",
    "/faqs/addresses/data?dc=uk",
    "/faqs/ports",
    "/ip-ranges",
    "/ip-ranges?dc=uk",
    "/ip-ranges?dc=uk&traffic=web",
    "/ip-ranges?dc=de&format=nft",
    "/ip-ranges?dc=uk&ip=203.0.114.9",
    "/ip-ranges?ip=nothing",
    "/clouds",
    "/data-centers",
    "/oauth-clients?provider=google",
    "/changes",
    "/releases/2026-02-02.01",
    "/releases/2026-02-03.01",
)
#: What a firewall of a customer in the United Kingdom lets in.
UK_LIST = "203.0.114.0/24\n203.0.116.0/24\n203.0.117.0/24\n2a00:100::/48\n"


def publish_world(factory: ContentFactory) -> ContentFactory:
    """Publish the small world, and a release that changes, announces, ends and deprecates."""
    factory.world()
    factory.publish("The world.")
    factory.facts(
        "ip-ranges",
        {"id": "uk-1", "cidr": "203.0.114.0/24"},
        {"id": "uk-2", "cidr": "2a00:100::/48"},
        {"id": "uk-3", "cidr": "203.0.116.0/24", "effective_from": "2099-01-15"},
        {"id": "uk-4", "cidr": "203.0.117.0/24", "effective_until": "2099-03-31"},
        {"id": "uk-5", "cidr": "203.0.118.0/24", "effective_until": "2026-01-31"},
        {"id": "de-1", "cidr": "203.0.115.0/24", "data_center": "de"},
        {"id": "de-2", "cidr": "192.0.2.0/28", "data_center": "de", "sources": [SAMPLE]},
    )
    mixed = {"individual": "unsupported", "enterprise": "not_known"}
    factory.facts(
        "clouds",
        {"id": "workspace", "faq": "addresses", "conditions": "An administrator installs it."},
        {"id": "high", "support": "conditional", "connection_types": mixed, "name": "GCC High"},
    )
    factory.facts("oauth-clients", {"id": "google", "client_id": "67890"})
    factory.faq(
        "ports",
        "Port 443, over HTTPS, to `api.example.com` and `this`.\n\n```\ncurl https://example.com/a/long/path/that/never/breaks/ever\n```\n",
        question="Which ports are open?",
        position=2,
        topics=["network"],
        status="deprecated",
        related=["addresses"],
        review_by="2026-02-03",
        applies_to=["workspace"],
    )
    factory.publish("Ranges come and go, and one answer is on its way out.")
    return factory
