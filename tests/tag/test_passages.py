"""Passages of business news, annotated by the guide before the rules were read, through the whole pipeline.

``{surface|value}`` marks a time, with ``@MOD`` behind the value, ``{surface:TYPE=name}`` an entity. A row with a reason is a known failure.
"""

import re
from pathlib import Path

import pytest

from ecomlink_nlp.pipeline import Pipeline
from ecomlink_nlp.resources import parse_tsv
from ecomlink_nlp.text.document import Document

CASES = Path(__file__).parents[1] / "cases"
_TIME = re.compile(r"\{(?P<surface>[^{}|]+)\|(?P<value>[^{}]+)\}")
_ENTITY = re.compile(r"\{(?P<surface>[^{}:]+):(?P<value>[A-Z]+)(?:=(?P<name>[^{}]+))?\}")


def rows(name: str, *columns: str) -> list:
    """The rows of a case file as parameters; those with a reason as strict xfails."""
    found = parse_tsv((CASES / name).read_text(encoding="utf-8"), ("id", *columns, "text", "reason"), name)
    return [
        pytest.param(
            row,
            id=row["id"],
            marks=[pytest.mark.xfail(strict=True, raises=AssertionError, reason=row["reason"])]
            if row["reason"]
            else [],
        )
        for row in found
    ]


def unmarked(marked: str, mark: re.Pattern[str]) -> tuple[str, list[tuple[int, int, str]]]:
    """The plain text, and the mentions as (start, end, what they say)."""
    text, mentions, position = "", [], 0
    for match in mark.finditer(marked):
        text += marked[position : match.start()]
        said = match["value"]
        if mark is _ENTITY:
            said += f" {match['name'] or match['surface']}"
        mentions.append((len(text), len(text) + len(match["surface"]), said))
        text += match["surface"]
        position = match.end()
    return text + marked[position:], mentions


def tagged(text: str, date: str | None) -> Document:
    """The document repaired and tagged, without claims."""
    pipeline = Pipeline.default()
    document = Document("", pipeline.chain.repair(text))
    pipeline.tag(document, date)
    return document


@pytest.mark.parametrize("row", rows("passages_times.tsv", "date"))
def test_times(row: dict[str, str]) -> None:
    text, mentions = unmarked(row["text"], _TIME)
    document = tagged(text, row["date"])
    assert [
        (*document.alignment.to_raw(time.start, time.end), time.timex + (f"@{time.mod}" if time.mod else ""))
        for time in document.times
    ] == mentions


@pytest.mark.parametrize("row", rows("passages_entities.tsv"))
def test_entities(row: dict[str, str]) -> None:
    text, mentions = unmarked(row["text"], _ENTITY)
    document = tagged(text, None)
    assert [
        (*document.alignment.to_raw(entity.start, entity.end), f"{entity.type} {entity.name}")
        for entity in document.entities
    ] == mentions
