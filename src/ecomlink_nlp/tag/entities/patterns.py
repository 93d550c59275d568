"""Names that no list holds, found by how they are introduced; the patterns are ``data/name_patterns.toml``."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ahocorasick_rs import AhoCorasick

from ecomlink_nlp.resources import read_toml
from ecomlink_nlp.segment.words import common_words
from ecomlink_nlp.tag.entities.bounds import CHECKS
from ecomlink_nlp.tag.entities.name_words import Blocked, alternatives, words
from ecomlink_nlp.tag.entities.persons import is_person_name, plain_words
from ecomlink_nlp.text.document import Entity
from ecomlink_nlp.text.lazy import LazyPattern

_LIST = re.compile(r"\{([a-z_]+)\}")
# Patterns in which a noun behind the name says what it is.
_TOLD_BY_NOUN = frozenset({"called", "is-a-company", "latin-is-a-company"})
_PLATFORM_NOUN = re.compile("(?:平台|网站)$")
_GLOSS = re.compile(r"[（(][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+[）)]")
_ORG_TAIL = re.compile(
    r"(?:公司|集团|科技|财经|日报|晚报|早报|周刊|观察|研究院|研究所|证券|咨询|数据|传媒|文化|网|社|报|在线|新闻|智库|商业|电商|零售)$"
)


@dataclass(frozen=True, slots=True)
class NamePattern:
    """One row of the patterns file, compiled.

    Where there are ``hook`` words, one begins in each match, at most ``reach`` characters behind its start.
    """

    id: str
    type: str
    regex: LazyPattern
    check: str
    example: str
    hook: tuple[str, ...] = ()
    reach: int = 0

    def matches(self, text: str, hooks: Iterable[int]) -> Iterator[re.Match[str]]:
        """Yield what ``finditer`` of the regex does, tried only around ``hooks``: where its words begin, in order."""
        position = 0
        for hook in hooks:
            position = max(position, hook - self.reach)
            while position <= hook:
                found = self.regex.match(text, position)
                if found is None:
                    position += 1
                else:
                    yield found
                    position = found.end()


@cache
def name_patterns() -> tuple[NamePattern, ...]:
    """Return the packaged patterns in file order."""
    table: dict[str, Any] = read_toml("name_patterns.toml")
    cells = table["words"]
    lists = {name: alternatives(cell) for name, cell in cells.items()}

    def filled(source: str) -> LazyPattern:
        return LazyPattern(_LIST.sub(lambda found: lists[found[1]], source), re.MULTILINE)

    return tuple(
        NamePattern(
            row["id"],
            row["type"],
            filled(row["regex"]),
            row["check"],
            row["example"],
            tuple(_LIST.sub(lambda found: cells[found[1]], row.get("hook", "")).split()),
            row.get("reach", 0),
        )
        for row in table["pattern"]
    )


@cache
def _hooks() -> tuple[AhoCorasick, tuple[tuple[str, ...], ...]]:
    """One automaton over the hooks of all patterns, and the ids of the patterns of each of its words."""
    patterns_of: dict[str, list[str]] = {}
    for pattern in name_patterns():
        for word in pattern.hook:
            patterns_of.setdefault(word, []).append(pattern.id)
    return AhoCorasick(list(patterns_of)), tuple(map(tuple, patterns_of.values()))


def matches(text: str) -> Iterator[tuple[NamePattern, re.Match[str]]]:
    """Yield all matches of all patterns, pattern by pattern."""
    automaton, patterns_of = _hooks()
    places: dict[str, set[int]] = {}
    for word, start, _ in automaton.find_matches_as_indexes(text, overlapping=True):
        for pattern_id in patterns_of[word]:
            places.setdefault(pattern_id, set()).add(start)
    for pattern in name_patterns():
        if pattern.hook:
            found = pattern.matches(text, sorted(places.get(pattern.id, ())))
        else:
            found = pattern.regex.finditer(text)
        for match in found:
            yield pattern, match


def pattern_candidates(text: str, blocked: Blocked) -> Iterator[Entity]:
    """Yield the names that the patterns find; ``blocked(i)`` says that character ``i`` belongs to a known name."""
    for pattern, match in matches(text):
        span = CHECKS[pattern.check](match, blocked)
        if span is None:
            continue
        kind = _type_of(pattern, match, text[span[0] : span[1]])
        if kind is not None:
            name = _GLOSS.sub("", text[span[0] : span[1]])
            yield Entity(span[0], span[1], kind, name, None, f"pattern:{pattern.id}", 0.8)


def _type_of(pattern: NamePattern, match: re.Match[str], name: str) -> str | None:
    """The type that the pattern fixes, or that the words in and around the name tell."""
    if pattern.type == "byline":
        return _byline_type(pattern, name)
    if pattern.type != "head":
        return pattern.type
    after = match["after"]
    if pattern.id in _TOLD_BY_NOUN:
        return "PLATFORM" if re.search(r"(?:平台|App|应用|网站|商城|电商)$", after) else "ORG"
    for kind, in_name, behind in (
        ("EVENT", "quote_event", "after_event"),
        ("PRODUCT", "quote_product", "after_product"),
    ):
        if kind == "PRODUCT" and _PLATFORM_NOUN.search(match["before"]):
            return "PLATFORM"
        if re.match(words(behind).pattern, after) or re.search(f"(?:{words(in_name).pattern})$", name):
            return kind
    if re.match(r"品牌", after) or re.search(f"(?:{words('quoted_noun').pattern})$", match["before"]):
        return "ORG"
    return "PRODUCT"


def _byline_type(pattern: NamePattern, name: str) -> str | None:
    """A by-line names a person, a source a medium, unless the form says otherwise."""
    if name in plain_words() or name in common_words():
        return None
    if _ORG_TAIL.search(name):
        return "ORG"
    if pattern.id == "byline-source":
        return "PERSON" if is_person_name(name) else "ORG"
    return "PERSON"
