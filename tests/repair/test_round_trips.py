"""Passages as round trips through another language give them, gathered to documents."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from ecomlink_nlp.repair.chain import repair

_CASES = Path(__file__).parents[1] / "cases" / "repair" / "round_trips.txt"
_MARKED = re.compile(r"\{(?P<damaged>[^{}>]*)>(?P<clean>[^{}>]*)\}")
_KNOWN = re.compile(r"! (?P<reason>[^:]+): ")


@dataclass(frozen=True)
class Passage:
    """A passage of a document; ``reason`` where it cannot be repaired."""

    document: int
    line: int
    damaged: str
    clean: str
    reason: str


def _passages() -> list[Passage]:
    found: list[Passage] = []
    for number, block in enumerate(_CASES.read_text(encoding="utf-8").split("\n\n")):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        for i, line in enumerate(lines):
            known = _KNOWN.match(line)
            text = line[known.end() :] if known else line
            damaged, clean = _MARKED.sub(r"\g<damaged>", text), _MARKED.sub(r"\g<clean>", text)
            found.append(Passage(number, i, damaged, clean, known["reason"] if known else ""))
    return found


_PASSAGES = _passages()


@pytest.fixture(scope="module")
def repaired() -> dict[int, list[str]]:
    """The lines of each document after repair."""
    documents: dict[int, list[str]] = {}
    for passage in _PASSAGES:
        documents.setdefault(passage.document, []).append(passage.damaged)
    return {number: repair("\n".join(lines)).text.split("\n") for number, lines in documents.items()}


@pytest.mark.parametrize(
    "passage",
    [
        pytest.param(
            passage,
            marks=[pytest.mark.xfail(strict=True, reason=passage.reason)] if passage.reason else [],
            id=f"{passage.document}-{passage.line}",
        )
        for passage in _PASSAGES
    ],
)
def test_passage_is_repaired(passage: Passage, repaired: dict[int, list[str]]) -> None:
    assert repaired[passage.document][passage.line] == passage.clean


def test_there_are_many_passages_and_few_known_failures() -> None:
    assert len(_PASSAGES) >= 150
    assert sum(1 for passage in _PASSAGES if passage.reason) <= 0.15 * len(_PASSAGES)
