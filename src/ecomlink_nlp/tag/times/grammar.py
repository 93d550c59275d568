"""Reads the grammar of time expressions and finds its atoms in a text, in one pass.

The rules are data: ``data/times_grammar.toml`` (patterns), ``data/times_words.tsv`` (words for relative
periods) and ``data/times_festivals.tsv``. An `Atom` is the match of one rule with the fields that it sets.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from ecomlink_nlp.resources import read_toml, read_tsv
from ecomlink_nlp.tag.times.eras import eras
from ecomlink_nlp.tag.values.numerals import parse_integer
from ecomlink_nlp.text.light import light_dataclass

GRAMMAR_FILE = "times_grammar.toml"
WORDS_FILE = "times_words.tsv"
FESTIVALS_FILE = "times_festivals.tsv"
WORD_COLUMNS = ("id", "form", "unit", "offset", "anchor", "part", "not_before", "not_after", "value")

_WIDE = {ord(wide): ord(wide) - 0xFEE0 for wide in "０１２３４５６７８９：－／．～"}
_HAS_WIDE = re.compile(r"[^\x00-\x7f](?<=\d)")
_MACRO = re.compile(r"\{([a-z_]+)\}")
_GAP = re.compile("[ \u00a0\u3000]+的?|的|[(（]|[)）]")
_GROUP = re.compile(r"\(\?P<\w+>")
_TEXT_FIELDS = frozenset(
    {
        "odd",
        "part",
        "side",
        "portion_unit",
        "shift_unit",
        "week",
        "pm",
        "season",
        "weekday",
        "half_hour",
        "whole",
        "era",
        "today",
        "nth_last",
    }
)
_DIGITS_BEFORE = re.compile(r"\d[.,]?$|[A-Za-z.]$")
# Rules begin with any numeral of a kind or with a few: one pattern serves the kind, and ten are not compiled.
_NUMERALS = (frozenset("0123456789"), frozenset("一二三四五六七八九十"))
_DIGITS_AFTER = re.compile(r"[.,]?\d|[A-Za-z%万亿元]")


@light_dataclass(frozen=True, slots=True)
class Atom:
    """The match of one rule: what ``text[start:end]`` says about a date."""

    start: int
    end: int
    kind: str
    rule: str
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Word:
    kind: str
    rule: str
    fields: dict[str, Any]
    not_before: re.Pattern[str] | None = None
    not_after: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class _Rule:
    """One alternative of the scanner: its pattern without groups, and the characters that it can begin with."""

    rule: str
    pattern: str
    first: frozenset[str]
    follows: bool = False


class Grammar:
    """The compiled grammar.

    A trigger pattern finds the characters that an atom can begin with; the alternatives that can begin with that
    character, or with a numeral of its kind, are then tried in their order in the grammar. Rules that only go on with an expression (初, 中旬, 晚) are
    tried right behind an atom and nowhere else.
    """

    def __init__(self) -> None:
        data = rules()
        self.words = _words()
        self.readers: dict[str, tuple[str, re.Pattern[str], dict[str, Any]]] = {}
        self._rules = list(self._ordered(data))
        starts = {char for rule in self._rules if not rule.follows for char in rule.first}
        self._trigger = re.compile(f"[{re.escape(''.join(sorted(starts)))}]")
        self._alternatives: dict[tuple[str, bool], tuple[re.Pattern[str], ...]] = {}
        self._compiled: dict[str, re.Pattern[str]] = {}

    def _ordered(self, data: dict[str, Any]) -> Iterator[_Rule]:
        """The rules in the order in which they are tried: words before plain years, lengths before plain days."""
        # Here, since the lengths' pattern is itself built from this grammar.
        from ecomlink_nlp.tag.times.duration import duration_pattern

        for atom in data["atom"]:
            if atom["id"] == data["order"]["words_before"]:
                # Its pattern is made for each first character when that turns up.
                yield _Rule("word", "", frozenset(word[0] for word in self.words))
            if atom["id"] == data["order"]["durations_before"]:
                yield _Rule("duration", duration_pattern(), frozenset(data["duration"]["first"]))
            self.readers[atom["id"]] = (atom["kind"], re.compile(atom["pattern"]), atom.get("set", {}))
            pattern_without_groups = _GROUP.sub("(?:", atom["pattern"])
            yield _Rule(
                atom["id"],
                pattern_without_groups,
                frozenset(atom["first"]),
                atom["kind"] in data["order"]["followers"],
            )

    def atoms(self, text: str) -> Iterator[Atom]:
        """Yield the atoms of ``text`` from left to right.

        >>> [(atom.rule, atom.fields) for atom in grammar().atoms("去年11月")]
        [('last_year', {'unit': 'year', 'offset': -1, 'anchor': 'deictic'}), ('month', {'month': 11})]
        """
        position = 0
        search = self._trigger.search
        while match := search(text, position):
            atom = self._at(text, match.start(), False)
            position = match.start() + 1
            while atom is not None:
                yield atom
                position = atom.end
                atom = self._at(text, position, True) or self._behind_gap(text, position)

    def _behind_gap(self, text: str, position: int) -> Atom | None:
        gap = _GAP.match(text, position)
        return self._at(text, gap.end(), True) if gap else None

    def _at(self, text: str, position: int, behind: bool) -> Atom | None:
        """The atom that begins at ``position``; ``behind`` another one, rules that go on are tried too."""
        char = text[position : position + 1]
        try:
            alternatives = self._alternatives[char, behind]
        except KeyError:
            alternatives = self._alternatives[char, behind] = self._compile(char, behind)
        for alternative in alternatives:
            if match := alternative.match(text, position):
                break
        else:
            return None
        name = match.lastgroup
        assert name is not None
        if name == "word":
            return self._word(text, match)
        if name == "duration":
            return Atom(match.start(), match.end(), "duration", "duration")
        return self._read(name, text, match)

    def _compile(self, char: str, behind: bool) -> tuple[re.Pattern[str], ...]:
        """The patterns to try at ``char``, in order: neighbouring rules in one, the long one of lengths by itself."""
        kind = next((numerals for numerals in _NUMERALS if char in numerals), frozenset(char))
        groups: list[list[_Rule]] = []
        for rule in self._rules:
            if rule.first.isdisjoint(kind) or (rule.follows and not behind):
                continue
            apart = rule.rule in ("word", "duration")
            if apart or not groups or groups[-1][0].rule in ("word", "duration"):
                groups.append([])
            groups[-1].append(rule)
        return tuple(self._pattern(group, kind) for group in groups)

    def _pattern(self, group: list[_Rule], kind: frozenset[str]) -> re.Pattern[str]:
        if group[0].rule == "word":
            pattern = trie_pattern([word for word in self.words if word[0] in kind])
            source = f"(?P<word>{pattern})"
        else:
            source = "|".join(f"(?P<{rule.rule}>{_limited(rule, kind)})" for rule in group)
        if source not in self._compiled:
            self._compiled[source] = re.compile(source)
        return self._compiled[source]

    def _word(self, text: str, match: re.Match[str]) -> Atom | None:
        word = self.words[match[0]]
        start, end = match.span()
        if match[0][0].isdigit() and _touches_digit(text, start, end):
            return None
        if word.not_before and word.not_before.match(text, end):
            return None
        if word.not_after and word.not_after.search(text, max(0, start - 4), start):
            return None
        return Atom(start, end, word.kind, word.rule, word.fields)

    def _read(self, name: str, text: str, match: re.Match[str]) -> Atom:
        kind, reader, fixed = self.readers[name]
        again = reader.match(text, match.start())
        assert again is not None
        fields = dict(fixed)
        for group, found in again.groupdict().items():
            if found is not None:
                _set_field(fields, group, found)
        return Atom(match.start(), again.end(), kind, name, fields)


def _limited(rule: _Rule, kind: frozenset[str]) -> str:
    """The rule's pattern, kept to its own first characters where it does not begin with all of ``kind``."""
    if rule.first >= kind:
        return rule.pattern
    return f"(?=[{''.join(sorted(rule.first & kind))}])(?:{rule.pattern})"


def _touches_digit(text: str, start: int, end: int) -> bool:
    return bool(_DIGITS_BEFORE.search(text, max(0, start - 2), start) or _DIGITS_AFTER.match(text, end))


def _set_field(fields: dict[str, Any], group: str, found: str) -> None:
    """``month`` takes the text, ``half__1`` the value 1; ``year_2`` is a second group for ``year``."""
    name, _, value = group.partition("__")
    if value:
        value = re.sub(r"_\d$", "", value) if not value.startswith("_") else "-" + value[1:]
        fields[name] = int(value) if value.lstrip("-").isdecimal() else value
        return
    name = re.sub(r"_\d$", "", name)
    if name in _TEXT_FIELDS:
        fields[name] = found
    else:
        number = parse_integer(found)
        fields[name] = found if number is None else number


@lru_cache(maxsize=2)
def atoms_of(text: str) -> tuple[Atom, ...]:
    """Return the atoms of ``text``; kept for a moment, since its date is inferred from the times that it names first."""
    return tuple(grammar().atoms(text))


@lru_cache(maxsize=2)
def narrow(text: str) -> str:
    """Return ``text`` with the digits of every script and full-width signs of numerals in ASCII; the length is kept.

    The patterns' ``\\d`` finds all of them, and each then has to have its value.

    >>> narrow("２０２１年８月"), narrow("20\u0662\u0661年")
    ('2021年8月', '2021年')
    """
    if not _HAS_WIDE.search(text):
        return text
    return _HAS_WIDE.sub(lambda digit: str(int(digit[0])), text.translate(_WIDE))


@cache
def rules() -> dict[str, Any]:
    """The parsed grammar file, macros put in."""
    data = read_toml(GRAMMAR_FILE)
    macros = {"era": trie_pattern(list(eras())), "era_first": "".join({era[0] for era in eras()})}
    for name, pattern in data["macros"].items():
        macros[name] = _expand(pattern, macros)
    data["macros"] = macros
    for atom in data["atom"]:
        atom["pattern"] = _expand(atom["pattern"], macros)
        atom["first"] = _expand(atom["first"], macros)
    data["duration"]["first"] = _expand(data["duration"]["first"], macros)
    for key in ("number", "more", "unit"):
        data["duration"][key] = _expand(data["duration"][key], macros)
    return data


def _expand(pattern: str, macros: dict[str, str]) -> str:
    return _MACRO.sub(lambda name: macros[name[1]], pattern)


@cache
def pattern(section: str, name: str) -> re.Pattern[str]:
    """A pattern of the sections modifiers, markers, duration.context and duration.direction."""
    table = rules()
    for key in section.split("."):
        table = table[key]
    return re.compile(table[name])


@cache
def before_pattern(section: str, name: str) -> re.Pattern[str]:
    """The same pattern where it has to end a stretch of text."""
    return re.compile(f"(?:{pattern(section, name).pattern})$")


@cache
def grammar() -> Grammar:
    """The grammar; read once a process, on first use, and compiled character by character as they turn up."""
    return Grammar()


def _words() -> dict[str, _Word]:
    words: dict[str, _Word] = {}
    for row in read_tsv(WORDS_FILE, WORD_COLUMNS):
        fields: dict[str, Any] = {
            "unit": row["unit"],
            "offset": int(row["offset"]),
            "anchor": row["anchor"],
        }
        if row["part"]:
            fields["part"] = row["part"]
        words[row["form"]] = _Word(
            "shift",
            row["id"],
            fields,
            re.compile(row["not_before"]) if row["not_before"] else None,
            re.compile(f"(?:{row['not_after']})$") if row["not_after"] else None,
        )
    for row in read_tsv(FESTIVALS_FILE, ("id", "form", "rule")):
        words[row["form"]] = _Word("festival", row["id"], {"festival": row["rule"]})
    return words


def trie_pattern(words: "dict[str, Any] | list[str]") -> str:
    """Return a pattern that matches the longest of ``words`` and tries each first character once.

    >>> trie_pattern(["今年", "今天", "今"])
    '今(?:天|年)?'
    """
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branch(tree)


def _branch(tree: dict[str, Any]) -> str:
    parts = [re.escape(char) + _branch(below) for char, below in sorted(tree.items()) if char]
    if not parts:
        return ""
    joined = parts[0] if len(parts) == 1 and "" not in tree else f"(?:{'|'.join(parts)})"
    return joined + "?" if "" in tree else joined
