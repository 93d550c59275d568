"""Where a person's name that a pattern found begins and ends, and whether it is one."""

import re
from functools import cache

from ecomlink_nlp.resources import read_tsv
from ecomlink_nlp.segment.words import common_words
from ecomlink_nlp.tag.entities.name_words import Blocked, Check, words
from ecomlink_nlp.tag.entities.organisations import has_plain_word
from ecomlink_nlp.tag.entities.persons import is_person_name, person_end, plain_words, surnames

# A title cut in two by the pattern's width: 贸易部|长祖尔基弗利·哈桑.
_ENDS_OFFICE = re.compile(r"[部局院会司处署厅市省县村]长")
# What one is, not what one is called: “快手扶贫达人”.
_TITLE = re.compile(r"(?:达人|主播|博主|网红|[一二][哥姐]|第一人|代言人|大使|专家|冠军|合伙人|女王|之王)$")


def _person(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    text = match.string
    start = match.start("name")
    end = person_end(text, start, words("say"))
    if end is None or blocked(start):
        return None
    known = any(blocked(position) for position in range(start, end))
    return None if known and text[start + 1 : end] not in _places() else (start, end)  # 关|成武


@cache
def _places() -> frozenset[str]:
    """The names of places, which given names may be too."""
    return frozenset(row["name"] for row in read_tsv("places.tsv", ("name",)))


def _person_second(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    """The second of two persons in one role, where the first is one by form."""
    return _person(match, blocked) if is_person_name(match["first"]) else None


def _glossed(match: re.Match[str], _blocked: Blocked) -> tuple[int, int] | None:
    """A surname with its reading in brackets; the given name ends as after a plain surname."""
    text = match.string
    surname = match.start("name")
    close = max(text.find(bracket, surname, match.end("name")) for bracket in "）)")
    plain = text[surname] + text[close + 1 : close + 8]
    end = person_end(plain, 0, words("say"))
    return None if end is None else (surname, close + end)


def _person_left(match: re.Match[str], _blocked: Blocked) -> tuple[int, int] | None:
    """The name ends where the group ends and starts two to four characters before."""
    text = match.string
    end = match.end("name")
    for start in (end - 3, end - 2, end - 4):
        if start >= match.start("name") and is_person_name(text[start:end]):
            return start, end
    return None


def _person_strict(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    text = match.string
    start, end = match.span("name")
    if not is_person_name(text[start:end], strict=True) or any(
        blocked(position) for position in range(start, end)
    ):
        return None
    return start, end


def _person_inside(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    """A name in the middle of a clause: no two of its characters, nor its first with the one before, make a word."""
    return None if _shares_word(match) else _person_strict(match, blocked)


def _person_behind_party(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    """A name behind that of the person's company: 环球捕手|李潇, 好孩子的|宋郑还."""
    end = match.end("name")
    for start in (end - 3, end - 2):
        of = start > 1 and match.string[start - 1] == "的" and end - start > 2  # 好孩子的|宋郑还
        if start > of and blocked(start - 1 - of) and not any(blocked(at) for at in range(start, end)):
            name = match.string[start:end]
            ordinary = any(name[at : at + 2] in common_words() for at in range(len(name) - 1))
            return None if ordinary or not is_person_name(name, strict=True) else (start, end)
    return None


def _person_described(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    """As `_person_inside`, where the clause describes somebody (在义乌卖袜子的林秀芬): any surname will do."""
    covered = any(blocked(position) for position in range(*match.span("name")))
    return None if covered or _shares_word(match) or not is_person_name(match["name"]) else match.span("name")


def _shares_word(match: re.Match[str]) -> bool:
    start, end = match.span("name")
    pairs = (match.string[at : at + 2] for at in range(max(0, start - 1), end - 1))
    return any(pair in common_words() for pair in pairs)


def _dotted(match: re.Match[str], _blocked: Blocked) -> tuple[int, int] | None:
    """Drop the function word before the first part of a transcribed name (据约翰·史密斯)."""
    start, end = match.span("name")
    first = match.string.find("·", start, end)
    for left in range(max(0, start - 3), first - 1):
        role = words("role").match(match.string, left, first)
        if role and role.end() > start:
            start = role.end()  # 创始人|尼廷·帕西
    while start < first and (
        has_plain_word(match.string[start]) or _ENDS_OFFICE.match(match.string, start - 1)
    ):
        start += 1
    return (start, end) if start < first else None


def _person_exact(match: re.Match[str], _blocked: Blocked) -> tuple[int, int] | None:
    return match.span("name") if is_person_name(match["name"]) else None


def _nickname(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    """A stage name in quotation marks is no ordinary word (主播“翻车”), nor a title by a known name (自称“快手达人”)."""
    name = match["name"]
    start, end = match.span("name")
    if blocked(start) and _TITLE.search(name):
        return None
    return None if name in common_words() or name in plain_words() else (start, end)


def _familiar(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    """老周, 阿凯, 胡大姐: a surname with what familiar speech puts before or behind it; behind 阿 any character."""
    start, end = match.span("name")
    name = match["name"]
    surname = name[1] if len(name) == 2 else name[0]
    if any(blocked(at) for at in range(start, end)) or name in plain_words():
        return None
    return (start, end) if name[0] == "阿" or surname in surnames().common else None


PERSON_CHECKS: dict[str, Check] = {
    "person": _person,
    "person-left": _person_left,
    "person-second": _person_second,
    "person-strict": _person_strict,
    "person-inside": _person_inside,
    "person-behind-party": _person_behind_party,
    "person-described": _person_described,
    "dotted": _dotted,
    "person-exact": _person_exact,
    "glossed": _glossed,
    "nickname": _nickname,
    "familiar": _familiar,
}
