"""Building a record: places, repairs and ids hold for any layers of edits."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ecomlink_nlp.pipeline import Pipeline
from ecomlink_nlp.record.build import build_record, repairs_of
from ecomlink_nlp.record.models import DocumentRecord, claim_schema, record_schema
from ecomlink_nlp.text.document import (
    Amount,
    Argument,
    Document,
    Entity,
    EventClaim,
    MetricClaim,
    StatementClaim,
    Time,
    Value,
)
from ecomlink_nlp.text.edits import Alignment, Edit

DEV = Path(__file__).parents[2] / "benchmarks" / "dev"
RAW = "Tik Tok(dǒu)罰款超過5億元,張三說:好。"


def document(**changes) -> Document:
    alignment = Alignment(RAW)
    alignment.apply([Edit(7, 12, "(dǒu)", "", "pinyin", "gloss")])
    alignment.apply([Edit(0, 7, "Tik Tok", "抖音", "mt_brand", "brand", 0.8)])
    text = alignment.text
    alignment.apply(
        [Edit(i, i + 1, c, "罚过亿张说"["罰過億張說".index(c)], "script", "t2s")
         for i, c in enumerate(text) if c in "罰過億張說"]
    )  # fmt: skip
    made = Document("a.txt", alignment, date="2022-02", date_source="given")
    made.entities = [Entity(0, 2, "PLATFORM", "抖音", "douyin", "gazetteer")]
    made.values = [Value(6, 9, "MONEY", 5e8, unit="CNY", mod="MORE_THAN", rule="money")]
    subject = Argument("subject", "抖音", 0, 2)
    source = Argument("source", "张三", 10, 12)
    made.claims = [
        EventClaim([(0, 10)], "sanction.x", predicate="sanction", subject=None, objects=["抖音"], source=source,
                   amount=Amount(5e8, None, None, "CNY", "MORE_THAN"), arguments=[subject]),
        MetricClaim([(0, 10)], "m", subject="抖音", metric="gmv", value=28.4, unit="%", arguments=[subject]),
        StatementClaim([(10, 15)], "s", speaker="张三", quote=(14, 15)),
    ]  # fmt: skip
    for key, value in changes.items():
        setattr(made, key, value)
    return made


def located(record: DocumentRecord):
    yield from (*record.repairs, *record.entities, *record.values, *record.times)
    for claim in record.claims:
        yield from (argument for argument in claim.arguments if argument.start is not None)


@given(data=st.data())
def test_every_annotation_quotes_the_raw_text(layered, data):
    alignment = data.draw(layered)
    text = alignment.text
    made = Document("x", alignment)
    spans = []
    for _ in range(data.draw(st.integers(0, 3)) if text else 0):
        start = data.draw(st.integers(0, len(text) - 1))
        spans.append((start, data.draw(st.integers(start + 1, len(text)))))
    for start, end in spans:
        made.entities.append(Entity(start, end, "ORG", "名"))
        made.times.append(Time(start, end, "DATE", "2021", interval=("2021-01-01", "2022-01-01")))
        made.claims.append(
            EventClaim([(start, end)], predicate="launch", objects=[f"{start}-{end}"],
                       arguments=[Argument("object", "名", start, end), Argument("subject", "无")])
        )  # fmt: skip
    record = build_record(made)
    for item in located(record):
        assert alignment.raw[item.start : item.end] == item.text
        assert item.norm_start <= item.norm_end
    for claim in record.claims:
        quoted = [alignment.raw[start:end] for start, end in claim.evidence]
        assert quoted == claim.evidence_text
    restored = DocumentRecord.model_validate_json(record.model_dump_json())
    assert restored == record


@given(data=st.data())
def test_repairs_applied_to_raw_give_text(layered, data):
    alignment = data.draw(layered)
    pieces, position = [], 0
    for repair in repairs_of(alignment):
        pieces += [alignment.raw[position : repair.start], repair.clean]
        position = repair.end
        assert alignment.text[repair.norm_start : repair.norm_end] == repair.clean
    assert "".join([*pieces, alignment.raw[position:]]) == alignment.text


def test_a_record_fits_its_schema_and_quotes_what_it_means():
    record = build_record(document())
    dumped = json.loads(record.model_dump_json())
    jsonschema.validate(dumped, record_schema())
    for claim in dumped["claims"]:
        jsonschema.validate(claim, claim_schema())
    assert record.text == "抖音罚款超过5亿元,张三说:好。"
    assert dumped["values"][0] | {"rule": "", "score": 0} == {
        "start": 16, "end": 19, "text": "5億元", "norm_start": 6, "norm_end": 9, "type": "MONEY",
        "value": 500000000, "low": None, "high": None, "unit": "CNY", "mod": "MORE_THAN", "rule": "", "score": 0,
    }  # fmt: skip
    assert dumped["claims"][0]["amount"]["value"] == 500000000
    assert isinstance(dumped["claims"][0]["amount"]["value"], int)
    assert dumped["claims"][2]["quote_text"] == "好"
    assert [r.kind for r in record.repairs][:2] == ["mt_brand", "pinyin"]


def test_the_source_of_a_claim_is_among_its_arguments():
    event = build_record(document()).claims[0]
    assert event.source == "张三"
    assert [(a.role, a.text) for a in event.arguments] == [("subject", "Tik Tok"), ("source", "張三")]


def test_ids_depend_on_content_alone():
    first = build_record(document())
    changed = document(name="b.txt")
    for claim in changed.claims:
        claim.evidence, claim.rule, claim.score, claim.arguments = [(0, 3)], "other", 0.1, []
    assert [c.id for c in build_record(changed).claims] == [c.id for c in first.claims]

    negated = document()
    negated.claims[0].polarity = "negated"
    assert build_record(negated).claims[0].id != first.claims[0].id

    elsewhere = document(alignment=Alignment(document().text))
    assert build_record(elsewhere).claims[0].id != first.claims[0].id


def test_a_claim_given_twice_stays_once():
    doubled = document()
    doubled.claims = [*doubled.claims, *document().claims]
    assert build_record(doubled) == build_record(document())


def test_ids_are_pinned():
    """An id that changes breaks what users have stored: change this only with the schema's version."""
    assert [c.id for c in build_record(document()).claims] == [
        "93249d6967ab8460",
        "04ae1d095a11da1a",
        "23f028ec7667d450",
    ]


@pytest.mark.parametrize(
    "entity",
    [Entity(0, 0, "ORG", "空"), Entity(0, 99, "ORG", "外"), Entity(0, 2, "BRAND", "抖音")],
    ids=["empty", "outside", "unknown type"],
)
def test_a_misfit_is_refused(entity):
    with pytest.raises((ValueError, ValidationError)):
        build_record(document(entities=[entity]))


@pytest.mark.parametrize(
    "changed",
    [{"evidence": []}, {"objects": []}, {"amount": Amount(1.0, None, None, "CNY", "about")}],
    ids=["no evidence", "no object", "unknown modifier"],
)
def test_a_misfit_claim_is_refused(changed):
    claim = EventClaim(**{"evidence": [(0, 2)], "predicate": "launch", "objects": ["货"]} | changed)
    with pytest.raises(ValueError, match=r"no evidence|no object|about"):
        build_record(document(claims=[claim]))


@pytest.mark.parametrize("path", sorted(DEV.glob("*.txt")), ids=lambda path: path.stem)
def test_what_was_made_unchecked_is_what_the_checks_make(path):
    record = build_record(Pipeline.default().annotate(path.read_text(encoding="utf-8"), name=path.name))
    checked = DocumentRecord.model_validate(record.model_dump())
    assert checked == record
    # Types and the order of the fields too.
    assert checked.model_dump_json() == record.model_dump_json()
