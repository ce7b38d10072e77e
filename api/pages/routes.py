"""Routes outside the API and the site: contract, reference, files, frames, problems, terms."""

from flask import Blueprint, Flask

from api.pages import assets, brand, contract, docs, embed, oembed, problems, terms, well_known


def init_app(
    app: Flask,
    document: str,
    security_contact: str | None,
    frame_ancestors: str,
    origin: str | None,
) -> None:
    """Register all routes. *document* is the text of the contract.

    Args:
        security_contact: The URI for reports of vulnerabilities; None if not published.
        frame_ancestors: The pages that may frame answers, as a CSP source list.
        origin: The public URL; None if not known.
    """
    blueprint = Blueprint("pages", __name__)
    contract.add_routes(blueprint, app, document, origin)
    docs.add_routes(blueprint)
    assets.add_routes(blueprint)
    brand.add_routes(blueprint)
    oembed.add_routes(blueprint)
    problems.add_routes(blueprint)
    terms.add_routes(blueprint)
    well_known.add_routes(blueprint, security_contact)
    app.register_blueprint(blueprint)
    app.register_blueprint(embed.build_blueprint(frame_ancestors, origin))
