"""Each pattern of ``name_patterns.toml`` finds the name in its own example; hooks change nothing but the time."""

from pathlib import Path

import pytest

from ecomlink_nlp.repair.chain import repair
from ecomlink_nlp.tag.entities import Gazetteer
from ecomlink_nlp.tag.entities.patterns import NamePattern, matches, name_patterns, pattern_candidates


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


def _texts() -> list[str]:
    dev = Path(__file__).parents[2] / "benchmarks" / "dev"
    examples = "。".join(pattern.example.replace("[", "").replace("]", "") for pattern in name_patterns())
    # Edges where hooks stand at the start, at the end, alone and in a row.
    hooks = sorted({word for pattern in name_patterns() for word in pattern.hook})
    texts = [repair(path.read_text(encoding="utf-8")).text for path in sorted(dev.glob("*.txt"))]
    return [*texts, examples, *hooks, "".join(hooks), "王小明".join(hooks), "“王”(王)王·王".join(hooks)]


def test_hooks_lose_no_match() -> None:
    for text in _texts():
        hooked = [(pattern.id, match.span()) for pattern, match in matches(text)]
        assert hooked == [
            (pattern.id, match.span())
            for pattern in name_patterns()
            for match in pattern.regex.finditer(text)
        ]
