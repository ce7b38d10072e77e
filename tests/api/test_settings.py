"""Settings come from the environment, and every fault in them is named at once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from api.settings import Settings, SettingsError, read_settings

ROOT = Path(__file__).parents[2]


@pytest.fixture
def environment(monkeypatch):
    """Sets variables in an environment that had none of the service."""
    for name in [name for name in os.environ if name.startswith("FAQTS_")]:
        monkeypatch.delenv(name)

    def put(**variables: str) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(f"FAQTS_{name}", value)

    return put


DEFAULTS = Settings(content=Path("content"))


def test_without_variables_there_are_defaults(environment):
    environment()

    assert read_settings() == DEFAULTS


@pytest.mark.parametrize(
    ("variables", "content", "ledger"),
    [
        ({"CONTENT": "mine"}, Path("mine"), Path("mine/releases")),
        ({"CONTENT": "mine", "LEDGER": "copy"}, Path("mine"), Path("copy")),
        ({"LEDGER": "copy"}, None, Path("copy")),
        ({"CONTENT": "", "LEDGER": ""}, Path("content"), Path("content/releases")),
    ],
)
def test_the_content_folder_holds_the_ledger_unless_that_is_named(
    environment, variables, content, ledger
):
    environment(**variables)

    assert (read_settings().content, read_settings().ledger) == (content, ledger)


def test_a_current_folder_with_a_site_file_is_the_content_folder(
    environment, tmp_path, monkeypatch
):
    environment()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "site.yaml").touch()

    assert (read_settings().content, read_settings().ledger) == (Path(), Path("releases"))


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("LEDGR", "Did you mean FAQTS_LEDGER?"),
        ("bind", "Did you mean FAQTS_BIND?"),
        ("CACHE_SIZE", "Did you mean FAQTS_CACHE_BYTES?"),
        ("XYZQ", "Use one of: CONTENT, "),
        ("PORT", "Use one of: CONTENT, "),
    ],
)
def test_an_unknown_variable_is_refused_with_the_nearest_name(environment, name, hint):
    environment(**{name: "8000"})

    with pytest.raises(SettingsError) as refused:
        read_settings()

    assert str(refused.value).startswith(f"FAQTS_{name}: unknown setting. {hint}")


def test_every_unknown_and_every_bad_variable_is_named_at_once(environment):
    environment(LEDGR="x", WORKER="1", THREADS="many")

    with pytest.raises(SettingsError) as refused:
        read_settings()

    lines = str(refused.value).splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        "FAQTS_THREADS",
        "FAQTS_LEDGR",
        "FAQTS_WORKER",
    ]


def test_what_kubernetes_sets_beside_a_service_of_this_name_is_ignored(environment):
    environment(
        SERVICE_HOST="10.0.0.1",
        SERVICE_PORT="80",
        SERVICE_PORT_HTTP="80",
        PORT="tcp://10.0.0.1:80",
        PORT_80_TCP="tcp://10.0.0.1:80",
        PORT_80_TCP_PROTO="tcp",
    )

    assert read_settings() == DEFAULTS


def test_what_kubernetes_sets_beside_a_service_whose_name_begins_so_is_ignored(environment):
    environment(
        CANARY_SERVICE_HOST="10.0.0.1",
        CANARY_SERVICE_PORT="80",
        CANARY_PORT="tcp://10.0.0.1:80",
        CANARY_PORT_80_TCP_ADDR="10.0.0.1",
    )

    assert read_settings() == DEFAULTS


@pytest.mark.parametrize("value", ["[::]:8000", "[fe80::1%eth0]:80", "localhost:8000", "web_1:80"])
def test_it_listens_at_a_name_or_an_address_of_either_family(environment, value):
    environment(BIND=value)

    assert read_settings().bind == value


def test_every_variable_is_read(environment):
    environment(
        LEDGER="/srv/releases",
        RELEASE="2026-11-23.01",
        TODAY="2026-12-01",
        POLL_SECONDS="2.5",
        CACHE_BYTES="0",
        LOG_LEVEL="warning",
        BIND="0.0.0.0:80",
        PUBLIC_URL="https://faqts.example.com",
        SECURITY_CONTACT="mailto:security@example.com",
        FRAME_ANCESTORS="https://console.example.com",
        WORKERS="3",
        THREADS="5",
    )

    settings = read_settings()

    assert settings == Settings(
        ledger=Path("/srv/releases"),
        release="2026-11-23.01",
        today="2026-12-01",
        poll_seconds=2.5,
        cache_bytes=0,
        log_level="warning",
        bind="0.0.0.0:80",
        public_url="https://faqts.example.com",
        security_contact="mailto:security@example.com",
        frame_ancestors="https://console.example.com",
        workers=3,
        threads=5,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RELEASE", "latest"),
        ("RELEASE", ""),
        ("RELEASE", "2026-02-30.01"),
        ("TODAY", "tomorrow"),
        ("TODAY", "20261201"),
        ("TODAY", ""),
        ("POLL_SECONDS", "0"),
        ("POLL_SECONDS", "61"),
        ("POLL_SECONDS", "nan"),
        ("POLL_SECONDS", "often"),
        ("CACHE_BYTES", "1G"),
        ("CACHE_BYTES", "-1"),
        ("LOG_LEVEL", "loud"),
        ("BIND", "8000"),
        ("BIND", ":8000"),
        ("PUBLIC_URL", ""),
        ("PUBLIC_URL", "faqts.example.com"),
        ("PUBLIC_URL", "ftp://faqts.example.com"),
        ("PUBLIC_URL", "https://faqts.example.com/"),
        ("PUBLIC_URL", "https://faqts.example.com/v1"),
        ("PUBLIC_URL", "https://faqts.example.com?a=b"),
        ("PUBLIC_URL", "https://faqts.example.com#a"),
        ("PUBLIC_URL", "https://user@faqts.example.com"),
        ("PUBLIC_URL", "https://faqts.example.com:port"),
        ("PUBLIC_URL", "https://faqts.example.com:080"),
        ("PUBLIC_URL", "https://faqts.example.com:99999"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", "HTTPS://faqts.example.com"),
        ("PUBLIC_URL", "https://faqts.example.com\n"),
        ("PUBLIC_URL", "https://<b>"),
        ("SECURITY_CONTACT", ""),
        ("SECURITY_CONTACT", "security@example.com"),
        ("SECURITY_CONTACT", "mailto:security"),
        ("SECURITY_CONTACT", "mailto:a@example.com\nContact: mailto:b@example.com"),
        ("SECURITY_CONTACT", "mailto:a@example.com\n"),
        ("SECURITY_CONTACT", "mailto:M\u00fcller@example.com"),
        ("SECURITY_CONTACT", "http://example.com/security"),
        ("SECURITY_CONTACT", "https://"),
        ("SECURITY_CONTACT", "https:///security"),
        ("SECURITY_CONTACT", "https://example.com/a b"),
        ("FRAME_ANCESTORS", ""),
        ("FRAME_ANCESTORS", "none"),
        ("FRAME_ANCESTORS", "example.com"),
        ("FRAME_ANCESTORS", "* https://example.com"),
        ("FRAME_ANCESTORS", "'none' https://example.com"),
        ("FRAME_ANCESTORS", "https://example.com/"),
        ("FRAME_ANCESTORS", "https://example.com,https://example.net"),
        ("FRAME_ANCESTORS", "https://example.com  https://example.net"),
        ("FRAME_ANCESTORS", "https://example.com; script-src *"),
        ("FRAME_ANCESTORS", "https://example.com\n"),
        ("FRAME_ANCESTORS", "https://m\u00fcller.example"),
        ("BIND", "127.0.0.1:0"),
        ("BIND", "127.0.0.1:65536"),
        ("BIND", "127.0.0.1:http"),
        ("BIND", "127.0.0.1:\u0668"),
        ("BIND", "127.0.0.1:08000"),
        ("BIND", "::1:8000"),
        ("BIND", "[::1:8000"),
        ("BIND", "[]:8000"),
        ("BIND", "[127.0.0.1]:8000"),
        ("BIND", "127.0.0.1:8000:8001"),
        ("BIND", "127.0.0.1:8000,127.0.0.1:8001"),
        ("BIND", "http://127.0.0.1:8000"),
        ("BIND", "unix:/run/faqts.sock:80"),
        ("WORKERS", "0"),
        ("WORKERS", "many"),
        ("THREADS", "65"),
    ],
)
def test_a_variable_that_cannot_be_used_is_named(environment, name, value):
    environment(**{name: value})

    with pytest.raises(SettingsError) as caught:
        read_settings()

    assert str(caught.value).startswith(f"FAQTS_{name}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "value", ["http://127.0.0.1:8080", "http://[::1]:8000", "https://a-b.example", "http://web"]
)
def test_the_public_address_is_a_scheme_a_host_and_a_port(environment, value):
    environment(PUBLIC_URL=value)

    assert read_settings().public_url == value


@pytest.mark.parametrize(
    "value",
    [
        "mailto:security@example.com",
        "mailto:security+faqts@example.com?subject=faqts%20hole",
        "https://example.com",
        "https://example.com:8443/report?to=a#form",
    ],
)
def test_a_hole_is_reported_by_mail_or_on_a_page(environment, value):
    environment(SECURITY_CONTACT=value)

    assert read_settings().security_contact == value


@pytest.mark.parametrize(
    "value",
    [
        "*",
        "'none'",
        "'self' https://console.example.com",
        "https: http://127.0.0.1:8080",
        "https://*.example.com:* https://example.net",
    ],
)
def test_who_may_put_answers_into_a_frame_is_said_as_the_header_says_it(environment, value):
    environment(FRAME_ANCESTORS=value)

    assert read_settings().frame_ancestors == value


def test_all_bad_variables_are_named_at_once(environment):
    environment(RELEASE="x", TODAY="y", POLL_SECONDS="z", LOG_LEVEL="w", LEDGER="/fine")

    with pytest.raises(SettingsError) as caught:
        read_settings()

    lines = str(caught.value).splitlines()
    assert {line.partition(":")[0] for line in lines} == {
        *("FAQTS_RELEASE", "FAQTS_TODAY", "FAQTS_POLL_SECONDS", "FAQTS_LOG_LEVEL")
    }


def start(variables: dict[str, str]) -> subprocess.CompletedProcess:
    """Import `wsgi` in a process of its own and ask it for its front page."""
    program = (
        "import wsgi; answer = wsgi.app.test_client().get('/readyz'); print(answer.status_code)"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FAQTS_")}
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=kept | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_server_begins_with_its_releases_loaded(factory):
    factory.world().publish()

    ended = start({"FAQTS_LEDGER": str(factory.place.ledger.folder), "FAQTS_TODAY": "2026-03-01"})

    assert ended.stdout == "200\n"
    assert '"event": "serving"' in ended.stderr
    assert "rehearsal: fixed date" in ended.stderr


def test_a_server_with_bad_variables_does_not_begin_and_says_why(tmp_path):
    ended = start({"FAQTS_TODAY": "x", "FAQTS_POLL_SECONDS": "y"})

    assert ended.returncode == 1
    assert ended.stderr.startswith("faqts cannot start:\n")
    assert "FAQTS_TODAY: " in ended.stderr
    assert "FAQTS_POLL_SECONDS: " in ended.stderr
    assert "Traceback" not in ended.stderr


def test_readers_come_to_where_it_listens_unless_another_address_is_given(environment):
    environment(BIND="127.0.0.1:8450")

    assert read_settings().base_url == "http://127.0.0.1:8450"
    assert read_settings().public_url is None
