"""Matching is one to one and maximum, whatever the order."""

import random
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecomlink_nlp.score.matching import character_dice, match_pairs, overlap_ratio, same_name, same_number


@given(
    st.lists(st.sets(st.integers(0, 4), max_size=5), max_size=5),
    st.integers(0, 5),
    st.randoms(use_true_random=False),
)
def test_the_matching_is_maximum(edges: list[set[int]], size: int, shuffle: random.Random):
    pairs = match_pairs(edges, range(size), lambda allowed, j: j in allowed)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(j in edges[i] for i, j in pairs)
    padded = [*range(size), *[-1] * len(edges)]
    best = max(
        sum(j in edges[i] for i, j in enumerate(order)) for order in set(permutations(padded, len(edges)))
    ) if len(padded) <= 8 else len(pairs)  # fmt: skip
    assert len(pairs) == best
    shuffle.shuffle(edges)
    assert len(match_pairs(edges, range(size), lambda allowed, j: j in allowed)) == len(pairs)


def test_long_chains_do_not_recurse():
    size = 3000
    pairs = match_pairs(range(size), range(size), lambda i, j: j in (i, i - 1) and (i, j) != (0, 0))
    assert len(pairs) == size - 1


@pytest.mark.parametrize(
    ("gold", "predicted", "same"),
    [
        ("快手", "快手", True),
        ("快手", "快手电商", False),
        ("快手电商服务商", "快手服务商", True),
        ("业内人士", "人士", True),
        ("业内人士", "网友", False),
        (None, None, True),
        (None, "快手", False),
        ("业内人士", None, False),
    ],
)
def test_names(gold, predicted, same):
    assert same_name(gold, predicted, {"快手"}) is same


@pytest.mark.parametrize(
    ("gold", "predicted", "same"),
    [(1000, 1001, True), (1000, 1001.1, False), (0, 0, True), (0, 0.001, False), (None, 0, False), (-5, -5, True)],
)  # fmt: skip
def test_numbers(gold, predicted, same):
    assert same_number(gold, predicted) is same


def test_dice_and_overlap():
    assert character_dice("", "") == 1.0
    assert character_dice("商商", "商") == pytest.approx(2 / 3)
    assert overlap_ratio((0, 2), (2, 4)) == 0.0
    assert overlap_ratio((0, 4), (0, 4)) == 1.0
