"""Each pattern of ``name_patterns.toml`` finds the name in its own example."""

import pytest

from ecomlink_nlp.tag.entities import Gazetteer
from ecomlink_nlp.tag.entities.patterns import NamePattern, name_patterns, pattern_candidates


@pytest.mark.parametrize("pattern", name_patterns(), ids=lambda pattern: pattern.id)
def test_example(pattern: NamePattern) -> None:
    start, end = pattern.example.index("["), pattern.example.index("]") - 1
    text = pattern.example.replace("[", "").replace("]", "")
    covered = {at for entity in Gazetteer.default().known(text) for at in range(entity.start, entity.end)}
    found = {(e.start, e.end, e.rule) for e in pattern_candidates(text, covered.__contains__)}
    assert (start, end, f"pattern:{pattern.id}") in found


def test_ids_are_unique() -> None:
    ids = [pattern.id for pattern in name_patterns()]
    assert len(ids) == len(set(ids))
