"""What a problem says about a value that was meant well: how to write it."""

import pytest


@pytest.mark.parametrize(
    ("path", "query", "hint"),
    [
        ("/v1/ip-ranges", "dc=uk,de", "Repeat it: dc=uk&dc=de."),
        ("/v1/ip-ranges", "dc=UK;%20de", "Repeat it: dc=uk&dc=de."),
        ("/v1/ip-ranges", "dc=uk+de", "Repeat it: dc=uk&dc=de."),
        ("/v1/ip-ranges", "status=active,retired", "Repeat it: status=active&status=retired."),
        ("/v1/ip-ranges", "dc=UK", "Did you mean 'uk'?"),
        ("/v1/ip-ranges", "dc=%20uk%20", "Did you mean 'uk'?"),
        ("/v1/ip-ranges", "dc=%22uk%22", "Did you mean 'uk'?"),
        ("/v1/ip-ranges", "traffic=from_service", "Did you mean 'from-service'?"),
        ("/v1/ip-ranges", "traffic=From+Service", "Did you mean 'from-service'?"),
        ("/v1/ip-ranges", "family=IPv4", "Did you mean 'ipv4'?"),
        ("/v1/ip-ranges", "format=CSV", "Did you mean 'csv'?"),
        ("/v1/ip-ranges", "samples=True", "Did you mean 'true'?"),
        ("/v1/ip-ranges", "samples=1", "Did you mean 'true'?"),
        ("/v1/ip-ranges", "aggregate=No", "Did you mean 'false'?"),
        ("/v1/clouds", "support=Supported", "Did you mean 'supported'?"),
        ("/v1/faqs", "cites=Clouds/Workspace", "Did you mean 'clouds/workspace'?"),
        ("/v1/faqs", "limit=%2010", "Did you mean '10'?"),
        ("/v1/faqs", "on=2026-02-02T00:00:00Z", "Did you mean '2026-02-02'?"),
        ("/v1/faqs", "on=2026-02-02.01", "Did you mean '2026-02-02'?"),
        ("/v1/faqs", "release=latest", "The latest release is '2026-02-02.01'."),
        ("/v1/faqs", "release=2026-02-02", "The latest release by that date is '2026-02-02.01'."),
        ("/v1/faqs", "release=2026-02-02.1", "Did you mean '2026-02-02.01'?"),
        ("/v1/faqs", "on=2026/2/3", "Did you mean '2026-02-03'?"),
        ("/v1/faqs", "on=20260203", "Did you mean '2026-02-03'?"),
        ("/v1/faqs", "on=3.2.2026", "Did you mean '2026-02-03'?"),
        ("/v1/faqs", "release=%222026-02-02.01%22", "Did you mean '2026-02-02.01'?"),
        ("/v1/faqs", "release=2026_02_02.01", "Did you mean '2026-02-02.01'?"),
        ("/v1/faqs", "limit=%2B5.0", "Did you mean '5'?"),
        ("/v1/faqs", "cites=/v1/clouds/workspace", "Did you mean 'clouds/workspace'?"),
        (
            "/v1/faqs",
            "cites=https://a.example/v1/clouds/workspace/",
            "Did you mean 'clouds/workspace'?",
        ),
        ("/v1/ip-ranges", "dc=%5B%22uk%22,%22de%22%5D", "Repeat it: dc=uk&dc=de."),
        ("/v1/ip-ranges", "dc=%5Buk%5D", "Did you mean 'uk'?"),
        ("/v1/ip-ranges", "family=4", "Did you mean 'ipv4'?"),
        ("/v1/ip-ranges", "format=text/csv", "Did you mean 'csv'?"),
        ("/v1/faqs/addresses", "format=markdown", "Did you mean 'md'?"),
        ("/v1/changes", "since=2026-03-01", "The latest release by that date is '2026-02-02.01'."),
        ("/v1/changes", "since=2025-03-01", "The first release is '2026-02-02.01'."),
        ("/v1/changes", "collection=IP_Ranges", "Did you mean 'ip-ranges'?"),
        ("/v1/faqs/addresses", "lang=en_GB", "Did you mean 'en-GB'?"),
        ("/v1/faqs/addresses", "application=%20Acme", "Did you mean 'Acme'?"),
    ],
)
def test_a_problem_contains_the_repair_and_the_repair_works(client, path, query, hint):
    answer = client.get(f"{path}?{query}")

    (fault,) = answer.get_json()["errors"]
    name = query.partition("=")[0]
    assert answer.status_code == 400
    assert fault["parameter"] == name
    assert fault["detail"].endswith(f" {hint}")
    meant = hint.removeprefix("Repeat it: ").rstrip(".")
    repaired = meant if "=" in meant else f"{name}={hint.split(chr(39))[1]}"
    assert client.get(f"{path}?{repaired}").status_code == 200


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/v1/ip-ranges", "dc[]=uk"),
        ("/v1/ip-ranges", "dc[0]=uk"),
        ("/v1/ip-ranges", "dc%255B%255D=uk"),
        ("/v1/ip-ranges", "amp;dc=uk"),
        ("/v1/ip-ranges", "filter[dc]=uk"),
        ("/v1/ip-ranges", "direction=from-service"),
        ("/v1/ip-ranges", "as_of=2026-02-02"),
        ("/v1/ip-ranges", "on[0]=2026-02-02"),
        ("/v1/ip-ranges/lookup", "address=192.0.2.1"),
        ("/v1/changes", "from=2026-02-02.01"),
        ("/v1/changes", "pageSize=5"),
        ("/v1/faqs/addresses", "app=Acme"),
    ],
)
def test_a_name_that_others_use_is_repaired_too(client, path, query):
    (fault,) = client.get(f"{path}?{query}").get_json()["errors"]

    meant = fault["detail"].split("Did you mean '")[1].removesuffix("'?")
    assert client.get(f"{path}?{meant}={query.partition('=')[2]}").status_code == 200


@pytest.mark.parametrize("value", ["clouds", "clud", "null"])
def test_no_document_is_guessed_from_a_collection(client, value):
    (fault,) = client.get(f"/v1/faqs?cites={value}").get_json()["errors"]

    assert "Did you mean" not in fault["detail"]
