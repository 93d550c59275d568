"""Where a name that a pattern found begins and ends, and whether it is one: the checks that patterns name.

Each check takes the match of a pattern with the group ``name`` and a function that says whether a character
belongs to a known name, and returns the span of the name, or None where there is none.
"""

import re
from collections.abc import Callable
from functools import cache

from ecomlink_nlp.resources import read_toml
from ecomlink_nlp.segment.words import common_words
from ecomlink_nlp.tag.entities.organisations import core_start, has_plain_word
from ecomlink_nlp.tag.entities.persons import is_person_name, person_end, plain_words, surnames

Blocked = Callable[[int], bool]
_LONGEST_QUOTED = 10
_SHORTEST_COMPANY = 6
_LONGEST_FESTIVAL = 10
# A title cut in two by the pattern's width: 贸易部|长祖尔基弗利·哈桑.
_ENDS_OFFICE = re.compile(r"[部局院会司处署厅市省县村]长")
# What is said rather than named: “路线没有变”.
_SENTENCE = re.compile(r"[了没吗吧呢]|不会|不是|就是|的.*的")
# What one is, not what one is called: “快手扶贫达人”.
_TITLE = re.compile(r"(?:达人|主播|博主|网红|[一二][哥姐]|第一人|代言人|大使|专家|冠军|合伙人|女王|之王)$")
_COUNTS = re.compile(r"[的所家个名位多几各某这那和与及或在从向对把被将由为是有了着一二三四五六七八九十]")
_ACTED_ON = re.compile(r".*[对将把被由给](?=[^对将把被由给]{4})")
# 将 may be part of a name (广州|三帅六将) and is none where 已, 也 or 又 stands before it.
_FUNCTION = re.compile(
    r"[的所家个名位多几各某这那和与及或在从向对把被由为是有了着两已也就便又再还未不要会能其该此]"
)
_BEFORE_COMPANY = re.compile(r".*[的了被将由和与及对向是为把据从在给让]")


@cache
def words(name: str) -> re.Pattern[str]:
    """Return the packaged list ``name`` as alternatives, longest first."""
    return re.compile(alternatives(read_toml("name_patterns.toml")["words"][name]))


def alternatives(cell: str) -> str:
    """Return the words of ``cell`` as alternatives of a regular expression, longest first."""
    return "|".join(re.escape(word) for word in sorted(set(cell.split()), key=len, reverse=True))


def _free(match: re.Match[str], _blocked: Blocked) -> tuple[int, int] | None:
    return match.span("name")


def _person(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    text = match.string
    start = match.start("name")
    end = person_end(text, start, words("say"))
    if end is None or any(blocked(position) for position in range(start, end)):
        return None
    return start, end


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
    while start < first and (
        has_plain_word(match.string[start]) or _ENDS_OFFICE.match(match.string, start - 1)
    ):
        start += 1
    return (start, end) if start < first else None


def _core(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    text = match.string
    start = core_start(text, match.start("name"), blocked)
    return None if start is None else (start, match.end("name"))


def _core_open(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    """As `_core`, where what follows shows an organisation: its core may be an ordinary word."""
    start = core_start(match.string, match.start("name"), blocked, ordinary=True)
    return None if start is None else (start, match.end("name"))


def _person_exact(match: re.Match[str], _blocked: Blocked) -> tuple[int, int] | None:
    return match.span("name") if is_person_name(match["name"]) else None


def _core_strict(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    """As `_core`, for heads that are everyday nouns: no two characters of the name may be an ordinary word."""
    text = match.string
    span = _core(match, blocked)
    if span is None:
        return None
    core = text[span[0] : match.start("name")]
    return None if any(core[at : at + 2] in common_words() for at in range(len(core) - 1)) else span


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
            return None if len(core) < 2 or ordinary or _FUNCTION.search(core) else (left, end)
    return None


def _uncommon(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    start, end = match.span("name")
    name = match["name"]
    if (
        name in common_words()
        or has_plain_word(name)
        or any(blocked(position) for position in range(start, end))
    ):
        return None
    return start, end


def _unknown(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    """A name whose place shows it: any words, but no known name, no function word and no everyday word as a whole."""
    start, end = match.span("name")
    name = match["name"]
    if name in common_words() or name in plain_words() or _FUNCTION.search(name):
        return None
    return None if blocked(start) else (start, end)


def _unheard(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    """As `_uncommon`, and no two characters make an ordinary word: what stands right behind a kind of company."""
    name = match["name"]
    if any(name[at : at + 2] in common_words() for at in range(len(name) - 1)):
        return None
    return _uncommon(match, blocked)


def _quoted(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    """A name in quotation marks needs a verb of bringing out or its owner before it, or a head after it."""
    name, before, after = match["name"], match["before"], match["after"]
    launched = words("launch").search(before) is not None
    headed = any(
        words(behind).match(after) for behind in ("after_product", "after_event_name", "after_spread")
    )
    called = re.search(f"(?:{words('quoted_noun').pattern})$", before)
    quote = match.start("name") - 1
    event = re.search(f"(?:{words('quote_event').pattern})$", name)
    owned = event and len(name) > 2 and quote and blocked(quote - 1)
    start, end = match.span("name")
    # “京东拼拼”: a known name with more behind it
    introduced = re.search(f"(?:{words('naming_context').pattern})$", before) is not None
    extended = introduced and (name not in common_words() or (blocked(start) and not blocked(end - 1)))
    if name in plain_words() or words("after_no_name").match(after):
        return None
    if not (launched or headed or called or owned or extended):
        return None
    if _SENTENCE.search(name) and not words("after_event").match(after):
        return None
    if len(name) > _LONGEST_QUOTED and not words("after_event").match(after) and not event:
        return None
    return match.span("name")


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


def _headed_of_place(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    """As `_headed`, for heads that are everyday nouns: right behind a place and 的 (苏州的|拾野服饰)."""
    start = match.start("name")
    placed = start > 1 and match.string[start - 1] == "的" and blocked(start - 2)
    return _headed(match, blocked) if placed else None


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


def _headed(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    """What stands before the head is no ordinary word (金融|科技) and holds none (人工智能|科技)."""
    core = _named_core(match, blocked)
    if core is None or any(core[at : at + 2] in common_words() for at in range(len(core) - 1)):
        return None
    return match.span("name")


def _headed_open(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    """As `_headed`, for institutes, whose names may be ordinary words (远望|研究院)."""
    return None if _named_core(match, blocked) is None else match.span("name")


def _named_core(match: re.Match[str], blocked: Blocked) -> str | None:
    core = match["name"].removesuffix(match["head"])
    covered = any(blocked(position) for position in range(*match.span("name")))
    return None if covered or len(core) < 2 or has_plain_word(core) else core


def _festival(match: re.Match[str], _blocked: Blocked) -> tuple[int, int] | None:
    """Take along the words and the date number before the head (616|品质|购物节)."""
    start, end = match.span("name")
    before = match.string[max(0, start - _LONGEST_FESTIVAL) : start]
    prefix = _festival_prefix().search(before)
    # Without a prefix it is a kind of festival, not one by name (those are in the knowledge base).
    return (start - len(prefix[0]), end) if prefix and prefix[0] else None


@cache
def _festival_prefix() -> re.Pattern[str]:
    return re.compile(rf"(?:(?<!\d)\d{{2,4}})?(?:{words('festival_prefix').pattern}){{0,2}}$")


CHECKS: dict[str, Callable[[re.Match[str], Blocked], tuple[int, int] | None]] = {
    "free": _free,
    "person": _person,
    "person-left": _person_left,
    "person-second": _person_second,
    "person-strict": _person_strict,
    "person-inside": _person_inside,
    "person-described": _person_described,
    "dotted": _dotted,
    "core": _core,
    "core-open": _core_open,
    "person-exact": _person_exact,
    "core-strict": _core_strict,
    "glossed": _glossed,
    "place": _place,
    "placed": _placed,
    "placed-company": _placed_company,
    "company": _company,
    "uncommon": _uncommon,
    "unheard": _unheard,
    "unknown": _unknown,
    "quoted": _quoted,
    "festival": _festival,
    "nickname": _nickname,
    "familiar": _familiar,
    "headed-of-place": _headed_of_place,
    "behind-place": _behind_place,
    "headed": _headed,
    "headed-open": _headed_open,
}
