"""Which clauses stand before and behind one, in its sentence and its list item."""

import pytest

from ecomlink_nlp.claim.clauses import Clause, Clauses
from ecomlink_nlp.pipeline import Pipeline

TEXT = "京东起诉,天猫应诉。法院开庭,双方到场,随后休庭。\n1、美团上线,饿了么跟进。\n2、抖音入股,快手退出。"


@pytest.fixture(scope="module")
def clauses() -> Clauses:
    return Clauses(Pipeline.default().annotate(TEXT))


def _at(clauses: Clauses, word: str) -> Clause:
    return clauses.clause_at(clauses.text.index(word))


def _words(clauses: Clauses, found: list[Clause]) -> list[str]:
    return [clauses.text[c.start : c.end].strip("，,。") for c in found]


@pytest.mark.parametrize(
    ("word", "sentences", "expected"),
    [
        ("随后", 0, ["双方到场", "法院开庭"]),
        ("随后", 1, ["双方到场", "法院开庭", "天猫应诉", "京东起诉"]),
        ("京东", 0, []),
        # a list item is not about what the one before it tells
        ("快手", 1, ["2、抖音入股"]),
        (
            "快手",
            None,
            [
                "2、抖音入股",
                "饿了么跟进",
                "1、美团上线",
                "随后休庭",
                "双方到场",
                "法院开庭",
                "天猫应诉",
                "京东起诉",
            ],
        ),
    ],
)
def test_before(clauses: Clauses, word: str, sentences: int | None, expected: list[str]) -> None:
    assert _words(clauses, list(clauses.before(_at(clauses, word), sentences))) == expected


@pytest.mark.parametrize(
    ("word", "before", "behind"),
    [
        ("双方", "法院开庭", "随后休庭"),
        ("法院", None, "双方到场"),
        ("随后", "双方到场", None),
        ("快手", "2、抖音入股", None),
    ],
)
def test_neighbours(clauses: Clauses, word: str, before: str | None, behind: str | None) -> None:
    clause = _at(clauses, word)
    found = [clauses.clause_before(clause), clauses.clause_behind(clause)]
    assert [None if c is None else _words(clauses, [c])[0] for c in found] == [before, behind]
