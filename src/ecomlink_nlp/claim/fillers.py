"""What fills a role: the candidates that the clause itself names."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import zip_longest

from ecomlink_nlp.claim.authorities import is_authority
from ecomlink_nlp.claim.discourse import Mention
from ecomlink_nlp.claim.eligibility import (
    BETWEEN_COMPANIES,
    OFFICIAL,
    accepts,
    acts_officially,
    is_barred,
    only_looks_on,
    type_of,
)
from ecomlink_nlp.claim.roles import groups_of
from ecomlink_nlp.claim.situation import Situation
from ecomlink_nlp.text.document import Argument

_JOINT = re.compile(r"(?:共同|联合|一起|携手|联手|合作)[“\s]*$")
# Behind a name that only modifies what is launched: 快手电商的三个关键词.
_MODIFIES = re.compile(
    r"(?:电商|平台|方面|官方|直播间|购物车|小程序)*的(?![“「『《])|小程序|电商|直播间|平台(?:的|上)|创始人|的?用户|商家|主播"
)
# Its own things may bear its name: “快手团好货”.
_OWN = frozenset({"launch", "shut_down", "rename"})
_REGION = re.compile(r"(?<=[东西南北中])[一两三四五六七八九]省(?!的)")
_SELF = frozenset({"它", "它们", "他们", "其", "该公司", "公司方面"})
_OWN_THINGS = frozenset({"launch", "shut_down"})
_QUOTED = re.compile(r"[“「『](?P<name>[^”」』，。；]{2,10})[”」』]")
_PHRASE = re.compile(r"[的了在是与和及、+×]|App$|APP$|平台$")
_SHARES = re.compile(
    r"(?:全部|剩余|其余|剩下|另外|控股|多数|少数|部分|约|近|超过|[\d一二三四五六七八九十]+(?:\.\d+)?(?:%|％|成|个百分点))*(?:多|左右)?的?(?:股权|股份|新股|可转债)|[^，,。]{0,4}轮?融资"
)
_ONE_OF = re.compile(
    r"(?:(?:在|位于)[^，,。]{1,6}|(?:平台|站内)?[上内里])?的?(?:其中)?(?:一|多|数|几|某|两|三|[0-9]+)[家名个位]"
)
_TOGETHER = re.compile(r"一道|一同|共同|一起|携手|联手")
_JOINS = frozenset({"联合", "联手", "携手", "会同", "连同"})
_PARTS = {
    "acquire": re.compile(
        r"(?:旗下的?|名下的?|的)(?!(?:中国|大陆|国内|全球|海外|国际|当地|亚太|东南亚)(?:区|市场)?(?:的)?业务)(?P<part>[^，,。；的“「]{2,8}(?:业务|资产|板块|海外仓|事业部|部门|牌照|团队)|(?:海外仓|物流|支付|云|外卖|打车)业务)"
    ),
    "sanction": re.compile(
        r"(?:(?:在|位于)[^，,。]{1,6})?的(?:其中)?(?:一|多|数|几|某|两|三|[0-9]+)[家名个位](?P<part>加盟商|经销商|网点|门店|供应商|服务商|代理商|主播|商家|卖家|员工|骑手|高管)"
    ),
}
_REST = re.compile(r"(?:于\d[\d年月日底初中]*|于[今去前]年[\d年月日底初中]*)?[了。,，;；!！”」』）)…\s]*")
# What a penalty takes, whoever it is taken from.
_ONLY_MONEY = re.compile(
    r"(?:了|掉)?(?:其|全部|相应|上述|涉案)?(?:的)?(?:违法所得|非法所得|违法收入|非法收入|不当得利|所得|保证金|押金|罚款|货款|款项|人民币|共|合计|共计|总计|近|逾|超|约|[\d万亿千百元,.美港欧日台新韩币])+"
)
_WHEN = ("前", "后", "期间", "当天", "当日", "之前", "之后")  # 春节前 says when
# What a person does only for the company.
_COMPANYS = frozenset(
    {
        "partner",
        "end_partnership",
        "launch",
        "shut_down",
        "block_link",
        "restore_link",
        "rename",
        "acquire",
        "advertise",
    }
)
_TOPICAL = frozenset({"对", "对于", "针对"})  # 对于返利网, …
_TOPIC_END = re.compile(r"[”」』》\s]*(?:方面)?(?:的[^，,的]{1,8})?[，,：:]?")
# 举报其恶意罚款, 质疑其数据: who is accused; not so of 举报其供应商
_ACCUSED_OF = re.compile(
    r"[了过]?其(?!旗下|母公司|子公司|供应商|供货商|经销商|加盟商|代理商|商家|主播|员工|高管|创始人|竞争|合作|关联|用户|股东|前)"
)
# 冻结其银行账户: whose it is, is punished
_ITS_OWN = re.compile(
    r"[了过掉]?其[^，,。的]{0,8}?(?:账户|账号|店铺|直播间|资金|资产|财产|保证金|存款|权限|资格|执照|违法所得)"
)
_VERB = 2  # characters
_OUTSIDE = ("以外", "之外")  # 杭州以外的门店 is not about 杭州


def arguments(s: Situation, group: list[Mention], types: frozenset[str]) -> list[Argument]:
    """Resolve the members of a group that may fill a role of these entity types."""
    found: list[Argument] = []
    for mention in group:
        if (
            mention.owner is not None
            and types is s.hit.trigger.objects
            and s.hit.frame.predicate in BETWEEN_COMPANIES
        ):
            found.append(Argument("object", mention.owner.name, mention.owner.start, mention.owner.end))
            continue  # 为小红书的商家提供系统, 退出每日优鲜的供应商名单
        if mention.kind == "group" and "group" not in types and not acts_officially(s, mention.text, types):
            continue
        if types is s.hit.frame.subject and is_barred(s, mention.text):
            continue
        if types is s.hit.frame.subject and only_looks_on(s, mention.text):
            continue
        if mention.entity is not None and mention.entity.type not in types:
            continue
        if s.discourse.text.startswith(_OUTSIDE, mention.end):
            continue
        is_time = mention.entity is not None and mention.entity.type == "EVENT"
        if is_time and s.discourse.text.startswith(_WHEN, mention.end):
            continue
        resolved = represented(s, s.discourse.resolve(mention))
        # whoever a pronoun stands for must fit the role as well: 她 buys no company's advertisements
        found += [a for a in resolved if mention.kind == "group" or type_of(s, a.name) in types | {"group"}]
    return found


def _part_of(s: Situation, owner: Mention) -> Argument | None:
    """What of a company is bought or punished, where it is not the company itself: 滴滴的自行车业务, 极兔在当地的一家加盟商."""
    pattern = _PARTS.get(s.hit.frame.predicate)
    match = pattern.match(s.discourse.text, owner.end, s.clause.end) if pattern is not None else None
    if match is None or owner.entity is None:
        return None
    return Argument("object", owner.entity.name + match["part"], owner.start, match.end(), "described")


def represented(s: Situation, found: list[Argument]) -> list[Argument]:
    """Whoever acts for a company: what its founder plans to connect to, the company does (陈力说,他计划接入支付宝)."""
    if s.hit.frame.predicate not in _COMPANYS:
        return found
    return [
        replace(a, name=company, how="owner")
        if a.how != "stated" and (company := s.discourse.employer(a.name))
        else a
        for a in found
    ]


def first(s: Situation, groups: Iterable[list[Mention]]) -> list[Argument]:
    """The objects of the first group that has any acceptable one; of 美团旗下的快驴 the second name counts."""
    listed = list(groups)
    for position, group in enumerate(listed):
        following = listed[position + 1] if position + 1 < len(listed) else None
        if following and s.discourse.is_apposed(group[-1], following[0]):
            continue
        if following and s.discourse.text[group[-1].end : following[0].start] in {"的“", "的「"}:
            continue  # 拼多多的“多多果园”
        if group in s.roles.disposed and _only_describes(s, group):
            continue
        if (
            group in s.roles.disposed
            and s.hit.frame.predicate in OFFICIAL
            and _ONE_OF.match(s.discourse.text, group[-1].end)
        ):
            continue  # 将淘宝、京东上的三家卖家诉至法院
        patterns = {"accuse": _ACCUSED_OF, "sanction": _ITS_OWN}
        pattern = patterns.get(s.hit.frame.predicate)
        accused = pattern is not None and pattern.match(s.discourse.text, s.hit.end) is not None
        if group in s.roles.disposed and s.hit.frame.predicate == "sanction":
            accused = _ITS_OWN.match(s.discourse.text, group[0].start) is not None  # 将其账号禁播
        if (
            group[0].text == "其"
            and not accused
            and (group[0].end != s.hit.start or group in s.roles.disposed)
            and not _SHARES.match(s.discourse.text, group[0].end)
        ):
            continue  # 向其仓储公司追加: 其 only owns what follows, unlike in 对其罚款; for 将其 see `referred`
        if s.hit.frame.predicate in _OWN_THINGS and group[0].text in _SELF and group[0].start >= s.hit.end:
            continue  # 裁撤了它在外地的校区: nobody launches or closes itself
        if (whole := _whole_name(s, group[0])) is not None:
            return [whole]
        found = [a for a in arguments(s, group, s.hit.trigger.objects) if not is_venue(s, a)]
        if (
            len(found) == 1
            and (region := _REGION.match(s.discourse.text, group[-1].end, s.clause.end))
            and group[-1].entity
        ):
            return [replace(found[0], role="object", name=found[0].name + region[0], end=region.end())]
        if len(found) == 1 and (part := _part_of(s, group[-1])) is not None:
            return [part]
        if found and group[0].kind == "topic":
            found = _others(s, group[0], found)
        if found:
            return [replace(a, role="object") for a in found]
    return []


def _whole_name(s: Situation, mention: Mention) -> Argument | None:
    """The name in quotation marks that only begins with a known one: “快手团好货”, “货拉拉跑腿”."""
    match = _QUOTED.match(s.discourse.text, mention.start - 1, s.clause.end)
    if mention.kind != "entity" or s.hit.frame.predicate not in _OWN or match is None:
        return None
    if match.end("name") == mention.end or _PHRASE.search(match["name"]):
        return None
    return Argument("object", match["name"], *match.span("name"))


def _others(s: Situation, word: Mention, found: list[Argument]) -> list[Argument]:
    """Whom 它 means as object of a clause that names its subject, who is another: 屏蔽飞书两年后,微信对其放行."""
    disposed = any(word in group for group in s.roles.disposed)
    subject = s.discourse.subject_of if disposed else s.discourse.explicit_subject
    own = {a.name for a in subject(s.clause, word.start) or []}
    if not own or not own & {a.name for a in found}:
        return found
    for earlier in s.discourse.before(s.clause, 1):
        names = [a for a in s.discourse.own_subject(earlier) if a.name in s.discourse.types]
        if earlier.sentence == s.clause.sentence or not names:
            names = [Argument("object", e.name, e.start, e.end) for e in reversed(earlier.entities)]
        for a in names:
            theirs = a.name in own or s.owner(a.name) in own or is_authority(a.name)
            if not theirs and type_of(s, a.name) in s.hit.trigger.objects:
                return [replace(a, how="anaphor")]
    return []


def _only_describes(s: Situation, group: list[Mention]) -> bool:
    """True where the name stands inside what is said of an unnamed party: 把售卖假茅台的三家店铺关了."""
    start, head = s.roles.disposal_start, s.hit.trigger.described
    if (
        start is None
        or head is None
        or s.hit.frame.predicate not in OFFICIAL
        or group[0].kind not in {"entity", "topic"}
    ):
        return False
    lead = s.discourse.text[start : group[0].start].rstrip("“「《假")
    if len(lead) < _VERB or lead.endswith(
        ("主播", "博主", "达人", "店铺", "网红", "公司", "平台", "品牌", "企业", "旗下", "的")
    ):
        return False
    rest = re.compile(rf"[”」》]?[^，,的]{{0,6}}的[^，,]{{0,8}}?(?:{head.pattern})")
    return rest.match(s.discourse.text, group[-1].end, s.hit.start) is not None


def referred(s: Situation, groups: list[list[Mention]]) -> list[Argument]:
    """Whom 其 or 它 between 将 and the verb refers to, other than the subject: 阿里将其改名为考拉海购."""
    own = {a.name for a in s.discourse.subject_of(s.clause, s.hit.start) or []}
    for group in groups[:1]:
        if group[0].kind == "topic":
            found = [a for a in s.discourse.resolve(group[0]) if a.name not in own]
            earlier = s.discourse.before(s.clause)
            found = found or [
                a
                for c in earlier
                if c.sentence == s.clause.sentence
                for a in s.discourse.explicit_subject(c) or []
            ]
            return [replace(a, role="object") for a in found if a.name not in own][:1]
    return []


def heads(s: Situation) -> list[list[Mention]]:
    """The groups before the verb without those that only say whose the next one is: 小杨哥所属的三只羊."""
    groups = s.roles.subjects
    return [
        group
        for group, following in zip_longest(groups, groups[1:])
        if following is None or not s.discourse.is_apposed(group[-1], following[0])
    ]


def is_venue(s: Situation, a: Argument) -> bool:
    """诉至上海市黄浦区人民法院, 向工信部投诉: where one sues and who hears of it is not whom; nobody buys an authority."""
    if s.hit.frame.predicate in {
        "acquire",
        "invest",
        "sanction",
        "block_link",
        "restore_link",
        "advertise",
        "partner",
    }:
        return is_authority(a.name)
    if s.hit.frame.predicate != "accuse":
        return False
    heard = a.start is not None and s.discourse.text[a.start - 1 : a.start] == "向"
    return a.name.endswith("法院") or (heard and is_authority(a.name))


def objects_behind(s: Situation) -> list[Argument]:
    """Objects behind the verb; for a launch not a name that only modifies (快手电商的三个关键词)."""
    text = s.discourse.text
    # 寺库的一家供货商: the name only says whose
    groups = [g for g in s.roles.after if g[0].kind == "topic" or not _ONE_OF.match(text, g[-1].end)]
    if s.hit.frame.predicate == "launch":
        groups = [g for g in groups if not _MODIFIES.match(s.discourse.text, g[-1].end)]
    return first(s, groups)


def disposed(s: Situation) -> list[list[Mention]]:
    """Groups between 将 or 把 and the verb; of a partner not those behind 从, whom one leaves (把货从京东搬到拼多多)."""
    if s.hit.frame.predicate != "partner":
        return s.roles.disposed
    return [g for g in s.roles.disposed if s.discourse.mark_of(s.clause.start, g[0].start)[0] != "从"]


def are_listed(s: Situation) -> bool:
    """True where 、 joins the first subjects: 中通、申通, unlike 中通与申通."""
    group = next((g for g in s.roles.subjects if len(g) > 1), None)
    return group is not None and "、" in s.discourse.text[group[0].end : group[1].start]


def pair(s: Situation) -> tuple[list[Argument], list[Argument]]:
    """Subject and object of a verb that two coordinated parties share: 网易考拉与菜鸟分道扬镳."""
    own = [a for a in s.discourse.explicit_subject(s.clause, s.hit.start) or [] if accepts(s, a)]
    if len(own) < 2:
        return [], []
    return own[:1], [replace(a, role="object") for a in own[1:]]


def marked(s: Situation) -> list[list[Mention]]:
    """Groups behind one of the trigger's object markers, before the verb or behind it (终止与顺丰的合作).

    A clause that holds nothing else counts too: 对于返利网,京东联盟恢复了接口.
    """
    candidates = (*s.roles.marked, *s.roles.places, *s.roles.after_marked)
    found = [
        _owned(s, group)
        for mark, group in candidates
        if mark in s.hit.trigger.markers and not _is_only_owner(s, group)
    ]
    return found or (_topicalised(s) if "对" in s.hit.trigger.markers else [])


def _is_only_owner(s: Situation, group: list[Mention]) -> bool:
    """对小红书的一名员工立案: the name only says whose."""
    return (
        s.hit.frame.predicate in {"sanction", "accuse"}
        and _ONE_OF.match(s.discourse.text, group[-1].end) is not None
    )


def _owned(s: Situation, group: list[Mention]) -> list[Mention]:
    """Of 给薇娅所属的谦寻 the second name is the one meant."""
    following = next((m for m in s.clause.mentions if m.start >= group[-1].end), None)
    if following is None or following.end > s.hit.start or not s.discourse.is_apposed(group[-1], following):
        return group
    return s.discourse.coordinated(s.clause, following)


def _topicalised(s: Situation) -> list[list[Mention]]:
    before = s.discourse.clause_before(s.clause)
    if before is None:
        return []
    groups = groups_of(s.discourse, before)
    if not groups or _TOPIC_END.fullmatch(s.discourse.text, groups[-1][-1].end, before.end) is None:
        return []
    mark, _ = s.discourse.mark_of(before.start, groups[0][0].start)
    # of several names the last is the one meant: 对第三方淘宝客工具“花生日记”,
    opens = mark in _TOPICAL or s.discourse.text.startswith(tuple(_TOPICAL), before.start)
    return groups[-1:] if opens else []


def agents(s: Situation) -> list[Argument]:
    """Who stands behind 被, 遭 or 由, with those beside them (由它与拼多多共同发起)."""
    found = [a for group in s.roles.agents for a in arguments(s, group, s.hit.frame.subject)]
    return [replace(a, role="subject") for a in found + joint(s)] if found else []


def joint(s: Situation) -> list[Argument]:
    """Parties behind 与 or 联合 where the verb says that both act: B站将与天猫联合推出."""
    text = s.discourse.text
    word = text[s.hit.start : s.hit.end]
    if s.hit.frame.predicate in {"acquire", "invest"}:  # 阿里巴巴联合蚂蚁金服以95亿美元将饿了么收归旗下
        beside = [g for mark, g in s.roles.marked if mark in _JOINS]
        if beside:
            return [a for group in beside for a in arguments(s, group, s.hit.frame.subject)]
    apart = s.hit.frame.predicate in {"acquire", "invest"} and _TOGETHER.search(
        text, s.clause.start, s.hit.start
    )
    if (
        not apart
        and not _JOINT.search(text, s.clause.start, s.hit.start)
        and not word.startswith(("共同", "联合", "合作"))
    ):
        if s.hit.frame.predicate != "launch":
            return []
        # 它与贵州茅台推出酱香拿铁
        beside = [g for mark, g in s.roles.marked if mark in {"与", "和"} and g[-1].end == s.hit.start]
        return [a for group in beside for a in arguments(s, group, s.hit.frame.subject)]
    groups = [
        g for mark, g in s.roles.marked if mark in {"与", "和", "跟", "同", "联合", "联手", "携手", "会同"}
    ]
    return [a for group in groups for a in arguments(s, group, s.hit.frame.subject)]


def hosts(s: Situation) -> list[Argument]:
    """The platform on which something is or is not possible: 在快手直播间, 挂进快手的购物车."""
    behind = [group for mark, group in s.roles.after_marked if mark in {"在", "从", "于", "到", "至"}]
    inside = s.roles.after if s.hit.trigger.host_behind else []
    for group in (*(group for _, group in s.roles.places), *behind, *inside):
        found = arguments(s, group, s.hit.frame.subject)
        if found:
            return [replace(a, role="subject") for a in found]
    return []


def possessor(s: Situation, groups: list[list[Mention]]) -> list[Argument]:
    """Whose product it is, by the name before it: 京东的“百亿补贴”, 其旗下超市「街市即日鲜」."""
    return [
        replace(a, role="subject")
        for group in groups[-2:-1]
        for a in arguments(s, group, s.hit.frame.subject)
    ]


def takes_only_money(s: Situation) -> bool:
    """True where what follows a penalty says only what is taken: 并没收违法所得12万元."""
    return (
        s.hit.frame.predicate == "sanction"
        and _ONLY_MONEY.match(s.discourse.text, s.hit.end, s.clause.end) is not None
    )


def rest_is_long(s: Situation) -> bool:
    """True where words follow the verb, which then has an object of its own."""
    text, start = s.discourse.text, s.hit.end
    place = next((e for e in s.clause.entities if e.type == "LOC" and 0 <= e.start - start <= 1), None)
    if place is not None and text[start : place.start] in {"", "在", "于"}:
        start = place.end  # 落户杭州
    match = _REST.match(text, start, s.clause.end)
    return match is None or match.end() < s.clause.end
