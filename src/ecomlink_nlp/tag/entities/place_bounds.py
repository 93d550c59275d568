"""Names that hold a place, stand behind one or are one: authorities, institutions, firms, villages."""

import re

from ecomlink_nlp.segment.words import common_words
from ecomlink_nlp.tag.entities.name_words import FUNCTION, Blocked, Check
from ecomlink_nlp.tag.entities.organisations import has_plain_word
from ecomlink_nlp.tag.entities.persons import plain_words

_SHORTEST_COMPANY = 6
_COUNTS = re.compile(r"[的所家个名位多几各某这那和与及或在从向对把被将由为是有了着一二三四五六七八九十]")
_ACTED_ON = re.compile(r".*[对将把被由给](?=[^对将把被由给]{4})")
_BEFORE_COMPANY = re.compile(r".*[的了被将由和与及对向是为把据从在给让]")


def _company(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    """A registered name starts at its place or, without one, after the last function word before it."""
    start, end = match.span("name")
    if acted := _ACTED_ON.match(match.string, start, end - 4):
        start = acted.end()  # 市场监管总局依法对|阿里巴巴集团控股有限公司
    for left in range(start, end - 4):
        bracketed = left > 0 and match.string[left - 1] in "（("  # 阳光网络（上海）有限公司
        if blocked(left) and not bracketed and not (left > start and blocked(left - 1)):
            return left, end
    swallowed = _BEFORE_COMPANY.match(match.string, start, end - 4)
    if swallowed:
        start = swallowed.end()
    return (start, end) if end - start >= _SHORTEST_COMPANY else None


def _place(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    """An authority's name starts at its place; words before it (诉至, 由) were swallowed by the pattern."""
    start, end = match.span("name")
    begins = (left for left in range(start, end - 4) if blocked(left) and not (left and blocked(left - 1)))
    if (left := next(begins, None)) is not None:
        return left, end
    return (start, end) if blocked(start) else None  # right behind another name


def _placed(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    """An institution named after its place (华南|大学, 广东省|电子商务|协会): from the place on, nothing counted between."""
    start, end = match.span("name")
    for left in range(start, end - 3):
        if blocked(left) and not (left and blocked(left - 1)):
            named = next((at for at in range(left, end) if not blocked(at)), end)
            return None if named == end or _COUNTS.search(match.string, named, end) else (left, end)
    return None


def _placed_company(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    """A company named after its place (广州|三帅六将|公司): what stands between is no ordinary word."""
    start, end = match.span("name")
    for left in range(start, end - 3):
        if blocked(left) and not (left and blocked(left - 1)):
            named = next((at for at in range(left, end) if not blocked(at)), end)
            core = match.string[named:end]
            ordinary = any(core[at : at + 2] in common_words() for at in range(len(core) - 1))
            return (
                None
                if len(core) < 2 or ordinary or core[-1] in "本我贵" or FUNCTION.search(core)
                else (left, end)
            )
    return None


def _behind_place_headed(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    """A firm right behind its place (广州|美萃贸易): two or three characters of no word before the head."""
    start, end = match.span("name")
    named = next((at + 1 for at in range(end - 1, start - 2, -1) if at >= 0 and blocked(at)), None)
    if named is None:
        return None
    core = match.string[named : end - 2]
    ordinary = any(core[at : at + 2] in common_words() for at in range(len(core) - 1))
    return None if not 2 <= len(core) <= 3 or ordinary or has_plain_word(core) else (named, end)


def _behind_place(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    """A village or town right behind the place that it lies in (曹县|大集镇), and no word for one (周边农村)."""
    start, end = match.span("name")
    named = next((at for at in range(start, end) if not blocked(at)), end)
    name = match.string[named:end]
    if (
        len(name) < 2
        or named == 0
        or not (blocked(named - 1) or match.string[named - 1] in "县市区镇")
        or any(blocked(at) for at in range(named, end))
    ):
        return None
    return None if name in common_words() or name in plain_words() or _COUNTS.search(name) else (named, end)


PLACE_CHECKS: dict[str, Check] = {
    "place": _place,
    "placed": _placed,
    "placed-company": _placed_company,
    "company": _company,
    "behind-place": _behind_place,
    "behind-place-headed": _behind_place_headed,
}
