"""What the demonstration must say, in its strength, and how its answers must not speak."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from content.answers.answer import ReadContext
from content.answers.faqs import get_faq
from content.authoring.publish import Workspace, draft_release
from content.documents import FAQS, Key
from content.ledger.catalogue import preview_archive
from schemas.collections import COLLECTIONS

ROOT = Path(__file__).parents[2] / "content"
STATEMENTS = yaml.safe_load(Path(__file__).with_name("statements.yaml").read_text())
NOW = datetime.now(UTC)
#: The answer is about its subject: doubts about its sources are caveats.
ABOUT_ITSELF = re.compile(
    r"\b(we|our|ours|sources?|not stated|not known|have read|was read|seen as)\b", re.IGNORECASE
)
NOT_OUR_WORDS = re.compile(r"\b(licence|authoris|on premises|client id\b|data centre|colour)")


@pytest.fixture(scope="module")
def catalogue():
    """The files as they are, published or not."""
    archive, release = draft_release(Workspace(ROOT, COLLECTIONS), NOW)
    if release is not None:
        archive = preview_archive(archive, release)
    return archive.latest


def read_texts(catalogue, key: Key) -> list[str]:
    """Return a document as its readers get it: an answer with and without a data center."""
    if key.collection != FAQS:
        return [json.dumps(catalogue.find_document(key).body, ensure_ascii=False)]
    context = ReadContext(catalogue, f"{NOW:%Y-%m-%d}")
    bodies = [get_faq(context, key.id, data_center=dc).body for dc in (None, "uk")]
    return [f"{b['question']}\n{b['summary']}\n{b['answer']['text']}" for b in bodies]


def flatten(text: str) -> str:
    return " ".join(text.replace("`", "").split()).casefold()


@pytest.mark.parametrize(
    "row", STATEMENTS, ids=[f"{row['document']}-{n}" for n, row in enumerate(STATEMENTS, 1)]
)
def test_every_statement_is_made_in_its_strength(catalogue, row):
    for text in map(flatten, read_texts(catalogue, Key(*row["document"].split("/")))):
        assert [words for words in row["says"] if flatten(words) not in text] == []
        assert [words for words in row.get("never", ()) if flatten(words) in text] == []


@pytest.fixture(scope="module")
def answers(catalogue):
    """Summary and text of every answer."""
    context = ReadContext(catalogue, f"{NOW:%Y-%m-%d}")
    bodies = [get_faq(context, each.key.id).body for each in catalogue.list_documents(FAQS)]
    return {body["id"]: (body["summary"], body["answer"]["text"]) for body in bodies}


def test_no_answer_speaks_about_itself_or_in_other_words_than_the_rest(answers):
    found = {
        name: [*ABOUT_ITSELF.findall(text), *NOT_OUR_WORDS.findall(text)]
        for name, text in ((name, " ".join(texts)) for name, texts in answers.items())
    }

    assert {name: words for name, words in found.items() if words} == {}


def test_no_answer_repeats_its_summary(answers):
    sentences = {
        (name, sentence)
        for name, (summary, _) in answers.items()
        for sentence in re.split(r"(?<=[.:;]) ", summary)
        if len(sentence) > len("A short verdict.")
    }

    assert [at for at in sentences if flatten(at[1]) in flatten(answers[at[0]][1])] == []


def test_no_answer_prints_addresses_while_there_are_only_samples(answers):
    listed = re.compile(r"\b[0-9]+(\.[0-9]+){3}\b|\b2001:db8:")

    assert [name for name, texts in answers.items() if listed.search(" ".join(texts))] == []
