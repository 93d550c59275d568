"""brat and Label Studio: gold comes back as it went out, and corrections made there become gold."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecomlink_nlp import extract
from ecomlink_nlp.errors import FormatError
from ecomlink_nlp.record import brat, label_studio
from ecomlink_nlp.record.gold_form import annotation, gold_of, normal_form, write_gold
from ecomlink_nlp.score.gold import load_gold

SEEDS = Path(__file__).parents[2] / "seeds"
RAW = "据悉，Tik Tok封杀快手個(gè)链接。\r\n京东不会屏蔽𠮷快手\n小店。张三称有约3亿用户。"


@pytest.fixture(scope="module")
def golds():
    return [(document.annotations, document.raw) for document in load_gold(SEEDS / "gold", SEEDS)]


def example() -> tuple[dict, str]:
    def place(words: str) -> dict:
        start = RAW.index(words)
        return {"start": start, "end": start + len(words), "text": words}

    sentence = [[0, RAW.index("\r")], [RAW.index("张三"), len(RAW)]]
    gold = {
        "doc": "a.txt",
        "date": None,
        "repairs": [
            place("Tik Tok") | {"clean": "抖音", "kind": "mt_brand"},
            place("(gè)") | {"clean": "", "kind": "pinyin"},
            place("快手\n小店") | {"clean": "快手小店", "kind": "markup"},
        ],
        "entities": [
            place("Tik Tok") | {"type": "PLATFORM", "name": "抖音"},
            place("快手") | {"type": "PLATFORM", "name": "快手"},
            place("京东") | {"type": "PLATFORM", "name": "京东"},
        ],
        "values": [place("3亿") | {"type": "CARDINAL", "value": 300000000, "unit": None, "mod": "APPROX"}],
        "times": [],
        "claims": [
            {"kind": "event", "predicate": "block_link", "subject": "抖音", "objects": ["快手", "淘宝"],
             "polarity": "negated", "status": "possible", "source": None, "time": None, "evidence": sentence},
            {"kind": "metric", "subject": "抖音", "metric": "users", "measure": "level", "value": 300000000, "unit": None,
             "mod": "APPROX", "polarity": "affirmed", "status": "actual", "source": "张三", "time": None,
             "evidence": sentence[::-1]},
        ],
    }  # fmt: skip
    return gold, RAW


def through_brat(documents, folder: Path) -> list:
    brat.write_brat_gold(documents, folder)
    return list(brat.read_brat(folder))


def through_label_studio(documents) -> list:
    return list(
        label_studio.read_label_studio(io.StringIO(json.dumps([label_studio.task(*d) for d in documents])))
    )


def test_gold_comes_back_from_brat(golds, tmp_path):
    assert through_brat(golds, tmp_path / "seeds") == golds
    assert through_brat([example()], tmp_path / "one") == [example()]


def test_gold_comes_back_from_label_studio(golds):
    assert through_label_studio(golds) == golds
    assert through_label_studio([example()]) == [example()]


def test_a_record_becomes_a_gold_file_that_loads(tmp_path):
    record = extract("Tik Tok在2021年9月1日封杀了快手個(gè)链接，快手有3亿用户。", name="a.txt")
    brat.write_brat([record], tmp_path / "brat")
    assert write_gold(brat.read_brat(tmp_path / "brat"), tmp_path / "gold") == 1
    [document] = load_gold(tmp_path / "gold")
    assert document.annotations == gold_of(record)
    with pytest.raises(FormatError, match="there already"):
        write_gold(brat.read_brat(tmp_path / "brat"), tmp_path / "gold")


def test_spans_in_brat_follow_its_rules():
    gold, raw = example()
    lines = brat.standoff(gold, raw).split("\n")
    start = raw.index("快手\n小店")
    assert f"T3\tmarkup {start} {start + 2};{start + 3} {start + 5}\t快手 小店" in lines
    assert all(line.count("\t") <= 2 for line in lines)
    assert "E1\tblock_link:T8 Subject:T4 Object:T5" in lines


def test_corrections_in_brat_become_gold(tmp_path):
    brat.write_brat_gold([example()], tmp_path)
    path = tmp_path / "a.ann"
    lines = path.read_text("utf-8").splitlines(True)
    text = "".join(line for line in lines if not line.startswith(("E2", "A1")))
    text = text.replace("AnnotatorNotes T5\t快手", "AnnotatorNotes T5\t小红书").replace("CARDINAL", "MONEY")
    text = text.replace("Object:T5", "Object:T5 Object2:T6")
    path.write_text(text, "utf-8")
    [(gold, _)] = brat.read_brat(tmp_path)
    assert gold["claims"][0]["objects"] == ["小红书", "淘宝", "京东"]
    assert len(gold["claims"]) == 1
    assert gold["values"][0]["type"] == "MONEY"
    assert gold["claims"][0]["polarity"] == "affirmed"


def test_events_of_own_frames_come_back_even_when_an_annotator_takes_one_back(tmp_path):
    gold, raw = example()
    gold["claims"][0]["predicate"] = "praise"
    assert through_brat([(gold, raw)], tmp_path) == [(gold, raw)]
    path = tmp_path / "a.ann"
    kept = [line for line in path.read_text("utf-8").splitlines(True) if not line.startswith(("E1", "A"))]
    path.write_text("".join(kept), "utf-8")
    [(corrected, _)] = brat.read_brat(tmp_path)
    assert [claim["kind"] for claim in corrected["claims"]] == ["metric"]


def test_both_tools_give_the_same_file(tmp_path):
    [studio], [stand_off] = through_label_studio([example()]), through_brat([example()], tmp_path)
    assert json.dumps(studio) == json.dumps(stand_off)


def test_corrections_in_label_studio_become_gold():
    task = label_studio.task(*example())
    result = task["predictions"][0]["result"]
    result[1]["value"]["text"] = ["抖音国际版"]
    cancelled = {"was_cancelled": True, "result": []}
    task["annotations"] = [cancelled, {"result": result}, cancelled]
    other = task | {"annotations": [cancelled]}
    [(gold, raw)] = label_studio.read_label_studio(io.StringIO(json.dumps([other, task])))
    assert gold["repairs"][0]["clean"] == "抖音国际版"
    assert [raw[item["start"] : item["end"]] == item["text"] for item in gold["values"]] == [True]


def test_label_studio_counts_utf16_units():
    gold, raw = example()
    regions = label_studio.task(gold, raw)["predictions"][0]["result"]
    value = next(r["value"] for r in regions if r["value"].get("labels") == ["CARDINAL"])
    units = raw.encode("utf-16-le")
    assert units[2 * value["start"] : 2 * value["end"]].decode("utf-16-le") == "3亿"


@pytest.mark.parametrize(
    ("line", "message"),
    [("T1\tPLATFORM 0 999\tx", "a.ann:1"), ("nonsense", "a.ann:1"), ("T1\tBRAND 0 1\tx", "unknown label"),
     ("T1\tMONEY 0 1\tx", "cannot read"), ("E1\tlaunch:T9", "E1")],
)  # fmt: skip
def test_broken_standoff_is_named(tmp_path, line, message):
    (tmp_path / "a.txt").write_text("快手", "utf-8")
    (tmp_path / "a.ann").write_text(line + "\n", "utf-8")
    with pytest.raises(FormatError, match=message):
        list(brat.read_brat(tmp_path))


@pytest.mark.parametrize(
    ("line", "message"),
    [("E1\tlaunch:T1", "E1: an event without objects; write it like"), ("E1\tmetric:T1", "E1: a metric without subject"),
     ("E1\tstatement:T1 Speaker:T2", "E1: a statement without quote")],
)  # fmt: skip
def test_new_claims_that_lack_something_are_named(tmp_path, line, message):
    (tmp_path / "a.txt").write_text("快手", "utf-8")
    (tmp_path / "a.ann").write_text(f"T1\tlaunch 0 2\t快手\nT2\tPLATFORM 0 2\t快手\n{line}\n", "utf-8")
    with pytest.raises(FormatError, match=message):
        list(brat.read_brat(tmp_path))


def test_a_new_event_needs_no_note(tmp_path):
    (tmp_path / "a.txt").write_text("快手推小店", "utf-8")
    lines = "T1\tlaunch 0 5\t快手推小店\nT2\tPLATFORM 0 2\t快手\nT3\tPRODUCT 3 5\t小店\nE1\tlaunch:T1 Subject:T2 Object:T3\n"
    (tmp_path / "a.ann").write_text(lines, "utf-8")
    assert write_gold(brat.read_brat(tmp_path), tmp_path / "gold") == 1
    [document] = load_gold(tmp_path / "gold")
    assert [(claim["subject"], claim["objects"]) for claim in document.annotations["claims"]] == [
        ("快手", ["小店"])
    ]


@pytest.mark.parametrize("text", ["{", "[{}]", '[{"data": {}, "annotations": [{"result": [{}]}]}]'])
def test_broken_exports_are_named(text):
    with pytest.raises(FormatError):
        list(label_studio.read_label_studio(io.StringIO(text)))


@given(st.text(min_size=1), st.sampled_from(["entities", "repairs"]))
def test_any_name_survives_its_normal_form(words, layer):
    key, label = ("name", "ORG") if layer == "entities" else ("clean", "spam")
    form = normal_form(layer, {key: words})
    assert "\n" not in form
    assert annotation(label, 0, 1, "x", form)[1][key] == words


@given(st.text("快𠮷a \r\n\t", min_size=1, max_size=12), st.data())
def test_any_span_comes_back(tmp_path_factory, raw, data):
    start = data.draw(st.integers(0, len(raw) - 1))
    end = data.draw(st.integers(start + 1, len(raw)))
    repair = {"start": start, "end": end, "text": raw[start:end], "clean": "", "kind": "spam"}
    claim = {"kind": "event", "predicate": "launch", "subject": None, "objects": ["x"], "polarity": "affirmed",
             "status": "actual", "source": None, "time": None, "evidence": [[start, end]]}  # fmt: skip
    layers = {"repairs": [repair], "entities": [], "values": [], "times": [], "claims": [claim]}
    documents = [({"doc": "a.txt", "date": "2022", **layers}, raw)]
    assert through_brat(documents, tmp_path_factory.mktemp("brat")) == documents
    assert through_label_studio(documents) == documents


def test_label_studio_accepts_the_tasks(golds):
    sdk = pytest.importorskip("label_studio_sdk.label_interface", reason="label-studio-sdk is not installed")
    interface = sdk.LabelInterface(label_studio.interface())
    interface.validate()
    for document in golds:
        task = label_studio.task(*document)
        assert interface.validate_task({"data": task["data"]})
        assert not interface.validate_prediction(task["predictions"][0], return_errors=True)


def test_bioc_reads_the_standoff(golds, tmp_path):
    bioc = pytest.importorskip("bioc.brat", reason="bioc is not installed")
    brat.write_brat_gold(golds, tmp_path)
    for gold, raw in golds:
        path = tmp_path / gold["doc"]
        with path.open(encoding="utf-8", newline="") as text, path.with_suffix(".ann").open() as annotations:
            document = bioc.load(text, annotations)
        assert document.text == raw
        assert len(list(document.events)) == len(gold["claims"])
