"""Measures quantities and times on three open test suites, this library beside its peers.

    python benchmarks/specs_benchmark.py [--system NAME ...] [--kind KIND ...] [--misses] [--conventions]

The cases (``specs/quantities.jsonl``) come from the suites of Microsoft's recognizers, duckling and JioNLP. Reported per
suite and kind: F1 of exact spans, and the share of expected mentions for which a mention that overlaps has the right
value. "without" is that share without the cases in ``specs/conventions.tsv``, where a suite's convention differs from
sense (``--conventions`` lists them), and without those that the case file itself doubts. That list was made from this
library's own misses: "without" flatters it and is no ground for comparing systems; "value" is.

Rules of comparison: numbers agree within a millionth, durations within one per cent, moments on their start.
3000多, given as 3000 with the modifier MORE_THAN, equals a suite's range from 3000. A currency is compared where the
suite names one, a physical quantity in its base unit.
"""

import argparse
import csv
import importlib
import json
import sys
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from adapters import SYSTEMS, Found
from adapters.found import moment

HERE = Path(__file__).parent / "specs"
KINDS = ("number", "ordinal", "percent", "money", "dimension", "date", "period", "time", "duration")


def table(name: str) -> list[dict[str, str]]:
    """Rows of a TSV beside the cases; ``#`` starts a comment."""
    lines = (
        line for line in (HERE / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    )
    return list(csv.DictReader(lines, delimiter="\t", restval=""))


UNITS = {row["name"]: (row["base"], float(row["factor"])) for row in table("units.tsv")}
CONVENTIONS = {row["id"]: (row["convention"], row["ours"]) for row in table("conventions.tsv")}


DOUBTED = "as the words say"
SHORT = 16


def near(a: float, b: float, tolerance: float = 1e-6) -> bool:
    """Equal up to a relative tolerance."""
    return abs(a - b) <= tolerance * max(abs(a), abs(b))


def right(found: Found, expected: dict[str, Any], kind: str) -> bool:
    """Whether a found value is the expected one."""
    if "seconds" in expected:
        lengths = expected["seconds"] if isinstance(expected["seconds"], list) else [expected["seconds"]]
        return found.seconds is not None and any(near(found.seconds, float(n), 0.01) for n in lengths)
    if "interval" in expected:
        if found.interval is None:
            return False
        choices = [expected["interval"], *expected.get("alternatives", [])]
        if kind == "time":
            return any(found.interval[0] == moment(low) for low, _ in choices if low)
        return any(found.interval == tuple(end and moment(end) for end in choice) for choice in choices)
    numbers, factor = found.numbers, 1.0
    wanted = expected["value"]
    if kind == "dimension":
        base, factor = UNITS.get(found.unit or "", ("", 0.0))
        wanted = expected["base_value"]
        if base != expected["base_unit"]:
            return False
    if kind == "money" and expected.get("currency") not in (None, "None", found.unit):
        return False
    targets = [float(n) for n in (wanted if isinstance(wanted, list) else [wanted])]
    if len(targets) == 2 and len(numbers) == 1 and found.mod == "MORE_THAN":
        targets = targets[:1]
    return len(targets) == len(numbers) and all(
        near(n * factor, t) for n, t in zip(numbers, targets, strict=True)
    )


class Tally:
    """Counts of one row of the report."""

    def __init__(self) -> None:
        self.found = self.expected = self.spans = self.valued = self.right = self.sensible = (
            self.sensible_right
        ) = 0

    def row(self) -> str:
        """Span F1, value accuracy, accuracy without the cases of the listed conventions."""
        span = 200 * self.spans / max(1, self.found + self.expected)
        value = 100 * self.right / max(1, self.valued)
        without = 100 * self.sensible_right / max(1, self.sensible)
        return f"{self.valued:5d} {span:8.1f} {value:8.1f} {self.sensible:8d} {without:8.1f}"


def measure(system: ModuleType, cases: list[dict[str, Any]], misses: bool) -> dict[tuple[str, str], Tally]:
    """Run one system over the cases."""
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    for case in cases:
        kind = case["kind"]
        reference = datetime.fromisoformat(case["reference"]) if case["reference"] else None
        ignored = case["ignore"]
        found = [
            f
            for f in system.find(case["text"], reference, kind)
            if not any(f.start < right_end and left < f.end for left, right_end in ignored)
        ]
        spans = {(f.start, f.end) for f in found}
        disputed = bool(case["doubt"]) or case["id"] in CONVENTIONS
        hits = []
        for expected in case["expected"]:
            if not expected.get("value_known", True):
                hits.append((expected, None))
                continue
            over = (f for f in found if f.start < expected["end"] and expected["start"] < f.end)
            hits.append((expected, any(right(f, expected, kind) for f in over)))
        for key in ((case["suite"], kind), ("all", kind)):
            tally = tallies[key]
            tally.found += len(spans)
            tally.expected += len(case["expected"])
            tally.spans += sum((e["start"], e["end"]) in spans for e in case["expected"])
            for _, hit in hits:
                if hit is not None:
                    tally.valued += 1
                    tally.right += hit
                    tally.sensible += not disputed
                    tally.sensible_right += hit and not disputed
        if misses and (not all(hit is not False for _, hit in hits) or len(spans) != len(case["expected"])):
            print(f"  {case['id']} {kind} {case['text'][:60]!r} {case['reference'] or ''}", file=sys.stderr)
            print(f"    wanted {[e['text'] for e in case['expected']]} found {found}", file=sys.stderr)
    return tallies


def conventions(cases: list[dict[str, Any]]) -> str:
    """The conventions as a Markdown table: those listed, and those that the case file itself doubts."""
    grouped: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for case in cases:
        listed = CONVENTIONS.get(case["id"])
        if listed or case["doubt"]:
            convention, here = listed or (case["doubt"], DOUBTED)
            grouped[case["kind"], case["suite"], convention, here].append(case["text"])
    lines = ["| kind | suite | convention of the suite | here | cases |", "|---|---|---|---|---|"]
    for (kind, suite, convention, here), texts in sorted(
        grouped.items(), key=lambda item: (KINDS.index(item[0][0]), item[0][1:])
    ):
        examples = "、".join(
            dict.fromkeys(text if len(text) <= SHORT else f"{text[:SHORT]}…" for text in texts[:3])
        )
        lines.append(f"| {kind} | {suite} | {convention} | {here} | {len(texts)}: {examples} |")
    return "\n".join(lines)


def main() -> int:
    """Print one table a system."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--system", nargs="*", default=SYSTEMS, choices=SYSTEMS)
    parser.add_argument("--kind", nargs="*", default=KINDS, choices=KINDS)
    parser.add_argument("--misses", action="store_true", help="name the cases that fail, on stderr")
    parser.add_argument("--conventions", action="store_true", help="print the table of conventions and stop")
    options = parser.parse_args()
    with (HERE / "quantities.jsonl").open(encoding="utf-8") as lines:
        cases = [case for case in map(json.loads, lines) if case["kind"] in options.kind]
    if options.conventions:
        print(conventions(cases))
        return 0
    for name in options.system:
        try:
            system = importlib.import_module(f"adapters.{name}")
        except ImportError as error:
            if name == "ours":
                raise
            print(f"\n{name}: skipped, not installed ({error})")
            continue
        handled = [case for case in cases if case["kind"] in getattr(system, "KINDS", KINDS)]
        print(f"\n{name}\nsuite        kind        cases  span F1    value    cases  without")
        for (suite, kind), tally in sorted(
            measure(system, handled, options.misses).items(),
            key=lambda item: (KINDS.index(item[0][1]), item[0][0]),
        ):
            print(f"{suite:12} {kind:10} {tally.row()}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
