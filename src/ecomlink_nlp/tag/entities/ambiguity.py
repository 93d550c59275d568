"""Whether a known name, found in the text, is that name there: word edges, ordinary words and evidence.

Notes for a newcomer. A match of the automaton is only a *hit*. Three questions decide whether it is a mention:

1. *Edges.* A Latin name must not stand inside a longer Latin word or number; a short Chinese one must not cut
   a dictionary word in two (抖了|抖音箱|, 有|赞成|者).
2. *Ordinary words.* ``data/ambiguity.tsv`` lists names that are also something else, with a mode. ``word``: the name is
   meant unless the words before or after say otherwise (是个|快手). ``context``: the ordinary word is meant unless the words
   around (``before``, ``after``, ``near``), a business cue of ``entity_cues.tsv`` or the document (the same party under an
   unmistakable name) say the name is meant. ``strict``: only the row's own patterns count (得到, 统一). ``case``: the Latin
   spelling must be as given.
3. *Whose name.* Where two parties share a name (阿里: the company, the prefecture), the first whose
   conditions hold gets the mention, the stricter modes being asked first.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ecomlink_nlp.resources import read_tsv
from ecomlink_nlp.segment.words import crosses_common_word, stands_as_word

_NEAR = 40
_SIDE = 12
_COLUMNS = ("id", "alias", "party", "mode", "not_before", "not_after", "before", "after", "near")
# Names of four characters and more hardly ever arise by accident across words.
_LONGEST_DOUBTFUL = 3


@dataclass(frozen=True, slots=True)
class Condition:
    """A row of ``ambiguity.tsv``: regular expressions on the text before and after, and words near by.

    They are kept as text and compiled when first asked: a document meets few of them.
    """

    mode: str
    not_before: str = ""
    not_after: str = ""
    before: str = ""
    after: str = ""
    near: str = ""


@cache
def conditions() -> dict[tuple[str, str], Condition]:
    """Return the packaged conditions by (alias, id of the party; ``""`` for any party)."""
    return {
        (row["alias"], row["party"]): Condition(*(row[column] for column in _COLUMNS[3:]))
        for row in read_tsv("ambiguity.tsv", _COLUMNS)
    }


@cache
def _ending(alternatives: str) -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives})$")


@cache
def _compiled(alternatives: str) -> re.Pattern[str]:
    return re.compile(alternatives)


def _ends_with(alternatives: str, text: str, start: int) -> bool:
    return bool(alternatives and _ending(alternatives).search(text[max(0, start - _SIDE) : start]))


def _follows(alternatives: str, text: str, end: int) -> bool:
    return bool(alternatives and _compiled(alternatives).match(text, end))


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rows = read_tsv("entity_cues.tsv", ("id", "side", "words"))
    sides = {
        side: [re.escape(word) for row in rows if row["side"] == side for word in row["words"].split()]
        for side in ("before", "after")
    }
    return re.compile(f"(?:{'|'.join(sides['before'])})[“‘「]?$"), re.compile(
        f"[”’」]?(?:{'|'.join(sides['after'])})"
    )


def has_cue(text: str, start: int, end: int) -> bool:
    """True when a business word stands right before or after the span (入驻…, …电商, …宣布).

    >>> has_cue("得物宣布涨价", 0, 2), has_cue("种瓜得物", 2, 4)
    (True, False)
    """
    before, after = _cues()
    return bool(after.match(text, end) or before.search(text[max(0, start - _SIDE) : start]))


_OFFICE = re.compile(r"(?:C[EFOTMP]O|APP|App)(?![A-Za-z])")
_DIVISIONS = frozenset("省市县区镇州")
_HEAD_OF_PLACE = re.compile("[省市县区镇州]长")
_SITE = re.compile("站(?![台长点内立在住出])")
_DATE = re.compile(r"(?:\d{1,2}[月日号]|(?:19|20)?\d{2}年)")


def has_clean_edges(text: str, start: int, end: int) -> bool:
    """True when the span neither cuts a Latin word or number nor a Chinese word in two.

    >>> has_clean_edges("TikToker", 0, 6), has_clean_edges("网易上市", 0, 2), has_clean_edges("抖了抖音箱上的灰", 2, 4)
    (False, True, False)
    """
    first, last = text[start], text[end - 1]
    if start and _is_latin(first) and _is_latin(text[start - 1]):
        return False
    if end < len(text) and _is_latin(last) and _is_latin(text[end]) and not _dated(last, text, end):
        return False
    if end - start > _LONGEST_DOUBTFUL or _is_latin(first) or _is_latin(last):
        return True
    if last in _DIVISIONS and text[end : end + 1] == "长":
        return False  # 砀山县|长
    return (
        _SITE.match(text, end) is not None  # 巴西站, no 西站
        or _HEAD_OF_PLACE.match(text, end) is not None
        or not crosses_common_word(text, start, end)
        or has_cue(text, start, end)
        or stands_as_word(text, start, end)
    )


def _dated(last: str, text: str, end: int) -> bool:
    """True where a date or an office written close follows a Latin name (Temu2月在美国, SheinCEO许仰天)."""
    follows = _DATE.match(text, end) or (last.islower() and _OFFICE.match(text, end))
    return last.isalpha() and bool(follows)


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def is_ruled_out(condition: Condition, text: str, start: int, end: int) -> bool:
    """True when the words right before or after the span say that the ordinary word is meant."""
    return _follows(condition.not_after, text, end) or _ends_with(condition.not_before, text, start)


def is_asserted(condition: Condition, text: str, start: int, end: int) -> bool:
    """True when the words right beside the span are those that the row gives for the name."""
    return _follows(condition.after, text, end) or _ends_with(condition.before, text, start)


def is_supported(condition: Condition, text: str, start: int, end: int, business: bool) -> bool:
    """True when the words around the span say that the name is meant; ``business``: business cues count."""
    if condition.near:
        near = _compiled(condition.near)
        if near.search(text, max(0, start - _NEAR), start) or near.search(text, end, end + _NEAR):
            return True
    return business and has_cue(text, start, end)


def strictest_first(modes: Iterable[str]) -> list[int]:
    """Return the positions of ``modes`` in the order in which to ask: strict, context, case, word, plain.

    >>> strictest_first(["plain", "context"])
    [1, 0]
    """
    order = ("strict", "context", "case", "word", "plain")
    return [position for _, position in sorted((order.index(mode), at) for at, mode in enumerate(modes))]
