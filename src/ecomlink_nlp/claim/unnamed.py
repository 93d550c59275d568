"""What fills a role without a known name: described, quoted and bare noun phrases."""

import re
from dataclasses import dataclass, replace
from functools import cache

from ecomlink_nlp.claim.discourse import Mention
from ecomlink_nlp.claim.fillers import arguments, objects_behind, rest_is_long
from ecomlink_nlp.claim.phrases import described_object
from ecomlink_nlp.claim.situation import Filled, Situation
from ecomlink_nlp.resources import read_toml
from ecomlink_nlp.segment.words import best_segmentation, common_words, word_frequency
from ecomlink_nlp.text.document import Argument, Entity

_CONJUNCTION = re.compile(r"^(?:但是?|而且?|不过|则|同时|并且?|目前|此后|其中|原本)?")
_BARE_NAME = re.compile(r"[“「]?(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,8})[”」]?")
# What is launched or closed but has no name of its own.
_GENERIC = re.compile(
    r"(?:电商|外卖|协议|合同|合约|要约|方案|报价|规范|细则|手段|措施|政策|产品|服务|功能|活动|成绩|业绩|信号|竞争|体验|之初|年头|策略|模式|战略|收购|并购|合作|诉讼|调查|处罚|投资|融资|赔偿|通道|计划书|预案|条款|规则|新规|优惠|折扣|版本"
    r"|投诉|起诉|指控|抗议|质疑|索赔|独投|领投|跟投|公告|声明|通知|通牒|警告|指导|函|罚单|禁令|限令|指令|命令|判决|裁定|整改单|报告|数据|失败|成功|未果|私房钱|腰包|现金|资金|积蓄|例子|平台|系统|项目|业务|品牌|公司|门店|课程|比赛|会议|大会|展会|波澜|水花|热潮|序幕|帷幕|时代|篇章|大门|口号|目标|号召|运营|初期|时间|首日|期间)$|^\d"
)
# What kind of thing it is, before its name: 生鲜电商鲜集市
# 被一家灯具厂告上法庭, 遭某自媒体举报: somebody whom only a classifier introduces
_AGENT = re.compile(
    r"(?:被|遭到?|由)(?:[^，,。在]{0,4}?的)?(?:(?:[一两三四五六七八九十几数多]|\d+)(?:余|多)?(?:家|名|位|个|群|批|间)(?:[^，,。的]{1,6}的)?(?P<name>[^，,。的以因]{1,12}?)"
    r"|(?P<some>某[家位名]?[^，,。的以因]{1,10}?))(?:联名|联合|集体|公开|实名|当面|再次|先后|接连|陆续|正式|又|以|因|在|于|[，,])*"
    r"(?:以[^，,。]{1,10}为由)?$"
)
_TITLED = re.compile(r"[\u4e00-\u9fff](?:女士|先生|小姐)$")
_AGENT_HEAD = re.compile(
    r"(?:厂|公司|企业|商家|商户|店|店主|用户|消费者|博主|UP主|作者|律师|律所|事务所|协会|商会|基金|机构|银行|画家|摄影师|员工|供应商|供货商|经销商|代理商|加盟商|服务商|品牌|品牌方|女士|先生|买家|卖家|顾客"
    r"|乘客|旅客|网友|骑手|司机|车主|股东|投资者|投资人|团队|出版社|媒体|作家|音乐人|歌手|艺人|主播|自媒体|小贩|农户|业主|学生|大学生|教授|记者|读者|会员|同行|对手|车企|药企|酒企|开发者|开发商|创作者|平台)$"
)
# A name that nothing else knows opens the sentence, right before a time or the verb: 格兰仕2019年11月状告天猫.
_OPENER = re.compile(
    r"[“「]?(?!有|据|因|但|而|昨|今|此|多|数|一|两|对|与|为|从|以|按|这|那|其|该|某|每|各|到|在|将|把|被|只|也|又|就|不|没|若|如|当|经|由|随|受|近|去|前|本|上|下|年|同|另|双|单|全|目|最)"
    r"(?P<name>[\u4e00-\u9fff]{2,5}|[A-Z][A-Za-z0-9.&]{1,14})[”」]?$"
)
_UNKNOWN_BODY = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,9}(?:局|署|厅|委|法院|中院|高院|检察院|监管部门|监管机构|公署|海关|消保委|消委会))"
)
_MARKED_NAME = re.compile(
    r"(?:对|向|给)(?P<name>[\u4e00-\u9fff]{2,6})(?:的|进行|实施|提起|提出|发起|作出|正式|全面|再次|再度|又)*$"
)
_WHOSE_SHARES = re.compile(
    r"(?:了|过)?(?P<name>[\u4e00-\u9fff]{2,6}?)的?(?:新一轮|本轮|这轮|此轮|最新一轮|[A-F]\+?轮|天使轮|种子轮|融资|(?:全部|控股|多数|部分|少数)?(?:股权|股份))"
)
_HOLDER = re.compile(r"(?:了|到|入|至|给)?(?P<name>[\u4e00-\u9fff]{2,6}?)(?:手中|手里|之手|囊中|名下|麾下|旗下|怀抱)")
_NAMED_AGENT = re.compile(r"(?:被|遭|由)(?P<name>[\u4e00-\u9fff]{2,7}?|[A-Z][A-Za-z0-9.&]{1,14})(?:以[^，,。]{1,12}|正式|联合|独家|整体|全资)?$")
_MANNER = re.compile(
    r"传|指|曝|会$|全资|独家|整体|全额|高价|低价|联合|共同|正式|永久|无限期|强制|责令|勒令|要求|顶格|依法|公开|点名|当场|先后|多次|再次|全面|彻底|迅速|集体|同时|一举|直接|间接|紧急|暂时|临时|处以|判|罚|查|封|冻|停|通报|实名|恶意"
)
_TOPIC = re.compile(r"[“]?(?:对于|对|针对|至于)")
_TAKES_FOREIGN = frozenset({"acquire", "invest", "accuse", "sanction", "require"})
_FOREIGN = re.compile(
    r"(?:了|过)?(?:[\u4e00-\u9fff]{0,8}?(?:品牌|平台|公司|企业|电商|应用|厂商|巨头|零售商|网站|对手|同行|初创|集团|连锁|超市|机构))?"
    r"(?P<name>[A-Z][A-Za-z0-9.&'-]+(?: [A-Z][A-Za-z0-9.&'-]+)*)"
    r"(?![\u4e00-\u9fff]{0,6}(?:品牌|平台|公司|企业|电商|应用|厂商|服务商|网站|团队|工厂|业务|机构))"
)
_NOT_OPENING = re.compile(
    r"[的了在是把将被与和对从向就也又并而但此该其这那有人者们方员说称]|[年月日天周季]|公司|平台|企业|商家|品牌|法院|机构|消息|报道|市场|股东|其中|随后|同时|目前|最终|后来|当时|如今|官方|集团|创始|老板|高管|总裁|律师|部门|网友|用户|媒体|政府"
)
_KIND = re.compile(
    r"[\u4e00-\u9fff]{0,6}?(?:电商|平台|品牌|公司|企业|应用|超市|服务商|助手|工具|系统|大模型|模型|机器人)(?=[\u4e00-\u9fffA-Za-z]{2})"
)
_BARE_REST = re.compile(
    r"(?:了|过)?(?:旗下的?)?[“「]?(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,8}|[A-Z][A-Za-z0-9.&-]{1,15})[”」]?[。，,；;！!]*$"
)
_QUOTED = re.compile(r"[“「『]([^”」』]{1,12})[”」』]")
_NO_NAME = re.compile(
    r"^(?:一[家个款条项座间批]|[条个家款项座间支款批]|距|上一|首次|再次|旧|这|那|部分|全部|所有|一些|各|多|本|此|该|其)|业务$|[的了在是把将被与和]"
)
# 换上了X Shopping的新名字, 改称X之后
_NAME_TAIL = re.compile(
    r"(?:的(?:新|全新)?(?:名字|名称|名号|招牌|字样|品牌)|(?:之后|以后|之前|以来|后|起))+$"
)
_FROM_NAME = re.compile(r"[由从自][“「『](?P<name>[^”」』]{1,14})[”」』](?:正式|统一|悄然|陆续|,|，)?$")
_NO_NEW_NAME = re.compile(
    r"自研|自营|自建|线上|不到|不足|[年月天]$|如今|自己|原来|什么|别的|其他|对手|伙伴|[了的是在把被将]"
)
_MAX_NEW_NAME = 12  # characters
# Done to whom the phrase describes, whatever names describe them.
_OF_PEOPLE = frozenset({"sanction", "accuse"})
_RELATIVE_GAP = re.compile(r"(?:了|掉)?[^，。、]{2,8}的")  # 收掉经营五年的泰国站
# What kind of thing the name before is: “轻聊”App, 淘小铺平台
_THING = re.compile(
    r"[”」』》]?(?:App|APP|平台|频道|服务|业务|小程序|功能|网站|项目|计划|品牌|系统|活动|专场|大促|板块|版块|产品|应用|节目|商城|店)*"
)
_TOWARDS = re.compile(r"(?:面向|向|对|在|于|与|和)[^，,]{1,14}")
_MAX_APART = 6  # characters
_MAX_FILLING = 3  # characters of adverbs and particles that the list does not hold
_AND = re.compile(r"和|与|及|、")
_BRANCH = re.compile(r"(?:首店|旗舰店|门店|分店|总部|分公司|站点|站|仓|店|版)")
_MAX_KIND = 14  # characters of what kind of thing it is, before its name
_LONGEST_COMMON = 3
_MAX_NAME = 10  # characters


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
            r"(?:App|电商|平台)?的(?P<name>[\u4e00-\u9fffA-Za-z0-9]{3,12}?)"
            rf"(?={words}|在|于|面向|[今昨]|[本上][周月]|\d|$)"
        ),
        before_verb=re.compile(rf"(?:(?:在|于|面向|对)[^，,]{{1,12}}|{words}|起|[,，]){{0,4}}"),
        filling=re.compile(
            rf"{words}|但|却|而|并|且|(?:在|于|从)[^，,]{{1,8}}|不到|仅|只|起|自|[年个月天周]|后|了|的|[\W\d]"
        ),
    )


def behind(s: Situation) -> list[Argument]:
    """Objects behind the verb, named or described, whichever stands first (不再支持第三方商品进入抖音直播间)."""
    named, phrase = objects_behind(s), described(s)
    if not named or not phrase:
        return named or phrase
    start, end, first_named = phrase[0].start, phrase[0].end, named[0].start
    if start is None or end is None or first_named is None or start < s.hit.end:
        return named
    if start <= first_named < end:
        return phrase  # which has looked at the names inside it
    # 连锁品牌「友记」: a name right behind the phrase is the one meant
    return phrase if end + 1 < first_named else named


def bare_object(s: Situation) -> list[Argument]:
    """A short unknown name right behind the verb, up to the clause's end, or right between 将 and the verb."""
    text = s.discourse.text
    if not s.roles.subjects:
        return []
    if s.roles.disposal_start is not None:
        match = _BARE_NAME.fullmatch(text[s.roles.disposal_start : s.hit.start])
        start = s.roles.disposal_start
    else:
        match = _BARE_REST.match(text[s.hit.end : s.clause.end])
        start = s.hit.end
    if match is None or _NO_NAME.search(match["name"]) or _GENERIC.search(match["name"]):
        return []
    if match["name"] in common_words() or _is_tagged(
        s, start + match.start("name"), start + match.end("name")
    ):
        return []
    kind = _KIND.match(match["name"])
    begin = start + match.start("name") + (kind.end() if kind else 0)
    end = start + match.end("name")
    return [Argument("object", text[begin:end], begin, end, "described")]


def marked_name(s: Situation) -> list[Argument]:
    """An unknown name between 对, 向 or 给 and the verb, or before whose round or shares: 对国付宝的收编, 参与水滴的新一轮融资."""
    if s.hit.frame.predicate not in _TAKES_FOREIGN or not s.roles.subjects:
        return []
    text = s.discourse.text
    match = _MARKED_NAME.search(text, s.clause.start, s.hit.start)
    if match is None and s.hit.frame.predicate in {"acquire", "invest"}:
        match = _WHOSE_SHARES.match(text, s.hit.end, s.clause.end)
    if (
        match is None
        or _NO_NAME.search(match["name"])
        or _GENERIC.search(match["name"])
        or _NOT_OPENING.search(match["name"])
    ):
        return []
    if _is_everyday(match["name"]) or _is_tagged(s, *match.span("name")):
        return []
    return [Argument("object", match["name"], *match.span("name"), "described")]


def holder(s: Situation) -> list[Argument]:
    """An unknown name into whose hands something falls: 落入儒意手中."""
    match = _HOLDER.match(s.discourse.text, s.hit.end, s.clause.end)
    if match is None or _NO_NAME.search(match["name"]) or _is_everyday(match["name"]) or _is_tagged(s, *match.span("name")):
        return []
    return [Argument("subject", match["name"], *match.span("name"), "described")]


def behind_role(s: Situation) -> list[Argument]:
    """An unknown name behind a noun of role and 是, up to the clause's end: 被告是纽巴伦."""
    text, after = s.discourse.text, s.hit.trigger.after
    role = after.match(text, s.hit.end) if after is not None else None
    match = _BARE_REST.match(text[role.end() : s.clause.end]) if role is not None else None
    if role is None or match is None or _NO_NAME.search(match["name"]) or _GENERIC.search(match["name"]):
        return []
    start, end = role.end() + match.start("name"), role.end() + match.end("name")
    if _is_everyday(match["name"]) or _is_tagged(s, start, end):
        return []
    return [Argument("object", match["name"], start, end, "described")]


def _is_tagged(s: Situation, start: int, end: int) -> bool:
    """True where a name, a value or a time lies in the stretch."""
    spans = [(t.start, t.end) for t in s.clause.entities] + [(t.start, t.end) for t in s.clause.values]
    spans += [(t.start, t.end) for t in s.clause.times]
    return any(first < end and last > start for first, last in spans)


def described(s: Situation) -> list[Argument]:
    """An object without a name, behind the verb or between 将 or 把 and the verb."""
    head = s.hit.trigger.described
    if head is None:
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
    if found is not None and found.end is not None and (called := _QUOTED.match(text, found.end, s.clause.end)):
        return [Argument("object", called[1], *called.span(1), "described")]  # 供应商“绿野源”
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


def _is_head(s: Situation, entity: Entity, phrase: Argument) -> bool:
    """True where the name inside the phrase is meant, not what the phrase says of it (售卖假茅台的账号)."""
    if s.hit.frame.predicate not in _OF_PEOPLE or entity.type == "PERSON":
        return True
    return entity.start == phrase.start


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


def _coordinated(found: Argument, head: re.Pattern[str]) -> list[Argument]:
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


def described_before(s: Situation) -> list[Argument]:
    """An object without a name at the clause's start: 第三方来源的产品将不再支持."""
    head = s.hit.trigger.described
    if head is None:
        return []
    text = s.discourse.text
    lead = _CONJUNCTION.match(text[s.clause.start : s.hit.start])
    start = s.clause.start + (lead.end() if lead else 0)
    found = described_object(text, start, s.hit.start, head)
    if found is not None and found.end is not None and (called := _QUOTED.match(text, found.end, s.hit.start)):
        return [Argument("object", called[1], *called.span(1), "described")]
    return [found] if found else []


def topic(s: Situation) -> list[Argument]:
    """A described object that a clause of its own puts in front: 对于恶意差评师,京东一律拉黑."""
    head, index = s.hit.trigger.described, s.clause.index - 1
    if (
        head is None
        or index < 0
        or s.discourse.clauses[index].sentence != s.clause.sentence
        or rest_is_long(s)
    ):
        return []
    before = s.discourse.clauses[index]
    mark = _TOPIC.match(s.discourse.text, before.start, before.end)
    found = described_object(s.discourse.text, mark.end(), before.end, head) if mark else None
    return [found] if found else []


def foreign_name(s: Situation) -> list[Argument]:
    """A name in Latin letters that nothing else knows, behind the verb or between 将 and the verb: 把鞋履品牌Clarks纳入麾下."""
    if s.hit.frame.predicate not in _TAKES_FOREIGN:
        return []
    text, start = s.discourse.text, s.roles.disposal_start
    match = _FOREIGN.match(text, s.hit.end, s.clause.end)
    if start is not None:
        match = _FOREIGN.fullmatch(text[: s.hit.start], start)
    if match is None or any(
        e.start < match.end("name") and e.end > match.start("name") for e in s.clause.entities
    ):
        return []
    return [Argument("object", match["name"], match.start("name"), match.end("name"), "described")]


def described_agent(s: Situation) -> list[Argument]:
    """An agent without a name between 被 and the verb, introduced by a classifier or 某: 被一家灯具厂告上法庭."""
    text = s.discourse.text
    match = _AGENT.search(text, s.clause.start, s.hit.start)
    if match is None:
        return []
    group = "name" if match["name"] else "some"
    if not _AGENT_HEAD.search(match[group]):
        return []
    if (title := _TITLED.search(match[group])) is not None:
        return [
            Argument("subject", title[0], match.start(group) + title.start(), match.end(group), "described")
        ]
    return [Argument("subject", match[group], match.start(group), match.end(group), "described")]


def named_agent(s: Situation) -> list[Argument]:
    """An unknown name right between 被 or 由 and the verb: 由隆启投资独投, 被国盛金控收购."""
    text = s.discourse.text
    match = _NAMED_AGENT.search(text, s.clause.start, s.hit.start)
    if s.hit.frame.predicate not in _TAKES_FOREIGN or match is None or _MANNER.search(match["name"]):
        return []
    if _NO_NAME.search(match["name"]) or _NOT_OPENING.search(match["name"]) or _is_everyday(match["name"]):
        return []
    if _is_tagged(s, *match.span("name")) or (
        text.startswith("投资", s.hit.start) and not text.startswith(("了", "，", ",", "。", "的"), s.hit.end)
    ):
        return []  # of 由隆启投资独投 the verb is 独投
    return [Argument("subject", match["name"], *match.span("name"), "described")]


def opener(s: Situation, *, upto: int | None = None) -> list[Argument]:
    """An unknown name that opens the sentence, with nothing but times and adverbs between it and the verb.

    ``upto`` is the 被 of a passive, whose own clause the name may open.
    """
    if s.roles.subjects or s.clause.quoted or (upto is None and (s.roles.agents or s.roles.disposed)):
        return []
    text, clause = s.discourse.text, s.clause
    before = [c for c in s.discourse.sentence_clauses(clause.sentence) if c.index < clause.index]
    if upto is None and any(c.mentions or not c.times for c in before):
        return []
    end = s.hit.start if upto is None else upto
    times = [t for t in clause.times if clause.start < t.start and t.end <= s.hit.start]
    marks = [m.start - len(mark) for mark, group in s.roles.marked + s.roles.places for m in group[:1]]
    end = min([t.start for t in times] + marks + [end])
    name = (
        _adverbs()
        .at_end.sub("", text[clause.start : end])
        .removesuffix("最后")
        .rstrip("早已曾就并未没不也还又则再拟要想会于在自却竟遂")
        .removesuffix("最后")
    )
    body = _UNKNOWN_BODY.fullmatch(name)
    match = body or _OPENER.fullmatch(name)
    if match is None or (body is None and (_NOT_OPENING.search(name) or _is_everyday(match["name"]))):
        return []
    start = clause.start + match.start("name")
    if _is_tagged(s, start, start + len(match["name"])):
        return []
    return [Argument("subject", match["name"], start, start + len(match["name"]), "described")]


def _is_everyday(name: str) -> bool:
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
    text = s.discourse.text[s.clause.start : s.hit.start]
    for time in s.clause.times:
        text = text.replace(s.discourse.text[time.start : time.end], "")
    return len(_adverbs().filling.sub("", text)) > _MAX_FILLING


def stands_apart(s: Situation, group: list[Mention]) -> bool:
    """True where another noun phrase lies between the name and the verb: 京东运动频道的奥运促销昨晚上线."""
    start = group[-1].end
    text = s.discourse.text[start : s.hit.start]
    for time in s.clause.times:
        text = text.replace(s.discourse.text[time.start : time.end], "")
    match = _THING.match(text)
    text = _TOWARDS.sub("", text[match.end() if match else 0 :])
    return len(_adverbs().filling.sub("", text)) > _MAX_APART


def owned_before(s: Situation) -> Filled | None:
    """S 的 O, a noun phrase without a name, right before a verb of appearing: 美团的无人机配送航线昨天在深圳开通."""
    text = s.discourse.text
    for group in s.roles.subjects[:1]:
        match = _adverbs().owned_phrase.match(text, group[-1].end, s.hit.start)
        if match is None or _GENERIC.search(match["name"]) or _NO_NAME.search(match["name"]):
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
    return (
        Filled(owner, [Argument("object", match["name"], match.start("name"), match.end(), "described")])
        if owner
        else None
    )


def _behind_time(s: Situation, offset: int) -> int:
    """The end of a time that begins at ``offset``, an adverb before it allowed (已于8月), else ``offset``."""
    return next((t.end for t in s.clause.times if 0 <= t.start - offset <= 2), offset)


def phrase_before(s: Situation) -> list[Argument]:
    """The words before the verb, without times and adverbs, as a name that nothing else knows: 毒App更名为得物."""
    start = max([t.end for t in s.clause.times if t.end <= s.hit.start], default=s.clause.start)
    words = s.discourse.text[start : s.hit.start]
    inside = _QUOTED.search(words)
    name = inside[1] if inside else _adverbs().at_end.sub("", words.strip("“”‘’「」 ")).removesuffix("App")
    if not 1 <= len(name) <= _MAX_NAME or _NO_NAME.search(name):
        return []
    begin = s.discourse.text.index(name, start)
    return [Argument("subject", name, begin, begin + len(name), "described")]


def renamed_from(s: Situation) -> list[Argument]:
    """The old name behind 由 or 从: 公司名称由“宝尊电商”变更为…."""
    match = _FROM_NAME.search(s.discourse.text, s.clause.start, s.hit.start)
    return [Argument("subject", match["name"], match.start("name"), match.end("name"))] if match else []


def quoted_in(s: Situation) -> list[Argument]:
    """A name in quotation marks somewhere behind the verb in its clause: 上线了社交应用“轻聊”."""
    match = _QUOTED.search(s.discourse.text, s.hit.end, s.clause.end)
    if match is None or match.start() - s.hit.end > _MAX_KIND * (
        2 if s.hit.frame.predicate == "launch" else 1
    ):
        return []
    return [Argument("object", match[1], match.start(1), match.end(1), "described")]


def quoted_behind(s: Situation) -> list[Argument]:
    """A new name in quotation marks or as a bare short phrase behind the verb."""
    text = s.discourse.text
    begin = s.hit.end
    while begin < len(text) and text[begin] in "“‘「『《 :：":
        begin += 1
    end = begin
    limit = max(s.clause.end, s.discourse.clause_at(begin).end) if begin < len(text) else s.clause.end
    while end < limit and text[end] not in "”’」』》,，。;；!?！？、：:":
        end += 1
    name = _NAME_TAIL.sub("", text[begin:end])
    if not 1 <= len(name) <= _MAX_NEW_NAME or _NO_NEW_NAME.search(name):
        return []
    return [Argument("object", name, begin, begin + len(name), "described")]
