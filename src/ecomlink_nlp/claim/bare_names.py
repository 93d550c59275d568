"""Names that nothing else knows, by their look: a short stretch that is no everyday word, where only a name can stand."""

import re
from functools import cache

from ecomlink_nlp.claim.situation import Situation
from ecomlink_nlp.resources import read_toml
from ecomlink_nlp.segment.words import best_segmentation, common_words, word_frequency
from ecomlink_nlp.text.document import Argument

_BARE_NAME = re.compile(r"[“「]?(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,8})[”」]?")
_BARE_REST = re.compile(
    r"(?:了|过)?(?:旗下的?)?[“「]?(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,8}|[A-Z][A-Za-z0-9.&-]{1,15})[”」]?[。，,；;：:！!”」]*$"
)
_FROM = re.compile(r"(?:从|在|以|用)[^，,“”]{2,12}$")
_KIND = re.compile(
    r"[\u4e00-\u9fff]{0,6}?(?:电商|平台|品牌|公司|企业|应用|超市|服务商|助手|工具|系统|大模型|模型|机器人|产品|服务|软件|社区|网站|连锁|集合店|频道|栏目|项目|小程序|App)(?=[\u4e00-\u9fffA-Za-z]{2})"
)
NO_NAME = re.compile(
    r"^[A-FＡ-Ｆ]\+?轮|^(?:天使|种子|首|新一|这一|本)轮|^(?:一[家个款条项座间批]|[条个家款项座间支款批]|距|上一|首次|再次|旧|这|那|部分|全部|所有|一些|各|多|本|此|该|其)|业务$|[的了在是把将被与和]"
)
_LONGEST_COMMON = 3


@cache
def _everyday_end() -> re.Pattern[str]:
    """What is launched, closed or bought but has no name of its own, by its last word."""
    return re.compile(rf"(?:{'|'.join(read_toml('discourse.toml')['nouns']['nameless'])})$|^\d")


def bare_object(s: Situation) -> list[Argument]:
    """A short unknown name right behind the verb, up to the clause's end, or right between 将 and the verb."""
    text = s.discourse.text
    if not s.roles.subjects and s.roles.disposal_start is None:
        return []
    if s.roles.disposal_start is not None:
        match = _BARE_NAME.fullmatch(_FROM.sub("", text[s.roles.disposal_start : s.hit.start]))
        start = s.roles.disposal_start
    else:
        match = _BARE_REST.match(text[s.hit.end : s.clause.end])
        start = s.hit.end
    if match is None or not is_name_like(match["name"]):
        return []
    if match["name"] in common_words() or is_tagged(
        s, start + match.start("name"), start + match.end("name")
    ):
        return []
    return [_without_kind(text, start + match.start("name"), start + match.end("name"))]


def bare_at(s: Situation, start: int, end: int) -> list[Argument]:
    """A short unknown name that fills the stretch up to its last mark: 是游戏公司有爱互娱."""
    match = _BARE_REST.match(s.discourse.text[start:end])
    if match is None or not is_name_like(match["name"]):
        return []
    first, last = start + match.start("name"), start + match.end("name")
    home = s.discourse.clause_at(start)
    if is_everyday(match["name"]) or any(e.start < last and e.end > first for e in home.entities):
        return []
    return [_without_kind(s.discourse.text, first, last)]


def behind_role(s: Situation) -> list[Argument]:
    """An unknown name behind a noun of role and 是, up to the clause's end: 被告是纽巴伦."""
    text, after = s.discourse.text, s.hit.trigger.after
    role = after.match(text, s.hit.end) if after is not None else None
    match = _BARE_REST.match(text[role.end() : s.clause.end]) if role is not None else None
    if role is None or match is None or not is_name_like(match["name"]):
        return []
    start, end = role.end() + match.start("name"), role.end() + match.end("name")
    if is_everyday(match["name"]) or is_tagged(s, start, end):
        return []
    return [Argument("object", match["name"], start, end, "described")]


def _without_kind(text: str, start: int, end: int) -> Argument:
    """The name without what kind of thing it is: 游戏公司有爱互娱."""
    kind = _KIND.match(text[start:end])
    begin = start + (kind.end() if kind else 0)
    return Argument("object", text[begin:end], begin, end, "described")


def is_name_like(name: str) -> bool:
    """True where a phrase may be a name: no function words in it, no everyday noun at its end."""
    return NO_NAME.search(name) is None and _everyday_end().search(name) is None


def is_everyday(name: str) -> bool:
    """True for words of the dictionary and rows of them: 国内电商 is nobody's name."""
    parts = [name[start:end] for start, end in best_segmentation(name)]
    return all(
        part in common_words() or (len(part) > _LONGEST_COMMON and word_frequency(part)) for part in parts
    )


def is_tagged(s: Situation, start: int, end: int) -> bool:
    """True where a name, a value or a time lies in the stretch."""
    spans = [(t.start, t.end) for t in s.clause.entities] + [(t.start, t.end) for t in s.clause.values]
    spans += [(t.start, t.end) for t in s.clause.times]
    return any(first < end and last > start for first, last in spans)
