"""Looks for patterns that an input can make slow: each compiled pattern of the package over repeated words of its own.

    python benchmarks/regex_fuzz.py [--length 1000] [--bound 60] [--show 10]

The patterns are recorded while the package is imported and while texts with all forms of the lexicons are annotated. A pattern
is run over runs of each of some words and characters of its own source, alone and by twos, and over runs of digits,
spaces, brackets and quotation marks, all without and with an end that cannot match. Exits with 1 where one
takes more than ``bound`` microseconds a character.
"""

import argparse
import gc
import random
import re
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
WORDS_A_PATTERN = 8
MOST_TWOFOLD = 30
HOPELESS = 1_000.0
COMMON = (
    "1",
    "1,",
    "1.",
    "一",
    "万",
    "年",
    "的",
    "和",
    "、",
    "，",
    "(",
    "（",
    "“",
    "”",
    "a",
    "A ",
    " ",
    "\n",
    "?",
    "快手",
    "他说",
    "&lt;",
)
ENDS = ("", "。", "\x00")
LITERAL = re.compile(r"[\u3400-\u9fff]{1,6}|(?<!\\)[A-Za-z]{2,}|\d+")


def recorded() -> dict[str, re.Pattern[str]]:
    """Return the patterns that the package compiles, by their source."""
    compile_ = re.compile
    patterns: dict[str, re.Pattern[str]] = {}

    def recording(pattern: Any, flags: Any = 0) -> re.Pattern[Any]:
        result = compile_(pattern, flags)
        if sys._getframe(1).f_globals.get("__name__", "").startswith("ecomlink_nlp"):
            patterns.setdefault(result.pattern, result)
        return result

    re.compile = recording  # type: ignore[assignment]
    try:
        from ecomlink_nlp import extract
        from ecomlink_nlp.resources import read_tsv

        for folder in ("seeds", "benchmarks/dev", "benchmarks/heldout"):
            for path in sorted((ROOT / folder).glob("*.txt")):
                extract(path.read_text(encoding="utf-8"))
        # Frames and name patterns are compiled when a text first needs them: all of them now.
        from ecomlink_nlp.claim.frames import FrameSet
        from ecomlink_nlp.tag.entities.patterns import name_patterns

        triggers = [t for frame in FrameSet.default().frames for t in frame.triggers]
        own = [p for t in triggers for p in (t.light, t.needs, t.without, t.after, t.described) if p]
        for lazy in (*own, *(pattern.regex for pattern in name_patterns())):
            lazy.compile()
        # Rows of the lexicon are compiled when first met, so all of them have to be met.
        forms = [
            form
            for name in ("artefacts.tsv", "artefact_terms.tsv")
            for row in read_tsv(name, ("id", "forms"))
            for form in row["forms"].split("|")
        ]
        for start in range(0, len(forms), 100):
            extract("".join(f"用户在{form}上购物。" for form in forms[start : start + 100]))
    finally:
        re.compile = compile_  # type: ignore[assignment]
    return patterns


def inputs(source: str, length: int, rng: random.Random) -> Iterator[str]:
    """Yield the texts for one pattern."""
    own = sorted(set(LITERAL.findall(source)))
    # A word that others make up can be read in two ways, which repetition makes exponentially many.
    twofold = [word for word in own if any(other != word and word.startswith(other) for other in own)]
    own = sorted({*twofold[:MOST_TWOFOLD], *rng.sample(own, min(len(own), WORDS_A_PATTERN))})
    units = [
        *own,
        *COMMON,
        *(a + b for a, b in pairwise(own)),
        *(a + rng.choice(COMMON) for a in own),
    ]
    for unit in units:
        text = (unit * (length // len(unit) + 1))[:length]
        for end in ENDS:
            yield text + end


def doubled(length: int) -> Iterator[int]:
    """Yield 20, 40, 80 and so on below ``length``."""
    size = 20
    while size < length:
        yield size
        size *= 2


def slowest(pattern: re.Pattern[str], length: int, rng: random.Random) -> tuple[float, str]:
    """Return the most microseconds a character over all inputs, and the beginning of the input that took them."""
    worst = (0.0, "")
    for text in inputs(pattern.pattern, length, rng):
        # Twice as long each time: what is exponential would never end at full length.
        for size in (*doubled(length), length):
            part = text[:size] + text[length:]
            started = time.process_time()
            for _ in pattern.finditer(part):
                pass
            spent = 1e6 * (time.process_time() - started) / len(part)
            if (spent > worst[0] and size == length) or spent > HOPELESS:
                worst = max(worst, (spent, part[:12]))
            if spent > HOPELESS:
                return worst
    return worst


def main() -> int:
    """Print the slowest patterns."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--length", type=int, default=1000)
    parser.add_argument("--bound", type=float, default=60.0)
    parser.add_argument("--show", type=int, default=10)
    options = parser.parse_args()
    patterns = recorded()
    # What the texts left in memory is not collected within a measurement: one such pause takes over a second.
    gc.collect()
    gc.freeze()
    rows = [
        (*slowest(pattern, options.length, random.Random(1)), source)
        for source, pattern in sorted(patterns.items())
    ]
    rows.sort(reverse=True)
    over = sum(row[0] > options.bound for row in rows)
    print(
        f"{len(rows)} patterns, {options.length} characters: {over} over {options.bound} microseconds a character"
    )
    for spent, text, source in rows[: options.show]:
        print(f"{spent:8.2f}  {text!r:30}  {source[:110]!r}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
