"""A contract that broke a client would be seen: the program of the client no longer compiles."""

import json

import pytest

from openapi.document import PATH
from tests.e2e.sdk.clients import CLIENTS
from tests.e2e.sdk.workshop import Workshop


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.folder)
def test_a_program_that_uses_a_word_which_the_contract_lost_does_not_compile(client, tmp_path):
    contract = json.loads(PATH.read_text(encoding="utf-8"))
    words = contract["components"]["schemas"]["CloudSupport"]["enum"]
    words[words.index("unsupported")] = "refused"
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(contract), encoding="utf-8")
    workshop = Workshop(client, tmp_path, broken)

    with pytest.raises(AssertionError, match=r"(?is)nine\.\w+:.*unsupported"):
        workshop.generate_and_build()
