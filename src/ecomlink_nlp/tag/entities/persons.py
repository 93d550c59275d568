"""Where a Chinese person's name ends: surname, given name of one or two characters, and what may follow.

Notes for a newcomer. A name is found by what stands before it (分析师, 记者:) or after it (…表示). Chinese marks
no word ends, so ``顾琳预计`` could be 顾琳 or 顾琳预. `person_end` weighs the two lengths: an explicit right edge (punctuation or
a word of the list ``say``) beats a merely possible one, and two characters of given name beat one.
"""

import re
from dataclasses import dataclass
from functools import cache

from ecomlink_nlp.resources import read_tsv
from ecomlink_nlp.segment.words import common_words

GIVEN_NAMES_FILE = "given_names.tsv"
_LAST = "last_characters"
_PREPOSITIONS = frozenset("在对从把被将给")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Surnames:
    """The surnames of ``data/surnames.tsv`` by class."""

    common: frozenset[str]
    single: frozenset[str]
    compound: frozenset[str]


@cache
def surnames() -> Surnames:
    """Return the packaged surnames.

    >>> "仉" in surnames().single, "仉" in surnames().common, "欧阳" in surnames().compound
    (True, False, True)
    """
    classes: dict[str, frozenset[str]] = {
        row["class"]: frozenset(row["surnames"].split())
        for row in read_tsv("surnames.tsv", ("id", "class", "surnames"))
    }
    return Surnames(
        classes["common"], classes["common"] | classes["second"] | classes["rare"], classes["compound"]
    )


def is_person_name(name: str, strict: bool = False) -> bool:
    """True when ``name`` has the form of a Chinese name and is no ordinary word; ``strict``: a common surname only.

    >>> [is_person_name(name) for name in ("沈既明", "欧阳震华", "方面", "平台方")]
    [True, True, False, False]
    """
    if (
        not all(_HAN.match(character) for character in name)
        or name in common_words()
        or name in plain_words()
    ):
        return False
    known = surnames()
    if name[:2] in known.compound:
        return 3 <= len(name) <= 4
    if not 2 <= len(name) <= 3 or name[0] not in (known.common if strict else known.single):
        return False
    return not (len(name) == 3 and (name[:2] in plain_words() or name[1:] in plain_words()))


@cache
def given_characters() -> dict[str, str]:
    """The characters of given names by class: ``telling`` ones, ``usual`` ones, and the ``surname`` that show a bare name.

    >>> "霞" in given_characters()["telling"], "红" in given_characters()["usual"]
    (True, True)
    """
    return {
        row["class"]: row["characters"] for row in read_tsv(GIVEN_NAMES_FILE, ("id", "class", "characters"))
    }


def _goes_on(text: str, end: int) -> bool:
    """True where a given name of one telling character is followed by one that no given name has (叶梓|抽走)."""
    given = given_characters()
    return (
        text[end - 1] in given["telling"]
        and text[end] not in given["telling"]
        and text[end] not in given["usual"]
    )


@cache
def plain_words() -> frozenset[str]:
    """Words that are no part of a name (a given name may well be a word: 建国, 立群, but not 公司).

    >>> "公司" in plain_words(), "建国" in plain_words()
    (True, False)
    """
    return frozenset(
        word
        for row in read_tsv("not_in_names.tsv", ("id", "words"))
        if row["id"] != _LAST
        for word in row["words"].split()
    )


@cache
def _last_characters() -> frozenset[str]:
    """Characters that end no name but begin what follows one (宋闻|说)."""
    return frozenset(
        word
        for row in read_tsv("not_in_names.tsv", ("id", "words"))
        if row["id"] == _LAST
        for word in row["words"].split()
    )


def _has_two_surnames(text: str, start: int) -> bool:
    """True for the form of a married woman's name in Hong Kong and Taiwan (谢邱安仪)."""
    pair = text[start : start + 2]
    return len(pair) == 2 and all(character in surnames().common for character in pair)


def person_end(text: str, start: int, right_edge: re.Pattern[str]) -> int | None:
    """Return where the person's name that starts at ``start`` ends, or None where there is none.

    ``right_edge`` matches what may follow a name beyond doubt.

    >>> edge = re.compile("预计|说")
    >>> person_end("顾琳预计收入", 0, edge), person_end("沈既明说", 0, edge), person_end("发展很快", 0, edge)
    (2, 3, None)
    """
    surname = 2 if text[start : start + 2] in surnames().compound else 1
    longer, shorter = start + surname + 2, start + surname + 1
    ends = [end for end in (longer, shorter) if end <= len(text) and is_person_name(text[start:end])]
    for end in ends:
        edge = right_edge.match(text, end)
        if text[end - 1] in _PREPOSITIONS:
            continue  # 许冉|在分析师会议上
        if text[end - 1] in _last_characters():
            # 宋闻说：… ends before 说; only a longer word behind it (宋清和|认为) makes the character part of the name.
            refuses = text.startswith(("拒绝", "否认", "重申", "反驳"), end) and text[end - 1] not in "不没"
            if end == longer and (refuses or (edge and len(edge[0]) > 1)):
                return end
        elif edge or end == len(text) or not _HAN.match(text[end]):
            return end
    if _has_two_surnames(text, start) and right_edge.match(text, start + 4):
        return start + 4
    ends = [end for end in ends if text[end - 1] not in _last_characters()]
    for end in ends:
        if text[end : end + 2] in common_words() and text[end - 1 : end + 1] not in common_words():
            return end
    # Nothing says where it ends: two characters of given name are the rule, if no word speaks against them.
    if (
        ends
        and ends[0] == longer
        and not any(text[at : at + 2] in common_words() for at in range(start, longer))
    ):
        return shorter if shorter in ends and _goes_on(text, shorter) else longer
    return None
