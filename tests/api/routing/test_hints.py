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
        ("/v1/ip-ranges", "traffic=from_cronofy", "Did you mean 'from-cronofy'?"),
        ("/v1/ip-ranges", "traffic=From+Cronofy", "Did you mean 'from-cronofy'?"),
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
        ("/v1/faqs", "release=latest", "The latest is '2026-02-02.01'."),
        ("/v1/faqs", "release=2026-02-02", "The last one up to that day is '2026-02-02.01'."),
        ("/v1/faqs", "release=2026-02-02.1", "Did you mean '2026-02-02.01'?"),
        ("/v1/changes", "since=2026-03-01", "The last one up to that day is '2026-02-02.01'."),
        ("/v1/changes", "since=2025-03-01", "The first is '2026-02-02.01'."),
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
    assert fault["detail"].startswith(f"{name}: ")
    assert fault["detail"].endswith(f" {hint}")
    meant = hint.removeprefix("Repeat it: ").rstrip(".")
    repaired = meant if "=" in meant else f"{name}={hint.split(chr(39))[1]}"
    assert client.get(f"{path}?{repaired}").status_code == 200
