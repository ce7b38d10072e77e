"""Build the OpenAPI document of an application from its routes and real responses."""

from flask import Flask

from api.cli.contract_examples import add_cursors, choose_parameters, read_answers
from api.pages.contract import describe_content
from api.routing.collections import list_operations
from content.ledger.catalogue import Catalogue
from openapi.builder import build_document
from openapi.document import dump_document
from openapi.info import build_info
from schemas.collections import COLLECTIONS


def build_contract(app: Flask, catalogue: Catalogue | None, pin: str | None = None) -> str:
    """Return the OpenAPI document of *app* as text.

    Args:
        catalogue: The content to describe; None for the engine's document, which has no content.
        pin: The release that the examples are from; None for the release of *catalogue*.
    """
    if catalogue is None:
        operations = list(list_operations(app, COLLECTIONS))
        return dump_document(build_document(operations, {}, build_info()))
    release = pin or catalogue.release.id
    operations = list(list_operations(app, catalogue.collections))
    info, client = describe_content(catalogue, release), app.test_client()
    paths = build_document(operations, {}, info)["paths"]
    choose_parameters(paths, operations, catalogue, release)
    examples = dict(read_answers(client, operations, paths, release))
    document = build_document(operations, examples, info)
    choose_parameters(document["paths"], operations, catalogue, release)
    add_cursors(client, document["paths"])
    return dump_document(document)
