"""Mutated real documents, and what must hold of the record of any text whatsoever.

    python tests/trust/mutants.py --count 20000 [--seed 1] [--seconds 300]

prints every mutant that breaks a rule, as JSON with the number that makes it again, and fails if there was one.
"""

import argparse
import itertools
import json
import random
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ecomlink_nlp.pipeline import Pipeline
from ecomlink_nlp.record.build import build_record
from ecomlink_nlp.record.models import DocumentRecord, Located

ROOT = Path(__file__).parents[2]
SOURCES = (*sorted((ROOT / "seeds").glob("*.txt")), *sorted((ROOT / "benchmarks" / "dev").glob("*.txt")))

# What damage, carelessness and malice put into texts.
INTRUDERS: tuple[str, ...] = (
    *"\x00\x01\x07\x08\x0b\x0c\x1b\x1c\x1f\x7f\x85\xa0\xad\u2028\u2029\ufeff\ufffd\ufffe\uffff\u200b\u200d\u2060",
    *"\u202a\u202e\u202c\u2066\u2069\u0301\u0489\u20e3\ufe0f\u3099", "\u0301" * 50, "\ud800", "\udfff", "\ue000",
    *"()（）[]【】「」『』《》〈〉{}<>“”‘’\"'", *",.:;!?，。：；！？、…—-~～·/\\|&#@_=+%％$€￥",
    *"0123456789０９零一二两三十百千万亿兆廿〇①⑩Ⅳ½²٣", "1e999", "9" * 400, "0.0.0", "2021-13-45", "99999年13月45日", "-0",
    *"年月日号时分秒元個个件只人次倍成折", *"İßŉǰﬁΣ", "😀", "👨‍👩‍👧", "🇨🇳", "\U00020000", "\U0010ffff", "한국", "العربية", "\r", "\n", "\r\n",
    "\t", " ", "\u3000", "&nbsp;", "&#x110000;", "&#0;", "</p>", "<b", "(gè)", "Tik Tok", "Aauto更快", "鎶栭煶", "锟斤拷",
    "表示：“", "同比增长", "%", "至", "不", "没有", "其", "该平台", "抖音", "快手",
)  # fmt: skip

Mutation = Callable[[random.Random, str], str]


def _span(random_: random.Random, text: str, longest: int) -> tuple[int, int]:
    start = random_.randint(0, len(text))
    return start, min(len(text), start + random_.randint(1, longest))


def _delete(random_: random.Random, text: str) -> str:
    start, end = _span(random_, text, random_.choice((1, 1, 3, 40)))
    return text[:start] + text[end:]


def _duplicate(random_: random.Random, text: str) -> str:
    start, end = _span(random_, text, random_.choice((1, 8, 80)))
    return text[:end] + text[start:end] * random_.choice((1, 1, 1, 6)) + text[end:]


def _swap(random_: random.Random, text: str) -> str:
    start, middle = _span(random_, text, random_.choice((1, 8, 60)))
    end = min(len(text), middle + random_.randint(1, 20))
    return text[:start] + text[middle:end] + text[start:middle] + text[end:]


def _insert(random_: random.Random, text: str) -> str:
    place = random_.randint(0, len(text))
    return text[:place] + random_.choice(INTRUDERS) * random_.choice((1, 1, 1, 3)) + text[place:]


def _replace(random_: random.Random, text: str) -> str:
    start, end = _span(random_, text, random_.choice((1, 1, 4)))
    return text[:start] + random_.choice(INTRUDERS) + text[end:]


def _sprinkle(random_: random.Random, text: str) -> str:
    intruder, every = random_.choice(INTRUDERS), random_.choice((2, 7, 30))
    return "".join(c + intruder if random_.randrange(every) == 0 else c for c in text[:400]) + text[400:]


def _lines(random_: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    if lines:
        line = lines.pop(random_.randrange(len(lines)))
        for _ in range(random_.choice((0, 1, 2))):
            lines.insert(random_.randint(0, len(lines)), line)
    return "".join(lines)


def _line_ends(random_: random.Random, text: str) -> str:
    end: str = random_.choice(("\r\n", "\r", "", " ", "\u2028", "\n\n"))
    return text.replace("\n", end)


def _digits(random_: random.Random, text: str) -> str:
    digits: str = random_.choice(
        ("0123456789", "０１２３４５６７８９", "零一二三四五六七八九", "9999999999", "٠١٢٣٤٥٦٧٨٩")
    )
    return "".join(digits[int(c)] if c in "0123456789" and random_.random() < 0.3 else c for c in text)


def _truncate(random_: random.Random, text: str) -> str:
    start, end = _span(random_, text, random_.choice((3, 60, 900)))
    kept: str = random_.choice((text[start:end], text[:end], text[start:]))
    return kept


MUTATIONS: tuple[Mutation, ...] = (
    _delete, _duplicate, _swap, _insert, _insert, _replace, _replace, _sprinkle, _lines, _line_ends, _digits, _truncate,
)  # fmt: skip


def read(path: Path) -> str:
    """Return a document with its line ends as they are."""
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def mutant(sources: Sequence[str], seed: int, number: int) -> str:
    """Return the mutant of this seed and number: always the same one. Half of them are short, so that more fit in."""
    random_ = random.Random(f"{seed}:{number}")
    text = random_.choice(sources)
    if random_.random() < 0.5:
        start = random_.randint(0, len(text))
        text = text[start : start + 300]
    for _ in range(random_.choice((1, 2, 4, 12))):
        text = random_.choice(MUTATIONS)(random_, text)
    return text


def violations(raw: str, *, idempotent: bool = True) -> Iterator[str]:
    """Yield what is wrong with the record of ``raw``; an exception is wrong too."""
    try:
        document = Pipeline.default().annotate(raw, name="mutant.txt")
        record = build_record(document)
        DocumentRecord.model_validate_json(record.model_dump_json())
    except Exception:
        yield "exception: " + traceback.format_exc(limit=-3)
        return
    # A lone surrogate is no character: the text is read as if U+FFFD stood there.
    scalars = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in raw)
    yield from _misplaced(scalars, record)
    yield from _wrong_repairs(scalars, record)
    for layer in ("entities", "values", "times"):
        spans = [(item.norm_start, item.norm_end) for item in getattr(record, layer)]
        for left, right in itertools.pairwise(spans):
            if left[1] > right[0]:
                yield f"{layer} overlap or are unsorted: {left} {right}"
    if idempotent:
        again = Pipeline.default().chain.repair(record.text)
        if again.text != record.text:
            yield f"repairing the repaired changes it: {again.repairs()[:3]}"


def _misplaced(raw: str, record: DocumentRecord) -> Iterator[str]:
    located: list[Located] = [*record.repairs, *record.entities, *record.values, *record.times]
    for item in located:
        if raw[item.start : item.end] != item.text or not item.text:
            yield f"text is not at its place: {item!r}"
    for claim in record.claims:
        spans = list(zip(claim.evidence, claim.evidence_text, strict=True))
        if claim.kind == "statement":
            spans.append((claim.quote, claim.quote_text))
        for argument in claim.arguments:
            if argument.start is not None and argument.end is not None and argument.text is not None:
                spans.append(((argument.start, argument.end), argument.text))
        for (start, end), text in spans:
            if raw[start:end] != text or not text:
                yield f"text is not at its place: {start}-{end} {text!r} in {claim!r}"


def _wrong_repairs(raw: str, record: DocumentRecord) -> Iterator[str]:
    position = 0
    pieces: list[str] = []
    for repair in record.repairs:
        if repair.start < position:
            yield f"repairs overlap or are unsorted: {repair!r}"
        pieces += (raw[position : repair.start], repair.clean)
        position = repair.end
    if "".join([*pieces, raw[position:]]) != record.text:
        yield "the repairs do not lead to the text of the record"


def main() -> int:
    """Run as many mutants as asked for; the exit code says whether all were well."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first mutant")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after this time")
    arguments = parser.parse_args()
    sources = [read(path) for path in SOURCES]
    start, failed, number = time.monotonic(), 0, arguments.first
    for number in range(arguments.first, arguments.first + arguments.count):
        if time.monotonic() - start > arguments.seconds:
            break
        raw = mutant(sources, arguments.seed, number)
        began = time.process_time()
        found = list(violations(raw))
        seconds = time.process_time() - began
        if seconds > 2 + len(raw) * 1e-3:
            found.append(f"slow: {seconds:.1f} s for {len(raw)} characters")
        if found:
            failed += 1
            print(json.dumps({"seed": arguments.seed, "number": number, "violations": found[:3]}), flush=True)
    print(f"{number + 1 - arguments.first} mutants, {failed} failed", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
