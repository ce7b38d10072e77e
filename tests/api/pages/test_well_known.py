"""Well-known paths: the catalogue of what is published, and whom to tell of a hole."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages.well_known import format_security

CATALOG, SECURITY = "/.well-known/api-catalog", "/.well-known/security.txt"
PUBLIC = "https://faqts.example.com"
CONTACT = "mailto:security@example.com"


@pytest.fixture
def public(factory):
    """A client of a service with an address and a contact."""
    factory.world().publish()
    return factory.client(public_url=PUBLIC, security_contact=CONTACT)


def read_fields(text: str) -> dict[str, list[str]]:
    """The fields of `security.txt`, each with its values. Source: RFC 9116, section 2.2."""
    assert text.endswith("\n")
    fields: dict[str, list[str]] = {}
    for line in text.splitlines():
        name, value = re.fullmatch(r"([A-Za-z-]+): (\S+)", line).groups()
        fields.setdefault(name, []).append(value)
    return fields


def test_the_catalogue_leads_to_the_api_its_contract_and_its_reference(public):
    answer = public.get(CATALOG)

    catalog, api = answer.get_json()["linkset"]
    assert catalog["anchor"] == f"{PUBLIC}{CATALOG}"
    assert [item["href"] for item in catalog["item"]] == [api["anchor"]] == [f"{PUBLIC}/v1"]
    assert api.keys() == {"anchor", "service-desc", "service-doc", "terms-of-service"}
    for links in (catalog["item"], api["service-desc"], api["service-doc"]):
        for link in links:
            followed = public.get(link["href"].removeprefix(PUBLIC))
            assert followed.status_code == 200
            assert followed.content_type.partition(";")[0] == link["type"]
    info = public.get("/v1/openapi.json").get_json()["info"]
    assert api["terms-of-service"] == [{"href": info["termsOfService"]}]


def test_the_catalogue_is_a_linkset_of_the_profile_that_has_its_name(public):
    answer = public.get(CATALOG)

    assert answer.content_type == (
        'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
    )
    assert answer.headers["Cache-Control"].startswith("public, max-age=300")


def test_the_head_of_the_catalogue_says_what_it_is_and_holds(public):
    head, answer = public.head(CATALOG), public.get(CATALOG)

    assert head.status_code == 200
    assert head.data == b""
    assert head.headers["Link"] == f'<{CATALOG}>; rel="api-catalog", </v1>; rel="item"'
    assert list(head.headers) == list(answer.headers)


def test_the_host_that_was_asked_is_never_read(public):
    answer = public.get(CATALOG, headers={"Host": "evil.example"})

    assert "evil" not in answer.text


def test_a_hole_can_be_reported(public):
    answer = public.get(SECURITY)

    assert answer.content_type == "text/plain; charset=utf-8"
    assert read_fields(answer.text) == {
        "Contact": [CONTACT],
        "Expires": ["2026-12-01T00:00:00Z"],
        "Preferred-Languages": ["en"],
        "Canonical": [f"{PUBLIC}{SECURITY}"],
    }


def test_an_address_of_the_web_without_encryption_is_not_called_canonical(factory):
    client = factory.client(public_url="http://faqts.example.com", security_contact=CONTACT)

    assert "Canonical" not in read_fields(client.get(SECURITY).text)


def test_who_names_no_contact_is_told_how(client):
    answer = client.get(SECURITY)

    assert answer.status_code == 404
    assert answer.get_json()["type"] == "/problems/not-found"
    assert "FAQTS_SECURITY_CONTACT" in answer.get_json()["detail"]
    assert answer.headers["Cache-Control"] == "public, max-age=60"


@given(today=st.dates(date(2026, 1, 1), date(2100, 12, 31)))
def test_it_expires_in_the_future_and_in_less_than_a_year(today):
    fields = read_fields(format_security(CONTACT, PUBLIC, today))

    expires = datetime.fromisoformat(fields["Expires"][0]).date()
    assert timedelta(days=200) < expires - today < timedelta(days=300)


@pytest.mark.parametrize("today", ["9999-03-31", "9999-06-01", "9999-12-31"])
def test_it_is_there_to_the_end_of_the_calendar(factory, today):
    factory.world().publish()
    client = factory.client(today=today, security_contact=CONTACT)

    answer = client.get(SECURITY)

    assert answer.status_code == 200
    assert read_fields(answer.text)["Expires"][0].startswith("9999-12-")


def test_its_bytes_are_the_same_all_month_and_no_cache_keeps_them_longer(factory):
    factory.world().publish()
    now = datetime(2026, 3, 1, tzinfo=UTC).timestamp()
    client = factory.client(clock=lambda: now, today=None, security_contact=CONTACT)
    first = client.get(SECURITY)

    now = datetime(2026, 3, 31, 23, 59, tzinfo=UTC).timestamp()
    last = client.get(SECURITY, headers={"If-None-Match": first.headers["ETag"]})
    now = datetime(2026, 4, 1, tzinfo=UTC).timestamp()
    following = client.get(SECURITY, headers={"If-None-Match": first.headers["ETag"]})

    assert last.status_code == 304
    assert last.headers["Cache-Control"].startswith("public, max-age=60, stale-while-revalidate=0")
    assert following.status_code == 200
    assert "2027-01-01" in following.text


def test_both_are_there_before_the_first_release(factory):
    client = factory.client(security_contact=CONTACT)

    assert client.get(CATALOG).status_code == 200
    assert client.get(SECURITY).status_code == 200


def test_neither_is_sent_twice(public):
    for path in (CATALOG, SECURITY):
        tag = public.get(path).headers["ETag"]

        assert public.get(path, headers={"If-None-Match": tag}).status_code == 304
