"""What the bytes of GBK allow where text was read one byte off: characters by half, and the pairs that readers dropped.

A character is two bytes. Read one byte off, a text shows the second half of each character together with the first
half of the next. Pairs that are no character of GBK (they belong to its user-defined area) were dropped by the reader: a
*gap*. The readings in brackets and the words of the language tell which halves fit.
"""

import heapq
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from ecomlink_nlp.repair.glosses import readings
from ecomlink_nlp.repair.language import beginning, followers, general_model, is_common
from ecomlink_nlp.repair.script import traditional_to_simplified

Pair = tuple[int, int]

_STOPS = "，。、：；？！"
_OPENING = "“‘（《"
_CLOSING = "”’）》"
_MARKS = frozenset(f"{_STOPS}{_OPENING}{_CLOSING}…—")
# What may stand right behind a mark other than a letter.
_AFTER_MARK = {
    **dict.fromkeys("，、：；", f"{_OPENING}—…"),
    **dict.fromkeys("。？！", f"{_OPENING}{_CLOSING}—"),
    **dict.fromkeys(_OPENING, f"{_OPENING}…"),
    **dict.fromkeys(_CLOSING, f"{_STOPS}{_OPENING}{_CLOSING}—…"),
    **dict.fromkeys("…—", "".join(sorted(_MARKS))),
}
# What a site that folded punctuation made of it: no such byte stands alone among shifted ones.
_FULL_WIDTH = str.maketrans(",:;!?", "，：；！？")
_LIKELY_LAST = 30
# Marks that begin with the two bytes that marks begin with.
_LOST_MARKS = "。，"
_LIKELY_GAPS = 45
_LIKELY_DOUBLE_GAPS = 25
_LIKELY_SECONDS = 60


@cache
def gbk(char: str) -> bytes:
    """Return the bytes of a character as readers of shifted text meet it; empty where GBK has none.

    >>> gbk("寶").hex(), gbk("€").hex(), gbk("!").hex()
    ('8c9a', '80', 'a3a1')
    """
    if char == "€":
        return b"\x80"
    try:
        return char.translate(_FULL_WIDTH).encode("gbk")
    except UnicodeEncodeError:
        return b""


@cache
def character(first: int, second: int) -> str | None:
    """Decode two bytes to a character that running text may hold.

    >>> character(0x8C, 0x9A), character(0x8C, 0xFF)
    ('寶', None)
    """
    try:
        char = bytes((first, second)).decode("gbk")
    except UnicodeDecodeError:
        return None
    return char if len(char) == 1 and ("㐀" <= char <= "鿿" or char in _MARKS) else None


def may_follow(before: str, char: str) -> bool:
    """True unless two marks of punctuation stand side by side that never do.

    >>> may_follow("。", "”"), may_follow("，", "，"), may_follow("", "，")
    (True, False, True)
    """
    return before not in _AFTER_MARK or char not in _MARKS or char in _AFTER_MARK[before]


def first_bytes(before: str, syllable: str) -> list[int]:
    """Return the bytes that after ``before``'s second byte look like a character read ``syllable``.

    The program wrote the readings behind what it had converted, so behind traditional characters.
    """
    data = gbk(before)
    if len(data) != 2:
        return []
    return [first for first in range(0x81, 0xFF) if _is_glossed(character(data[1], first), syllable)]


@cache
def glossed_seconds(first: int, syllable: str) -> tuple[int, ...]:
    """Return the second bytes that make ``first`` a traditional character read ``syllable``."""
    return tuple(second for second in range(0x40, 0xFF) if _is_glossed(character(first, second), syllable))


@cache
def likely_seconds(first: int) -> tuple[int, ...]:
    """Return the second bytes of the likeliest characters that begin with ``first``, punctuation left out."""
    model = general_model()
    pairs = ((second, character(first, second)) for second in range(0x40, 0xFF))
    known = [(second, char) for second, char in pairs if char is not None and char not in _MARKS]
    known.sort(key=lambda pair: -model.character(pair[1]))
    return tuple(second for second, _ in known[:_LIKELY_SECONDS])


@cache
def gaps_between(pending: int, following: int) -> tuple[tuple[Pair, ...], ...]:
    """Return the likeliest dropped pairs, or two in a row, between two bytes.

    ``following`` is 0 where it is not known either.
    """
    single: list[tuple[float, tuple[Pair, ...]]] = []
    for lead, first in _firsts(pending):
        for trail, second in _next_characters(first, following):
            if trail in _undefined()[lead] and may_follow(first, second):
                single.append((_pair_score(first, second), ((lead, trail),)))
    return (*_best(single, _LIKELY_GAPS), *_best(_comma_gaps(pending, following), _LIKELY_DOUBLE_GAPS))


@cache
def gaps_before_gloss(pending: int, syllable: str) -> tuple[tuple[Pair, ...], ...]:
    """Return the dropped pairs behind which a character read ``syllable`` may begin."""
    return tuple(
        ((lead, trail),)
        for lead, _ in _firsts(pending)
        for trail in sorted(_undefined()[lead])
        if glossed_seconds(trail, syllable)
    )


def _comma_gaps(pending: int, following: int) -> Iterator[tuple[float, tuple[Pair, ...]]]:
    """Yield two pairs in a row with their scores, where one of the characters that they hid is a comma.

    Commas are what most gaps come from, and of the characters beside them one in eight makes a second gap.
    """
    if not following:
        return
    head, tail = gbk("，")
    behind_comma = _undefined()[tail]
    if pending == head:
        for trail in sorted(behind_comma):
            for lead, char in _firsts(trail):
                if is_common(char):
                    for end, second in _likely_last(following):
                        if end in _undefined()[lead]:
                            yield _pair_score(char, second), ((tail, trail), (lead, end))
    for lead, char in _firsts(pending):
        if head in _undefined()[lead] and is_common(char):
            for end, second in _likely_last(following):
                if end in behind_comma:
                    yield _pair_score(char, second), ((lead, head), (tail, end))


@cache
def _likely_last(following: int) -> list[tuple[int, str]]:
    """Return the characters that end with a byte and most often begin words, with their first bytes."""
    known = [item for item in _next_characters("", following) if is_common(item[1])]
    return heapq.nlargest(_LIKELY_LAST, known, key=lambda item: beginning(item[1]))


def _best(scored: Iterable[tuple[float, tuple[Pair, ...]]], number: int) -> Iterator[tuple[Pair, ...]]:
    ranked = sorted(scored, key=lambda item: (-item[0], item[1]))
    return islice(dict.fromkeys(pairs for _, pairs in ranked), number)


@cache
def _pair_score(first: str, second: str) -> float:
    model = general_model()
    return max(model.word(first + second), model.character(first) + beginning(second))


def _firsts(pending: int) -> Iterator[tuple[int, str]]:
    """Yield the first bytes of pairs that may be dropped, with the characters that they end."""
    for lead, dropped in _undefined().items():
        if dropped and (char := character(pending, lead)) is not None:
            yield lead, char


def _next_characters(first: str, following: int) -> Iterator[tuple[int, str]]:
    if following:
        for trail in range(0x81, 0xFF):
            if (char := character(trail, following)) is not None:
                yield trail, char
    else:
        for char in (*followers(first), *_LOST_MARKS):
            if len(data := gbk(char)) == 2:
                yield data[0], char


@cache
def _is_glossed(char: str | None, syllable: str) -> bool:
    return (
        char is not None and traditional_to_simplified().convert(char) != char and syllable in readings(char)
    )


@cache
def _undefined() -> dict[int, frozenset[int]]:
    """Return the pairs that are no character of GBK: seconds by first byte."""
    return {
        first: frozenset(second for second in range(0x81, 0xFF) if not _is_defined(first, second))
        for first in range(0x81, 0xFF)
    }


def _is_defined(first: int, second: int) -> bool:
    try:
        bytes((first, second)).decode("gbk")
    except UnicodeDecodeError:
        return False
    return True
