"""Damage made from undamaged text: nearly all is undone or left alone, next to nothing made wrong."""

import importlib.util
import random
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from ecomlink_nlp.repair.chain import repair

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def modules() -> tuple[ModuleType, ModuleType]:
    loaded = []
    for name in ("damage", "repair_benchmark"):
        spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        loaded.append(module)
    return loaded[0], loaded[1]


@pytest.mark.parametrize(
    ("mechanism", "least_restored"),
    [
        ("readings", 0.95), ("utf8_as_gbk", 0.05), ("utf8_as_latin1", 0.95), ("utf8_as_cp1252", 0.95),
        ("gbk_as_latin1", 0.95), ("gbk_as_utf8", 0.0), ("gbk_as_utf8_as_gbk", 0.0),
        ("s2t", 0.99), ("s2tw", 0.99), ("s2hk", 0.99), ("s2twp", 0.9),
    ],
)  # fmt: skip
def test_damage_is_undone_or_left_alone(modules, mechanism: str, least_restored: float) -> None:
    damage, benchmark = modules
    rng = random.Random(mechanism)
    counts: Counter[str] = Counter()
    texts = benchmark.clean_texts()
    for text in texts[:3] if mechanism == "readings" else texts:  # a second each
        damaged = damage.MECHANISMS[mechanism](text, rng)
        alignment = repair(damaged.text)
        counts.update(benchmark.outcome(damaged, alignment, passage) for passage in damaged.passages)
    assert counts["restored"] >= least_restored * counts.total(), counts
    assert counts["wrong"] <= 0.01 * counts.total(), counts


def test_the_same_seed_gives_the_same_damage(modules) -> None:
    damage, _ = modules
    text = "快手电商发布公告,有赞的商家可以上架。"
    for mechanism in damage.MECHANISMS.values():
        assert mechanism(text, random.Random(3)) == mechanism(text, random.Random(3))


def test_forms_held_back_from_the_lexicon_are_mostly_restored_and_hardly_ever_wrong(modules) -> None:
    damage, benchmark = modules
    repair = benchmark.without_held_back()
    rng = random.Random(7)
    verdicts = []
    for text in benchmark.clean_texts():
        damaged = damage.MECHANISMS["brands_held_back"](text, rng)
        alignment = repair(damaged.text)
        verdicts += [benchmark.outcome(damaged, alignment, passage) for passage in damaged.passages]
    assert verdicts.count("restored") >= 0.6 * len(verdicts)
    assert verdicts.count("wrong") <= 0.01 * len(verdicts)
