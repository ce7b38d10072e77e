"""What the contract is: its description, contact and terms."""

from collections.abc import Mapping
from typing import Any

TITLE = "faqts"
#: Where the terms are served; a path, because the document does not know its host.
TERMS_PATH = "/terms"
#: The part of that page that deprecation notices link to.
ENDING_PART = "what-goes-away"

#: All but the version. No host and no person is known wherever this is served.
INFO: Mapping[str, Any] = {
    "summary": "Answers and facts for calendar administrators, as data.",
    "description": (
        "Answers to what administrators ask before a calendar is connected, and the facts behind "
        "them: addresses, hosts, permissions, deadlines. Each names its sources and can be read "
        "as it stood at any release. Within version 1 fields are only added, so pass over one "
        "that you do not know."
    ),
    "termsOfService": TERMS_PATH,
    # A path as its address is valid, and refused by openapi-generator.
    "contact": {"name": "The faqts authors"},
    "license": {"name": "MIT", "identifier": "MIT"},
}
