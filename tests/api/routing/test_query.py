"""Parameters: strict, all faults at once, and never a wider list than was asked for."""

import pytest

PATHS = [
    "/v1",
    "/v1/faqs",
    "/v1/faqs/addresses",
    "/v1/faqs/addresses/revisions",
    "/v1/topics",
    "/v1/topics/network",
    "/v1/data-centers",
    "/v1/data-centers/uk",
    "/v1/traffic-classes",
    "/v1/traffic-classes/web",
    "/v1/ip-ranges",
    "/v1/ip-ranges/uk-1",
    "/v1/ip-ranges/lookup?ip=203.0.114.1",
    "/v1/oauth-clients",
    "/v1/oauth-clients/google",
    "/v1/clouds",
    "/v1/clouds/workspace",
    "/v1/connections",
    "/v1/permissions",
    "/v1/data-retention",
    "/v1/deadlines",
    "/v1/releases",
    "/v1/releases/2026-02-02.01",
    "/v1/changes",
]


def faults_of(answer) -> list[dict]:
    assert answer.status_code == 400, answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.get_json()["errors"]


def add(path: str, query: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}{query}"


@pytest.mark.fourfold
@pytest.mark.parametrize("path", [*PATHS, "/v1/ip-ranges?traffic=from-service&dc=uk"])
def test_every_path_answers_in_each_of_its_formats(client, path):
    (fault,) = faults_of(client.get(add(path, "format=none")))

    statuses = {
        name: client.get(add(path, f"format={name}")).status_code for name in fault["allowed"]
    }

    assert statuses.pop("json") == 200
    assert path == "/v1/ip-ranges" or set(statuses.values()) <= {200}


@pytest.mark.parametrize("path", PATHS)
def test_every_path_reads_as_of_a_release_and_a_day_and_in_json(client, path):
    answer = client.get(add(path, "release=2026-02-02.01&on=2026-02-02&format=json"))

    assert answer.status_code == 200
    assert answer.headers["Content-Release"] == "2026-02-02.01"


@pytest.mark.parametrize("path", PATHS)
def test_every_path_refuses_a_parameter_it_does_not_know(client, path):
    (fault,) = faults_of(client.get(add(path, "zebra=1")))

    assert fault["parameter"] == "zebra"
    assert {"release", "on", "format"} <= set(fault["allowed"])


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("datacenter=uk", "dc"),
        ("data_center=uk", "dc"),
        ("data-center=uk", "dc"),
        ("DC=uk", "dc"),
        ("region=uk", "dc"),
        ("trafic=web", "traffic"),
        ("stat=active", "status"),
        ("versoin=2026-02-02.01", "release"),
        ("version=2026-02-02.01", "release"),
        ("fromat=txt", "format"),
    ],
)
def test_a_typo_never_widens_the_list_and_the_nearest_name_is_said(client, query, meant):
    (fault,) = faults_of(client.get(f"/v1/ip-ranges?{query}"))

    assert fault["parameter"] == query.partition("=")[0]
    assert f"Did you mean {meant!r}?" in fault["detail"]
    assert meant in fault["allowed"]


@pytest.mark.parametrize(
    ("path", "query", "allowed", "meant"),
    [
        ("/v1/ip-ranges", "dc=ukk", {"uk", "de"}, "uk"),
        ("/v1/ip-ranges", "dc=UK", {"uk", "de"}, "uk"),
        ("/v1/ip-ranges", "dc=", {"uk", "de"}, None),
        ("/v1/ip-ranges", "traffic=from_service", {"from-service", "to-service"}, None),
        ("/v1/ip-ranges", "traffic=from-servce", {"from-service", "web"}, "from-service"),
        ("/v1/ip-ranges", "family=ipv5", {"ipv4", "ipv6"}, "ipv6"),
        ("/v1/ip-ranges", "family=4", {"ipv4", "ipv6"}, None),
        ("/v1/ip-ranges", "status=Active", {"active", "retired"}, "active"),
        ("/v1/ip-ranges", "format=text", {"json", "txt"}, "txt"),
        ("/v1/ip-ranges", "format=", {"json", "txt"}, None),
        ("/v1/ip-ranges", "format=html", {"json", "txt"}, None),
        ("/v1/faqs", "format=txt", {"json"}, None),
        ("/v1/faqs", "topic=netwrok", {"network"}, "network"),
        ("/v1/faqs", "applies_to=workspce", {"workspace"}, "workspace"),
        ("/v1/faqs", "status=old", {"current", "deprecated"}, None),
        ("/v1/faqs", "cites=clouds/workspac", {"clouds/workspace"}, "clouds/workspace"),
        ("/v1/faqs", "cites=cloud/workspace", {"clouds", "ip-ranges"}, None),
        ("/v1/faqs", "cites=google", {"clouds", "ip-ranges"}, None),
        ("/v1/faqs/addresses", "dc=fr", {"uk", "de"}, None),
        ("/v1/clouds", "support=suported", {"supported", "unsupported"}, "supported"),
        ("/v1/changes", "collection=ip-range", {"ip-ranges", "faqs"}, "ip-ranges"),
        ("/v1/changes", "impact=allowed", {"allow", "remove"}, "allow"),
        ("/v1/changes", "dc=uk2", {"uk", "de"}, "uk"),
    ],
)
def test_a_bad_value_is_named_with_what_there_is_and_the_nearest(
    client, path, query, allowed, meant
):
    (fault,) = faults_of(client.get(f"{path}?{query}"))

    assert fault["parameter"] == query.partition("=")[0]
    assert allowed <= set(fault["allowed"])
    if meant:
        assert f"Did you mean {meant!r}?" in fault["detail"]


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/v1/faqs", "limit=0"),
        ("/v1/faqs", "limit=501"),
        ("/v1/faqs", "limit=-1"),
        ("/v1/faqs", "limit=5_0"),
        ("/v1/faqs", "limit=%2B5"),
        ("/v1/faqs", "limit=5.0"),
        ("/v1/faqs", "limit="),
        ("/v1/faqs", "limit=%D9%A5"),
        ("/v1/faqs", "limit=%EF%BC%95"),
        ("/v1/faqs", "limit=" + "9" * 5000),
        ("/v1/faqs", "cursor="),
        ("/v1/faqs", "cursor=bm9uc2Vuc2U%3D"),
        ("/v1/faqs", "cursor=%C3%A9"),
        ("/v1/faqs", "lang="),
        ("/v1/faqs", "lang=e"),
        ("/v1/faqs", "lang=en%0A"),
        ("/v1/faqs", "lang=en_GB"),
        ("/v1/faqs", "lang=%7D"),
        ("/v1/faqs", "cites=%7B"),
        ("/v1/faqs", "cites=clouds/workspace%0A"),
        ("/v1/releases", "limit=501"),
        ("/v1/changes", "limit=0"),
        ("/v1/changes", "since=yesterday"),
        ("/v1/changes", "until=2026-02-30.01"),
        ("/v1", "release=latest"),
        ("/v1", "release=2026-02-02.1"),
        ("/v1", "release=2026-02-02.01%0A"),
        ("/v1", "release=2026-02-02." + "0" * 30),
        ("/v1", "on=tomorrow"),
        ("/v1", "on=20260301"),
        ("/v1", "on=2026-02-29"),
        ("/v1", "on=2026-W09-7"),
        ("/v1/releases", "on=2026-3-1"),
        ("/v1/ip-ranges", "samples=1"),
        ("/v1/ip-ranges", "samples=True"),
        ("/v1/ip-ranges", "samples="),
        ("/v1/ip-ranges", "dc=%20uk"),
        ("/v1/ip-ranges", "dc=uk,de"),
        ("/v1/ip-ranges", "dc=%zz"),
    ],
)
def test_a_malformed_value_is_named(client, path, query):
    (fault,) = faults_of(client.get(f"{path}?{query}"))

    assert fault["parameter"] == query.partition("=")[0]
    assert fault["detail"].endswith((".", "?"))


@pytest.mark.parametrize(
    ("path", "name", "value"),
    [
        ("/v1/ip-ranges", "family", "ipv4"),
        ("/v1/ip-ranges", "format", "json"),
        ("/v1/ip-ranges", "samples", "true"),
        ("/v1/faqs", "limit", "5"),
        ("/v1/faqs", "cites", "clouds/workspace"),
        ("/v1/faqs", "lang", "en"),
        ("/v1/faqs/addresses", "dc", "uk"),
        ("/v1/faqs/addresses", "application", "Acme"),
        ("/v1/oauth-clients", "provider", "google"),
        ("/v1/changes", "since", "2026-02-02.01"),
        ("/v1", "release", "2026-02-02.01"),
        ("/v1", "on", "2026-03-01"),
    ],
)
def test_what_is_asked_once_may_not_be_given_twice(client, path, name, value):
    (fault,) = faults_of(client.get(f"{path}?{name}={value}&{name}={value}"))

    assert fault["parameter"] == name
    assert "2 times. Use it once." in fault["detail"]


@pytest.mark.parametrize(
    ("path", "query", "count"),
    [
        ("/v1/ip-ranges", "dc=uk&dc=de", 3),
        ("/v1/ip-ranges", "dc=uk&dc=uk", 2),
        ("/v1/ip-ranges", "traffic=from-service&traffic=to-service", 3),
        ("/v1/ip-ranges", "status=active&status=retired", 3),
        ("/v1/faqs", "topic=network&topic=network", 1),
        ("/v1/faqs", "status=current&status=deprecated", 1),
        ("/v1/changes", "collection=clouds&collection=topics", 2),
        ("/v1/changes", "impact=allow&impact=read&dc=uk&dc=de", 5),
    ],
)
def test_what_may_repeat_takes_any_of_its_values(client, path, query, count):
    answer = client.get(f"{path}?{query}")

    assert answer.get_json()["count"] == count


def test_all_faults_are_named_at_once(client):
    answer = client.get("/v1/ip-ranges?dc=fr&trafic=web&family=4&family=6&on=soon&format=pdf")

    named = {fault["parameter"] for fault in faults_of(answer)}
    assert named == {"dc", "trafic", "family", "on", "format"}
    assert all(
        fault["detail"] in answer.get_json()["detail"] for fault in answer.get_json()["errors"]
    )


@pytest.mark.parametrize("query", ["dc=%ff", "%ff=uk", "dc=%C3%28", "dc=uk&dc=%ED%A0%80"])
def test_bytes_that_are_not_utf_8_are_refused(client, query):
    (fault,) = faults_of(client.get(f"/v1/ip-ranges?{query}"))

    assert "UTF-8" in fault["detail"]


def test_raw_bytes_beyond_ascii_are_refused(client):
    raw = {"QUERY_STRING": "dc=\xff"}

    (fault,) = faults_of(client.get("/v1/ip-ranges", environ_overrides=raw))

    assert "not UTF-8" in fault["detail"]


def test_raw_bytes_that_are_utf_8_are_read(client):
    raw = {"QUERY_STRING": "application=M\xc3\xbcller"}

    answer = client.get("/v1/faqs/addresses", environ_overrides=raw)

    assert "Ask Müller" in answer.get_json()["answer"]["text"]


def test_three_hundred_parameters_are_read_and_one_more_is_too_many(client):
    many = "&".join(["dc=uk"] * 300)

    enough, too_many = (client.get(f"/v1/ip-ranges?{q}") for q in (many, f"{many}&dc=uk"))

    assert enough.status_code == 200
    (fault,) = faults_of(too_many)
    assert "More than 300 parameters" in fault["detail"]


def test_an_empty_query_and_stray_ampersands_say_nothing(client):
    plain, stray = client.get("/v1/ip-ranges?"), client.get("/v1/ip-ranges?&&dc=uk&")

    assert plain.get_json()["count"] == 3
    assert stray.get_json()["count"] == 2


@pytest.mark.parametrize("name", ["dc", "on", "format", "release", "samples"])
def test_a_parameter_without_a_value_is_told_to_have_one(client, name):
    (fault,) = faults_of(client.get(f"/v1/ip-ranges?{name}="))

    assert fault["detail"].startswith(f"{name}: the value is empty. Give a value")


def test_a_parameter_without_a_name_is_unknown(client):
    (fault,) = faults_of(client.get("/v1/ip-ranges?=uk"))

    assert fault["parameter"] == ""


def test_a_problem_lists_no_more_values_than_anybody_reads(factory):
    factory.world().facts("topics", *({"id": f"topic-{number}"} for number in range(300)))
    factory.faq("addresses")
    factory.publish()

    (fault,) = faults_of(factory.client().get("/v1/faqs?topic=topik-17"))

    assert fault["allowed"] == []
    assert "Did you mean 'topic-17'?" in fault["detail"]
