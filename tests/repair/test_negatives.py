"""Undamaged text of many domains stays as it is."""

import json
from pathlib import Path

import pytest

from ecomlink_nlp.repair import lost, markup, spam, translation, width

_CASES = Path(__file__).parents[1] / "cases" / "repair" / "negatives.jsonl"
_ROWS = [json.loads(line) for line in _CASES.read_text(encoding="utf-8").splitlines()]
_STAGES = (markup, width, spam, lost, translation)


@pytest.mark.parametrize("row", _ROWS, ids=[row["id"] for row in _ROWS])
def test_no_stage_touches_undamaged_text(row: dict[str, str]) -> None:
    assert {stage.__name__: stage.find_edits(row["text"]) for stage in _STAGES} == {
        stage.__name__: [] for stage in _STAGES
    }


@pytest.mark.parametrize("domain", sorted({row["domain"] for row in _ROWS}))
def test_innocent_words_do_not_add_up_to_damage(domain: str) -> None:
    text = "\n".join(row["text"] for row in _ROWS if row["domain"] == domain)
    assert translation.find_edits(text) == []


def test_the_negatives_are_many_and_varied() -> None:
    assert len(_ROWS) >= 150
    assert len({row["domain"] for row in _ROWS}) >= 15
    assert len({row["text"] for row in _ROWS}) == len(_ROWS)
