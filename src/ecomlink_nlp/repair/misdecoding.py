"""Text whose bytes were decoded by the wrong code: UTF-8 read as GBK or Latin-1, GBK read as Latin-1.

Notes for a newcomer. Such a reading can be undone by writing the characters back to bytes and reading these by the
right code. That it *should* be undone follows from the bytes: UTF-8 is so regular that text of another kind is
next to never valid UTF-8 over several characters, and the result must consist of common characters. Bytes that
the wrong reader replaced are found again where the words leave one reading (`gbk_reading`); what is lost becomes
U+FFFD, the character that stands for lost text. 锟斤拷 is two of these, written as UTF-8 and read as GBK, and becomes
them again.
"""

import re
from collections.abc import Iterator

from ecomlink_nlp.repair import gbk_reading
from ecomlink_nlp.repair.gbk_reading import LOST, common_share
from ecomlink_nlp.repair.language import general_model
from ecomlink_nlp.text.edits import Edit

# What Windows-1252 has where Latin-1 has control characters.
_CP1252 = {
    char: bytes((code,)) for code in range(0x80, 0xA0) if (char := bytes((code,)).decode("cp1252", "ignore"))
}
_HIGH = "\x80-\xbf" + "".join(_CP1252)
_UNIT = rf"(?:[âãä-éï][{_HIGH}]{{2}}|[ÂÃ][{_HIGH}]|ð[{_HIGH}]{{3}})"
# One unit of UTF-8 may be an accent and a dash; two are text, and then so are single ones in the same document.
_UTF8_PROOF = re.compile(rf"[âãä-éï][{_HIGH}]{{2}}{_UNIT}")
_UTF8_IN_LATIN = re.compile(rf"{_UNIT}+")
_GBK_PROOF = re.compile(r"(?:[\xa1-\xf7][\xa1-\xfe]){3}")
_GBK_IN_LATIN = re.compile(r"(?:[\xa1-\xf7][\xa1-\xfe])+")
_LOST_TRIPLES = re.compile(r"(?:锟斤拷)+")
_ABOUT_CODES = re.compile(r"乱码|亂碼|编码|編碼|字符集|UTF-?8|Unicode|GBK", re.IGNORECASE)

_COMMON_SHARE = 0.75
_LEAST_LIKELY = -9.0


def find_edits(text: str) -> list[Edit]:
    """Return the edits that undo wrong decodings, of the kind ``mojibake``; sorted and disjoint.

    >>> [(e.before, e.after, e.rule) for e in find_edits("他在鎶栭煶上")]
    [('鎶栭煶', '抖音', 'utf8_as_gbk')]
    >>> [e.after for e in find_edits("æ\\x8a\\x96é\\x9f³")], find_edits("café, “naïve” ……")
    (['抖音'], [])
    """
    if text.isascii():
        return []
    edits = [*_utf8_in_latin(text), *_gbk_in_latin(text), *_utf8_in_gbk(text), *_lost(text)]
    edits.sort(key=lambda edit: edit.start)
    result: list[Edit] = []
    for edit in edits:
        if not result or edit.start >= result[-1].end:
            result.append(edit)
    return result


def _edit(text: str, start: int, end: int, after: str, rule: str) -> Edit:
    return Edit(start, end, text[start:end], after, "mojibake", rule, 0.95)


def _utf8_in_latin(text: str) -> Iterator[Edit]:
    if not _UTF8_PROOF.search(text):
        return
    found = [(match, _utf8_of(match.group())) for match in _UTF8_IN_LATIN.finditer(text)]
    if common_share("".join(clean for _, clean in found)) < _COMMON_SHARE:
        return
    for match, clean in found:
        if LOST not in clean:
            yield _edit(text, match.start(), match.end(), clean, "utf8_as_latin1")


def _utf8_of(run: str) -> str:
    data = b"".join(_CP1252[char] if char in _CP1252 else char.encode("latin-1") for char in run)
    return data.decode("utf-8", "replace")


def _gbk_in_latin(text: str) -> Iterator[Edit]:
    if not _GBK_PROOF.search(text):
        return
    found = [
        (match, match.group().encode("latin-1").decode("gbk", "replace"))
        for match in _GBK_IN_LATIN.finditer(text)
    ]
    all_clean = "".join(clean for _, clean in found)
    likely = general_model().score(all_clean) >= _LEAST_LIKELY * len(all_clean)
    if not likely or common_share(all_clean) < _COMMON_SHARE:
        return
    for match, clean in found:
        if LOST not in clean:
            yield _edit(text, match.start(), match.end(), clean, "gbk_as_latin1")


def _utf8_in_gbk(text: str) -> Iterator[Edit]:
    for start, end, clean in gbk_reading.passages(text):
        yield _edit(text, start, end, clean, "utf8_as_gbk")


def _lost(text: str) -> Iterator[Edit]:
    if "锟斤拷" not in text or _ABOUT_CODES.search(text):
        return
    for match in _LOST_TRIPLES.finditer(text):
        yield _edit(text, match.start(), match.end(), LOST * (len(match.group()) // 3 * 2), "lost_triples")
