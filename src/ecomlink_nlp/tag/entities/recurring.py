"""Companies that nothing but the document knows: a string that it repeats where only a company can stand.

Notes for a newcomer. 鹿角直播 is in no list and no pattern shows it, but a text about it says 鹿角直播宣布, 被鹿角直播罚款 and
鹿角直播公关负责人. `recurring_names` collects strings before what companies do and have, and behind the words that
mark a party; one that stands so at two places (four, where it is a row of ordinary words) and is repeated is a name, and
then one everywhere. The words are in ``data/recurring_names.toml``.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

from ahocorasick_rs import AhoCorasick

from ecomlink_nlp.resources import read_toml
from ecomlink_nlp.segment.words import best_segmentation, common_words, word_frequency
from ecomlink_nlp.tag.entities.ambiguity import has_clean_edges
from ecomlink_nlp.tag.entities.name_words import FUNCTION
from ecomlink_nlp.tag.entities.persons import plain_words
from ecomlink_nlp.text.document import Entity

_LONGEST, _SHORTEST = 6, 3
_EVERYDAY = 300  # occurrences in the dictionary's corpus: a word that everybody knows
_HAN = re.compile(r"[\u4e00-\u9fff]")
_NEVER = re.compile(rf"{FUNCTION.pattern}|[它他她你我咱们自]")
_BEHIND = frozenset("其则已也又向以于原股")  # begins the words behind a name
_TWICE, _OFTEN = 2, 4  # places
_COUNTS = re.compile("[一二三四五六七八九十百千万亿]")
_SCORE = 0.6


@dataclass(slots=True)
class _Seen:
    """Where a string stood like a company: before its deeds and people, behind a word that marks a party; if defined."""

    acting: set[int] = field(default_factory=set)
    marked: set[int] = field(default_factory=set)
    defined: bool = False

    def show(self, name: str) -> bool:
        """Whether that is enough to take the string for a name."""
        if _has_trade(name):
            return True
        enough = _OFTEN if _is_ordinary(name) else _TWICE
        return bool(self.acting) and (self.defined or len(self.acting | self.marked) >= enough)


@dataclass(frozen=True, slots=True)
class _Cues:
    behind: re.Pattern[str]
    before: re.Pattern[str]
    kinds: tuple[str, ...]
    opens: re.Pattern[str]
    not_last: tuple[str, ...]
    platform_last: tuple[str, ...]
    trades: tuple[str, ...]


@cache
def _cues() -> _Cues:
    data = read_toml("recurring_names.toml")

    def any_of(words: list[str]) -> str:
        return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))

    behind, edges = data["behind"], data["edges"]
    verbs = rf"(?:{'|'.join(behind['adverbs'])}){{0,3}}(?:{any_of(behind['verbs'])})"
    return _Cues(
        re.compile(
            rf"(?<=[\u4e00-\u9fff])(?:(?P<defining>{any_of(behind['defining'])})|{any_of(behind['nouns'])}|{verbs})"
        ),
        re.compile(any_of(data["before"]["words"] + data["before"]["trade_words"])),
        tuple(data["before"]["kinds"]),
        re.compile(
            rf"(?:^|[^\u4e00-\u9fffA-Za-z0-9]|[{edges['conjunctions']}]|{edges['time']}|{any_of(data['before']['words'] + data['before']['kinds'])})$"
        ),
        tuple(data["names"]["not_last"]),
        tuple(data["names"]["platform_last"]),
        tuple(sorted(data["names"]["trades"], key=len, reverse=True)),
    )


def recurring_names(text: str, blocked: Callable[[int], bool]) -> Iterator[Entity]:
    """Yield the companies that the text names again and again and nothing else knows; ``blocked`` are known names.

    >>> text = "麦柚云昨天宣布停运。商家被麦柚云罚款,麦柚云公关负责人没有回应。"
    >>> [(e.start, e.name, e.type) for e in recurring_names(text, lambda position: False)]
    [(0, '麦柚云', 'ORG'), (13, '麦柚云', 'ORG'), (19, '麦柚云', 'ORG')]
    """
    seen: dict[str, _Seen] = defaultdict(_Seen)
    for match in _cues().behind.finditer(text):
        for name in _names_before(text, match.start(), blocked):
            start = match.start() - len(name)
            seen[name].acting.add(start)
            seen[name].defined |= match["defining"] is not None
            seen[name].defined |= text.endswith(_cues().kinds, 0, start) and not _is_clause(name)
    for match in _cues().before.finditer(text):
        for name in _strings_behind(text, match.end(), blocked):
            end = match.end() + len(name)
            whole = end == len(text) or not _goes_on(text, end, blocked) or text[end] in _BEHIND
            if name in seen or (whole and _has_trade(name) and _is_name(name)):
                seen[name].marked.add(match.end())
    names = [name for name, places in seen.items() if places.show(name)]
    if not names:
        return
    for pattern, start, end in AhoCorasick(names).find_matches_as_indexes(text, overlapping=True):
        if not any(blocked(position) for position in range(start, end)):
            kind = "PLATFORM" if names[pattern].endswith(_cues().platform_last) else "ORG"
            yield Entity(start, end, kind, names[pattern], None, "recurring", _SCORE)


def _names_before(text: str, end: int, blocked: Callable[[int], bool]) -> Iterator[str]:
    """What ends at ``end``, begins where a clause or a party can begin, and may be a name."""
    start = end
    while start > max(0, end - _LONGEST) and _goes_on(text, start - 1, blocked):
        start -= 1
    for begin in range(start, end - _SHORTEST + 1):
        opens = begin == 0 or blocked(begin - 1) or _cues().opens.search(text, max(0, begin - 4), begin)
        if opens and _is_name(text[begin:end]) and has_clean_edges(text, begin, end):
            yield text[begin:end]


def _strings_behind(text: str, start: int, blocked: Callable[[int], bool]) -> Iterator[str]:
    """What begins at ``start``, as long as no function word and no known name ends it."""
    end = start
    while end < min(len(text), start + _LONGEST) and _goes_on(text, end, blocked):
        end += 1
        if end - start >= _SHORTEST:
            yield text[start:end]


def _goes_on(text: str, position: int, blocked: Callable[[int], bool]) -> bool:
    character = text[position]
    return _HAN.match(character) is not None and not _NEVER.match(character) and not blocked(position)


def _is_name(name: str) -> bool:
    """True for what is no word that everybody knows, and by its last word no thing and no group."""
    if name.endswith(_cues().not_last) or name[:2] in plain_words() or name in common_words():
        return False
    return word_frequency(name) <= _EVERYDAY


def _is_clause(name: str) -> bool:
    """True for what goes on with a sentence behind a kind of party rather than names one: 平台|三季度, 平台|必须…, 平台|正研究."""
    return name[:2] in common_words() or name[1:] in common_words() or _COUNTS.search(name) is not None


def _has_trade(name: str) -> bool:
    """True where the noun of a trade ends the name and what stands before it is no ordinary word (乐仓|物流, not 冷链|物流)."""
    trade = next((trade for trade in _cues().trades if name.endswith(trade)), None)
    core = name.removesuffix(trade) if trade else ""
    if core.endswith(_cues().trades):
        return False
    return (
        len(core) > 1
        and not _is_ordinary(core)
        and core[:2] not in plain_words() | common_words()
        and core[-2:] not in common_words()
    )


def _is_ordinary(name: str) -> bool:
    """True for a row of words of two and more characters that everybody knows (鹿角直播): it must show itself more often."""
    parts = [name[start:end] for start, end in best_segmentation(name)]
    return all(
        len(part) > 1 and (part in common_words() or word_frequency(part) > _EVERYDAY) for part in parts
    )
