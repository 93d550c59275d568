"""Finds the words that bound a numeral from below or above (近, 超过, 以上, 左右)."""

import re
from dataclasses import dataclass
from functools import cache

from ecomlink_nlp.resources import read_tsv

FILLERS = "了为到有达在至"
"""Characters that may stand between a modifier and its numeral (超过了, 约为)."""

_DENIED = {"MORE_THAN": "EQUAL_OR_LESS", "LESS_THAN": "EQUAL_OR_MORE"}


@dataclass(frozen=True, slots=True)
class _Modifier:
    mod: str
    not_after: str
    not_before: re.Pattern[str] | None


@cache
def _table(side: str) -> tuple[dict[str, _Modifier], tuple[int, ...]]:
    """The modifiers of one side by form, and the lengths of the forms, longest first."""
    rows = read_tsv("values_modifiers.tsv", ("id", "form", "side", "mod", "not_after", "not_before"))
    table = {
        row["form"]: _Modifier(
            row["mod"], row["not_after"], re.compile(row["not_before"]) if row["not_before"] else None
        )
        for row in rows
        if row["side"] == side
    }
    return table, tuple(sorted({len(form) for form in table}, reverse=True))


@cache
def _last_characters(side: str) -> frozenset[str]:
    return frozenset(form[-1] for form in _table(side)[0])


def _ending_at(text: str, end: int, side: str) -> tuple[str, int] | None:
    if text[end - 1 : end].lower() not in _last_characters(side):
        return None  # as nearly everywhere
    table, lengths = _table(side)
    for length in lengths:
        start = end - length
        if start < 0:
            continue
        found = table.get(text[start:end]) or table.get(text[start:end].lower())
        if found:
            # 不过 is a word of its own
            if length > 1 and found.mod in _DENIED and _denied_at(text, start):
                return _DENIED[found.mod], start
            if start and found.not_after and text[start - 1] in found.not_after:
                return None
            if found.not_before and found.not_before.match(text, end):
                return None
            return found.mod, start
    return None


def _denied_at(text: str, end: int) -> bool:
    """True where the word that ends at ``end`` denies the bound behind it (不会|超过)."""
    table, lengths = _table("denial")
    return any(text[end - length : end] in table for length in lengths if length <= end)


def before(text: str, start: int) -> str | None:
    """Return the modifier of the word that ends at ``start``, over a gap or one filler character.

    >>> before("超过了3亿", 3), before("最近3家", 2), before("不足 2", 3), before("从未低于3亿", 4)
    ('MORE_THAN', None, 'LESS_THAN', 'EQUAL_OR_MORE')
    """
    if found := _ending_at(text, start, "before"):
        return found[0]
    while start and text[start - 1] in " \u00a0":
        start -= 1
    found = _ending_at(text, start, "before")
    if found is None and start and text[start - 1] in FILLERS:
        found = _ending_at(text, start - 1, "before")
    return found[0] if found else None


@cache
def _apart() -> re.Pattern[str]:
    forms = "|".join(sorted(_table("apart")[0], key=len, reverse=True))
    return re.compile(rf"({forms})[\w一-鿿]{{1,8}}的\Z")


def apart(text: str, start: int) -> str | None:
    """Return the modifier that stands before the whole of which a share follows at ``start``.

    >>> apart("约为抖音的三分之一", 5), apart("抖音的三分之一", 3)
    ('APPROX', None)
    """
    if not start or text[start - 1] != "的":
        return None
    found = _apart().search(text, max(0, start - 13), start)
    return _table("apart")[0][found[1]].mod if found else None


def lead(text: str, start: int) -> tuple[str, int] | None:
    """Return the modifier that belongs to the span (上亿) with its own start.

    >>> lead("不乏上百万", 3), lead("线上百万", 2)
    (('EQUAL_OR_MORE', 2), None)
    """
    return _ending_at(text, start, "lead")


def after(text: str, end: int) -> str | None:
    """Return the modifier of the word that starts at ``end``.

    >>> after("8%以下", 2), after("两家上下游", 2)
    ('EQUAL_OR_LESS', None)
    """
    while end < len(text) and text[end] in " \u00a0":
        end += 1
    table, lengths = _table("after")
    for length in lengths:
        found = table.get(text[end : end + length])
        if found:
            blocked = found.not_before and found.not_before.match(text, end + length)
            return None if blocked else found.mod
    return None


def within(form: str) -> str | None:
    """Return the modifier of a part of the numeral itself.

    >>> within("多"), within("亿万"), within("")
    ('MORE_THAN', 'EQUAL_OR_MORE', None)
    """
    found = _table("within")[0].get(form) or _table("whole")[0].get(form)
    return found.mod if found else None
