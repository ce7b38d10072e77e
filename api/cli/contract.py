"""The OpenAPI document of an application: its routes and real answers in, the text out."""

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
    """Return the document of *app* as it is committed.

    Args:
        catalogue: The content whose site and kinds it shows; None: the engine's own document,
            which has nothing from any content.
        pin: Examples are read as of this release; None: that of *catalogue*.
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
