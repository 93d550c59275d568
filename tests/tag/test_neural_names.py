"""Names that no list holds, by the tagger behind the knowledge base."""

import re
from pathlib import Path

import pytest

from ecomlink_nlp.resources import parse_tsv
from ecomlink_nlp.tag.entities import Gazetteer
from ecomlink_nlp.tag.neural import with_open_names
from ecomlink_nlp.tag.neural.candidates import confirmed
from ecomlink_nlp.tag.neural.tagger import TaggedName
from ecomlink_nlp.text.document import Entity
from ecomlink_nlp.text.sentences import sentence_spans

CASES = Path(__file__).parents[1] / "cases" / "open_names.tsv"
MARK = re.compile(r"\{([^:{}]+):([A-Z]+)(?:=([^}]+))?\}")


def cases() -> list[object]:
    rows = list(parse_tsv(CASES.read_text(encoding="utf-8"), ("id", "kind", "text", "reason"), CASES.name))
    marks = {
        row["id"]: [pytest.mark.xfail(strict=True, reason=row["reason"])] for row in rows if row["reason"]
    }
    return [pytest.param(row["text"], id=row["id"], marks=marks.get(row["id"], [])) for row in rows]


def found_in(text: str) -> list[Entity]:
    gazetteer = Gazetteer.default()
    known = gazetteer.find_entities(text)
    return with_open_names(text, sentence_spans(text), known, lambda name: gazetteer.lookup(name) is not None)


@pytest.mark.parametrize("marked", cases())
def test_case(marked: str) -> None:
    expected = [(m[1], m[2], m[3] or m[1]) for m in MARK.finditer(marked)]
    text = MARK.sub(lambda m: m[1], marked)
    assert [(text[e.start : e.end], e.type, e.name) for e in found_in(text)] == expected


def test_nothing_that_stands_already_is_moved() -> None:
    text = "店主秦牧野在义乌开店。"
    given = [Entity(2, 4, "PRODUCT", "秦牧"), Entity(6, 8, "ORG", "义乌")]
    assert with_open_names(text, [(0, len(text))], given, frozenset().__contains__) == given


def test_what_the_knowledge_base_knows_is_its_own_business() -> None:
    text = "店主秦牧野说不急。"
    assert with_open_names(text, [(0, len(text))], [], frozenset(["秦牧野"]).__contains__) == []


def test_a_bare_person_needs_a_second_mention() -> None:
    once, twice = "那天林致远的车很慢。", "那天林致远的车很慢。后来林致远的车没油。"
    place = once.index("林")
    assert not confirmed(once, [TaggedName(place, place + 3, "PER")])
    names = [TaggedName(m.start(), m.end(), "PER") for m in re.finditer("林致远", twice)]
    assert len(confirmed(twice, names)) == 2
