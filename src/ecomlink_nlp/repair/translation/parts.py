"""What names and terms are made of, and what translation makes of the parts.

The tables that `composition` searches with: the names with their prefixes, the synonyms and English words of
their parts (`translation_senses.tsv`); and which edges of a span would cut an everyday word in two.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick

from ecomlink_nlp.resources import data_text, read_toml, read_tsv

LONGEST_NAME = 8
"""Of longer names no parts are looked for."""

_NAME_FILES = ("parties.tsv", "parties_abroad.tsv", "products.tsv")
# After these a word begins.
_FUNCTION_WORDS = frozenset("的和与在对向给被把由从到是让及或将而但则也于据称用比跟")
_PLACING = frozenset("在到从于往")


@dataclass(frozen=True, slots=True)
class Parts:
    """The names and terms with their prefixes, and what becomes of their parts: by automaton or by English phrase.

    ``listed`` are the forms that rows of the lexicon judge, ``foreign`` the names that are Latin by right.
    """

    names: dict[str, str]
    prefixes: frozenset[str]
    automaton: AhoCorasick
    sources: tuple[tuple[str, ...], ...]
    latin: dict[str, tuple[str, ...]]
    listed: frozenset[str]
    canonicals: frozenset[str]
    foreign: frozenset[str]
    everyday: frozenset[str]


def read_parts(rows: Iterable[tuple[str, dict[str, str]]], senses: Iterable[dict[str, str]]) -> Parts:
    """Put together the parts from the ``rows`` of the lexicon (kind and row) and of `translation_senses.tsv`.

    Forms that a row lists without conditions count as parts too, so that they are found inside longer names.
    """
    rules = read_toml("translation.toml")["composition"]
    names: dict[str, str] = {}
    han: dict[str, set[str]] = {}
    latin: dict[str, set[str]] = {}
    listed: set[str] = set()
    canonicals: set[str] = set()
    for kind, row in rows:
        if is_han(row["canonical"]):
            names.setdefault(row["canonical"], kind)
        canonicals.add(row["canonical"])
        forms = row["forms"].split("|")
        listed.update(form.lower() for form in forms)
        if not row["before"] and not row["after"]:
            for form in forms:
                if is_latin(form):
                    latin.setdefault(form.lstrip("=").lower(), set()).add(row["canonical"])
                elif is_han(form):
                    han.setdefault(form, set()).add(row["canonical"])
    for row in senses:
        for form in filter(None, row["han"].split("|")):
            han.setdefault(form, set()).add(row["id"])
        for form in filter(None, row["latin"].split("|")):
            latin.setdefault(form, set()).add(row["id"])
    foreign: set[str] = set()
    for name in party_names():
        if is_han(name):
            names[name] = "mt_brand"
        else:
            foreign.add(name)
    for name in rules["names_left_out"]:
        names.pop(name, None)
    return Parts(
        names,
        frozenset(name[:length] for name in names for length in range(1, len(name) + 1)),
        AhoCorasick(list(han)),
        tuple(tuple(sorted(sources)) for sources in han.values()),
        {form: tuple(sorted(sources)) for form, sources in latin.items()},
        frozenset(listed),
        frozenset(canonicals),
        frozenset(foreign),
        frozenset(rules["everyday"]),
    )


@cache
def party_names() -> tuple[str, ...]:
    """The names of parties and products in any script, and their other Chinese names."""
    kinds_left_out = frozenset(read_toml("translation.toml")["composition"]["kinds_left_out"])
    names: list[str] = []
    for file in _NAME_FILES:
        for row in read_tsv(file, ("id", "name", "kind", "aliases")):
            if row["kind"] not in kinds_left_out:
                names.append(row["name"])
                others = f"{row['aliases']}|{row.get('former', '')}"
                names.extend(filter(_is_han_name, others.split("|")))
    return tuple(names)


def _is_han_name(alias: str) -> bool:
    return len(alias) > 1 and is_han(alias)


def is_latin(text: str) -> bool:
    """True for a form without Chinese characters."""
    return text.isascii() or not any("\u3400" <= character <= "\u9fff" for character in text)


def is_han(text: str) -> bool:
    """True for a text of Chinese characters only."""
    return bool(text) and all("\u4e00" <= character <= "\u9fff" for character in text)


@cache
def common_words() -> frozenset[str]:
    """The everyday words of two and three characters."""
    lines = data_text("common_words.txt").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def cuts_word(text: str, start: int, end: int) -> bool:
    """True where an edge of the span lies within an everyday word (快速手 in 快速手术).

    >>> cuts_word("快速手术", 0, 3), cuts_word("快速手的", 0, 3), cuts_word("在东京都", 2, 3)
    (True, False, True)
    """
    words = common_words()
    before, after = text[start - 1 : start], text[end : end + 1]
    from_there = before == "自" and text[start - 2 : start - 1] == "来"  # 来自|小红皮书
    if before and before not in _FUNCTION_WORDS and not from_there and before + text[start] in words:
        return True
    if after in _FUNCTION_WORDS or text[end : end + 2] in _words_after_names():
        return False
    if after == "上" and (before in _PLACING or text[end + 1 : end + 2] == "的"):  # 在小红皮书上
        return False
    return any(text[at : end + 1] in words for at in (end - 1, end - 2) if at >= start - 1)


@cache
def _words_after_names() -> frozenset[str]:
    return frozenset(read_toml("translation.toml")["composition"]["words_after_names"])
