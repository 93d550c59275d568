"""What fills a role without a known name: described, quoted and bare noun phrases."""

import re
from dataclasses import dataclass, replace
from functools import cache

from ecomlink_nlp.claim.discourse import Mention
from ecomlink_nlp.claim.fillers import arguments, objects_behind, rest_is_long
from ecomlink_nlp.claim.phrases import described_object, without_lead
from ecomlink_nlp.claim.situation import Filled, Situation
from ecomlink_nlp.resources import read_toml
from ecomlink_nlp.segment.words import best_segmentation, common_words, word_frequency
from ecomlink_nlp.text.document import Argument, Entity
from ecomlink_nlp.text.lazy import LazyPattern

_CONJUNCTION = re.compile(r"^(?:但是?|而且?|不过|则|同时|并且?|目前|此后|其中|原本)?")
_BARE_NAME = re.compile(r"[“「]?(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,8})[”」]?")
# What is launched or closed but has no name of its own.
_GENERIC = re.compile(
    r"(?:电商|外卖|协议|合同|合约|要约|方案|报价|规范|细则|手段|措施|政策|产品|服务|功能|活动|成绩|业绩|信号|竞争|体验|之初|年头|策略|模式|战略|收购|并购|合作|诉讼|调查|处罚|投资|融资|赔偿|通道|计划书|预案|条款|规则|新规|优惠|折扣|版本"
    r"|投诉|起诉|指控|抗议|质疑|索赔|独投|领投|跟投|公告|声明|通知|通牒|警告|指导|函|罚单|禁令|限令|指令|命令|判决|裁定|整改单|报告|数据|失败|成功|未果|私房钱|腰包|现金|资金|积蓄|例子|平台|系统|项目|业务|品牌|公司|门店|课程|比赛|会议|大会|展会|波澜|水花|热潮|序幕|帷幕|时代|篇章|大门|口号|目标|号召|运营|初期|时间|首日|期间)$|^\d"
)
_COUNTED = re.compile(r"(?:[一两三四五六七八九十百数多几某]|\d)+[余多]?(?:家|位|名|个)")
_CALLED = re.compile(r"(?:名叫|名为|叫做|叫|名唤)[“「]?(?P<name>[^”」的]{2,12})[”」]?的")  # 一家叫链易通的服务商
_SAID_OF = re.compile(r"[^的]{2,8}[称说](?:自己|自家|其|他|她)的?(?P<name>.{2,})")  # 商家称自己的店铺
_TOPIC = re.compile(r"[“]?(?:对于|对|针对|至于)")
_FROM = re.compile(r"(?:从|在|以|用)[^，,“”]{2,12}$")
_KIND = re.compile(
    r"[\u4e00-\u9fff]{0,6}?(?:电商|平台|品牌|公司|企业|应用|超市|服务商|助手|工具|系统|大模型|模型|机器人|产品|服务|软件|社区|网站|连锁|集合店|频道|栏目|项目|小程序|App)(?=[\u4e00-\u9fffA-Za-z]{2})"
)
_BARE_REST = re.compile(
    r"(?:了|过)?(?:旗下的?)?[“「]?(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,8}|[A-Z][A-Za-z0-9.&-]{1,15})[”」]?[。，,；;：:！!”」]*$"
)
QUOTED = re.compile(r"[“「『]([^”」』]{1,12})[”」』]")
NO_NAME = re.compile(
    r"^[A-FＡ-Ｆ]\+?轮|^(?:天使|种子|首|新一|这一|本)轮|^(?:一[家个款条项座间批]|[条个家款项座间支款批]|距|上一|首次|再次|旧|这|那|部分|全部|所有|一些|各|多|本|此|该|其)|业务$|[的了在是把将被与和]"
)
# Done to whom the phrase describes, whatever names describe them.
_OF_PEOPLE = frozenset({"sanction", "accuse"})
# Own things go by their noun, whatever describes them.
_THINGS = frozenset({"launch", "shut_down"})
_LINKS_ABROAD = frozenset({"外链", "外部链接", "站外链接", "外链接"})
_KIND_END = re.compile(r"(?:平台|公司|品牌|企业|应用|App|服务商|连锁|厂商|网站|社区|超市)$")
_NAME_BEHIND = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,5})(?=[，,。；;]|$|的?(?:全部|多数|少数|控股|[\d一二三四五六七八九])[^，,。]{0,6}股)")
_RELATIVE_GAP = re.compile(r"(?:了|掉)?[^，。、]{2,8}的")  # 收掉经营五年的泰国站
# What kind of thing the name before is: “轻聊”App, 淘小铺平台
_THING = re.compile(
    r"[”」』》]?(?:App|APP|平台|频道|服务|业务|小程序|功能|网站|项目|计划|品牌|系统|活动|专场|大促|板块|版块|产品|应用|节目|商城|店)*"
)
_NOT_YET = re.compile(r"尚未|仍未|还未|还没有?|并未|没有|迟迟|首次|再次")
_OWN_THING = re.compile(
    r"^的(?:App|APP|平台|频道|服务|业务|小程序|功能|网站|项目|计划|品牌|系统|活动|专场|大促|板块|版块|产品|应用|节目|商城|店)+"
)
# What is lifted acts on nobody: 最后一道限制也取消了
_LIFTED = re.compile(r"^[^，,]{0,8}(?:限制|屏蔽|封锁|禁令|封禁)")
_TOWARDS = re.compile(r"(?:面向|向|对|在|于|与|和)[^，,]{1,14}")
_MAX_APART = 6  # characters
_MAX_FILLING = 3  # characters of adverbs and particles that the list does not hold
_AND = re.compile(r"和|与|及|、")
_BRANCH = re.compile(r"(?:首店|旗舰店|门店|分店|总部|分公司|站点|站|仓|店|版)")
_CLAUSE = 4  # characters
_LONGEST_COMMON = 3


@dataclass(frozen=True, slots=True)
class _Adverbs:
    """What may stand between a noun phrase and its verb and belongs to neither."""

    at_end: re.Pattern[str]
    owned_phrase: re.Pattern[str]
    before_verb: re.Pattern[str]
    filling: re.Pattern[str]


@cache
def _adverbs() -> _Adverbs:
    words = "|".join(sorted(read_toml("discourse.toml")["adverbs"]["words"], key=len, reverse=True))
    return _Adverbs(
        at_end=re.compile(rf"(?:{words})+$|^(?:后|起|[,，])"),
        owned_phrase=re.compile(
            r"(?:App|电商|平台)?的(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,12}?)"
            rf"(?={words}|尚未|仍未|还未|还没|并未|没有|迟迟|在|于|面向|[今昨]|[本上][周月]|\d|$)"
        ),
        before_verb=re.compile(rf"(?:(?:在|于|面向|对)[^，,]{{1,12}}|{words}|尚未|仍未|还未|还没有?|并未|没有|迟迟|起|[,，]){{0,4}}"),
        filling=re.compile(
            rf"{words}|如今|目前|现在|眼下|当下|今日|昨日|悄悄|重新|再度|不久|但|却|而|并|且|宣告|上线|推出|问世|运营|全部|一度|不足|没多久|很快|随即|旋即|曾|就此|一直|(?:在|于|从)[^，,]{{1,8}}|不到|仅|只|起|自|[年个月天周]|后|了|的|[\W\d]"
        ),
    )


def behind(s: Situation) -> list[Argument]:
    """Objects behind the verb, named or described, whichever stands first (不再支持第三方商品进入抖音直播间)."""
    named, phrase = objects_behind(s), described(s)
    if not named or not phrase or named[0].how == "described":
        return named or phrase
    start, end, first_named = phrase[0].start, phrase[0].end, named[0].start
    if start is None or end is None or first_named is None or start < s.hit.end:
        return named
    if start <= first_named < end:
        return phrase  # which has looked at the names inside it
    if s.hit.frame.predicate == "launch" and not _AND.search(s.discourse.text, end, first_named):
        return named  # 小程序电商平台“魔筷星选”
    # 连锁品牌「友记」: a name right behind the phrase is the one meant
    return phrase if end + 1 < first_named else named


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
    if match is None or NO_NAME.search(match["name"]) or _GENERIC.search(match["name"]):
        return []
    if match["name"] in common_words() or is_tagged(
        s, start + match.start("name"), start + match.end("name")
    ):
        return []
    return [_without_kind(text, start + match.start("name"), start + match.end("name"))]


def _without_kind(text: str, start: int, end: int) -> Argument:
    """The name without what kind of thing it is: 游戏公司有爱互娱."""
    kind = _KIND.match(text[start:end])
    begin = start + (kind.end() if kind else 0)
    return Argument("object", text[begin:end], begin, end, "described")


def bare_at(s: Situation, start: int, end: int) -> list[Argument]:
    """A short unknown name that fills the stretch up to its last mark: 是游戏公司有爱互娱."""
    match = _BARE_REST.match(s.discourse.text[start:end])
    if match is None or NO_NAME.search(match["name"]) or _GENERIC.search(match["name"]):
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
    if role is None or match is None or NO_NAME.search(match["name"]) or _GENERIC.search(match["name"]):
        return []
    start, end = role.end() + match.start("name"), role.end() + match.end("name")
    if is_everyday(match["name"]) or is_tagged(s, start, end):
        return []
    return [Argument("object", match["name"], start, end, "described")]


def is_name_like(name: str) -> bool:
    """True where a phrase may be a name: no function words in it, no everyday noun at its end."""
    return NO_NAME.search(name) is None and _GENERIC.search(name) is None


def without_adverbs(text: str) -> str:
    """The text without adverbs at its end."""
    return _adverbs().at_end.sub("", text)


def is_tagged(s: Situation, start: int, end: int) -> bool:
    """True where a name, a value or a time lies in the stretch."""
    spans = [(t.start, t.end) for t in s.clause.entities] + [(t.start, t.end) for t in s.clause.values]
    spans += [(t.start, t.end) for t in s.clause.times]
    return any(first < end and last > start for first, last in spans)


def described(s: Situation) -> list[Argument]:
    """An object without a name, behind the verb or between 将 or 把 and the verb."""
    head = s.hit.trigger.described
    if head is None or s.discourse.text.startswith(("任何", "了任何", "过任何"), s.hit.end):
        return []
    text = s.discourse.text
    # 向监管部门举报平台
    marked = _marker_end(s, frozenset("对") if s.hit.frame.predicate == "accuse" else s.hit.trigger.markers)
    starts = [start for start in (s.roles.disposal_start, marked) if start is not None]
    found = None
    for start in starts:
        found = found or described_object(text, start, s.hit.start, head)
    behind = next(
        (t.end + text.startswith("起", t.end) for t in s.clause.times if t.start == s.hit.end), s.hit.end
    )
    if found is None and (branches := _branches(s, behind)):
        return branches
    found = found or described_object(text, behind, s.clause.end, head)
    if (
        found is not None
        and found.end is not None
        and (called := QUOTED.match(text, found.end, s.clause.end))
    ):
        return [Argument("object", called[1], *called.span(1), "described")]  # 供应商“绿野源”
    if found is not None and (name := _name_behind(s, found)):
        return [name]
    if found is not None and s.hit.frame.predicate == "block_link" and found.name in _LINKS_ABROAD:
        found = replace(found, name="第三方")  # 切断外链: whoever the links lead to
    if found is not None and s.hit.frame.predicate in _THINGS:
        found = _without_clause(s, found)
    if found is None:
        default = s.hit.trigger.default
        return [Argument("object", default, s.hit.start, s.hit.end, "described")] if default else []
    # 举报平台恶意罚款: a referring word is not its own name.
    referring = next((m for m in s.clause.mentions if m.end == found.end and m.text == found.name), None)
    if referring is not None and referring.kind not in {"entity", "group"}:
        return [replace(a, role="object") for a in s.discourse.resolve(referring)] or [found]
    # 跳往微信的二维码 names a party inside: that is the object.
    inside = [
        e
        for e in s.clause.entities
        if found.start is not None and found.end is not None and found.start <= e.start and e.end <= found.end
    ]
    named = [e for e in inside if e.type in s.hit.trigger.objects and _is_head(s, e, found)]
    return [Argument("object", e.name, e.start, e.end) for e in named] or _coordinated(found, head)


def _name_behind(s: Situation, kind: Argument) -> Argument | None:
    """The name behind what kind of party it is: 入股分销平台洋葱."""
    if kind.end is None or not _KIND_END.search(kind.name):
        return None
    match = _NAME_BEHIND.match(s.discourse.text, kind.end, s.clause.end)
    if match is None or not is_name_like(match["name"]):
        return None
    return Argument("object", match["name"], *match.span("name"), "described")


def _without_clause(s: Situation, found: Argument) -> Argument:
    """年费279元的黑卡 is a 黑卡; a place and an adjective stay (南京的前置仓, 独立的电商App)."""
    described, _, noun = found.name.rpartition("的")
    is_long = len(described) >= _CLAUSE or described.endswith(("年", "月", "天", "日", "周"))
    if not is_long or not noun or any(e.type == "LOC" and e.start == found.start for e in s.clause.entities):
        return found
    return replace(found, name=noun)


def _is_head(s: Situation, entity: Entity, phrase: Argument) -> bool:
    """True where the name inside the phrase is meant, not what the phrase says of it (售卖假茅台的账号)."""
    if s.hit.frame.predicate not in _OF_PEOPLE or entity.type == "PERSON" or phrase.start is None:
        return True
    places = sum(e.end - e.start for e in s.clause.entities if e.type == "LOC" and phrase.start <= e.start < entity.start)
    return entity.start - phrase.start == places  # 广州美萃贸易的店铺


def _branches(s: Situation, start: int) -> list[Argument]:
    """Branches named after their places, right behind the verb: 关闭了印尼站和泰国站."""
    found: list[Argument] = []
    for place in (e for e in s.clause.entities if e.type == "LOC" and e.start >= start):
        match = _BRANCH.match(s.discourse.text, place.end, s.clause.end)
        reach = found[-1].end if found else s.hit.end
        gap = s.discourse.text[reach : place.start] if reach is not None else ""
        if match is None or reach is None or (len(gap) > 2 and not _RELATIVE_GAP.fullmatch(gap)):
            break
        found.append(Argument("object", place.name + match[0], place.start, match.end(), "described"))
    return found


def _coordinated(found: Argument, head: re.Pattern[str] | LazyPattern) -> list[Argument]:
    """印尼站和泰国站 are two, each with a head of its own."""
    parts = _AND.split(found.name)
    if len(parts) < 2 or not all(re.search(f"(?:{head.pattern})$", part) for part in parts):
        return [found]
    return [Argument(found.role, part, found.start, found.end, found.how) for part in parts]


def _marker_end(s: Situation, marks: frozenset[str]) -> int | None:
    """Where the words behind one of the trigger's markers begin: 对线下门店进行了全面关停."""
    ends = [
        index + len(mark)
        for mark in marks
        if (index := s.discourse.text.find(mark, s.clause.start, s.hit.start)) >= 0
    ]
    return max(ends, default=None)


def counted(s: Situation) -> list[Argument]:
    """Somebody between 将 or 把 and the verb whom a number introduces: 把一家模仿其门头的奶茶店告上法庭."""
    start = s.roles.disposal_start
    if start is None or s.hit.frame.predicate not in _OF_PEOPLE or _COUNTED.match(s.discourse.text, start, s.hit.start) is None:
        return []
    if found := described(s):
        return found
    heads = s.hit.trigger.described
    match = re.compile(f"的({heads.pattern})$").search(s.discourse.text, start, s.hit.start) if heads else None
    # 把一个说它“倒卖数据”的大V告了: of a longer description the noun is enough
    return [Argument("object", match[1], *match.span(1), "described")] if match else []


def described_before(s: Situation) -> list[Argument]:
    """An object without a name at the clause's start: 第三方来源的产品将不再支持."""
    head = s.hit.trigger.described
    if head is None:
        return []
    text = s.discourse.text
    lead = _CONJUNCTION.match(text[s.clause.start : s.hit.start])
    start = s.clause.start + (lead.end() if lead else 0)
    found = described_object(text, start, s.hit.start, head)
    if found is not None and found.end is not None and (called := QUOTED.match(text, found.end, s.hit.start)):
        return [Argument("object", called[1], *called.span(1), "described")]
    if found is not None and (named := _CALLED.match(found.name)) is not None:
        return [replace(found, name=named["name"])]
    if found is not None and (said := _SAID_OF.match(found.name)) is not None:
        return [replace(found, name=said["name"])]
    return [found] if found else []


def topic(s: Situation) -> list[Argument]:
    """A described object that a clause of its own puts in front: 对于恶意差评师,京东一律拉黑."""
    head, before = s.hit.trigger.described, s.discourse.clause_before(s.clause)
    if head is None or before is None or rest_is_long(s):
        return []
    mark = _TOPIC.match(s.discourse.text, before.start, before.end)
    found = described_object(s.discourse.text, mark.end(), before.end, head) if mark else None
    return [found] if found else []


def is_everyday(name: str) -> bool:
    """True for words of the dictionary and rows of them: 国内电商 is nobody's name."""
    parts = [name[start:end] for start, end in best_segmentation(name)]
    return all(
        part in common_words() or (len(part) > _LONGEST_COMMON and word_frequency(part)) for part in parts
    )


def branch_before(s: Situation) -> list[Argument]:
    """A branch named after its place, right before the verb, times and adverbs apart: Lazada越南站上周五开张."""
    places = [e for e in s.clause.entities if e.type == "LOC" and e.end <= s.hit.start]
    if not places:
        return []
    place = places[-1]
    match = _BRANCH.match(s.discourse.text, place.end, s.hit.start)
    if match is None:
        return []
    return [Argument("object", place.name + match[0], place.start, match.end(), "described")]


def has_other_subject(s: Situation) -> bool:
    """True where unknown words before the verb are its subject: 原App下月停止更新 is not about the one before."""
    return len(_adverbs().filling.sub("", _LIFTED.sub("", _without_times(s, s.clause.start)))) > _MAX_FILLING


def is_apart(s: Situation, start: int) -> bool:
    """True where more than times and adverbs lie between ``start`` and the verb."""
    return len(_adverbs().filling.sub("", _without_times(s, start))) > _MAX_FILLING


def stands_apart(s: Situation, group: list[Mention]) -> bool:
    """True where another noun phrase lies between the name and the verb: 京东运动频道的奥运促销昨晚上线."""
    text = _without_times(s, group[-1].end)
    if text.startswith("的") and len(_adverbs().filling.sub("", _NOT_YET.sub("", _OWN_THING.sub("", text)))) > 1:
        return True  # 抖音的外卖尚未露面
    match = _THING.match(text)
    text = _TOWARDS.sub("", text[match.end() if match else 0 :])
    return len(_adverbs().filling.sub("", text)) > _MAX_APART


def _without_times(s: Situation, start: int) -> str:
    """The words from ``start`` to the verb, less the times of the clause."""
    text = s.discourse.text[start : s.hit.start]
    for time in s.clause.times:
        text = text.replace(s.discourse.text[time.start : time.end], "")
    return text


def owned_before(s: Situation) -> Filled | None:
    """S 的 O, a noun phrase without a name, right before a verb of appearing: 美团的无人机配送航线昨天在深圳开通."""
    text = s.discourse.text
    for group in s.roles.subjects[:1]:
        match = _adverbs().owned_phrase.match(text, group[-1].end, s.hit.start)
        if match is None or _GENERIC.search(match["name"]) or NO_NAME.search(match["name"]):
            continue
        start, end = match.span("name")
        if any(e.start < end and e.end > start for e in s.clause.entities):
            continue
        owner = [replace(a, role="subject") for a in arguments(s, group, s.hit.frame.subject)]
        behind = next((t.end for t in s.clause.times if t.start == end), end)
        if owner and _adverbs().before_verb.fullmatch(text, behind, s.hit.start):
            return Filled(owner, [Argument("object", match["name"], start, end, "described")])
    return None


def headed_before(s: Situation, groups: list[list[Mention]]) -> Filled | None:
    """S 的 O, where O is a described thing right before the verb: 钱大妈北京区域的门店已全部打烊."""
    head = s.hit.trigger.described
    parties = [g for g in groups if g[0].entity is None or g[0].entity.type != "LOC"]
    if head is None or s.hit.frame.predicate != "shut_down" or len(parties) != 1:
        return None
    last = max((m.end for m in s.clause.mentions if m.end <= s.hit.start), default=0)
    start = max(parties[0][-1].end, last)
    match = re.compile(rf"[^，,“”]{{0,12}}?的(?P<name>[^，,的等“”]{{0,4}}(?:{head.pattern}))").match(
        s.discourse.text, start, s.hit.start
    )
    if (
        match is None
        or _adverbs().before_verb.fullmatch(s.discourse.text, _behind_time(s, match.end()), s.hit.start)
        is None
    ):
        return None
    owner = [replace(a, role="subject") for a in arguments(s, parties[0], s.hit.frame.subject)]
    return Filled(owner, [without_lead(s.discourse.text, match.start("name"), match.end())]) if owner else None


def _behind_time(s: Situation, offset: int) -> int:
    """The end of a time that begins at ``offset``, an adverb before it allowed (已于8月), else ``offset``."""
    return next((t.end for t in s.clause.times if 0 <= t.start - offset <= 2), offset)
