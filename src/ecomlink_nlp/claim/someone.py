"""Somebody without a name, whom only a number or 某 introduces: 一家灯具厂, 新氧的三名医生, 多家品牌."""

import re
from dataclasses import dataclass
from functools import cache

from ecomlink_nlp.claim.clauses import Mention
from ecomlink_nlp.claim.situation import Situation
from ecomlink_nlp.resources import read_toml
from ecomlink_nlp.text.document import Argument

_TITLED = re.compile(r"[\u4e00-\u9fff](?:女士|先生|小姐)$")
# 被一家灯具厂告上法庭, 遭某自媒体举报
_AGENT = re.compile(
    r"(?:被|遭到?|由)(?:[^，,。在]{0,4}?的)?"
    r"(?:(?:[一两三四五六七八九十几数多]|\d+)[余多]?(?:家|名|位|个|群|批|间)(?:[^，,。的]{1,6}的)?(?P<name>[^，,。的以因]{1,12}?)"
    r"|(?P<some>某[家位名]?[^，,。的以因]{1,10}?))"
    r"(?:联名|联合|集体|公开|实名|当面|再次|先后|接连|陆续|正式|又|以|因|在|于|[，,])*"
    r"(?:以[^，,。]{1,10}为由)?$"
)
_SEVERAL = (
    r"(?:[\d一两二三四五六七八九十百多数几余]+|不少|众多|大批|许多|一批)(?:家|个|款|大)?[^，,。；]{0,8}"
)


@dataclass(frozen=True, slots=True)
class _Patterns:
    head: re.Pattern[str]
    introduced: re.Pattern[str]
    one_of_them: re.Pattern[str]
    several: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    rows = read_toml("discourse.toml")["someone"]
    heads = "|".join(sorted(rows["bodies"] + rows["people"], key=len, reverse=True))
    counted = (
        r"(?:[一两三四五六七八九十百数多某几]|\d)+[余多]?[家位名个](?:[^，,。；的]{1,8}的)?"
        rf"(?P<name>[^，,。；的]{{0,8}}?(?:{heads}))"
    )
    return _Patterns(
        head=re.compile(rf"(?:{heads})$"),
        introduced=re.compile(rf"[^，,。；]{{0,8}}?{counted}"),
        one_of_them=re.compile(rf"的?(?:前|匿名)?{counted}"),
        several=re.compile(rf"{_SEVERAL}(?:{'|'.join(rows['bodies'])}|卖家|App|快递)"),
    )


def agent(s: Situation) -> list[Argument]:
    """Who stands between 被 and the verb: 被一家灯具厂告上法庭."""
    match = _AGENT.search(s.discourse.text, s.clause.start, s.hit.start)
    if match is None:
        return []
    group = "name" if match["name"] else "some"
    if not _patterns().head.search(match[group]):
        return []
    start, end = match.span(group)
    if (title := _TITLED.search(match[group])) is not None:
        return [Argument("subject", title[0], start + title.start(), end, "described")]
    return [Argument("subject", match[group], start, end, "described")]


def one_of(s: Situation, group: list[Mention]) -> Argument | None:
    """Who stands behind the name of whose he is: 新氧的三名医生把平台告上法庭."""
    if len(group) != 1 or group[0].kind != "entity":
        return None
    match = _patterns().one_of_them.match(s.discourse.text, group[-1].end, s.hit.start)
    return Argument("subject", match["name"], *match.span("name"), "described") if match else None


def introduced(s: Situation) -> list[Argument]:
    """Who opens the sentence: 宁乡的一家豆制品厂等不及,已经把它告上法庭."""
    start = s.discourse.document.sentences[s.clause.sentence][0]
    match = _patterns().introduced.match(s.discourse.text, start, s.hit.start)
    return [Argument("subject", match["name"], *match.span("name"), "described")] if match else []


def are_several(s: Situation) -> bool:
    """True where a number of parties act whom nobody names: 多家品牌离开天猫."""
    return _patterns().several.search(s.discourse.text, s.clause.start, s.hit.start) is not None
