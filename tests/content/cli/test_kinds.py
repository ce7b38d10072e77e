"""Every command of editors works with a kind that the content declares."""

import json

import pytest

from tests.content_factory import COMMON
from tests.repositories import init_repository
from tests.terminal import run

HOST = {"name": "host", "type": "host", "required": True}
DC = {"name": "data_center", "type": "reference", "to": "data-centers", "required": True}
UK = {"id": "uk", "host": "smtp-uk.example.com", "data_center": "uk"}


def test_a_new_kind_is_a_declaration_to_fill_in(factory):
    factory.world()

    written = run(factory, "new", "kind", "smtp-hosts")
    path = factory.path("kinds/smtp-hosts.yaml")
    (blank,) = factory.faults()
    text = path.read_text().replace("description:\n", "description: Mail servers.\n")
    path.write_text(text.replace("  # ", "  "))
    described = factory.faults()
    document = run(factory, "new", "smtp-hosts", "uk")

    assert written.exit_code == document.exit_code == 0
    assert "description: description must not be empty. Write a value: Contents of the" in blank
    assert described == []
    entry = factory.path("facts/smtp-hosts.yaml").read_text()
    assert "# The data center that it belongs to.\n    data_center: null\n" in entry
    assert "  - id: uk\n    # The name for people.\n    name:\n" in entry


@pytest.fixture
def hosts(factory):
    """A published kind with one document that an answer shows."""
    factory.world()
    factory.kind("smtp-hosts", HOST, DC, copied=["host"], filters=[{"field": "data_center"}])
    factory.facts("smtp-hosts", UK)
    factory.faq(
        "mail",
        "Mail comes from `{{ smtp-hosts.uk.host }}`.\n\n"
        "{{ table smtp-hosts: host, data_center; data_center = uk }}\n",
        position=2,
    )
    factory.publish()
    return factory


def test_a_change_of_a_declared_kind_is_compared_and_shown(hosts):
    hosts.kind("smtp-hosts", HOST, DC, {"name": "port", "type": "number"}, copied=["host", "port"])
    hosts.facts("smtp-hosts", {**UK, "port": 25}, {**UK, "id": "uk-2"})
    (broken,) = hosts.faults()
    hosts.kind(
        "smtp-hosts",
        *(HOST, DC, {"name": "port", "type": "number"}),
        copied=["host", "port"],
        filters=[{"field": "data_center"}],
    )

    differences = run(hosts, "diff").output
    hosts.publish()
    shown = run(hosts, "show", "smtp-hosts/uk")
    then = run(hosts, "show", "smtp-hosts/uk", "--release", "2026-02-02.01")

    assert "the released parameter 'data_center' for 'data_center' is missing" in broken
    assert "update changed smtp-hosts/uk\n           port: null → 25\n" in differences
    assert "allow  added   smtp-hosts/uk-2\n" in differences
    assert "changed faqs/mail\n           because of smtp-hosts/uk-2\n" in differences
    assert '"port": 25' in shown.output
    assert '"port"' not in then.output


def test_a_document_of_a_declared_kind_is_reviewed(hosts):
    lines = ["- id: uk", *(f"  {name}: {json.dumps(v)}" for name, v in (UK | COMMON).items())]
    del lines[1]
    hosts.write("facts/smtp-hosts.yaml", "\n".join(["items:", *lines, ""]))

    done = run(hosts, "reviewed", "smtp-hosts/uk", "--until", "2031-01-01")
    kind = run(hosts, "reviewed", "kinds/smtp-hosts")

    assert done.exit_code == 0
    assert '  review_by: "2031-01-01"\n' in hosts.path("facts/smtp-hosts.yaml").read_text()
    assert kind.exit_code == 2


def test_a_kind_and_its_documents_are_withdrawn_together(hosts):
    hosts.path("kinds/smtp-hosts.yaml").unlink()
    unknown = hosts.faults()
    hosts.path("facts/smtp-hosts.yaml").unlink()
    hosts.path("faqs/mail.md").unlink()
    keys = [("kinds", "smtp-hosts"), ("faqs", "mail")]
    hosts.withdrawn(*({"collection": c, "id": i, "reason": "Gone."} for c, i in keys))
    (vanished,) = hosts.faults()
    keys += [("smtp-hosts", "uk")]
    hosts.withdrawn(*({"collection": c, "id": i, "reason": "Gone."} for c, i in keys))

    differences = run(hosts, "diff").output
    release = hosts.publish()

    assert any("run 'faqts new kind smtp-hosts'" in fault for fault in unknown)
    assert "smtp-hosts/uk was published and is missing" in vanished
    assert "remove removed smtp-hosts/uk\n           Gone.\n" in differences
    assert release.collections.declared == ()
    assert hosts.client().get("/v1/changes?since=2026-02-02.01").get_json()["count"] == 3
    assert hosts.client().get("/v1/releases?format=atom").status_code == 200


def test_all_paths_of_a_withdrawn_kind_say_that_it_is_gone(hosts):
    before = hosts.archive().latest.release.id
    hosts.path("faqs/mail.md").unlink()
    hosts.path("kinds/smtp-hosts.yaml").unlink()
    hosts.path("facts/smtp-hosts.yaml").unlink()
    gone = {"kinds/smtp-hosts": "No mail.", "smtp-hosts/uk": "No host.", "faqs/mail": "No answer."}
    pairs = ((*key.split("/"), reason) for key, reason in gone.items())
    hosts.withdrawn(*({"collection": c, "id": i, "reason": r} for c, i, r in pairs))
    hosts.publish()

    client = hosts.client()
    for path, reason in (
        ("/v1/kinds/smtp-hosts", "No mail."),
        ("/v1/smtp-hosts", "No mail."),
        ("/v1/smtp-hosts/uk", "No host."),
        ("/v1/smtp-hosts/never", "No mail."),
        ("/smtp-hosts", "No mail."),
    ):
        answer = client.get(path)
        assert (answer.status_code, answer.get_json()["type"]) == (410, "/problems/withdrawn"), path
        assert reason in answer.get_json()["detail"]
        status = 404 if path.endswith("never") else 200
        assert client.get(f"{path}?release={before}").status_code == status
    page = client.get("/smtp-hosts", headers={"Accept": "text/html"})
    assert (page.status_code, "No mail." in page.text) == (410, True)
    assert client.get("/v1/smtp-host").status_code == 404


def test_a_revert_withdraws_a_kind_and_never_takes_a_field_back(tmp_path):
    repository = init_repository(tmp_path / "editor").world()
    repository.publish_and_commit()
    repository.kind("smtp-hosts", HOST, DC)
    repository.facts("smtp-hosts", UK)
    repository.publish_and_commit()
    repository.kind("smtp-hosts", HOST, DC, {"name": "port", "type": "number"})
    repository.facts("smtp-hosts", {**UK, "port": 25})
    grown = repository.publish_and_commit()

    run(repository, "revert", grown.id)
    released = repository.publish_and_commit()
    run(repository, "revert", "2026-02-03.01", "--with-later")
    last = repository.publish()

    assert [str(change.key) for change in released.changes] == ["smtp-hosts/uk"]
    assert released.changes[0].document.body["port"] is None
    assert {str(change.key) for change in last.changes} == {"kinds/smtp-hosts", "smtp-hosts/uk"}
    assert last.collections.declared == ()
    assert repository.faults() == []
