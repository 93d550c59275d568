"""The scorer proves itself: gold against itself is 1.0, and each damage lowers the right scores and only those."""

import copy
import json

import pytest

from ecomlink_nlp.score.evaluate import describe, evaluate, score_record, scores_as_json, totals
from ecomlink_nlp.score.gold import GoldDocument
from ecomlink_nlp.score.layers import LAYERS

SPANS = {"entities": {"entities", "entities_overlap_name", "entities_overlap_type"}}
EVENTS = {"events", "events_time"}
METRICS = {"metrics", "metrics_time"}

RAW = "快手Zan(zàn)一月。甲公司说GMV达5亿元,比六月多3亿,增长8%。“好的很好”,李四说。第三方商家都知道。"


def gold() -> dict:
    def at(words: str, **fields) -> dict:
        start = RAW.index(words)
        return {"start": start, "end": start + len(words), "text": words, **fields}

    common = {"polarity": "affirmed", "status": "actual", "source": None, "evidence": [[0, 14]]}
    return {
        "doc": "a.txt",
        "date": "2022-02",
        "repairs": [
            at("Zan", clean="有赞", kind="mt_brand"),
            at("(zàn)", clean="", kind="pinyin"),
        ],
        "entities": [
            at("快手", type="PLATFORM", name="快手"),
            at("Zan", type="ORG", name="有赞"),
            at("李四", type="PERSON", name="李四"),
        ],
        "values": [
            at("5亿元", type="MONEY", value=500000000, unit="CNY", mod=None),
            at("3亿", type="CARDINAL", value=None, low=300000000, high=400000000, unit=None, mod="APPROX"),
        ],
        "times": [at("一月", type="DATE", timex="2022-01", mod="END")],
        "claims": [
            {"kind": "event", "predicate": "partner", "subject": "快手", "objects": ["有赞", "第三方商家"],
             "time": "2022-01", "time_alt": ["2022", None], **common},
            {"kind": "event", "predicate": "block_link", "subject": "快手", "objects": ["有赞"], "time": None,
             **common},
            {"kind": "metric", "subject": "甲公司", "metric": "gmv", "measure": "growth", "value": 8, "unit": "%",
             "measure_alt": ["yoy_growth"], "metric_alt": ["sales"], "time": "2022-01", **common},
            {"kind": "metric", "subject": "甲公司", "metric": "happiness", "measure": "level", "value": None,
             "low": 300000000, "high": 400000000, "unit": None, "time": None, **common},
            {"kind": "statement", "speaker": "李四", "role": None, "quote": [37, 41], "time": None, **common},
        ],
    }  # fmt: skip


def lowered(predicted: dict) -> set[str]:
    score = score_record(GoldDocument("a.txt", RAW, gold()), predicted)
    return {name for name, layer in score.layers.items() if layer.counts.f1 < 1}


# Each row: what is damaged, how, and the layers whose score must fall.
DAMAGES = {
    "date": (lambda g: g.update(date="2022-03"), {"date"}),
    "no date": (lambda g: g.update(date=None), {"date"}),
    "repair span": (lambda g: g["repairs"][0].update(end=6), {"repairs"}),
    "repair clean": (lambda g: g["repairs"][0].update(clean="赞"), {"repairs"}),
    "repair kind": (lambda g: g["repairs"][0].update(kind="mt_term"), {"repairs"}),
    "repair missed": (lambda g: g["repairs"].pop(0), {"repairs"}),
    "reading span": (lambda g: g["repairs"][1].update(start=6), {"pinyin"}),
    "reading extra": (lambda g: g["repairs"].append({**g["repairs"][1], "start": 30, "end": 31}), {"pinyin"}),
    "entity span": (lambda g: g["entities"][0].update(end=3), {"entities"}),
    "entity place": (lambda g: g["entities"][0].update(start=30, end=32), SPANS["entities"]),
    "entity name": (lambda g: g["entities"][0].update(name="快手小店"), {"entities", "entities_overlap_name"}),
    "entity type": (lambda g: g["entities"][0].update(type="ORG"), {"entities_overlap_type"}),
    "entity twice": (lambda g: g["entities"].append(g["entities"][0]), SPANS["entities"]),
    "value span": (lambda g: g["values"][0].update(end=g["values"][0]["end"] - 1), {"values"}),
    "value number": (lambda g: g["values"][0].update(value=501000000), {"values"}),
    "value range": (lambda g: g["values"][1].update(high=900000000), {"values"}),
    "value unit": (lambda g: g["values"][0].update(unit="USD"), {"values"}),
    "value mod": (lambda g: g["values"][0].update(mod="APPROX"), {"values"}),
    "time timex": (lambda g: g["times"][0].update(timex="2021-01"), {"times"}),
    "time mod": (lambda g: g["times"][0].update(mod=None), {"times"}),
    "time span": (lambda g: g["times"][0].update(end=g["times"][0]["end"] - 1), {"times"}),
    "event predicate": (lambda g: g["claims"][1].update(predicate="sanction"), EVENTS),
    "event polarity": (lambda g: g["claims"][1].update(polarity="negated"), EVENTS),
    "event subject": (lambda g: g["claims"][1].update(subject=None), EVENTS),
    "event object": (lambda g: g["claims"][1].update(objects=["有赞店铺"]), EVENTS),
    "event object missed": (lambda g: g["claims"][0]["objects"].pop(), EVENTS),
    "event turned round": (lambda g: g["claims"][1].update(subject="有赞", objects=["快手"]), EVENTS),
    "event time": (lambda g: g["claims"][1].update(time="2022"), {"events_time"}),
    "event other time": (lambda g: g["claims"][0].update(time="2021"), {"events_time"}),
    "event noun phrase": (lambda g: g["claims"][0].update(objects=["有赞", "服务商"]), EVENTS),
    "metric subject": (lambda g: g["claims"][2].update(subject="乙集团"), METRICS),
    "metric name": (lambda g: g["claims"][2].update(metric="revenue"), METRICS),
    "metric measure": (lambda g: g["claims"][3].update(measure="share"), METRICS),
    "metric value": (lambda g: g["claims"][2].update(value=-8), METRICS),
    "metric range": (lambda g: g["claims"][3].update(low=3), METRICS),
    "metric unit": (lambda g: g["claims"][2].update(unit=None), METRICS),
    "metric time": (lambda g: g["claims"][2].update(time="2022"), {"metrics_time"}),
    "metric missed": (lambda g: g["claims"].pop(2), METRICS),
    "statement speaker": (lambda g: g["claims"][4].update(speaker="李四光"), {"statements"}),
    "statement quote": (lambda g: g["claims"][4].update(quote=[37, 46]), {"statements"}),
    "statement extra": (lambda g: g["claims"].append(g["claims"][4]), {"statements"}),
}  # fmt: skip

# What the guide leaves open: no score may fall.
EQUIVALENTS = {
    "conversions": lambda g: g["repairs"].append({**g["repairs"][0], "kind": "script"}),
    "partners turned round": lambda g: g["claims"].append(
        {**g["claims"][0], "subject": g["claims"][0]["objects"].pop(), "objects": ["快手"]}
    ),
    "objects apart": lambda g: g["claims"].append({**g["claims"][0], "objects": [g["claims"][0]["objects"].pop()]}),
    "time_alt": lambda g: g["claims"][0].update(time="2022"),
    "time_alt null": lambda g: g["claims"][0].update(time=None),
    "noun phrase": lambda g: g["claims"][0].update(objects=["有赞", "第三方的商家"]),
    "metric_alt": lambda g: g["claims"][2].update(metric="sales"),
    "measure_alt": lambda g: g["claims"][2].update(measure="yoy_growth"),
    "unlisted metric": lambda g: g["claims"][3].update(metric="joy"),
    "value within a thousandth": lambda g: g["claims"][2].update(value=8.007),
    "quote half there": lambda g: g["claims"][4].update(quote=[37, 39]),
    "order": lambda g: [g[key].reverse() for key in ("repairs", "entities", "values", "claims")],
    "value type": lambda g: g["values"][0].update(type="CARDINAL"),
    "status": lambda g: g["claims"][0].update(status="planned"),
}  # fmt: skip


def test_gold_scored_against_itself_is_perfect(golds):
    scores = evaluate(golds, lambda gold: gold.annotations)
    assert {name: counts.f1 for name, counts in totals(scores).items()} == dict.fromkeys(LAYERS, 1.0)
    assert all(layer.counts.matched == layer.counts.gold for s in scores for layer in s.layers.values())
    assert all(not layer.missed and not layer.extra for s in scores for layer in s.layers.values())


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_lowers_the_right_scores_and_no_others(name):
    damage, expected = DAMAGES[name]
    predicted = gold()
    damage(predicted)
    assert lowered(predicted) == expected


@pytest.mark.parametrize("name", EQUIVALENTS)
def test_what_the_guide_accepts_lowers_nothing(name):
    predicted = gold()
    EQUIVALENTS[name](predicted)
    assert lowered(predicted) == set()


@pytest.mark.parametrize("key", ["entities", "values", "times", "repairs", "claims"])
def test_dropping_a_real_layer_scores_its_recall_zero(golds, key):
    scores = evaluate(golds, lambda gold: {**gold.annotations, key: []})
    for name, counts in totals(scores).items():
        belongs = name.split("_")[0] in {
            key,
            *(("events", "metrics", "statements") if key == "claims" else ()),
        }
        belongs |= key == "repairs" and name == "pinyin"
        assert (counts.recall, counts.f1) == ((0.0, 0.0) if belongs else (1.0, 1.0)), name


def test_misses_name_both_sides():
    predicted = gold()
    predicted["claims"][1].update(predicate="sanction")
    score = score_record(GoldDocument("a.txt", RAW, gold()), predicted).layers["events"]
    assert (score.counts.gold, score.counts.predicted, score.counts.matched) == (3, 3, 2)
    (missed,), (extra,) = score.missed, score.extra
    assert describe(missed, RAW) == "block_link(快手 → 有赞)  ⟵ 快手Zan(zàn)一月。甲"
    assert describe(extra, RAW).startswith("sanction(快手 → 有赞)")


def test_every_item_of_the_gold_can_be_described(golds):
    for document in golds:
        for layer in LAYERS.values():
            for item in layer.items(document.annotations):
                assert "\n" not in describe(item, document.raw).replace("\\n", "")


def test_json_output_is_plain_and_complete():
    predicted = copy.deepcopy(gold())
    predicted["values"].pop()
    data = scores_as_json([score_record(GoldDocument("a.txt", RAW, gold()), predicted)], misses=True)
    data = json.loads(json.dumps(data))
    assert data["total"]["values"] == {
        "gold": 2, "predicted": 1, "matched": 1, "precision": 1.0, "recall": 0.5, "f1": 0.6667,
    }  # fmt: skip
    assert data["documents"]["a.txt"]["values"]["missed"][0]["text"] == "3亿"
