"""What fills a role: the candidates of a clause, and where it has none, of the discourse and of earlier claims."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import takewhile

from ecomlink_nlp.claim.discourse import Clause, Discourse, Mention
from ecomlink_nlp.claim.frames import Hit
from ecomlink_nlp.claim.phrases import described_object
from ecomlink_nlp.claim.roles import Roles
from ecomlink_nlp.text.document import Argument, EventClaim

Owner = Callable[[str], str | None]

_INCLUDING = ("包括", "其中包括", "其中就包括", "例如", "比如", "分别是", "即", "涉及")
_AUTHORITY = re.compile(r"(?:局|部|委|委员会|院|署|法院|办|协会|总局|白宫)$")
_CONJUNCTION = re.compile(r"^(?:但是?|而且?|不过|则|同时|并且?|目前|此后|其中|原本)?")
_JOINT = re.compile(r"(?:共同|联合|一起|携手|联手|合作)[“\s]*$")
# Behind a name that only modifies what is launched: 快手电商的三个关键词.
_MODIFIES = re.compile(
    r"(?:电商|平台|方面|官方|直播间|购物车|小程序)*的(?![“「『《])|小程序|电商|直播间|平台(?:的|上)|创始人|的?用户|商家|主播"
)
_REST = re.compile(r"[了。,，;；!！”」』）)…\s]*")
_BARE_NAME = re.compile(r"[“「]?(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,8})[”」]?")
# What kind of thing it is, before its name: 生鲜电商鲜集市
# What is launched or closed but has no name of its own.
_GENERIC = re.compile(
    r"(?:手段|措施|政策|产品|服务|功能|活动|方案|成绩|业绩|信号|竞争|体验|之初|年头|策略|模式|战略|通道|计划书|预案|条款|规则|新规|优惠|折扣|版本"
    r"|公告|声明|通知|报告|数据|平台|系统|项目|业务|品牌|公司|门店|课程|比赛|会议|大会|展会|波澜|水花|热潮|序幕|帷幕|时代|篇章|大门|口号|目标|号召|运营|初期|时间|首日|期间)$|^\d"
)
_KIND = re.compile(
    r"[\u4e00-\u9fff]{0,6}?(?:电商|平台|品牌|公司|企业|应用|超市|服务商)(?=[\u4e00-\u9fffA-Za-z]{2})"
)
_BARE_REST = re.compile(
    r"(?:了|过)?(?:旗下的?)?[“「]?(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,8})[”」]?[。，,；;！!]*$"
)
_QUOTED = re.compile(r"[“「『]([^”」』]{1,12})[”」』]")
_ADVERBS = re.compile(
    r"(?:正式|后来|已经|已|将|也|则|又|再次|再度|宣布|便|就|随后|此后)+$|^(?:的?元旦|后|起|[,，])"
)
_NO_NAME = re.compile(r"^(?:旧|这|那|部分|全部|所有|一些|各|多|本|此|该|其)|业务$|[的了在是把将被与和]")
_MAX_KIND = 14  # characters of what kind of thing it is, before its name
_MAX_NAME = 10  # characters
_OUTSIDE = ("以外", "之外")  # 杭州以外的门店 is not about 杭州
_MEMORY = 3  # sentences that an earlier claim's parties stay in mind
_FAMILY = {"restore_link": {"restore_link", "block_link"}, "block_link": {"block_link", "restore_link"}}


@dataclass(frozen=True, slots=True)
class Situation:
    """A hit with the roles of its clause and the claims made before: what a construction works on."""

    discourse: Discourse
    clause: Clause
    hit: Hit
    roles: Roles
    owner: Owner
    earlier: list[EventClaim]


@dataclass(frozen=True, slots=True)
class Filled:
    """Subjects (empty: nobody is named) and objects of an event."""

    subjects: list[Argument]
    objects: list[Argument]
    both_ways: bool = False
    pairwise: bool = False
    """The first subject goes with the first object, and so on: 淘宝联盟与京东联盟是淘宝与京东创建的平台."""


def arguments(s: Situation, group: list[Mention], types: frozenset[str]) -> list[Argument]:
    """Resolve the members of a group that may fill a role of these entity types."""
    found: list[Argument] = []
    for mention in group:
        if mention.kind == "group" and "group" not in types:
            continue
        if mention.entity is not None and mention.entity.type not in types:
            continue
        if s.discourse.text.startswith(_OUTSIDE, mention.end):
            continue
        found += s.discourse.resolve(mention)
    return found


def first(s: Situation, groups: Iterable[list[Mention]]) -> list[Argument]:
    """The objects of the first group that has any acceptable one; of 美团旗下的快驴 the second name counts."""
    listed = list(groups)
    for position, group in enumerate(listed):
        following = listed[position + 1] if position + 1 < len(listed) else None
        if following and s.discourse.is_apposed(group[-1], following[0]):
            continue
        if group[0].text == "其":
            continue  # 向其仓储公司追加: 其 only owns what follows
        found = [a for a in arguments(s, group, s.hit.trigger.objects) if not _is_venue(s, a)]
        if found:
            return [replace(a, role="object") for a in found]
    return []


def _is_venue(s: Situation, a: Argument) -> bool:
    """诉至上海市黄浦区人民法院: the court is where one sues, not whom."""
    return s.hit.frame.predicate == "accuse" and a.name.endswith("法院")


def objects_behind(s: Situation) -> list[Argument]:
    """Objects behind the verb; for a launch not a name that only modifies (快手电商的三个关键词)."""
    groups = s.roles.after
    if s.hit.frame.predicate == "launch":
        groups = [g for g in groups if not _MODIFIES.match(s.discourse.text, g[-1].end)]
    return first(s, groups)


def behind(s: Situation) -> list[Argument]:
    """Objects behind the verb, named or described, whichever stands first (不再支持第三方商品进入抖音直播间)."""
    named, phrase = objects_behind(s), described(s)
    if not named or not phrase:
        return named or phrase
    start, end, first_named = phrase[0].start, phrase[0].end, named[0].start
    if start is None or end is None or first_named is None or start < s.hit.end:
        return named
    # 连锁品牌「友记」: a name right behind the phrase is the one meant
    return phrase if end + 1 < first_named else named


def again(s: Situation, names: set[str]) -> list[Argument]:
    """The objects of the last such claim of this sentence, for verbs that drop theirs (微盟早就完成了对接)."""
    return [a for a in remembered_objects(s) if a.name not in names] if s.hit.trigger.elliptical else []


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
    if any(
        e.start < start + match.end("name") and e.end > start + match.start("name") for e in s.clause.entities
    ):
        return []
    kind = _KIND.match(match["name"])
    begin = start + match.start("name") + (kind.end() if kind else 0)
    end = start + match.end("name")
    return [Argument("object", text[begin:end], begin, end, "described")]


def pair(s: Situation) -> tuple[list[Argument], list[Argument]]:
    """Subject and object of a verb that two coordinated parties share: 网易考拉与菜鸟分道扬镳."""
    own = [a for a in s.discourse.explicit_subject(s.clause, s.hit.start) or [] if accepts(s, a)]
    if len(own) < 2:
        return [], []
    return own[:1], [replace(a, role="object") for a in own[1:]]


def pair_before(s: Situation) -> tuple[list[Argument], list[Argument]]:
    """The pair of the clause before: 它与全家的取货合作,则在去年年底画下句点."""
    index = s.clause.index - 1
    if index < 0 or s.discourse.clauses[index].sentence != s.clause.sentence:
        return [], []
    own = [a for a in s.discourse.explicit_subject(s.discourse.clauses[index]) or [] if accepts(s, a)]
    return (own[:1], [replace(a, role="object") for a in own[1:]]) if len(own) > 1 else ([], [])


def next_party(s: Situation) -> list[Argument]:
    """The first acceptable object of the next clause: 由高瓴领投,喜茶完成5亿美元融资."""
    index = s.clause.index + 1
    if index >= len(s.discourse.clauses) or s.discourse.clauses[index].sentence != s.clause.sentence:
        return []
    for entity in s.discourse.clauses[index].entities:
        if entity.type in s.hit.trigger.objects:
            return [Argument("object", entity.name, entity.start, entity.end, "carried")]
    return []


def obliged_next(s: Situation) -> list[Argument]:
    """Whom the next clause obliges: 法院作出判决,蘑菇街须支付47.6万元."""
    index = s.clause.index + 1
    if index >= len(s.discourse.clauses) or s.discourse.clauses[index].sentence != s.clause.sentence:
        return []
    following = s.discourse.clauses[index]
    for entity in following.entities[:1]:
        rest = s.discourse.text[entity.end : entity.end + 3]
        if entity.type in s.hit.trigger.objects and rest.lstrip("方面").startswith(
            ("须", "应", "需", "必须")
        ):
            return [Argument("object", entity.name, entity.start, entity.end, "carried")]
    return []


def marked(s: Situation) -> list[list[Mention]]:
    """Groups behind one of the trigger's object markers, before the verb or behind it (终止与顺丰的合作)."""
    candidates = (*s.roles.marked, *s.roles.places, *s.roles.after_marked)
    return [group for mark, group in candidates if mark in s.hit.trigger.markers]


def agents(s: Situation) -> list[Argument]:
    """Who stands behind 被, 遭 or 由, with those beside them (由它与拼多多共同发起)."""
    found = [a for group in s.roles.agents for a in arguments(s, group, s.hit.frame.subject)]
    return [replace(a, role="subject") for a in found + joint(s)] if found else []


def joint(s: Situation) -> list[Argument]:
    """Parties behind 与 or 联合 where the verb says that both act: B站将与天猫联合推出."""
    text = s.discourse.text
    word = text[s.hit.start : s.hit.end]
    if not _JOINT.search(text, s.clause.start, s.hit.start) and not word.startswith(("共同", "联合", "合作")):
        return []
    groups = [
        g for mark, g in s.roles.marked if mark in {"与", "和", "跟", "同", "联合", "联手", "携手", "会同"}
    ]
    return [a for group in groups for a in arguments(s, group, s.hit.frame.subject)]


def subjects(s: Situation, objects: list[Argument]) -> list[Argument]:
    """The clause's own subject, else the carried one, without the objects."""
    names = {a.name for a in objects}
    together = joint(s) if not s.hit.frame.symmetric else []
    for position, group in enumerate(s.roles.subjects):
        following = s.roles.subjects[position + 1] if position + 1 < len(s.roles.subjects) else None
        if following and s.discourse.is_apposed(group[-1], following[0]):
            continue
        own = [a for a in arguments(s, group, s.hit.frame.subject) if a.name not in names]
        if own:
            return own + [a for a in together if a.name not in {b.name for b in own} | names]
    carried = s.discourse.subject_of(s.clause, s.clause.start) or []
    # The one carried over may be among several objects: 小红书 cuts links to 淘宝 and to its own mall.
    kept = [a for a in carried if (a.name not in names or len(names) > 1) and accepts(s, a)]
    return (kept or other_party(s, names)) + [a for a in together if a.name not in names]


def accepts(s: Situation, argument: Argument) -> bool:
    """True where the frame takes such a subject."""
    return type_of(s, argument.name) in s.hit.frame.subject


def type_of(s: Situation, name: str) -> str:
    """The entity type of a name of this document, ``group`` for a described party."""
    return s.discourse.types.get(name, "group")


def hosts(s: Situation) -> list[Argument]:
    """The platform on which something is or is not possible: 在快手直播间, 挂进快手的购物车."""
    behind = [group for mark, group in s.roles.after_marked if mark in {"在", "从", "于", "到", "至"}]
    inside = s.roles.after if s.hit.trigger.host_behind else []
    for group in (*(group for _, group in s.roles.places), *behind, *inside):
        found = arguments(s, group, s.hit.frame.subject)
        if found:
            return [replace(a, role="subject") for a in found]
    return []


def host_elsewhere(s: Situation, names: set[str]) -> list[Argument]:
    """The platform of the last such claim, of a place in the sentence, else the nearest other party."""
    for claim in remembered_claims(s):
        if claim.subject is not None and claim.subject not in names:
            return [Argument("subject", claim.subject, how="carried")]
    for earlier in reversed(s.discourse.sentence_clauses(s.clause.sentence)):
        if earlier.index > s.clause.index:
            continue
        for mention in earlier.mentions:
            if mention.entity is None or mention.entity.type != "PLATFORM" or mention.text in names:
                continue
            if s.discourse.text[mention.start - 1 : mention.start] in {"在", "从"}:
                return [Argument("subject", mention.text, mention.start, mention.end, "carried")]
    return other_party(s, names)


def other_party(s: Situation, names: set[str]) -> list[Argument]:
    """The nearest earlier subject who is not among ``names``, in this sentence or the three before."""
    for earlier in s.discourse.before(s.clause):
        if earlier.sentence < s.clause.sentence - _MEMORY:
            break
        found = s.discourse.explicit_subject(earlier)
        kept = [
            a for a in found or [] if a.name not in names and accepts(s, a) and type_of(s, a.name) != "group"
        ]
        if kept:
            how = "carried" if earlier.sentence == s.clause.sentence else "topic"
            return [replace(a, how=how) for a in kept]
    return []


def last_party(s: Situation, names: set[str]) -> list[Argument]:
    """The last acceptable object named earlier in the sentence: 一笔落在兴盛优选头上:由腾讯出资."""
    for earlier in s.discourse.before(s.clause):
        if earlier.sentence != s.clause.sentence:
            break
        for entity in reversed(earlier.entities):
            if entity.type in s.hit.trigger.objects and entity.name not in names:
                return [Argument("object", entity.name, entity.start, entity.end, "carried")]
    return []


def carried_objects(s: Situation, names: set[str]) -> list[Argument]:
    """Whom the discourse is about, as object of a passive or of a capability."""
    carried = s.discourse.subject_of(s.clause, s.clause.start) or []
    return [
        replace(a, role="object")
        for a in carried
        if a.name not in names and type_of(s, a.name) in s.hit.trigger.objects | {"group"} - {"group"}
    ]


def remembered_claims(s: Situation) -> list[EventClaim]:
    """Earlier claims of the same family, the last first, while they are in mind."""
    family = _FAMILY.get(s.hit.frame.predicate, {s.hit.frame.predicate})
    sentences = s.discourse.document.sentences
    oldest = sentences[max(0, s.clause.sentence - _MEMORY)][0]
    recent = takewhile(lambda claim: claim.evidence[0][0] >= oldest, reversed(s.earlier))
    return [claim for claim in recent if claim.predicate in family]


def remembered(s: Situation) -> Filled | None:
    """The parties of the last such claim: 短视频里的链接则不受影响."""
    for claim in remembered_claims(s):
        subject = [Argument("subject", claim.subject, how="carried")] if claim.subject else []
        return Filled(subject, [Argument("object", name, how="carried") for name in claim.objects])
    return None


def remembered_objects(s: Situation) -> list[Argument]:
    """The objects of the last such claim of this sentence: 约谈三家云服务商,要求其整改."""
    sentence = s.discourse.document.sentences[s.clause.sentence]
    for claim in remembered_claims(s):
        if claim.evidence[0] == sentence:
            return [Argument("object", name, how="anaphor") for name in claim.objects]
    return []


def remembered_agent(s: Situation, names: set[str]) -> list[Argument]:
    """Who acts in a passive without agent: the one of the last such claim, or the authority of the sentence."""
    sentence = s.discourse.document.sentences[s.clause.sentence]
    if s.hit.frame.predicate in {"block_link", "restore_link"}:
        return host_elsewhere(s, names)
    for claim in remembered_claims(s):
        if claim.evidence[0] == sentence and claim.subject is not None and claim.subject not in names:
            return [Argument("subject", claim.subject, how="carried")]
    for earlier in s.discourse.before(s.clause):
        if s.discourse.text[earlier.end - 1] in "；;":
            break
        if earlier.sentence == s.clause.sentence:
            for a in s.discourse.explicit_subject(earlier) or []:
                if _AUTHORITY.search(a.name):
                    return [replace(a, how="carried")]
    return []


def possessor(s: Situation, groups: list[list[Mention]]) -> list[Argument]:
    """Whose product it is, by the name before it: 京东的“百亿补贴”, 其旗下超市「街市即日鲜」."""
    return [
        replace(a, role="subject")
        for group in groups[-2:-1]
        for a in arguments(s, group, s.hit.frame.subject)
    ]


def owner_of(s: Situation, product: Argument) -> list[Argument]:
    """The product's company: known, part of its name, the subject of its sentence, else of the sentence before."""
    known = s.owner(product.name)
    if known is not None:
        return [Argument("subject", known, how="owner")]
    names = {e.name: e for e in s.discourse.document.entities if e.type in {"PLATFORM", "ORG"}}
    for name in sorted(names, key=len, reverse=True):
        if product.name.startswith(name) and name != product.name:
            return [Argument("subject", name, how="owner")]
    found = other_party(s, {product.name})
    quoted = s.discourse.text[(product.start or 0) - 1 : product.start] in {"“", "「", '"'}
    return [a for a in found if a.how == "carried" or quoted]


def described(s: Situation) -> list[Argument]:
    """An object without a name, behind the verb or between 将 or 把 and the verb."""
    head = s.hit.trigger.described
    if head is None:
        return []
    text = s.discourse.text
    starts = [start for start in (s.roles.disposal_start, _marker_end(s)) if start is not None]
    found = None
    for start in starts:
        found = found or described_object(text, start, s.hit.start, head)
    behind = next(
        (t.end + text.startswith("起", t.end) for t in s.clause.times if t.start == s.hit.end), s.hit.end
    )
    found = found or described_object(text, behind, s.clause.end, head)
    if found is None:
        default = s.hit.trigger.default
        return [Argument("object", default, s.hit.start, s.hit.end, "described")] if default else []
    # 跳往微信的二维码 names a party inside: that is the object.
    inside = [
        e
        for e in s.clause.entities
        if found.start is not None and found.end is not None and found.start <= e.start and e.end <= found.end
    ]
    named = [e for e in inside if e.type in s.hit.trigger.objects]
    return [Argument("object", e.name, e.start, e.end) for e in named] or [found]


def _marker_end(s: Situation) -> int | None:
    """Where the words behind one of the trigger's markers begin: 对线下门店进行了全面关停."""
    ends = [
        index + len(mark)
        for mark in s.hit.trigger.markers
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
    return [found] if found else []


def listed_next(s: Situation) -> list[Argument]:
    """Objects that the next clause lists: 切断外链权限,其中就包括淘宝天猫与小红书的商城链接."""
    index = s.clause.index + 1
    if index >= len(s.discourse.clauses):
        return []
    following = s.discourse.clauses[index]
    if not s.discourse.text.startswith(_INCLUDING, following.start):
        return []
    found = [
        a for m in following.mentions if m.kind == "entity" for a in arguments(s, [m], s.hit.trigger.objects)
    ]
    return [replace(a, role="object") for a in found]


def phrase_before(s: Situation) -> list[Argument]:
    """The words before the verb, without times and adverbs, as a name that nothing else knows: 毒App更名为得物."""
    start = max([t.end for t in s.clause.times if t.end <= s.hit.start], default=s.clause.start)
    words = s.discourse.text[start : s.hit.start]
    inside = _QUOTED.search(words)
    name = inside[1] if inside else _ADVERBS.sub("", words.strip("“”‘’「」 ")).removesuffix("App")
    if not 1 <= len(name) <= _MAX_NAME or _NO_NAME.search(name):
        return []
    begin = s.discourse.text.index(name, start)
    return [Argument("subject", name, begin, begin + len(name), "described")]


def quoted_in(s: Situation) -> list[Argument]:
    """A name in quotation marks somewhere behind the verb in its clause: 上线了社交应用“轻聊”."""
    match = _QUOTED.search(s.discourse.text, s.hit.end, s.clause.end)
    if match is None or match.start() - s.hit.end > _MAX_KIND:
        return []
    return [Argument("object", match[1], match.start(1), match.end(1), "described")]


def quoted_behind(s: Situation) -> list[Argument]:
    """A new name in quotation marks or as a bare short phrase behind the verb."""
    text = s.discourse.text
    begin = s.hit.end
    while begin < s.clause.end and text[begin] in "“‘「『《 ":
        begin += 1
    end = begin
    while end < s.clause.end and text[end] not in "”’」』》,，。;；!?！？、":
        end += 1
    return [Argument("object", text[begin:end], begin, end, "described")] if 1 <= end - begin <= 12 else []


def rest_is_long(s: Situation) -> bool:
    """True where words follow the verb, which then has an object of its own."""
    match = _REST.match(s.discourse.text, s.hit.end, s.clause.end)
    return match is None or match.end() < s.clause.end
