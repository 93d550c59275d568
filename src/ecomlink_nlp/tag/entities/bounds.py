"""Where a name that a pattern found begins and ends, and whether it is one: the checks that patterns name.

Those of persons and of names with places have modules of their own.
"""

import re
from functools import cache

from ecomlink_nlp.segment.words import common_words
from ecomlink_nlp.tag.entities.name_words import FUNCTION, Blocked, Check, words
from ecomlink_nlp.tag.entities.organisations import core_start, has_plain_word
from ecomlink_nlp.tag.entities.person_bounds import PERSON_CHECKS
from ecomlink_nlp.tag.entities.persons import plain_words
from ecomlink_nlp.tag.entities.place_bounds import PLACE_CHECKS

_LONGEST_QUOTED = 10
# With 的 a longer one is what somebody says: “尊重商家的自主选择”.
_LONGEST_OF = 6
_LONGEST_FESTIVAL = 10
# What is said rather than named: “路线没有变”.
_SENTENCE = re.compile(r"[了没吗吧呢]|不会|不是|就是|的.*的")


def _free(match: re.Match[str], _blocked: Blocked) -> tuple[int, int] | None:
    return match.span("name")


def _core(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    text = match.string
    start = core_start(text, match.start("name"), blocked)
    return None if start is None else (start, match.end("name"))


def _core_open(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    """As `_core`, where what follows shows an organisation: its core may be an ordinary word."""
    start = core_start(match.string, match.start("name"), blocked, ordinary=True)
    return None if start is None else (start, match.end("name"))


def _core_strict(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    """As `_core`, for heads that are everyday nouns: no two characters of the name may be an ordinary word."""
    text = match.string
    span = _core(match, blocked)
    if span is None:
        return None
    core = text[span[0] : match.start("name")]
    return None if any(core[at : at + 2] in common_words() for at in range(len(core) - 1)) else span


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
    if name in common_words() or name in plain_words() or FUNCTION.search(name):
        return None
    return None if blocked(start) else (start, end)


def _unknown_inside(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    """As `_unknown`, where a name that begins like a known one is another (澄海|数据), unless all of it is known."""
    name = match["name"]
    whole = all(blocked(position) for position in range(*match.span("name")))
    return None if whole or has_plain_word(name[:-2]) or FUNCTION.search(name) else match.span("name")


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
    headed = headed or (after.startswith("品牌") and name not in common_words())
    called = re.search(f"(?:{words('quoted_noun').pattern})$", before)
    quote = match.start("name") - 1
    event = re.search(f"(?:{words('quote_event').pattern})$", name)
    owner = quote - 1 - (match.string[quote - 1 : quote] == "的")  # 拼多多的“暖冬补贴节”
    owned = event and len(name) > 2 and owner >= 0 and blocked(owner)
    start, end = match.span("name")
    # “京东拼拼”: a known name with more behind it
    introduced = re.search(f"(?:{words('naming_context').pattern})$", before) is not None
    extended = introduced and (name not in common_words() or (blocked(start) and not blocked(end - 1)))
    if name in plain_words() or words("after_no_name").match(after):
        return None
    if not (launched or headed or called or owned or extended):
        return None
    if (_SENTENCE.search(name) or (len(name) > _LONGEST_OF and "的" in name)) and not words(
        "after_event"
    ).match(after):
        return None
    if len(name) > _LONGEST_QUOTED and not words("after_event").match(after) and not event:
        return None
    return match.span("name")


def _headed_of_place(match: re.Match[str], blocked: Blocked) -> tuple[int, int] | None:
    """As `_headed`, for heads that are everyday nouns: right behind a place and 的 (苏州的|拾野服饰)."""
    start = match.start("name")
    placed = start > 1 and match.string[start - 1] == "的" and blocked(start - 2)
    return _headed(match, blocked) if placed else None


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


CHECKS: dict[str, Check] = {
    **PERSON_CHECKS,
    **PLACE_CHECKS,
    "free": _free,
    "core": _core,
    "core-open": _core_open,
    "core-strict": _core_strict,
    "uncommon": _uncommon,
    "unheard": _unheard,
    "unknown": _unknown,
    "unknown-inside": _unknown_inside,
    "quoted": _quoted,
    "festival": _festival,
    "headed-of-place": _headed_of_place,
    "headed": _headed,
    "headed-open": _headed_open,
}
