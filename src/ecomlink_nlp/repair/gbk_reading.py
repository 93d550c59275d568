"""UTF-8 that was read as GBK (鎶栭煶 for 抖音), with the bytes that the reader replaced.

Notes for a newcomer. A reader of GBK takes bytes in pairs; where a pair is no character, it writes ``?`` or U+FFFD for its
first byte and goes on with the second, or for both. So one lost byte is a trailing byte of UTF-8 that does not pair
with the next byte, which leaves a handful, and the words around choose.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from math import prod

from ecomlink_nlp.repair.gbk_pairs import is_character
from ecomlink_nlp.repair.language import START, general_model

LOST = "\N{REPLACEMENT CHARACTER}"

_LEADS = (*range(0xE2, 0xEA), 0xEF)
_TRAILS = range(0x80, 0xC0)
_COMMON_SHARE = 0.75
_LEAST_LEAD = 3.0
# Without a word behind it, a character must stand out more.
_LEAST_LEAD_ALONE = 5.0
_CONTEXT = 4
# A passage of so many characters that is no damage holds none either; to try each place in it takes a square.
_LONG = 60
_MOST_READINGS = 600
_STOPS = frozenset("。！？")
_AFTER_DIGITS = frozenset("年月日亿万元")
_LOST_MARKS = frozenset(("?", LOST))


def passages(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield ``(start, end, clean)`` for every passage that is UTF-8 read as GBK.

    >>> list(passages("蹇?鎵嬪啀鍒涙柊楂橈紝B绔欏垱")), list(passages("洹河边的浏阳"))
    ([(0, 11, '快手再创新高，'), (12, 15, '站创')], [])
    """
    found: list[_Passage] = []
    position = 0
    for match in _starts().finditer(text):
        if match.start() >= position:
            passage = _Passage(text, match.start())
            if passage.readings and not passage.looks_right():
                found.append(passage)
                position = passage.end
            elif passage.end - passage.start > _LONG:
                position = passage.end
    # Single characters, as between the digits of a date, follow where longer passages prove the damage.
    if any(len(passage.readings) >= 2 and passage.becomes_text() for passage in found):
        yield from ((passage.start, passage.end, passage.clean()) for passage in found)


def common_share(text: str) -> float:
    """Return the share of characters that are of level 1 of GB 2312 or Chinese punctuation; 0 without Han."""
    kept = text.replace(LOST, "")
    if not any("一" <= char <= "鿿" for char in kept):
        return 0.0
    return sum(map(_is_common, kept)) / len(kept)


@cache
def _is_common(char: str) -> bool:
    try:
        data = char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return b"\xb0\xa1" <= data <= b"\xd7\xf9" or b"\xa1\xa1" <= data <= b"\xa3\xfe"


@dataclass(slots=True)
class _Passage:
    """A passage from ``start`` on: ``readings`` has the possible characters, one set a character."""

    text: str
    start: int
    end: int = 0
    readings: list[list[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        data, offsets = self._bytes()
        position = complete = 0
        while position < len(data):
            size, chars = _unit(data, position)
            if not chars:
                break
            position += size
            self.readings.append(chars)
            # The passage ends between characters of the text only; what follows may be another one's bytes.
            if position in offsets:
                self.end, complete = offsets[position], len(self.readings)
        del self.readings[complete:]

    def _bytes(self) -> tuple[list[int | None], dict[int, int]]:
        """Return the bytes, None for a lost one, and where in the text each character's bytes end."""
        data: list[int | None] = []
        offsets: dict[int, int] = {}
        for i in range(self.start, len(self.text)):
            char = self.text[i]
            if char in _LOST_MARKS:
                data.append(None)
            elif piece := _gbk_bytes(char):
                data += piece
            else:
                break
            offsets[len(data)] = i + 1
            # Most text that is no mojibake breaks off here: no need to read on.
            if len(data) == 6 and not _unit(data, 0)[1]:
                break
        return data, offsets

    def looks_right(self) -> bool:
        """True where the text as it stands consists of common characters."""
        source = self.text[self.start : self.end]
        return 2 * sum(map(_is_common, source)) > len(source)

    def becomes_text(self) -> bool:
        """True where the characters that are sure are common ones."""
        known = "".join(chars[0] for chars in self.readings if len(chars) == 1)
        return common_share(known) >= _COMMON_SHARE

    def clean(self) -> str:
        """Return the text that stood here, with U+FFFD for what the words around do not tell."""
        out = ""
        i = 0
        while i < len(self.readings):
            j = i
            while j < len(self.readings) and len(self.readings[j]) > 1:
                j += 1
            if i == j:
                out += self.readings[i][0]
                i += 1
                continue
            right = "".join(chars[0] for chars in self.readings[j : j + _CONTEXT - 1] if len(chars) == 1)
            left = self.text[max(0, self.start - 1) : self.start] + out
            at_line_end = j == len(self.readings) and self.text[self.end : self.end + 1] in ("", "\n")
            out += _choose(left[-_CONTEXT:], self.readings[i:j], right, at_line_end=at_line_end)
            i = j
        return out


def _unit(data: list[int | None], position: int) -> tuple[int, list[str]]:
    """Read one character of UTF-8: its size in ``data``, and what it may be."""
    lead = data[position]
    following = data[position + 1 : position + 3]
    if lead is not None and lead in (0xC2, 0xC3) and following and following[0] in _TRAILS:
        return 2, [bytes((lead, following[0] or 0)).decode("utf-8")]
    if lead is None or lead not in _LEADS or len(following) < 2:
        return 0, []
    if any(byte is not None and byte not in _TRAILS for byte in following):
        return 0, []
    after = data[position + 3] if position + 3 < len(data) else 0
    if after is not None and after not in _LEADS:
        after = 0  # The passage ends here, and its bytes with it.
    options = [
        [byte] if byte is not None else _lost_bytes(following_byte)
        for byte, following_byte in zip(following, (following[1], after), strict=True)
    ]
    chars = []
    for second, third in product(*options):
        char = bytes((lead, second, third)).decode("utf-8", "ignore")
        if char and (None not in following or _is_common(char)):
            chars.append(char)
    return 3, chars


@cache
def _lost_bytes(following: int | None) -> list[int]:
    """Return the trailing bytes that do not pair with ``following`` (0: the end, None: lost too)."""
    if not following:
        return list(_TRAILS)
    return [byte for byte in _TRAILS if not is_character(byte, following)]


def _choose(left: str, readings: list[list[str]], right: str, *, at_line_end: bool) -> str:
    """Choose by the words, or mark as lost."""
    if len(readings) == 1:
        last = [char for char in readings[0] if char in (_STOPS if at_line_end else ())]
        unit = [char for char in readings[0] if char in (_AFTER_DIGITS if left[-1:].isdigit() else ())]
        if len(certain := last or unit) == 1:
            return certain[0]
    lost = LOST * len(readings)
    if prod(map(len, readings)) > _MOST_READINGS:
        return lost
    model = general_model()
    state = model.extend(START, left)
    ranked = sorted(
        (
            (model.extend(state, "".join(chars) + right)[0][-1], "".join(chars))
            for chars in product(*readings)
        ),
        reverse=True,
    )
    least = _LEAST_LEAD if right else _LEAST_LEAD_ALONE
    return ranked[0][1] if ranked[0][0] - ranked[1][0] >= least else lost


@cache
def _starts() -> re.Pattern[str]:
    """Match a character whose GBK bytes begin a character of UTF-8, with more behind it."""
    pairs = (bytes((lead, trail)).decode("gbk", "ignore") for lead in _LEADS for trail in _TRAILS)
    chars = sorted({char for char in pairs if len(char) == 1})
    return re.compile(rf"[{''.join(map(re.escape, chars))}](?=[^\x00-\x3e\x40-\x7f])")


@cache
def _gbk_bytes(char: str) -> bytes:
    if char == "€":
        return b"\x80"
    if char.isascii():
        return b""
    try:
        data = char.encode("gb18030")
    except UnicodeEncodeError:
        return b""
    return data if len(data) == 2 else b""
