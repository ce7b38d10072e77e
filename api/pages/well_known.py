"""Well-known paths: the API catalog and `security.txt`."""

from dataclasses import replace
from datetime import date
from typing import Any

import flask
from flask import Blueprint

from api.http.caching import LIVE
from api.http.errors import NoSecurityContactError
from api.http.links import API_CATALOG
from api.http.representation import Representation, build_success, dump_json
from api.routing.endpoint import get_service, send_cached
from openapi.info import TERMS_PATH
from schemas.formats import JSON, LINKSET, PAGE, TXT

_CATALOG_PATH = "/.well-known/api-catalog"
_SECURITY_PATH = "/.well-known/security.txt"
_API_PATH = "/v1"
#: How many months ahead to set `Expires`. It must be less than a year ahead.
_MONTHS_AHEAD = 9
_MONTHS = 12


def add_routes(blueprint: Blueprint, security_contact: str | None) -> None:
    """Serve `/.well-known/api-catalog` and `/.well-known/security.txt`.

    Args:
        security_contact: The URI for reports of vulnerabilities; None if not published.
    """

    def show_catalog() -> flask.Response:
        """Return the API catalog, which lists one API."""
        public_url = get_service().public_url
        return send_cached(lambda _: _represent_catalog(public_url))

    def show_security() -> flask.Response:
        """Return `security.txt`."""
        if security_contact is None:
            raise NoSecurityContactError
        public_url = get_service().public_url
        return send_cached(
            lambda snapshot: _represent_security(security_contact, public_url, snapshot.today)
        )

    blueprint.add_url_rule(_CATALOG_PATH, view_func=show_catalog)
    blueprint.add_url_rule(_SECURITY_PATH, view_func=show_security)


def _represent_catalog(public_url: str) -> Representation:
    # The Link header is required for HEAD. Source: RFC 9727, sections 2 and 3.
    links = f'{API_CATALOG}, <{_API_PATH}>; rel="item"'
    text = dump_json(_build_catalog(public_url))
    return build_success(text, LINKSET.content_type, LIVE, headers=(("Link", links),))


def _represent_security(contact: str, public_url: str, today: date) -> Representation:
    text = format_security(contact, public_url, today)
    cache_policy = replace(LIVE, until=add_months(today, 1).isoformat())
    return build_success(text, TXT.content_type, cache_policy)


def _build_catalog(public_url: str) -> dict[str, Any]:
    """Return the catalog: the API, its contract and its reference. Source: RFC 9727, section 4.

    It has no `status`, because health checks are about one process, not the service. It has no
    `license`, because the contract states the license without a URL.
    """

    def link(path: str, media_type: str) -> list[dict[str, str]]:
        return [{"href": f"{public_url}{path}", "type": media_type}]

    catalog = {"anchor": f"{public_url}{_CATALOG_PATH}", "item": link(_API_PATH, JSON.media_type)}
    api = {
        "anchor": f"{public_url}{_API_PATH}",
        "service-desc": link("/v1/openapi.json", JSON.media_type),
        "service-doc": link("/docs", PAGE.media_type),
        "terms-of-service": [{"href": f"{public_url}{TERMS_PATH}"}],
    }
    return {"linkset": [catalog, api]}


def format_security(contact: str, public_url: str, today: date) -> str:
    """Return the text of `security.txt`, which changes once a month. Source: RFC 9116."""
    lines = [
        f"Contact: {contact}",
        f"Expires: {add_months(today, _MONTHS_AHEAD).isoformat()}T00:00:00Z",
        "Preferred-Languages: en",
    ]
    # A URL on the web must use https. Source: RFC 9116, section 2.5.2.
    if public_url.startswith("https:"):
        lines.append(f"Canonical: {public_url}{_SECURITY_PATH}")
    return "\n".join(lines) + "\n"


def add_months(day: date, months: int) -> date:
    """Return the first day of the month *months* after the one of *day*.

    Returns:
        `date.max` if the calendar has no such month.
    """
    years, month = divmod(day.month - 1 + months, _MONTHS)
    year = day.year + years
    return date.max if year > date.max.year else date(year, month + 1, 1)
