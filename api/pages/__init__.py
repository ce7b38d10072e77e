"""What stands beside the collections: the contract, the reference, problems."""

from flask import Blueprint, Flask

from api.pages import contract, docs, problems


def init_app(app: Flask, document: str) -> None:
    """Serve every page; *document* is the text of the contract."""
    blueprint = Blueprint("pages", __name__)
    contract.add_routes(blueprint, document)
    docs.add_routes(blueprint)
    problems.add_routes(blueprint)
    app.register_blueprint(blueprint)
