"""Sentences with their mentions, from ``tests/cases/entities.tsv``."""

import re
from pathlib import Path

import pytest

from ecomlink_nlp.resources import parse_tsv
from ecomlink_nlp.tag.entities import Gazetteer

CASES = Path(__file__).parents[1] / "cases" / "entities.tsv"
_MARK = re.compile(r"\{([^{}:]+):([A-Z]+)(?:=([^{}]+))?\}")


def _cases(*kinds: str) -> list[dict[str, str]]:
    rows = parse_tsv(CASES.read_text(encoding="utf-8"), ("id", "kind", "text", "note"), CASES.name)
    return [row for row in rows if row["kind"] in kinds]


def _unmarked(marked: str) -> tuple[str, list[tuple[int, int, str, str]]]:
    """The plain text, and the mentions as (start, end, type, name)."""
    text, mentions, position = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[position : mark.start()]
        mentions.append((len(text), len(text) + len(mark[1]), mark[2], mark[3] or mark[1]))
        text += mark[1]
        position = mark.end()
    return text + marked[position:], mentions


def _found(text: str) -> list[tuple[int, int, str, str]]:
    return [(e.start, e.end, e.type, e.name) for e in Gazetteer.default().find_entities(text)]


@pytest.mark.parametrize("case", _cases("exact"), ids=lambda case: case["id"])
def test_finds_exactly_these_mentions(case: dict[str, str]) -> None:
    text, mentions = _unmarked(case["text"])
    assert _found(text) == mentions


@pytest.mark.parametrize("case", _cases("absent"), ids=lambda case: case["id"])
def test_does_not_find(case: dict[str, str]) -> None:
    text, _ = _unmarked(case["text"])
    assert not {name for *_, name in _found(text)} & set(case["note"].split("|"))


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case["id"],
            marks=pytest.mark.xfail(strict=True, raises=AssertionError, reason=case["note"]),
        )
        for case in _cases("known_failures")
    ],
)
def test_known_failures(case: dict[str, str]) -> None:
    text, mentions = _unmarked(case["text"])
    assert _found(text) == mentions
