"""The repair of machine-translation damage: cases far from the seeds, its evidence, and what cannot be known."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecomlink_nlp.repair import translation
from ecomlink_nlp.repair.translation.lexicon import lexicon
from ecomlink_nlp.resources import read_tsv
from ecomlink_nlp.text.edits import Layer

_ROOT = Path(__file__).parents[2]
_CASES = Path(__file__).parents[1] / "cases" / "repair" / "translation.jsonl"
_ROWS = [json.loads(line) for line in _CASES.read_text(encoding="utf-8").splitlines()]
_KNOWN_FAILURES = [row for row in _ROWS if row.get("known_failure")]
_POSITIVES = [row for row in _ROWS if not row.get("known_failure")]
_KINDS = {"mt_brand", "mt_person", "mt_term"}


def _edits(text: str) -> list[list[str]]:
    return [[edit.before, edit.after] for edit in translation.find_edits(text)]


@pytest.mark.parametrize("row", _POSITIVES, ids=[row["id"] for row in _POSITIVES])
def test_damage_is_repaired(row: dict[str, Any]) -> None:
    assert _edits(row["text"]) == row["edits"]


@pytest.mark.parametrize("row", _KNOWN_FAILURES, ids=[row["id"] for row in _KNOWN_FAILURES])
@pytest.mark.xfail(strict=True, reason="cannot be known from the document alone")
def test_known_failure(row: dict[str, Any]) -> None:
    assert _edits(row["text"]) == row["edits"]


@pytest.mark.parametrize("row", _POSITIVES, ids=[row["id"] for row in _POSITIVES])
def test_a_repaired_text_needs_no_more_repair(row: dict[str, Any]) -> None:
    repaired = Layer(row["text"], translation.find_edits(row["text"])).after
    assert _edits(repaired) == []


def test_every_edit_says_why() -> None:
    for row in _POSITIVES:
        for edit in translation.find_edits(row["text"]):
            assert edit.kind in _KINDS
            assert edit.rule
            assert 0.5 <= edit.score <= 1.0


@given(
    st.lists(
        st.sampled_from(
            ["Aauto更快", "Tik Tok", "锚", "JD.COM", "Zan", "风扇", "电商", "商家", ",", "。", "\n", "的"]
        )
    )
)
def test_edits_are_sorted_disjoint_and_fit(pieces: list[str]) -> None:
    text = "".join(pieces)
    Layer(text, translation.find_edits(text))


@pytest.mark.parametrize("name", ["artefacts.tsv", "artefact_people.tsv", "artefact_terms.tsv"])
def test_rows_are_sound(name: str) -> None:
    columns = ("id", "canonical", "weight", "need", "flags", "forms", "before", "after", "against")
    for row in read_tsv(name, columns):
        forms = row["forms"].split("|")
        assert row["canonical"] not in forms, row["id"]
        assert len(forms) == len(set(forms)), row["id"]
        assert all(forms), row["id"]
        for pattern in ("before", "after", "against"):
            re.compile(row[pattern])
        # Only a form that nobody writes by chance may stand without other evidence.
        assert float(row["need"]) >= 1.5 or float(row["weight"]) >= 2.0, row["id"]


_MARKET = """
快手 抖音 淘宝 天猫 京东 拼多多 小红书 微信 视频号 小程序 B站 微博 知乎 美团 饿了么 唯品会 苏宁 国美 网易严选 得物 闲鱼
盒马 叮咚买菜 每日优鲜 菜鸟 顺丰 有赞 微盟 魔筷 支付宝 钉钉 飞书 花呗 聚划算 考拉 云集 蘑菇街 转转 淘特 百度 今日头条
西瓜视频 斗鱼 虎牙 喜马拉雅 滴滴 携程 飞猪 大众点评 双11 双12
"""


def test_the_lexicon_covers_the_market() -> None:
    names = {form.artefact.canonical for forms in lexicon().forms for form in forms}
    assert set(_MARKET.split()) <= names


@pytest.mark.parametrize("folder", ["seeds/gold", "benchmarks/dev"])
def test_gold_precision(folder: str) -> None:
    right = wrong = missed = 0
    for path in sorted((_ROOT / folder).glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        place = path.parent if (path.parent / gold["doc"]).exists() else path.parents[1]
        raw = (place / gold["doc"]).read_bytes().decode("utf-8")
        wanted = {
            (r["start"], r["end"], r["clean"], r["kind"]) for r in gold["repairs"] if r["kind"] in _KINDS
        }
        found = {(e.start, e.end, e.after, e.kind) for e in translation.find_edits(raw)}
        right, wrong, missed = (
            right + len(wanted & found),
            wrong + len(found - wanted),
            missed + len(wanted - found),
        )
    assert right / (right + wrong) >= 0.97
    assert right / (right + missed) >= 0.9
