"""Adverbs, times and other words that may stand between a noun phrase and its verb and belong to neither."""

import re
from dataclasses import dataclass
from functools import cache

from ecomlink_nlp.claim.clauses import Mention
from ecomlink_nlp.claim.situation import Situation
from ecomlink_nlp.resources import read_toml

# What is lifted acts on nobody: 最后一道限制也取消了
_LIFTED = re.compile(r"^[^，,]{0,8}(?:限制|屏蔽|封锁|禁令|封禁)")
_TOWARDS = re.compile(r"(?:面向|向|对|在|于|与|和)[^，,]{1,14}")
_MAX_APART = 6  # characters
_MAX_FILLING = 3  # characters of adverbs and particles that the list does not hold


@dataclass(frozen=True, slots=True)
class Patterns:
    """The words of ``discourse.toml``: as alternatives for a pattern, and compiled for their places."""

    words: str
    not_yet: str
    at_end: re.Pattern[str]
    before_verb: re.Pattern[str]
    filling: re.Pattern[str]
    negated: re.Pattern[str]
    kind: re.Pattern[str]
    of_its_own: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """Return the words between a noun phrase and its verb, compiled once."""
    data = read_toml("discourse.toml")
    rows = data["adverbs"]
    words, not_yet = _any(rows["words"]), _any(rows["not_yet"])
    kinds = _any(data["nouns"]["kinds_of_thing"])
    return Patterns(
        words=words,
        not_yet=not_yet,
        at_end=re.compile(rf"(?:{words})+$|^(?:后|起|[,，])"),
        before_verb=re.compile(rf"(?:(?:在|于|面向|对)[^，,]{{1,12}}|{words}|{not_yet}|起|[,，]){{0,4}}"),
        filling=re.compile(
            rf"{words}|{_any(rows['filling'])}|(?:在|于|从)[^，,]{{1,8}}|[起自年个月天周后了的]|[\W\d]"
        ),
        negated=re.compile(rf"{not_yet}|首次|再次"),
        # What kind of thing the name before is: “轻聊”App, 淘小铺平台
        kind=re.compile(rf"[”」』》]?(?:{kinds})*"),
        of_its_own=re.compile(rf"^的(?:{kinds})+"),
    )


def _any(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def without_adverbs(text: str) -> str:
    """The text without adverbs at its end."""
    return patterns().at_end.sub("", text)


def reaches_verb(s: Situation, start: int) -> bool:
    """True where nothing but a time, a place and adverbs lies between ``start`` and the verb."""
    # an adverb may stand before the time: 已于8月
    behind = next((t.end for t in s.clause.times if 0 <= t.start - start <= 2), start)
    return patterns().before_verb.fullmatch(s.discourse.text, behind, s.hit.start) is not None


def has_other_subject(s: Situation) -> bool:
    """True where unknown words before the verb are its subject: 原App下月停止更新 is not about the one before."""
    return len(_unfilled(_LIFTED.sub("", _without_times(s, s.clause.start)))) > _MAX_FILLING


def is_apart(s: Situation, start: int) -> bool:
    """True where more than times and adverbs lie between ``start`` and the verb."""
    return len(_unfilled(_without_times(s, start))) > _MAX_FILLING


def stands_apart(s: Situation, group: list[Mention]) -> bool:
    """True where another noun phrase lies between the name and the verb: 京东运动频道的奥运促销昨晚上线."""
    text = _without_times(s, group[-1].end)
    if (
        text.startswith("的")
        and len(_unfilled(patterns().negated.sub("", patterns().of_its_own.sub("", text)))) > 1
    ):
        return True  # 抖音的外卖尚未露面
    match = patterns().kind.match(text)
    return len(_unfilled(_TOWARDS.sub("", text[match.end() if match else 0 :]))) > _MAX_APART


def _without_times(s: Situation, start: int) -> str:
    """The words from ``start`` to the verb, less the times of the clause."""
    text = s.discourse.text[start : s.hit.start]
    for time in s.clause.times:
        text = text.replace(s.discourse.text[time.start : time.end], "")
    return text


def _unfilled(text: str) -> str:
    return patterns().filling.sub("", text)
