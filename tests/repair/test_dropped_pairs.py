"""The likeliest dropped pairs, found by looking at few, are those that looking at all would find."""

import itertools

import pytest

from ecomlink_nlp.repair.dropped_pairs import gaps_between
from ecomlink_nlp.repair.language import beginning, general_model
from ecomlink_nlp.repair.shifted_bytes import character, may_follow

BYTES = range(0x81, 0xFF)


def _is_dropped(first: int, second: int) -> bool:
    try:
        bytes((first, second)).decode("gbk")
    except UnicodeDecodeError:
        return True
    return False


def _score(first: str, second: str) -> float:
    model = general_model()
    return max(model.word(first + second), model.character(first) + beginning(second))


@pytest.mark.parametrize(
    ("pending", "following"), [(0xB5, 0xC4), (0xCA, 0xC7), (0x8C, 0x9A), (0xA3, 0xB8), (0xFE, 0x81)]
)
def test_the_likeliest_single_gaps(pending: int, following: int) -> None:
    scores: dict[tuple[tuple[int, int], ...], float] = {}
    for lead, trail in itertools.product(BYTES, BYTES):
        first, second = character(pending, lead), character(trail, following)
        if first and second and _is_dropped(lead, trail) and may_follow(first, second):
            scores[((lead, trail),)] = _score(first, second)
    singles = [gap for gap in gaps_between(pending, following) if len(gap) == 1]
    best = sorted(scores, key=lambda gap: (-scores[gap], gap))[: len(singles)]
    assert singles == best
    assert len(singles) == min(45, len(scores))


def test_two_pairs_hide_a_comma() -> None:
    doubles = [gap for gap in gaps_between(0xB5, 0xC4) if len(gap) == 2]
    assert doubles
    assert all((first[1], second[0]) == (0xA3, 0xAC) for first, second in doubles)
    behind = [gap for gap in gaps_between(0xA3, 0xC4) if len(gap) == 2]
    assert behind
    assert all(first[0] == 0xAC for first, _ in behind)
