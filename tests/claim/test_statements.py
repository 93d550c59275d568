"""Statements and attributions of invented sentences, and what holds for any text."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecomlink_nlp.claim.attribution import find_attributions, innermost_source
from ecomlink_nlp.claim.discourse import Discourse
from ecomlink_nlp.claim.statements import find_statements
from ecomlink_nlp.repair.chain import RepairChain, default_chain
from ecomlink_nlp.tag.entities import Gazetteer
from ecomlink_nlp.tag.times import find_times
from ecomlink_nlp.text.document import Document, Entity
from ecomlink_nlp.text.sentences import sentence_spans

CASES = Path(__file__).parent.parent / "cases"
WRITTEN = re.compile(r"(?P<speaker>.+?)(?: \((?P<role>.+?)\))?: (?P<quote>.+)")
# The marks and words on which the constructions turn, so that random text has many of them.
ALPHABET = '“”‘’「」"，。：；\n京东快手李早他她其称说表示据透露在看来的回应公告记者 ab'


@cache
def chain() -> RepairChain:
    return default_chain()


def parse(text: str, names: list[str]) -> Document:
    """A document with the packaged lexicon's names and the ``names`` given as NAME:TYPE."""
    document = Document("case", chain().repair(text))
    text = document.text
    document.sentences = sentence_spans(text)
    given: list[Entity] = []
    for item in names:
        name, kind = item.rsplit(":", 1)
        name = chain().repair(name).text
        given += [Entity(m.start(), m.end(), kind, name) for m in re.finditer(re.escape(name), text)]
    known = [
        entity
        for entity in Gazetteer.default().find_entities(text)
        if not any(entity.start < other.end and other.start < entity.end for other in given)
    ]
    document.entities = sorted([*given, *known], key=lambda entity: entity.start)
    document.times = find_times(text, "2022-02", entities=document.entities)
    return document


def cases(name: str) -> list[Any]:
    rows = tomllib.loads((CASES / name).read_text(encoding="utf-8"))["case"]
    return [
        pytest.param(
            row,
            id=f"{row.get('construction', 'source')}: {row['text'][:24]}",
            marks=[pytest.mark.xfail(reason=row["known_failure"], strict=True)]
            if "known_failure" in row
            else [],
        )
        for row in rows
    ]


@pytest.mark.parametrize("case", cases("statements.toml") + cases("statement_passages.toml"))
def test_case(case: dict[str, Any]) -> None:
    document = parse(case["text"], case.get("names", []))
    found = [
        (claim.speaker, claim.role, document.text[slice(*claim.quote)])
        for claim in find_statements(Discourse(document))
    ]
    expected = []
    for written, got in zip(case["statements"], [*found, *[("", None, "")] * 9], strict=False):
        match = WRITTEN.fullmatch(chain().repair(written).text)
        assert match is not None, written
        expected.append((match["speaker"], match["role"] or got[1], match["quote"]))
    assert found == expected


@pytest.mark.parametrize("case", cases("attributions.toml"))
def test_source(case: dict[str, Any]) -> None:
    document = parse(case["text"], case.get("names", []))
    discourse = Discourse(document)
    attributions = find_attributions(discourse, find_statements(discourse))
    source = innermost_source(attributions, document.text.index(case["at"]))
    assert (source.name if source else "") == case["source"]


@settings(max_examples=150, deadline=None)
@given(st.text(ALPHABET, max_size=120))
def test_any_text_gives_spans_within_it(text: str) -> None:
    document = parse(text, [])
    discourse = Discourse(document)
    statements = find_statements(discourse)
    for claim in statements:
        start, end = claim.quote
        assert 0 <= start < end <= len(document.text)
        assert claim.speaker
        assert claim.evidence
    for attribution in find_attributions(discourse, statements):
        assert 0 <= attribution.start <= attribution.end <= len(document.text)


def test_a_quotation_is_attributed_once() -> None:
    document = parse("“不会涨价。”京东客服说。美团客服说:“也不会。”", [])
    found = [(c.speaker, document.text[slice(*c.quote)]) for c in find_statements(Discourse(document))]
    assert found == [("京东", "不会涨价。"), ("美团", "也不会。")]
