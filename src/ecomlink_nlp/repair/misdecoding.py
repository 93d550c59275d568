"""Text whose bytes were decoded by the wrong code: UTF-8 read as GBK or Latin-1, GBK read as Latin-1.

Notes for a newcomer. Such a reading can be undone by writing the characters back to bytes and reading these by the
right code. That it *should* be undone follows from the bytes: UTF-8 is so regular that text of another kind is
next to never valid UTF-8 over several characters, and the result must consist of common characters. What was lost
before (bytes that a reader replaced) cannot come back: it becomes U+FFFD, the character that stands for lost text.
锟斤拷 is two of these, written as UTF-8 and read as GBK, and becomes them again.
"""

import re
from collections.abc import Iterator
from functools import cache

from ecomlink_nlp.repair.language import LanguageModel
from ecomlink_nlp.text.edits import Edit

LOST = "\N{REPLACEMENT CHARACTER}"

# What Windows-1252 has where Latin-1 has control characters.
_CP1252 = {
    char: bytes((code,)) for code in range(0x80, 0xA0) if (char := bytes((code,)).decode("cp1252", "ignore"))
}
_HIGH = "\x80-\xbf" + "".join(_CP1252)
# Two units of UTF-8 at least, or other bytes than that (an accent, a dash) would do.
_UTF8_IN_LATIN = re.compile(
    rf"(?:[âãä-éï][{_HIGH}]{{2}}|[ÂÃ][{_HIGH}]|ð[{_HIGH}]{{3}})"
    rf"(?:[âãä-éï](?:[{_HIGH}][{_HIGH} ]|[ ][{_HIGH}])|[ÂÃ][{_HIGH}]|ð[{_HIGH}]{{3}})+"
)
_GBK_IN_LATIN = re.compile(r"[\xa1-\xf7][\xa1-\xfe](?:[\xa1-\xf7][\xa1-\xfe]){2,}")
_UTF8 = re.compile(rb"(?:[\xe2-\xe9\xef][\x80-\xbf]{2}|[\xc2\xc3][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2})+")
_UTF8_BEGUN = re.compile(rb"[\xe2-\xe9\xef][\x80-\xbf]?")
_LOST_TRIPLES = re.compile(r"(?:锟斤拷)+")
_ABOUT_CODES = re.compile(r"乱码|亂碼|编码|編碼|字符集|UTF-?8|Unicode|GBK", re.IGNORECASE)

_COMMON_SHARE = 0.75
_LEAST_LIKELY = -9.0
_MAX_RUN = 4000


def find_edits(text: str) -> list[Edit]:
    """Return the edits that undo wrong decodings, of the kind ``mojibake``; sorted and disjoint.

    >>> [(e.before, e.after, e.rule) for e in find_edits("他在鎶栭煶上")]
    [('鎶栭煶', '抖音', 'utf8_as_gbk')]
    >>> [e.after for e in find_edits("æ\\x8a\\x96é\\x9f³")], find_edits("café, “naïve” ……")
    (['抖音'], [])
    """
    edits = [*_latin(text), *_utf8_in_gbk(text), *_lost(text)]
    edits.sort(key=lambda edit: edit.start)
    result: list[Edit] = []
    for edit in edits:
        if not result or edit.start >= result[-1].end:
            result.append(edit)
    return result


def _edit(text: str, start: int, end: int, after: str, rule: str) -> Edit:
    return Edit(start, end, text[start:end], after, "mojibake", rule, 0.95)


def _latin(text: str) -> Iterator[Edit]:
    if text.isascii():
        return
    for match in _UTF8_IN_LATIN.finditer(text):
        raw = b"".join(b"\xa0" if char == " " else _latin_byte(char) for char in match.group())
        clean = raw.decode("utf-8", "replace")
        if _is_common(clean.replace(LOST, "")) and LOST not in clean:
            yield _edit(text, match.start(), match.end(), clean, "utf8_as_latin1")
    for match in _GBK_IN_LATIN.finditer(text):
        clean = match.group().encode("latin-1").decode("gb2312", "ignore")
        if len(clean) == len(match.group()) // 2 and _is_common(clean) and _is_likely(clean):
            yield _edit(text, match.start(), match.end(), clean, "gbk_as_latin1")


def _latin_byte(char: str) -> bytes:
    return _CP1252[char] if char in _CP1252 else char.encode("latin-1")


def _utf8_in_gbk(text: str) -> Iterator[Edit]:
    done = 0
    for match in _gbk_leads().finditer(text):
        if match.start() < done:
            continue
        edit = _utf8_in_gbk_at(text, match.start())
        if edit is not None:
            done = edit.end
            yield edit


def _utf8_in_gbk_at(text: str, start: int) -> Edit | None:
    offsets = [0]
    data = bytearray()
    for char in text[start : start + _MAX_RUN]:
        piece = _gbk_bytes(char)
        if not piece:
            break
        data += piece
        offsets.append(len(data))
        # Most text that is no mojibake breaks off here: no need to read on.
        if len(offsets) == 4 and not _UTF8.match(data):
            return None
    match = _UTF8.match(data)
    if match is None:
        return None
    size = match.end()
    end = start + len(offsets) - 1
    clean = match.group().decode("utf-8", "ignore")
    if size < len(data):
        rest = data[size:]
        if _UTF8_BEGUN.fullmatch(rest) and text[end : end + 1] in ("?", LOST):
            clean, end = clean + LOST, end + 1
        else:
            while size and size not in offsets:
                size -= len(clean[-1].encode())
                clean = clean[:-1]
            end = start + offsets.index(size)
    source = text[start:end]
    if len(clean) < 2 or not _is_common(clean.replace(LOST, "")) or _common(source) > len(source) / 2:
        return None
    return _edit(text, start, end, clean, "utf8_as_gbk")


def _lost(text: str) -> Iterator[Edit]:
    if "锟斤拷" not in text or _ABOUT_CODES.search(text):
        return
    for match in _LOST_TRIPLES.finditer(text):
        yield _edit(text, match.start(), match.end(), LOST * (len(match.group()) // 3 * 2), "lost_triples")


@cache
def _gbk_leads() -> re.Pattern[str]:
    """Match a character whose GBK bytes begin a character of UTF-8, with another behind it."""
    leads = (*range(0xE2, 0xEA), 0xEF)
    pairs = (
        bytes((first, second)).decode("gbk", "ignore") for first in leads for second in range(0x80, 0xC0)
    )
    chars = sorted({char for char in pairs if len(char) == 1})
    return re.compile(rf"[{''.join(map(re.escape, chars))}](?=[^\x00-\x7f])")


def _gbk_bytes(char: str) -> bytes:
    """Return the bytes of a character as a reader of GBK would have met them."""
    if char == "€":
        return b"\x80"
    if char.isascii():
        return b""
    try:
        return char.encode("gb18030")
    except UnicodeEncodeError:
        return b""


def _common(text: str) -> int:
    """Count characters of level 1 of GB 2312 and of Chinese punctuation."""
    count = 0
    for char in text:
        try:
            data = char.encode("gb2312")
        except UnicodeEncodeError:
            continue
        count += b"\xb0\xa1" <= data <= b"\xd7\xf9" or b"\xa1\xa1" <= data <= b"\xa3\xfe"
    return count


def _is_common(text: str) -> bool:
    han = sum("一" <= char <= "鿿" for char in text)
    return bool(text) and han > 0 and _common(text) >= _COMMON_SHARE * len(text)


@cache
def _general_model() -> LanguageModel:
    return LanguageModel("")


def _is_likely(text: str) -> bool:
    return _general_model().score(text) >= _LEAST_LIKELY * len(text)
