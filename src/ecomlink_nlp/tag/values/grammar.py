"""Compiles the grammar of values from its data files, once.

Notes for a newcomer. ``data/values.toml`` holds the patterns. A *numeral* is read at an anchor character;
what follows it (its *tail*) decides the type. All tails stand in one expression behind the numeral, so a
candidate costs one match. Groups inside a tail are renamed ``group_tail``, since names must be unique.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ecomlink_nlp.resources import read_toml, read_tsv

_FIELD = re.compile(r"\{([a-z]+)\}")
_WIDE_COMMA = re.compile("(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_GROUP = re.compile(r"\(\?P<(\w+)>")


@dataclass(frozen=True, slots=True)
class Unit:
    """A currency, coin or physical unit; ``factor`` turns the numeral into ``code``."""

    code: str
    factor: Decimal


@dataclass(frozen=True, slots=True)
class Tail:
    """What may follow a numeral; an empty ``type`` says that the numeral is no value."""

    id: str
    type: str
    factor: Decimal


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled grammar."""

    variants: Mapping[int, str]
    variant: re.Pattern[str]
    number: re.Pattern[str]
    link: re.Pattern[str]
    fraction: re.Pattern[str]
    prefix: re.Pattern[str]
    tails: Mapping[str, Tail]
    units: Mapping[str, Unit]

    def plain(self, text: str) -> str:
        """Return ``text`` with half-width digits and simplified grammar characters, one to one.

        >>> grammar().plain("３億元")
        '3亿元'
        """
        if not self.variant.search(text):
            return text
        return _WIDE_COMMA.sub(",", text).translate(self.variants)


def fill(pattern: str, patterns: Mapping[str, str]) -> str:
    """Put the named ``patterns`` into the ``{name}`` fields of ``pattern``, to any depth.

    >>> fill("{a}b", {"a": "x{c}", "c": "y"})
    'xyb'
    """
    while True:
        filled = _FIELD.sub(lambda field: patterns[field[1]], pattern)
        if filled == pattern:
            return filled
        pattern = filled


@cache
def patterns() -> dict[str, str]:
    """The named patterns of ``values.toml`` and those that the tables make."""
    named: dict[str, str] = dict(read_toml("values.toml")["patterns"])
    forms: dict[str, list[str]] = {"currency": [], "coin": [], "quantity": []}
    for row in sorted(_unit_rows(), key=lambda row: len(row["form"]), reverse=True):
        if row["place"] != "before":
            latin = "(?![A-Za-z])" if row["form"][-1].isascii() and row["form"][-1].isalpha() else ""
            guard = f"(?!{row['not_before']})" if row["not_before"] else ""
            forms[row["kind"]].append(f"{_literal(row['form'])}{latin}{guard}")
    for kind, alternatives in forms.items():
        named[kind] = f"(?:{'|'.join(alternatives)})"
    classifiers = [row["form"] for row in read_tsv("values_classifiers.tsv", ("id", "form"))]
    single = "".join(form for form in classifiers if len(form) == 1)
    longer = "|".join(form for form in classifiers if len(form) > 1)
    named["classifier"] = f"(?:{longer}|[{single}])"
    return named


@cache
def grammar() -> Grammar:
    """Return the grammar; reading and compiling happens on the first call."""
    data = read_toml("values.toml")
    named = patterns()
    tails = [Tail(t["id"], t["type"], Decimal(str(t.get("factor", 1)))) for t in data["tail"]]
    alternatives = "|".join(_named(tail["id"], fill(tail["pattern"], named)) for tail in data["tail"])
    before = [_literal(r["form"]) for r in _unit_rows() if r["kind"] == "currency" and r["place"] != "after"]
    signs = "|".join(sorted(before, key=len, reverse=True))
    source, target = data["variants"]["from"], data["variants"]["to"]
    return Grammar(
        variants={ord(a): b for a, b in zip(source, target, strict=True)},
        variant=re.compile(f"[{source}]"),
        number=re.compile(f"{fill(named['number'], named)}(?:{alternatives})", re.VERBOSE),
        link=re.compile(fill(named["link"], named), re.VERBOSE),
        fraction=re.compile(fill("{gap}分{gap}之{gap}", named), re.VERBOSE),
        prefix=re.compile(rf"(?<![A-Za-z])(?:{signs})[ \u00a0]{{0,2}}\Z", re.VERBOSE),
        tails={tail.id: tail for tail in tails},
        units={row["form"]: Unit(row["unit"], Decimal(row["factor"])) for row in _unit_rows()},
    )


def _named(tail: str, pattern: str) -> str:
    """The tail's pattern as a group of its own, with its inner groups named after it."""
    inner = _GROUP.sub(lambda group: f"(?P<{group[1]}_{tail}>", pattern)
    return f"(?P<{tail}>{inner})"


def _literal(form: str) -> str:
    return re.escape(form)


@cache
def _unit_rows() -> list[dict[str, str]]:
    return read_tsv("values_units.tsv", ("id", "form", "kind", "place", "unit", "factor", "not_before"))
