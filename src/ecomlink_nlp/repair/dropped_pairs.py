"""The pairs of bytes that readers of shifted text dropped: those that are no character of GBK.

They belong to its user-defined area. Where some were dropped there is a *gap*: of the characters around it one half each
is left at most, and the words of the language tell which pairs are likely.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from ecomlink_nlp.repair.gbk_pairs import is_character
from ecomlink_nlp.repair.language import beginning, followers, general_model, is_common, simplified
from ecomlink_nlp.repair.shifted_bytes import character, gbk, glossed_seconds, may_follow

Pair = tuple[int, int]
Gap = tuple[Pair, ...]

_LIKELY_LAST = 30
_LIKELY_FOLLOWERS = 40
# Marks that begin with the two bytes that marks begin with.
_LOST_MARKS = "。，"
_LIKELY_GAPS = 45
_LIKELY_DOUBLE_GAPS = 25
_COMMA = tuple(gbk("，"))


@dataclass(frozen=True, slots=True)
class _Half:
    """A half of a character that a dropped pair holds.

    ``score``: of a first character how likely it is, of a second one how likely it begins a word.
    """

    score: float
    byte: int
    char: str
    # The second byte of the pair before, where two pairs in a row were dropped.
    before: int = 0


@dataclass(frozen=True, slots=True)
class _Seconds:
    """The characters that may stand behind a gap, likeliest first, and the same by their simplified form."""

    ranked: tuple[_Half, ...]
    by_form: dict[str, list[_Half]]

    @classmethod
    def of(cls, characters: Iterable[tuple[int, str]]) -> "_Seconds":
        ranked = _ranked(_Half(_opening(char), trail, char) for trail, char in characters)
        by_form: dict[str, list[_Half]] = {}
        for half in ranked:
            by_form.setdefault(simplified(half.char), []).append(half)
        return cls(ranked, by_form)


@lru_cache(maxsize=4096)
def gaps_between(pending: int, following: int) -> tuple[Gap, ...]:
    """Return the likeliest dropped pairs, or two in a row, between two bytes.

    ``following`` is 0 where it is not known either.
    """
    if not following:
        return tuple(_before_unknown(pending))

    def single(first: _Half, second: _Half) -> Gap | None:
        dropped = second.byte in _undefined()[first.byte] and may_follow(first.char, second.char)
        return ((first.byte, second.byte),) if dropped else None

    return (
        *_likeliest(_firsts(pending), _seconds(following), single, _LIKELY_GAPS),
        *_comma_gaps(pending, following),
    )


@lru_cache(maxsize=4096)
def gaps_before_gloss(pending: int, syllable: str) -> tuple[Gap, ...]:
    """Return the dropped pairs behind which a character read ``syllable`` may begin."""
    return tuple(
        ((lead, trail),)
        for lead in sorted(half.byte for half in _firsts(pending))
        for trail in sorted(_undefined()[lead])
        if glossed_seconds(trail, syllable)
    )


def _comma_gaps(pending: int, following: int) -> list[Gap]:
    """Return two pairs in a row, where one of the characters that they hid is a comma.

    Commas are what most gaps come from, and of the characters beside them one in eight makes a second gap.
    """
    undefined = _undefined()

    def comma_first(first: _Half, second: _Half) -> Gap | None:
        dropped = second.byte in undefined[first.byte]
        return ((_COMMA[1], first.before), (first.byte, second.byte)) if dropped else None

    def comma_last(first: _Half, second: _Half) -> Gap | None:
        dropped = _COMMA[0] in undefined[first.byte] and second.byte in undefined[_COMMA[1]]
        return ((first.byte, _COMMA[0]), (_COMMA[1], second.byte)) if dropped else None

    if pending == _COMMA[0]:
        return _likeliest(_firsts_behind_comma(), _likely_last(following), comma_first, _LIKELY_DOUBLE_GAPS)
    firsts = (half for half in _firsts(pending) if is_common(half.char))
    return _likeliest(firsts, _likely_last(following), comma_last, _LIKELY_DOUBLE_GAPS)


def _before_unknown(pending: int) -> list[Gap]:
    model = general_model()
    found: dict[Gap, float] = {}
    for first in _firsts(pending):
        for char in (*followers(first.char)[:_LIKELY_FOLLOWERS], *_LOST_MARKS):
            data = gbk(char)
            if data and data[0] in _undefined()[first.byte] and may_follow(first.char, char):
                score = max(model.word(first.char + char), first.score + _opening(char))
                gap = ((first.byte, data[0]),)
                found[gap] = max(score, found.get(gap, score))
    return _ranked_gaps(found)[:_LIKELY_GAPS]


def _likeliest(
    firsts: Iterable[_Half],
    seconds: _Seconds,
    gap: Callable[[_Half, _Half], Gap | None],
    number: int,
) -> list[Gap]:
    """Return the ``number`` likeliest gaps between two characters, where ``gap`` finds any.

    Both come likeliest first, so that few of all their pairs are looked at: those that are a word, and those that
    are likely apart.
    """
    model = general_model()
    found: dict[Gap, float] = {}
    best: list[float] = []

    def add(first: _Half, second: _Half, score: float) -> None:
        pairs = gap(first, second)
        if pairs is None or score <= found.get(pairs, score - 1):
            return
        found[pairs] = score
        (heapq.heappush if len(best) < number else heapq.heappushpop)(best, score)

    for first in firsts:
        for form in seconds.by_form.keys() & followers(first.char):
            for second in seconds.by_form[form]:
                add(first, second, max(model.word(first.char + second.char), first.score + second.score))
        for second in seconds.ranked:
            score = first.score + second.score
            if len(best) == number and score < best[0]:
                break
            add(first, second, score)
    return _ranked_gaps(found)[:number]


def _ranked_gaps(found: dict[Gap, float]) -> list[Gap]:
    return sorted(found, key=lambda pairs: (-found[pairs], pairs))


@cache
def _firsts(pending: int) -> tuple[_Half, ...]:
    """Return the first bytes of pairs that may be dropped, with the characters that they end."""
    model = general_model()
    return _ranked(
        _Half(model.character(char), lead, char)
        for lead, dropped in _undefined().items()
        if dropped and (char := character(pending, lead)) is not None
    )


@cache
def _firsts_behind_comma() -> tuple[_Half, ...]:
    """Return the same for common characters behind a comma, whose second byte was dropped with their first one."""
    return _ranked(
        replace(half, before=trail)
        for trail in _undefined()[_COMMA[1]]
        for half in _firsts(trail)
        if is_common(half.char)
    )


@cache
def _seconds(following: int) -> _Seconds:
    return _Seconds.of(_ending_with(following))


@cache
def _likely_last(following: int) -> _Seconds:
    """Return the characters that end with a byte and most often begin words."""
    common = [item for item in _ending_with(following) if is_common(item[1])]
    return _Seconds.of(heapq.nlargest(_LIKELY_LAST, common, key=lambda item: beginning(item[1])))


def _ending_with(following: int) -> Iterator[tuple[int, str]]:
    for trail in range(0x81, 0xFF):
        if (char := character(trail, following)) is not None:
            yield trail, char


def _ranked(halves: Iterable[_Half]) -> tuple[_Half, ...]:
    return tuple(sorted(halves, key=lambda half: (-half.score, half.byte, half.before)))


@cache
def _opening(char: str) -> float:
    """Return the log probability that ``char`` is a word or begins one."""
    return max(beginning(char), general_model().character(char))


@cache
def _undefined() -> dict[int, frozenset[int]]:
    """Return the pairs that are no character of GBK: seconds by first byte."""
    return {
        first: frozenset(second for second in range(0x81, 0xFF) if not is_character(first, second))
        for first in range(0x81, 0xFF)
    }
