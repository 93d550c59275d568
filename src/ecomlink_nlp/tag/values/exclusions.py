"""Tells numerals that count from those inside idioms, names, codes and lists."""

import re
from dataclasses import dataclass
from functools import cache

from ecomlink_nlp.resources import read_toml, read_tsv
from ecomlink_nlp.tag.values.grammar import fill, patterns
from ecomlink_nlp.tag.values.numerals import NUMERAL_CHARS

REACH = 12
"""How many characters before the numeral a pattern may look at."""

_RUN = re.compile(rf"[0-9]+(?:\.[0-9]+)?|[{NUMERAL_CHARS}]+")


@dataclass(frozen=True, slots=True)
class _Context:
    id: str
    before: re.Pattern[str] | None
    number: re.Pattern[str] | None
    after: re.Pattern[str] | None
    tails: frozenset[str]


@cache
def _contexts(tail: str) -> tuple[_Context, ...]:
    """The context patterns that can apply to numerals with this tail."""

    def compiled(rule: dict[str, str], part: str, suffix: str = "") -> re.Pattern[str] | None:
        pattern = rule.get(part)
        return re.compile(f"(?:{fill(pattern, patterns())}){suffix}") if pattern else None

    contexts = (
        _Context(
            rule["id"],
            compiled(rule, "before", r"\Z"),
            compiled(rule, "number"),
            compiled(rule, "after"),
            frozenset(rule.get("tails", ())),
        )
        for rule in read_toml("values.toml")["exclusion"]
    )
    return tuple(context for context in contexts if not context.tails or tail in context.tails)


@cache
def _words() -> dict[str, tuple[tuple[str, int], ...]]:
    """Fixed words by two characters at the start of a numeral in them; with the numeral's place in the word."""
    index: dict[str, list[tuple[str, int]]] = {}
    for row in read_tsv("values_exclusions.tsv", ("id", "form", "kind")):
        form = row["form"]
        for run in _RUN.finditer(form):
            start = run.start()
            key = form[start : start + 2] if start + 2 <= len(form) else form[start - 1 : start + 1]
            index.setdefault(key, []).append((form, start))
    return {key: tuple(entries) for key, entries in index.items()}


def in_fixed_word(text: str, start: int, end: int, tail: str, ordinal: bool = False) -> bool:
    """Say whether the numeral at ``[start, end)`` lies inside a fixed word that stands there.

    A word that ends with the numeral (618, 再三) only counts where nothing that is counted follows.
    After 第 (``ordinal``) only words that begin with it count.

    >>> in_fixed_word("三足鼎立", 0, 1, "bare"), in_fixed_word("618家", 0, 3, "count")
    (True, False)
    """
    words = _words()
    for key in (text[start : start + 2], text[start - 1 : start + 1] if start else ""):
        for form, place in words.get(key, ()):
            if ordinal and not (place and form[0] == "第"):
                continue
            stop = start - place + len(form)
            if end <= stop and text.startswith(form, start - place) and (end < stop or tail == "bare"):
                return True
    return False


def in_context(text: str, start: int, end: int, tail: str) -> str | None:
    """Return the id of the exclusion that the numeral at ``[start, end)`` falls under, or None.

    >>> in_context("K3战役", 1, 2, "bare"), in_context("有3家", 1, 2, "count")
    ('code', None)
    """
    for context in _contexts(tail):
        if context.number and not context.number.fullmatch(text, start, end):
            continue
        if context.before and not context.before.search(text, max(0, start - REACH), start):
            continue
        if context.after and not context.after.match(text, end):
            continue
        return context.id
    return None
