"""Source files: every fault of every file at once, each in its place."""

import json
from os import mkfifo

import pytest

from content.documents import Key
from content.sources.reader import read_sources
from content.sources.source_file import MAX_DOCUMENTS, MAX_FILE_BYTES
from schemas.collections import COLLECTIONS
from tests.content_factory import COMMON

FRONT = (
    "id: a\nquestion: Q?\nsummary: S.\nposition: 1\ntopics: []\nstatus: current\n"
    "sources: [{title: A, url: null, retrieved_on: null, confidence: stated}]\n"
    "written_on: 2026-01-01\nreview_by: 2027-01-01\n"
)
FAQ, TOPICS = "faqs/a.md", "facts/topics.yaml"


def read(factory):
    return read_sources(factory.place.root, COLLECTIONS)


def test_an_answer_is_its_fields_and_the_markdown_below_them(factory):
    factory.write(FAQ, f"---\n{FRONT}---\n\n\nYes.\n\n---\n\nNo.\n\n\n")

    (draft,) = read(factory).drafts

    assert draft.document.key == Key("faqs", "a")
    assert draft.document.body["markdown"] == "Yes.\n\n---\n\nNo.\n"
    assert draft.document.body["related"] == []
    assert draft.file == FAQ
    assert (draft.text_line, draft.path) == (14, ())


def test_a_fact_takes_what_it_does_not_say_from_the_defaults(factory):
    factory.write(
        TOPICS,
        json.dumps(
            {
                "defaults": {**COMMON, "title": "T", "position": 1},
                "items": [
                    {"id": "a", "description": "A."},
                    {"id": "b", "description": "B.", "title": "U"},
                ],
            }
        ),
    )

    bodies = [draft.document.body for draft in read(factory).drafts]

    assert [(body["id"], body["title"]) for body in bodies] == [("a", "T"), ("b", "U")]
    assert list(bodies[0]) == list(COLLECTIONS["topics"].authored)


def test_lines_may_end_as_windows_ends_them(factory):
    factory.path(FAQ).write_bytes(f"---\n{FRONT}---\nYes.\nNo.\n".replace("\n", "\r\n").encode())
    factory.path(TOPICS).write_bytes(b"items:\r\n  - id: A\r\n")

    sources = read(factory)

    assert sources.drafts[0].document.body["markdown"] == "Yes.\nNo.\n"
    assert str(sources.faults[0]).startswith("facts/topics.yaml:2:9: id: 'A' is not an ID")


@pytest.mark.parametrize("folders", [["faqs"], ["facts"], ["faqs", "facts"]])
def test_a_folder_that_is_not_there_holds_nothing(factory, folders):
    for folder in folders:
        factory.path(folder).rmdir()

    sources = read(factory)

    assert (sources.drafts, sources.faults) == ([], [])


def test_a_folder_named_like_a_file_is_a_fault(factory):
    factory.path("faqs/b.md").mkdir()
    factory.path(TOPICS).mkdir()
    factory.path("withdrawn.yaml").mkdir()

    faults = [str(fault) for fault in read(factory).faults]

    assert [fault.partition(": ")[0] for fault in faults] == [
        *("faqs/b.md", TOPICS, "withdrawn.yaml")
    ]


def test_a_link_to_no_file_is_a_fault(factory):
    factory.path("faqs/a.md").symlink_to("nowhere.md")

    assert factory.faults() == [
        "content/faqs/a.md: this is not a regular file. Replace it with one."
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("facts/topic.yaml", "a file with this name is not read. Rename it to 'topics.yaml'."),
        ("facts/clouds.yml", "a file with this name is not read. Rename it to 'clouds.yaml'."),
        ("facts/README", "a file with this name is not read. Use one of: clouds.yaml, connect"),
        ("facts/faqs.yaml", "a file with this name is not read. "),
        ("faqs/a.MD", "files in faqs/ must end in .md. Rename or move this file."),
        ("facts/smtp-hosts.yaml", "a file with this name is not read. Use one of: clouds.yaml, "),
        ("facts/Topics.yaml", "a file with this name is not read. Rename it to 'topics.yaml'."),
        ("withdrawn.yml", "a file with this name is not read. Rename it to 'withdrawn.yaml'."),
        ("a.md", "a file with this name is not read. Answers belong in faqs/, facts in"),
        ("withdraw.yaml", "a file with this name is not read. Rename it to 'withdrawn.yaml'."),
        ("Withdrawn.yaml", "a file with this name is not read. Rename it to 'withdrawn.yaml'."),
    ],
)
def test_a_file_that_looks_like_content_and_is_not_read_is_a_fault(factory, name, message):
    factory.write(name, "")

    (fault,) = factory.faults()

    assert fault.startswith(f"content/{name}: {message}")


def test_files_of_other_programs_may_be_beside_the_folders(factory):
    for name in ("README.md", "CHANGELOG.md", "LICENSE", "mkdocs.yml", ".pre-commit-config.yaml"):
        factory.write(name, "Text")

    assert factory.faults() == []


NO_FENCE = "1:1: an answer must start with a line '---', then its fields, then another line '---'."
NO_FIELDS = "1:1: this must contain fields, each written as 'name: value'."


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", [NO_FENCE]),
        ("Yes.\n", [NO_FENCE]),
        (
            "---\nid: a\nYes.\n",
            ["3:1: the line '---' after the fields is missing. Add it above"],
        ),
        ("---\nid: a\n----\nYes.\n", ["3:1: the fields must end with a line of three hyphens. "]),
        (
            "---\nid: a\n\u2014\nYes.\n",
            ["3:1: the fields must end with a line of three hyphens. "],
        ),
        ("---\nid: a\n...\nYes.\n", ["3:1: the fields must end with a line of three hyphens. "]),
        ("---\nid: a\n---  \nYes.\n", ["3:1: the fields must end with a line of three hyphens. "]),
        (
            "\n---\nid: a\n---\nYes.\n",
            ["1:1: the line '---' must be the first line. Delete everything"],
        ),
        (" ---\nid: a\n---\nYes.\n", [NO_FENCE]),
        ("---\n---\nYes.\n", [NO_FIELDS]),
        ("---\n- a\n---\nYes.\n", [NO_FIELDS]),
        ("---\njust words\n---\nYes.\n", [NO_FIELDS]),
        (f"---\n{FRONT}---\n", ["11:1: the answer is empty. Write it below the fields."]),
        (f"---\n{FRONT}---\n \n\n", ["11:1: the answer is empty. Write it below the fields."]),
        (
            f"---\n{FRONT}markdown: b\n---\nYes.\n",
            ["11:1: the answer must not be a field. Write it below the fields."],
        ),
        (
            f"---\n{FRONT}id: b\nstrang: 1\n---\n",
            [
                "11:1: duplicate key 'id', also on line 2. Delete one of the two.",
                "12:1: strang: unknown field 'strang'. Use one of: id, question, summary, ",
                "13:1: the answer is empty. Write it below the fields.",
            ],
        ),
        (
            "---\nid: a\n\tquestion: Q\n---\nYes.\n",
            ["3:1: this is not valid YAML: found a tab character that violates indentation. I"],
        ),
        (f"\ufeff---\n{FRONT}---\nYes.\n", ["1:1: this file starts with a byte order mark. Save"]),
    ],
)
def test_an_answer_that_cannot_be_read_says_why_and_where(factory, text, faults):
    factory.write(FAQ, text)

    found = factory.faults()
    assert len(found) == len(faults)
    for fault, expected in zip(found, faults, strict=True):
        assert fault.startswith(f"content/faqs/a.md:{expected}")


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", [NO_FIELDS]),
        ("- id: a\n", [NO_FIELDS]),
        ("words\n", [NO_FIELDS]),
        ("{}\n", ["1:1: 'items' must be a list. Start each document with '- '."]),
        ("items:\n", ["1:7: 'items' must be a list. Start each document with '- '."]),
        ("items: {a: 1}\n", ["1:8: 'items' must be a list. Start each document with '- '."]),
        (
            "defaults: []\nitems: []\n",
            ["1:11: 'defaults' must contain fields, each written as 'name: value'."],
        ),
        (
            "defaults:\nitems: []\n",
            ["1:10: 'defaults' must contain fields, each written as 'name: value'."],
        ),
        (
            "items: []\n item: 1\n",
            ["2:2: this is not valid YAML: did not find expected key. Indent the line like"],
        ),
        (
            "itms: []\nitems: []\n",
            ["1:1: unknown field 'itms'. Use 'defaults' and 'items' at the top of a file."],
        ),
        (
            "items:\n  - a\n",
            ["2:5: this must be a document. Write its fields, starting with the ID."],
        ),
        (
            "items:\n  -\n",
            ["2:4: this must be a document. Write its fields, starting with the ID."],
        ),
        (
            "items:\n  - [id]\n",
            ["2:5: this must be a document. Write its fields, starting with the ID."],
        ),
        (
            "\ufeffitems: []\n",
            ["1:1: this file starts with a byte order mark. Save it as UTF-8 without one."],
        ),
        (
            "items: &all []\n",
            ["1:8: YAML anchors and aliases are not supported. Write out the value."],
        ),
    ],
)
def test_facts_that_cannot_be_read_say_why_and_where(factory, text, faults):
    factory.write(TOPICS, text)

    found = factory.faults()
    assert len(found) == len(faults)
    for fault, expected in zip(found, faults, strict=True):
        assert fault.startswith(f"content/facts/topics.yaml:{expected}")


def test_faults_of_all_files_come_together_in_the_order_of_files_and_lines(factory):
    factory.write(TOPICS, "items:\n  - id: A\n  - id: B\n")
    factory.write("facts/clouds.yaml", "items: [")
    factory.write(FAQ, "Yes.")
    factory.path("faqs/b.md").write_bytes(b"\xff")
    factory.withdrawn({"collection": "faqs"})

    files = [fault.split(":")[0] for fault in factory.faults()]

    assert list(dict.fromkeys(files)) == [
        *("content/facts/clouds.yaml", "content/facts/topics.yaml", "content/faqs/a.md"),
        *("content/faqs/b.md", "content/withdrawn.yaml"),
    ]
    assert files.count("content/facts/topics.yaml") == 14
    assert files.count("content/withdrawn.yaml") == 2


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"\xff\xfe", "1:1"),
        (b"items: []\n# caf\xe9\n", "2:6"),
        ("items: []\n# éé ".encode() + b"\xc3(", "2:6"),
        (b"\xed\xa0\x80", "1:1"),
        (b"a\xc0\xaf", "1:2"),
    ],
)
@pytest.mark.parametrize("name", [FAQ, TOPICS, "withdrawn.yaml"])
def test_a_file_that_is_not_utf_8_is_a_fault_at_its_first_wrong_byte(factory, name, data, place):
    factory.path(name).write_bytes(data)

    assert factory.faults() == [
        f"content/{name}:{place}: this file is not UTF-8. Save it as UTF-8."
    ]


@pytest.mark.parametrize(
    "broken",
    [
        "items: [\n  {id: uk},\n",
        "items:\n  - id: uk\n\ta: 1\n",
        "Items:\n  - id: uk\n",
        "items:\n  - 'id': \"uk\"\n  - \xe9: '\n",
    ],
)
def test_a_file_that_cannot_be_read_still_names_its_ids(factory, broken):
    factory.path("facts/data-centers.yaml").write_bytes(broken.encode("latin-1"))

    assert read(factory).attempted == {Key("data-centers", "uk")}


def test_a_document_with_faults_is_still_there_for_links(factory):
    factory.world().write("facts/data-centers.yaml", "items:\n  - id: uk\n    nam: 1\n  - id: de\n")

    assert {fault.split(":")[0] for fault in factory.faults()} == {
        "content/facts/data-centers.yaml"
    }


MERGED = "<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> branch\n"


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        (FAQ, f"---\n{FRONT}---\n- a\n{MERGED}", 13),
        (FAQ, f"---\n{FRONT}---\n```\n{MERGED}```\n", 13),
        (FAQ, f"---\n{MERGED}{FRONT}---\nYes.\n", 2),
        (TOPICS, f"items:\n{MERGED}", 2),
        ("withdrawn.yaml", f"{MERGED}items: []\n", 1),
    ],
)
def test_a_merge_that_is_not_finished_is_named_at_each_of_its_lines(factory, name, text, line):
    factory.write(name, text)

    faults = factory.faults()

    assert [fault.partition(": ")[0] for fault in faults] == [
        f"content/{name}:{line + offset}:1" for offset in (0, 2, 4)
    ]
    assert all("unresolved merge conflict. Keep one version" in f for f in faults)


@pytest.mark.parametrize(
    "text", ["======\n", "  =======\n", "a =======\n", "<<<<<<<<\n", ">>>>>>> \n"]
)
def test_what_git_writes_alone_marks_a_merge(factory, text):
    factory.write(FAQ, f"---\n{FRONT}---\nA.\n\n```\n{text}```\n")

    assert bool(factory.faults()) == (text == ">>>>>>> \n")


def test_files_that_hang_or_cannot_be_read_are_faults(factory):
    mkfifo(factory.path(FAQ))
    mkfifo(factory.path(TOPICS))
    mkfifo(factory.path("withdrawn.yaml"))
    factory.path("faqs/b.md").symlink_to("/dev/zero")
    factory.path("faqs/c.md").symlink_to("c.md")

    faults = factory.faults()

    assert [fault.partition(": ")[0] for fault in faults] == [
        *(f"content/{name}" for name in (TOPICS, FAQ, "faqs/b.md", "faqs/c.md", "withdrawn.yaml"))
    ]
    assert all("this is not a regular file. Replace" in fault for fault in faults)


def test_a_file_that_may_not_be_read_is_a_fault(factory):
    # The root user may read everything, but not the memory of a process at its beginning.
    factory.path(FAQ).symlink_to("/proc/self/mem")

    assert factory.faults() == ["content/faqs/a.md: this file cannot be read: Input/output error."]


def test_a_file_in_place_of_a_folder_is_a_fault(factory):
    factory.path("faqs").rmdir()
    factory.write("faqs", "")

    assert factory.faults() == ["content/faqs: this folder cannot be read: Not a directory."]


@pytest.mark.parametrize("name", [".DS_Store", ".a.md.swp", ".#a.md", ".hidden.md", "a.md~"])
def test_what_editors_leave_behind_is_not_read(factory, name):
    factory.write(f"faqs/{name}", "")
    factory.write(f"facts/{name}", "")

    assert factory.faults() == []


def test_a_file_and_a_collection_have_bounds(factory):
    factory.write(FAQ, "a" * (MAX_FILE_BYTES + 1))
    factory.write(TOPICS, "items:\n" + "- {}\n" * (MAX_DOCUMENTS + 1))

    assert factory.faults() == [
        (
            "content/facts/topics.yaml:1:1: there are 10,001 documents, but at most "
            "10,000 are allowed."
        ),
        "content/faqs/a.md: this file is larger than 4,194,304 bytes. Split or shorten it.",
    ]


def test_old_line_ends_are_named(factory):
    factory.path(TOPICS).write_bytes(b"items: []\rdefaults: {}\r")

    (fault,) = factory.faults()

    assert fault == (
        "content/facts/topics.yaml:1:10: this line ends with U+000D CARRIAGE RETURN "
        "only. Save the file with LF line endings."
    )
