"""Finds the values of a text: one pass over its numerals.

Notes for a newcomer. At each numeral character the grammar reads the numeral and its tail (`grammar`). What is a
time, an article (一个), part of a fixed word or a code is passed over (`exclusions`). The rest is read as number or
range with its unit (`reading`) and its modifier (`modifiers`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from ecomlink_nlp.tag.values import modifiers
from ecomlink_nlp.tag.values.exclusions import in_context, in_fixed_word
from ecomlink_nlp.tag.values.grammar import Grammar, Tail, grammar
from ecomlink_nlp.tag.values.numerals import NUMERAL_CHARS
from ecomlink_nlp.tag.values.reading import (
    Reading,
    is_rate,
    numeral,
    read_discount,
    read_fraction,
    read_numeral,
    read_range,
    with_tail,
)
from ecomlink_nlp.text.document import Value
from ecomlink_nlp.text.light import light_dataclass

_ANCHOR = re.compile(rf"[0-9几数半{NUMERAL_CHARS}]")
_ARABIC = re.compile(r"[0-9]")
_LONGEST = (
    60  # characters: a longer run of numerals counts nothing, and to read it from each place takes a square
)
_SCALE = re.compile(r"[百千万亿]")
_BARE_SCALE = re.compile(r"[十百千万亿]+")
_SINGLE = re.compile(r"[零〇一二两三四五六七八九十]|[一二两三四五六七八九]{2,}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_MINUS = re.compile(
    r"(?:^|[^\w一-鿿%)）-]|[为是达至到约率])[-−]\Z|(?<![\w胜肩担抱自欺辜])负\Z|[为率是达至到]负\Z"
)
_MINUS_RATE = re.compile(r"(?<![0-9A-Za-z%)）])[-−]\Z|负\Z")
_NEEDS_NO_CLASSIFIER = frozenset(
    (
        "points",
        "percent",
        "permille",
        "tenths",
        "discount",
        "times",
        "coins",
        "coin",
        "money",
        "compound",
        "quantity",
        "half",
    )
)
_SHARES = frozenset(("times", "fraction", "percent", "tenths", "half"))
_SLASH = re.compile(r"([1-9])/([2-9]|10)(?![0-9/月.])")
_BARE_YUAN = re.compile(r"[^人民币RMB¥￥]+[元塊块]")
_MIN_LOCAL = 2  # sums stated in the local currency, so that one quoted price does not decide
_PART_OF = ("占", "仅", "剩", "少", "降")
_WHOLE_CHANGE = ("从", "由", "自")


@light_dataclass(frozen=True, slots=True)
class _Candidate:
    """A numeral with its tail, before its surroundings are looked at; ``stop`` is where its classifier ends."""

    start: int
    numeral_end: int
    end: int
    stop: int
    type: str
    tail: str
    reading: Reading


def find_values(text: str, blocked: Sequence[tuple[int, int]] = (), *, regional: bool = False) -> list[Value]:
    """Return the values of ``text``, sorted and disjoint, with offsets into ``text``.

    ``blocked`` are the spans of times and names, sorted or not; a numeral that touches one is no value. The
    types, units and modifiers are those of the annotation guide (``seeds/gold/GUIDE.md``). ``regional`` says that
    the document has the vocabulary of Taiwan or Hong Kong: one sum in Taiwan dollars then stands for the others.

    >>> [(text, v.type, v.value, v.unit, v.mod) for text in ["约6500亿元"] for v in find_values(text)]
    [('约6500亿元', 'MONEY', 650000000000.0, 'CNY', 'APPROX')]
    """
    rules = grammar()
    text = rules.plain(text)
    values: list[Value] = []
    for start, end in _free(blocked, len(text)):
        position = start
        while anchor := _ANCHOR.search(text, position, end):
            found, position = _at(text, anchor.start(), end, rules)
            if found is not None:
                floor = max(start, values[-1].end if values else 0)
                value = _finish(text, found, floor, rules)
                if value.end <= end:  # an ordinal reads on into what is blocked
                    values.append(value)
                position = value.end
    return _in_local_currency(text, values, regional)


def _in_local_currency(text: str, values: list[Value], regional: bool) -> list[Value]:
    """Read a bare 元 as the Taiwan dollar where the text states its money in that.

    A Taiwanese text names its currency once, if at all; elsewhere one quoted price does not decide.
    """
    money = [value for value in values if value.type == "MONEY"]
    local = sum(value.unit == "TWD" for value in money)
    bare = {id(v) for v in money if v.unit == "CNY" and _BARE_YUAN.fullmatch(text, v.start, v.end)}
    foreign = len(money) - local - len(bare)
    named_once = regional and local and "人民币" not in text
    if not named_once and local < max(_MIN_LOCAL, len(bare), foreign):
        return values
    return [replace(value, unit="TWD") if id(value) in bare else value for value in values]


def _free(blocked: Sequence[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    """The stretches between the blocked spans."""
    start = 0
    for left, right in sorted(blocked):
        if left > start:
            yield start, left
        start = max(start, right)
    if start < length:
        yield start, length


def _at(text: str, start: int, limit: int, rules: Grammar) -> tuple[_Candidate | None, int]:
    """Read the numeral at ``start``; return it, or None, with the place where the search goes on."""
    match = rules.number.match(text, start, limit)
    if match is None:
        return None, start + 1
    if match.end("n") - start > _LONGEST:
        return None, match.end("n")
    if fraction := _fraction(text, match, limit, rules):
        return fraction, fraction.end
    tail = rules.tails[cast(str, match.lastgroup)]
    if not tail.type:
        return None, match.end()
    form = numeral(match)
    if tail.id in ("bare", "count") and (found := _range(text, match, form, limit, rules)):
        return found
    end = match.end("n")
    ordinal = start > 0 and text[start - 1] == "第"
    named = ordinal or rules.prefix.search(text, max(0, start - 8), start)
    if in_fixed_word(text, start, end, tail.id, ordinal) or (
        not named and in_context(text, start, end, tail.id)
    ):
        return None, end
    if not _counts(text, match, form, tail):
        return None, start + 1
    if tail.id in ("tenths", "discount") and not _is_tenths(form, tail):
        return None, end
    reading = read_discount(form) if tail.id == "discount" else read_numeral(form)
    if reading is None:
        return None, start + 1
    reading = with_tail(reading, match, tail, rules)
    stop = match.end("classifier_count") if tail.id == "count" else match.end()
    return _Candidate(start, end, _trimmed(text, match), stop, tail.type, tail.id, reading), match.end()


def _trimmed(text: str, match: re.Match[str]) -> int:
    end = match.end()
    while text[end - 1] in " \u00a0\u3000":
        end -= 1
    return end


def _fraction(text: str, match: re.Match[str], limit: int, rules: Grammar) -> _Candidate | None:
    """A分之B, and B/A where words show that it is no date."""
    if (slash := _SLASH.match(text, match.start(), limit)) and _is_part(text, slash):
        reading = read_fraction(slash[2], slash[1])
        if reading is not None and reading.low < 1:
            return _Candidate(
                slash.start(), slash.end(), slash.end(), slash.end(), "CARDINAL", "fraction", reading
            )
    link = rules.fraction.match(text, match.end("n"), limit)
    upper = rules.number.match(text, link.end(), limit) if link else None
    if upper is None or upper["n"] is None:
        return None
    reading = read_fraction(match["n"], numeral(upper))
    if reading is None:
        return None
    if upper["plus"]:
        reading = replace(reading, mod=modifiers.within(upper["plus"]))
    end = upper.end("mag") if upper["mag"] else upper.end("plus") if upper["plus"] else upper.end("n")
    kind = "PERCENT" if is_rate(match["n"]) else "CARDINAL"
    return _Candidate(match.start(), match.end("n"), end, end, kind, "fraction", reading)


def _is_part(text: str, slash: re.Match[str]) -> bool:
    before = text[max(0, slash.start() - 1) : slash.start()]
    return (before in _PART_OF) or text.startswith("的", slash.end()) or _bounded(text, slash.start())


def _range(
    text: str, left: re.Match[str], form: str, limit: int, rules: Grammar
) -> tuple[_Candidate | None, int] | None:
    """A range of two numerals with one tail (3至5元); None where there is none."""
    link = rules.link.match(text, left.end("n"), limit)
    right = rules.number.match(text, link.end(), limit) if link else None
    if right is None or left["plus"] or (left.start() and text[left.start() - 1] == "第"):
        return None
    tail = rules.tails[cast(str, right.lastgroup)]
    if not tail.type:
        return None, right.end()
    if text[max(0, left.start() - 1) : left.start()] in _WHOLE_CHANGE:
        return None
    other = numeral(right)
    if tail.id == "bare" and not _SCALE.search(other):
        return None
    if in_context(text, left.start(), left.end("n"), "count"):
        return None
    reading = read_range(form, other)
    if reading is None:
        return None
    reading = with_tail(reading, right, tail, rules)
    stop = right.end("classifier_count") if tail.id == "count" else right.end()
    found = _Candidate(left.start(), left.end("n"), _trimmed(text, right), stop, tail.type, tail.id, reading)
    return found, right.end()


def _counts(text: str, match: re.Match[str], form: str, tail: Tail) -> bool:
    """Say whether the numeral counts, from its form and its tail."""
    start, tail_id = match.start(), tail.id
    if _ARABIC.match(form):
        return True
    if start and text[start - 1] == "第":
        return _SINGLE.fullmatch(form) is not None or tail_id in ("bare", "count")
    if form in ("几", "数"):
        return tail_id in ("times", "money", "coin", "quantity", "points")
    if _BARE_SCALE.fullmatch(form) and form != "十" and not match["plus"]:
        if len(form) > 1 or tail_id in ("money", "count"):
            return True
        if modifiers.lead(text, start) or tail_id in ("times", "tenths"):
            return True
        return _bounded(text, start) and form != "十"
    if _SINGLE.fullmatch(form):
        if form in "一二零〇":
            return tail_id in _NEEDS_NO_CLASSIFIER
        return tail_id != "bare" or bool(match["plus"] and match["mag"])
    if tail_id != "bare" or match["plus"]:
        return True
    if _SCALE.search(form):
        return True
    following = text[match.end() : match.end() + 1]
    return not _HAN.match(following) or _bounded(text, start)


def _bounded(text: str, start: int) -> bool:
    return modifiers.before(text, start) is not None


def _is_tenths(form: str, tail: Tail) -> bool:
    """三成, 八折 and 五五折 count tenths; 618成 and 30折 do not."""
    reading = read_discount(form) if tail.id == "discount" else read_numeral(form)
    if reading is None:
        return False
    return reading.low <= 10 if tail.id == "tenths" else reading.low < 10


def _finish(text: str, found: _Candidate, floor: int, rules: Grammar) -> Value:
    """Take in what stands before the numeral, choose the modifier and make the value."""
    start, reading, kind = found.start, found.reading, found.type
    end = found.end
    if start > floor and text[start - 1] == "第" and found.tail != "fraction":
        return _ordinal(text, found)
    mod = reading.mod
    own = mod if reading.high is None else None
    leading = modifiers.lead(text, start) if _BARE_SCALE.fullmatch(text, start, found.numeral_end) else None
    if leading and leading[1] >= floor:
        own, start = leading
    sign = (_MINUS_RATE if found.tail == "percent" else _MINUS).search(text, max(floor, start - 2), start)
    if sign and found.tail != "count":
        start, reading = start - 1, reading.times(type(reading.low)(-1))
    prefix = rules.prefix.search(text, max(floor, start - 8), start)
    if prefix and found.tail in ("bare", "count", "money") and reading.unit in (None, "CNY"):
        unit = rules.units[prefix[0].strip(" \u00a0")]
        start, reading, kind = prefix.start(), replace(reading, unit=unit.code), "MONEY"
    mod = own or modifiers.before(text, start) or modifiers.after(text, found.end)
    if mod is None and found.stop != found.end:
        mod = modifiers.after(text, found.stop)
    if mod is None and found.tail in _SHARES:
        mod = modifiers.apart(text, start)
    return Value(
        start, end, kind, *_numbers(reading), reading.unit, mod or reading.mod, f"value.{found.tail}"
    )


def _numbers(reading: Reading) -> tuple[float | None, float | None, float | None]:
    if reading.high is None:
        return float(reading.low), None, None
    return None, float(reading.low), float(reading.high)


def _ordinal(text: str, found: _Candidate) -> Value:
    """第N; the unit or classifier behind it stays outside."""
    match = grammar().number.match(text, found.start)
    end = match.end("n") if match else found.end
    reading = read_numeral(text[found.start : end]) or found.reading
    return Value(found.start - 1, end, "ORDINAL", *_numbers(reading), None, None, "value.ordinal")
