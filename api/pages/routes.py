"""Routes beside the API and the site: contract, reference, files, frames, problems, terms."""

from flask import Blueprint, Flask

from api.pages import assets, brand, contract, docs, embed, oembed, problems, terms, well_known


def init_app(
    app: Flask,
    document: str,
    security_contact: str | None,
    frame_ancestors: str,
    origin: str | None,
) -> None:
    """Serve every page; *document* is the text of the contract.

    Args:
        security_contact: Where to report vulnerabilities, as a URI; None: not published.
        frame_ancestors: Which pages may put answers into a frame, in the words of the policy.
        origin: The address that readers use; None: not known.
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
