"""Which mention of a clause plays which role around a verb, by the words that mark it.

Chinese marks roles with prepositions (将, 把: the object; 被, 遭, 由: the agent; 对, 向, 与, 和: the other party; 在, 从: a
place) and with position. A mention is classed once by its mark and side; constructions then pick from the classes.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from ecomlink_nlp.claim.discourse import Clause, Discourse, Mention


@dataclass(slots=True)
class Roles:
    """The mentions of a clause around a verb, grouped by coordination, in reading order."""

    subjects: list[list[Mention]] = field(default_factory=list)
    """Unmarked, before the verb."""
    agents: list[list[Mention]] = field(default_factory=list)
    """Behind 被, 遭 or 由."""
    disposed: list[list[Mention]] = field(default_factory=list)
    """Between 将 or 把 and the verb."""
    marked: list[tuple[str, list[Mention]]] = field(default_factory=list)
    """Behind 对, 向, 与, 和, …, before the verb, with the mark."""
    places: list[tuple[str, list[Mention]]] = field(default_factory=list)
    """Behind 在, 从, 于, with the mark."""
    after: list[list[Mention]] = field(default_factory=list)
    """Unmarked, behind the verb."""
    after_marked: list[tuple[str, list[Mention]]] = field(default_factory=list)
    """Marked, behind the verb."""
    passive: bool = False
    """被 or 遭 stands before the verb, with or without an agent."""
    disposal_start: int | None = None
    """Where the words between 将 or 把 and the verb begin."""


_PASSIVE = re.compile(
    r"(?:被|遭到|遭受|遭|(?<![接收承忍])受到|(?<![为理缘])由)(?!受众|动|害人|于|此|传(?!唤|染|召)|曝|爆|指(?![控责派定])|认为|视为|视作|称[为作]|疑|问及|寄予)"
)
# 京东App内的抖音入口, 快手直播间购物车里的淘宝链接: the name is a place without a preposition
_SURFACE = (
    r"(?:App|APP|应用|客户端|平台|站|网站|主站|直播间?|购物车|小黄车|橱窗|短视频|视频|评论区?|笔记|聊天(?:窗口|框|界面)?|群聊|朋友圈|公众号|小程序|搜索(?:框|栏|页|结果)?"
    r"|首页|主页|详情页|商品页|收银台|结算页|结账页|付款页|支付页|扫码页|页面|商城|货架|信息流|商店|应用商店|应用市场|后台|频道|菜单)"
)
_INSIDE = re.compile(
    rf"(?:(?:的[\u4e00-\u9fff]{{0,3}})?{_SURFACE}){{1,3}}(?:内|里|中|上|里面|当中)的?(?![周月部线架市半季述调涨]|个月)|(?:站内|内|里)的?(?![部程测容地外侧购需销存行])"
    r"|(?:那边|这边|那里|这里|那头|那儿)(?:的|则|也|仍|还|却|依然|照常)?|[中上](?:的|(?=所有|全部|任何|一切|来自|已|也|仍|还|不|无|凡|，))"
)
_CONJUNCTIONS = frozenset({"由于", "因", "因为", "随着", "当", "关于", "鉴于", "距", "除了", "至于", "据"})
_SCENIC = frozenset({"在", "自", "从"})
_SCENE = re.compile(r"[“「]?(?:就?在|自从?|从)[^，,]+(?:之后|以后|后|之前|以前|前|之际|时|以来|的同时)[，,]$")
# What may stand between such a party and its verb, and the end of a clause without an object.
_ADVERBS = re.compile(
    r"[”」]?(?:宣布|正式|全面|完全|最终|突然|陆续|先后|首次|决定|已经?|于|要|将|会|再次|开始|大举|高调|低调|悄然|率先|全资|相继|不断|持续|连续|今年|去年|计划|打算|主动|被迫|不得不){0,5}"
)
_NO_OBJECT = re.compile(r"[了过]?(?:之后|以后|后|前|之前|时|[，,。；的])")
_PASSIVE_VERBS = (
    "封屏拦禁关下罚告收并买拒踢删撤移断挡停冻清拉限处约点举投"  # how verbs of what one suffers begin
)
# What somebody did, closed by 的 before whom he did it to: 挡了四年的|淘宝链接.
_DESCRIBES = re.compile(rf"(?:[^，,的]{{0,4}}[{_PASSIVE_VERBS}][^，,的]{{0,8}})的")
# 对诱导分享的|拼多多链接: what is said of the party stands between the preposition and its name
_TOWARDS = re.compile(r"[^，,对]{0,6}(?:对于|针对|对)[^，,对把将被“”]{2,14}的")
_LITTLE = 2  # characters
_DISPOSAL = re.compile(
    r"将(?!会|要|于|来|向|为|给|对|从|与|和|以|由|被|至|达|超|近|在|继续|军)|把(?!握|关|控)"
)


def assign_roles(
    discourse: Discourse, clause: Clause, start: int, end: int, noun: tuple[int, int] | None = None
) -> Roles:
    """Class the clause's mentions around the verb at ``[start, end)``; ``noun`` is the second word of a light verb."""
    text = discourse.text
    roles = Roles()
    passive = None
    for match in _PASSIVE.finditer(text, clause.start, end):
        passive = match
    if passive is not None and _is_relative(text, clause, passive.end(), start):
        passive = None  # 被封三个月的飞书链接重新可以打开: the passive only describes
    described_to = _describing_agent(discourse, clause, passive.end(), start) if passive is not None else 0
    described = (
        _described_by(discourse, clause, passive.end(), start)
        if passive is not None and passive[0] != "由"
        else 0
    )
    if described or described_to:
        passive = None  # 被天猫视作样板的波司登, 被它挡了四年的淘宝链接
    roles.passive = passive is not None and passive[0] != "由"
    disposal = _DISPOSAL.search(text, clause.start, start)
    if disposal is not None:
        roles.disposal_start = disposal.end()
    for group in groups_of(discourse, clause):
        head = group[0]
        mark, kind = discourse.mark_of(clause.start, head.start)
        opens = mark in _CONJUNCTIONS or (
            mark in _SCENIC and _SCENE.match(text, clause.start, clause.end) is not None
        )
        if opens and _ADVERBS.fullmatch(text, group[-1].end, start) and _NO_OBJECT.match(text, end) is None:
            mark = kind = ""  # 由于盒马关闭了…, 在亚马逊退出中国之后: the word opens a clause
        if not kind and head.end <= start and _TOWARDS.fullmatch(text, clause.start, head.start):
            mark, kind = "对", "dative"
        if head.end <= described_to:
            continue
        if described_to and head.start < end and kind == "passive":
            mark = kind = ""
        if head.start >= end and (head.start - len(mark) < end or _is_within(noun, head.start - len(mark))):
            mark = kind = ""  # the mark is part of the verb: 联同, 终止与, 不再…交给
        if head.start >= end:
            if kind in {"", "disposal", "passive"} and mark != "由":
                roles.after.append(group)
            else:
                roles.after_marked.append((mark, group))
        elif head.end > start or head.end < described:
            continue
        elif kind == "passive":
            roles.agents.append(group)
        elif kind == "disposal":
            roles.disposed.append(group)
        elif kind == "dative":
            roles.marked.append((mark, group))
        elif kind == "place" and (disposal is None or disposal[0] == "将"):
            roles.places.append((mark, group))
        elif roles.disposal_start is not None and head.start >= roles.disposal_start:
            roles.disposed.append(group)
        elif kind == "place":
            roles.places.append((mark, group))
        elif not kind and _INSIDE.match(text, group[-1].end):
            roles.places.append(("在", group))
        elif not kind:
            if passive is not None and head.start >= passive.end():
                roles.agents.append(group)
            else:
                roles.subjects.append(group)
    return roles


def _is_relative(text: str, clause: Clause, passive_end: int, verb: int) -> bool:
    """True where a 的 closes the passive's own verb before any party and a party follows it."""
    if text[passive_end : passive_end + 1] not in _PASSIVE_VERBS:
        return False
    end = text.find("的", passive_end, verb)
    if end < 0 or any(passive_end <= m.start < end for m in clause.mentions):
        return False
    return any(end < m.start < verb for m in clause.mentions)


def _describing_agent(discourse: Discourse, clause: Clause, passive_end: int, verb: int) -> int:
    """Where a relative clause with an agent ends that opens the clause and describes who is spoken of; 0 where none does."""
    text = discourse.text
    agent = next((m for m in clause.mentions if passive_end <= m.start <= passive_end + 1), None)
    if agent is None or agent.end > verb or any(m.end <= passive_end for m in clause.mentions):
        return 0
    match = _DESCRIBES.match(text, agent.end, verb)
    if match is None or not any(match.end() <= m.start < verb for m in clause.mentions):
        return 0
    return match.end()


def _described_by(discourse: Discourse, clause: Clause, passive_end: int, verb: int) -> int:
    """Where a passive ends that only describes the party behind its 的, 0 where it is the clause's own."""
    before = [m for m in clause.mentions if passive_end <= m.start and m.end <= verb]
    for first, second in pairwise(before):
        between = discourse.text[first.end : second.start]
        if len(between) > _LITTLE and between.endswith("的") and not discourse.is_apposed(first, second):
            return second.start
    return 0


def _is_within(span: tuple[int, int] | None, offset: int) -> bool:
    return span is not None and span[0] < offset < span[1]


def groups_of(discourse: Discourse, clause: Clause) -> list[list[Mention]]:
    """The clause's mentions, coordinated ones together."""
    groups: list[list[Mention]] = []
    done = 0
    for mention in clause.mentions:
        if mention.start < done:
            continue
        group = discourse.coordinated(clause, mention)
        done = group[-1].end
        groups.append(group)
    return groups
