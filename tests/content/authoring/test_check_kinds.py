"""Declared kinds: what is wrong with one, and what of a released one may change."""

import pytest

from tests.content.places import place

NAME = {"name": "name", "required": True}
HOST = {"name": "host", "type": "host"}
LEVEL = {"name": "level", "type": "choice", "choices": ["low", "high"]}
PORT = {"name": "port", "type": "number", "min": 1, "max": 9}
DC = {"name": "dc", "type": "reference", "to": "data-centers"}
FIELDS = (NAME, HOST, LEVEL, PORT, DC)
BY_HOST = {"field": "host", "parameter": "h", "multiple": True}


@pytest.mark.parametrize(
    ("fields", "more", "message"),
    [
        ([], {}, "fields: a kind needs at least one field; write one after '- '."),
        ([{"name": "Name"}], {}, "fields.0.name: 'Name' is not a field name; use lowercase"),
        (
            [{"name": "a", "type": "hosts"}],
            {},
            "fields.0.type: 'hosts' is not one of text, markdown",
        ),
        (
            [NAME, {**HOST, "name": "name"}],
            {},
            "fields.1.name: a field 'name' already exists; choose another name.",
        ),
        ([{"name": "release"}], {}, "fields.0.name: 'release' is reserved for the service;"),
        ([{"name": "sources"}], {}, "fields.0.name: 'sources' is reserved for the service;"),
        ([{"name": "a", "nam": 1}], {}, "fields.0.nam: unknown field 'nam'. Did you mean 'name'?"),
        (
            [{**DC, "to": None}],
            {},
            "fields.0: a reference needs a collection; add a line such as",
        ),
        (
            [{**DC, "to": "data-center"}],
            {},
            "unknown collection 'data-center'. Did you mean 'da",
        ),
        ([{**DC, "to": "kinds"}], {}, "fields.0.to: unknown collection 'kinds'. Use one of"),
        ([{**LEVEL, "choices": []}], {}, "fields.0: a choice needs values; add"),
        (
            [{**NAME, "choices": ["a"]}],
            {},
            "fields.0.choices: only a choice can have 'choices'; remove",
        ),
        ([{**HOST, "max": 3}], {}, "fields.0.max: only a number can have 'max'; remove it."),
        ([{**PORT, "example": "abc"}], {}, "fields.0.example: 'abc' is not a whole number; write"),
        ([{**PORT, "example": 10}], {}, "fields.0.example: 10 is not a whole number from 1 to 9."),
        ([{**HOST, "example": "a b"}], {}, "fields.0.example: 'a b' is not a host"),
        ([{**LEVEL, "list": True, "example": "lo"}], {}, "fields.0.example: 'lo' is not one of"),
        ([{"name": "on", "type": "boolean", "example": "yes"}], {}, "'yes' is not true or false"),
        ([{**DC, "name": "data_center", "list": True}], {}, "must be a single reference to data-c"),
        ([{**HOST, "name": "data_center"}], {}, "fields.0.type: a field called 'data_center' must"),
        ([{**PORT, "min": 10}], {}, "fields.0.min: 10 is more than max, 9; swap them."),
        (
            [{"name": "effective_from"}],
            {},
            "fields.0.type: a field called 'effective_from' must be",
        ),
        ([NAME], {"order": ["nam"]}, "order.0: unknown field 'nam'; use one of name."),
        ([NAME], {"copied": ["port"]}, "copied.0: unknown field 'port'; use one of name."),
        ([NAME], {"unique": [["a"]]}, "unique.0.0: unknown field 'a'; use one of name."),
        ([NAME], {"unique": ["name"]}, "unique.0: 'name' is not a list; write one value a line"),
        ([{**NAME, "list": True}], {"order": ["name"]}, "order.0: 'name' is a list; use a field"),
        (
            [NAME],
            {"filters": [{"field": "a"}]},
            "filters.0.field: unknown field 'a'; use one of",
        ),
        (
            [PORT],
            {"filters": [{"field": "port"}]},
            "filters.0.field: lists cannot be filtered by a n",
        ),
        (
            FIELDS,
            {"filters": [BY_HOST, {**BY_HOST, "field": "name"}]},
            "filters.1: a filter for 'h' already",
        ),
        (
            [NAME],
            {"filters": [{"field": "name", "parameter": "limit"}]},
            "filters.0.parameter: every",
        ),
        ([NAME], {"id": "smtp"}, "id: the file of 'smtp' must be called 'smtp.yaml'. Rename"),
        ([NAME], {"title": "a" * 61}, "title: this has 61 characters; the maximum is 60."),
        ([NAME], {"one": None}, "one: one must not be empty. Write a value: Name of one document"),
    ],
)
def test_a_fault_of_a_declaration_is_named_with_its_repair(factory, fields, more, message):
    factory.kind("smtp-hosts", *fields, **more)

    (fault,) = factory.faults()

    assert fault.startswith("content/kinds/smtp-hosts.yaml:")
    assert message in fault


@pytest.mark.parametrize(
    "name", ["docs", "de", "clouds", "v1", "sources", "9lives", "firewall-rules"]
)
def test_a_kind_takes_no_name_of_the_service(factory, name):
    path = factory.kind(name, NAME)

    (fault,) = factory.faults()

    assert fault.startswith(f"{place(path, name)}: id: ")
    assert "hoose another name." in fault or "start with a letter." in fault


def test_two_kinds_with_one_name_in_clients_are_a_fault(factory):
    factory.kind("mail-hosts", NAME)
    factory.kind("mail-host", NAME)

    (fault,) = factory.faults()

    assert (
        "a client generated from the contract would use the name MailHost, which "
        "is already a name of 'mail-host'"
    ) in fault


def test_what_rests_on_a_kind_that_cannot_be_read_has_no_fault_of_its_own(factory):
    factory.facts("smtp-hosts", {"id": "uk", "name": "UK"})
    (unknown,) = factory.faults()
    factory.kind("smtp-hosts", {"name": "Name"})
    factory.kind("mail-users", {"name": "host", "type": "reference", "to": "smtp-hosts"})
    factory.facts("mail-users", {"id": "a", "host": "uk"})
    factory.faq("a", "[All](/smtp-hosts#uk): {{ smtp-hosts.uk.name }}.\n")
    factory.site(navigation=["answers", "smtp-hosts"])

    (fault,) = factory.faults()

    assert "a file with this name is not read. Use one of: clouds.yaml, connections.yaml" in unknown
    assert "run 'faqts new kind smtp-hosts'" in unknown
    assert fault.startswith("content/kinds/smtp-hosts.yaml:")


@pytest.mark.parametrize(
    ("fields", "more", "message"),
    [
        ((HOST, LEVEL, PORT, DC), {}, "the released field 'name' is missing, and programs that"),
        (
            ({**NAME, "type": "id"}, *FIELDS[1:]),
            {},
            "'name' was released with type: text. Changing it to id",
        ),
        (
            ({**NAME, "list": True}, *FIELDS[1:]),
            {},
            "with list: false. Changing it to true would break",
        ),
        (
            ({**NAME, "required": False}, *FIELDS[1:]),
            {},
            "with required: true. Changing it to false would",
        ),
        ((*FIELDS, {"name": "x", "required": True}), {}, "the new field 'x' cannot be required"),
        (
            (*FIELDS[:4], {**DC, "to": "clouds"}),
            {},
            "with to: data-centers. Changing it to clouds would break",
        ),
        (
            (*FIELDS[:2], {**LEVEL, "choices": ["low"]}, PORT, DC),
            {},
            "the released choice 'high' is missing",
        ),
        ((*FIELDS[:3], {**PORT, "max": 8}, DC), {}, "may have values beyond 8. Write max: 9."),
        ((*FIELDS[:3], {**PORT, "min": 2}, DC), {}, "may have values beyond 2. Write min: 1."),
        (
            FIELDS,
            {"filters": []},
            "the released parameter 'h' for 'host' is missing, and requests",
        ),
        (
            FIELDS,
            {"filters": [{**BY_HOST, "multiple": False}]},
            "the released parameter 'h' may be repeated",
        ),
    ],
)
def test_what_breaks_readers_of_a_released_kind_is_a_fault(factory, fields, more, message):
    factory.world()
    factory.kind("smtp-hosts", *FIELDS, filters=[BY_HOST])
    factory.publish()
    factory.kind("smtp-hosts", *fields, **{"filters": [BY_HOST], **more})

    (fault,) = factory.faults()

    assert fault.startswith("content/kinds/smtp-hosts.yaml:")
    assert message in fault


def test_a_released_kind_may_grow(factory):
    factory.world()
    factory.kind("smtp-hosts", *FIELDS, filters=[BY_HOST])
    factory.facts("smtp-hosts", {"id": "uk", "name": "UK"})
    factory.publish()
    wider = {**LEVEL, "choices": ["high", "low", "none"], "description": "Which level."}
    port = {**PORT, "min": None, "max": 10}
    factory.kind(
        "smtp-hosts",
        *({"name": "new", "list": True}, HOST, NAME, wider, port, DC),
        filters=[{"field": "level"}, BY_HOST],
        order=["level", "port"],
        copied=["host"],
        unique=[["name"]],
        title="Mail servers",
    )

    assert factory.faults() == []
    assert [str(change.key) for change in factory.publish().changes] == ["kinds/smtp-hosts"]


def test_a_withdrawn_name_is_not_used_for_something_else(factory):
    factory.world()
    path = factory.kind("smtp-hosts", NAME)
    factory.publish()
    path.unlink()
    factory.withdrawn({"collection": "kinds", "id": "smtp-hosts", "reason": "Gone."})
    factory.publish()
    factory.withdrawn()
    factory.kind("smtp-hosts", HOST)

    (fault,) = factory.faults()

    assert "the released field 'name' is missing" in fault


def test_documents_of_a_declared_kind_are_checked_like_others(factory):
    factory.world()
    fields = (*FIELDS, {"name": "text", "type": "markdown"}, {"name": "net", "type": "cidr"})
    factory.kind("smtp-hosts", *fields, unique=[["name"]])
    factory.facts(
        "smtp-hosts",
        {"id": "a", "name": "A ", "host": "https://a.example.com", "level": "low", "dc": "zz"},
        {"id": "b", "name": "B", "net": "192.0.2.7/24"},
        {"id": "c", "name": "C", "level": "none", "port": 10, "spam": 1},
        {"id": "d", "name": "D", "text": "<b>bold</b>"},
        {"id": "e", "name": "d", "text": "See {{ clouds.a.name }}.\n"},
    )

    found = [fault.split(": ", 1)[1] for fault in factory.faults()]

    wanted = (
        "name: the text starts or ends with U+0020 SPACE. Write 'A'.",
        "host: 'https://a.example.com' is not just a host name; write 'a.example.com'.",
        "dc: data-centers has no 'zz'. Use one of: de, uk.",
        "net: '192.0.2.7/24' has host bits set; write",
        "level: 'none' is not one of low, high.",
        "port: 10 is not a whole number from 1 to 9.",
        "spam: unknown field 'spam'. Use one of: id, name, host",
        "text: ",
        "text: placeholders do not work here. Write out the value.",
        "name: 'd' is already the name of 'd'",
    )
    assert all(any(fault.startswith(start) for fault in found) for start in wanted), found
    assert len(found) == len(wanted)
