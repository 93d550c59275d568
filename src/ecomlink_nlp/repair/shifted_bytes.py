"""What the bytes of GBK allow where text was read one byte off: characters by their halves.

A character is two bytes. Read one byte off, a text shows the second half of each character together with the first
half of the next. The readings in brackets and the words of the language tell which halves fit.
"""

from functools import cache

from ecomlink_nlp.repair.glosses import readings
from ecomlink_nlp.repair.language import general_model
from ecomlink_nlp.repair.script import traditional_to_simplified

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
def _is_glossed(char: str | None, syllable: str) -> bool:
    return (
        char is not None and traditional_to_simplified().convert(char) != char and syllable in readings(char)
    )
