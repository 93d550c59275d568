"""The specs benchmark: the value accuracy that is stated, the table of conventions, and peers that are not installed."""

import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
REACHED = {
    "number": 96,
    "percent": 96,
    "money": 85,
    "dimension": 85,
    "date": 93,
    "period": 70.9,
    "time": 90,
    "duration": 85,
}


@pytest.fixture(scope="module")
def benchmark() -> Iterator[ModuleType]:
    sys.path.insert(0, str(BENCHMARKS))
    yield importlib.import_module("specs_benchmark")
    sys.path.remove(str(BENCHMARKS))


def cases() -> list[dict]:
    """The cases of all kinds."""
    with (BENCHMARKS / "specs" / "quantities.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def test_value_accuracy(benchmark: ModuleType) -> None:
    tallies = benchmark.measure(importlib.import_module("adapters.ours"), cases(), misses=False)
    reached = {kind: 100 * tallies["all", kind].right / tallies["all", kind].valued for kind in REACHED}
    assert {kind: reached[kind] for kind, least in REACHED.items() if reached[kind] < least} == {}


def test_conventions_are_documented(benchmark: ModuleType) -> None:
    assert benchmark.conventions(cases()) in (BENCHMARKS / "specs" / "README.md").read_text(encoding="utf-8")


def test_conventions_name_cases(benchmark: ModuleType) -> None:
    assert set(benchmark.CONVENTIONS) <= {case["id"] for case in cases()}


def test_conventions_are_misses(benchmark: ModuleType) -> None:
    ours = importlib.import_module("adapters.ours")
    read = []
    for case in cases():
        if case["id"] in benchmark.CONVENTIONS:
            tally = benchmark.measure(ours, [case], misses=False)["all", case["kind"]]
            if tally.right == tally.valued and tally.spans == tally.found == tally.expected:
                read.append(case["id"])
    assert read == []


def test_a_peer_that_is_not_installed_is_skipped(
    benchmark: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "jionlp", None)
    monkeypatch.delitem(sys.modules, "adapters.jionlp", raising=False)
    monkeypatch.setattr(sys, "argv", ["specs_benchmark.py", "--system", "jionlp"])
    assert benchmark.main() == 0
    assert "jionlp: skipped, not installed" in capsys.readouterr().out
