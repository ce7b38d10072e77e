"""Programs that some tests need and a machine may not have."""

import os
import shutil

import pytest


def require_program(name: str) -> str:
    """The path of the program *name*; without it the test is skipped.

    Under FAQTS_REQUIRE_TOOLS=1 the test fails instead, so that no check is left out unseen.
    """
    found = shutil.which(name)
    if found is None:
        refuse = pytest.fail if os.environ.get("FAQTS_REQUIRE_TOOLS") == "1" else pytest.skip
        refuse(f"{name} is not installed.")
    return found
