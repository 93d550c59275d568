"""What fills a role that the clause leaves empty: the sentence and the discourse.

What was claimed before is the business of `earlier_claims`.
"""

import re
from dataclasses import replace

from ecomlink_nlp.claim import acting, someone
from ecomlink_nlp.claim.authorities import is_authority
from ecomlink_nlp.claim.earlier_claims import (
    FAMILY,
    MEMORY,
    earlier_authority,
    parted_with,
    remembered_claims,
)
from ecomlink_nlp.claim.fillers import (
    BETWEEN_COMPANIES,
    accepts,
    arguments,
    is_barred,
    joint,
    represented,
    type_of,
)
from ecomlink_nlp.claim.situation import Situation
from ecomlink_nlp.text.document import Argument

_INCLUDING = ("包括", "其中包括", "其中就包括", "例如", "比如", "分别是", "即", "涉及")
_ROUND = re.compile(r"融资|[A-F]\+?轮|天使轮|种子轮|战略投资|募资|筹资")
_SCENE = re.compile(
    r"(?:对于|关于|针对|至于|就|自从|自打)[^，,]+[，,]$|[“「]?(?:就?在|自从?|继|为了?|除了?|随着|经过|凭借?|借助?)?[^，,]+(?:之后|以后|后|以来|之前|以前|之外|外|之余|的同时|之初|伊始)[，,]$"
)
# 对于是否收购每日优鲜,盒马CEO的回答是…
_ABOUT = re.compile(r"(?:对于?|关于|至于|谈到|谈及|说到|提到|被?问到|被?问及|就)(?:是否|会不会|有没有|要不要|何时|能否|为何)")
_ROUND_NEXT = re.compile(r"的?(?:这一?轮|本轮|此轮|该轮|这笔|新一轮)")
_RAISES = re.compile(r"(?:拿到|获得?|完成|融到?|筹得|募得|进账|入账|收到|融资|筹集|募集)")
_INVESTS = re.compile(r"领投|跟投|参投|注资|出资|独投|投资了")
# 下架106款应用,豆瓣、唱吧都在其中
_AMONG = re.compile(
    r"(?:都|均|也|就|赫然|同样)?(?<!不)(?:在其中|在列|位列其中|名列其中|在名单(?:上|中|之列)|榜上有名|首当其冲)[，,。；;]?$"
)
_HEARSAY = re.compile(r"[^，,。]{0,4}?(?:传(?!给|递|播|统)|说(?!服)|称|认为|透露|爆料|猜测|预计|相信|以为|否认|辟谣|澄清|驳斥)")
_JOINS = re.compile(r"(?:联手|联合|携手|会同|伙同|协同|拉上|携)$")
_JOINED = re.compile(r"[”」]?[，,]")
_PENALTIES = re.compile("罚单|处罚|罚款|通报|查处|公示|开罚|点名|公告|名单")
_PLATFORM_PENALTY = re.compile("保证金|封号|封禁|封停|禁播|停播|限流|清退|降权|禁言|账号|店铺|直播间|开播|橱窗|永久|下播|小号|整店")
_AFTER_ONE = re.compile(r"继[^，,]{2,16}(?:之后|以后|后)[，,]")
_OBLIGED = re.compile(
    r"(?:App|方面|等平台|等公司|等企业|两家|双方)?(?:仍|也|均|都|则|一律|今后|随即|还|届时)?(?:必须|须|应|需|得(?!到|出|知|以|益)|不得|不准|不可|要(?!求|约)|被要求|有义务)"
)
_NOUN_PHRASE = re.compile(
    r"的[^，,的]{0,4}(?:链接|外链|卡片|小程序|口令|导流码|二维码|邀请|红包|分享|商品|视频|文档|页面|入口|接口|笔记|歌曲)[”」]?[，,]"
)


def host_before(s: Situation, names: set[str]) -> list[Argument]:
    """The platform of an earlier clause of the sentence that one joins or leaves: 淘宝上线电子面单,申通首批接入."""
    if not s.hit.trigger.elliptical or s.hit.frame.predicate not in {"partner", "end_partnership"}:
        return []
    for earlier in s.discourse.before(s.clause, 0):
        found = s.discourse.explicit_subject(earlier) or []
        hosts = [a for a in found if a.name not in names and type_of(s, a.name) == "PLATFORM"]
        if hosts:
            return [replace(a, role="object", how="carried") for a in hosts[:1]]
    return []


def raiser_before(s: Situation, names: set[str]) -> list[Argument]:
    """Who raises the money in an earlier clause of the sentence: 叮咚买菜D轮拿了7亿美元,DST领投."""
    if not s.hit.trigger.elliptical or s.hit.frame.predicate != "invest":
        return []
    for earlier in s.discourse.before(s.clause, 0):
        if _ROUND.search(s.discourse.text, earlier.start, earlier.end) and not _INVESTS.search(
            s.discourse.text, earlier.start, earlier.end
        ):
            found = s.discourse.explicit_subject(earlier) or []
            return [replace(a, role="object", how="carried") for a in found if a.name not in names][:1]
    return []


def raiser_after(s: Situation, names: set[str]) -> list[Argument]:
    """Who raises the money in a later clause of the sentence: 红杉中国跟投,高瓴领投,喜茶一轮拿到5亿美元."""
    if s.hit.frame.predicate != "invest" or not _INVESTS.search(s.discourse.text, s.hit.start, s.hit.end + 1):
        return []
    for later in s.discourse.sentence_clauses(s.clause.sentence):
        if later.index <= s.clause.index or not _RAISES.search(s.discourse.text, later.start, later.end):
            continue
        found = s.discourse.explicit_subject(later) or []
        return [replace(a, role="object", how="carried") for a in found if a.name not in names][:1]
    return []


def round_next(s: Situation) -> list[Argument]:
    """Whose round the next clause goes on about: B轮的钱来自经纬创投,蜜雪冰城的这轮1月关账."""
    following = s.discourse.clause_behind(s.clause)
    if following is None or not _ROUND_NEXT.search(s.discourse.text, following.start, following.end):
        return []
    return [replace(a, role="object", how="carried") for a in s.discourse.explicit_subject(following) or []]


def pair_before(s: Situation) -> tuple[list[Argument], list[Argument]]:
    """The pair of the clause before: 它与全家的取货合作,则在去年年底画下句点."""
    before = s.discourse.clause_before(s.clause)
    if before is None:
        return [], []
    own = [a for a in s.discourse.explicit_subject(before) or [] if accepts(s, a)]
    return (own[:1], [replace(a, role="object") for a in own[1:]]) if len(own) > 1 else ([], [])


def next_party(s: Situation) -> list[Argument]:
    """The first acceptable object of the next clause: 由高瓴领投,喜茶完成5亿美元融资."""
    following = s.discourse.clause_behind(s.clause)
    if following is None or s.discourse.text[s.clause.end - 1] in "；;":
        return []
    for entity in following.entities:
        if entity.type in s.hit.trigger.objects:
            return [Argument("object", entity.name, entity.start, entity.end, "carried")]
    return []


def topic_object(s: Situation, names: set[str]) -> list[Argument]:
    """Whom the sentences before were about, for a verb that names nobody: 永辉连年亏损。京东和美团先后入股."""
    found = [a for a in s.discourse.topic_before(s.clause) or [] if a.name not in names]
    return [replace(a, role="object", how="topic") for a in found[:1] if type_of(s, a.name) in s.hit.trigger.objects]


def obliged_next(s: Situation) -> list[Argument]:
    """Whom the next clause obliges: 法院作出判决,蘑菇街须支付47.6万元; 开出整改单,哈啰和青桔须在5月底前清走超投单车."""
    following = s.discourse.clause_behind(s.clause)
    if following is None:
        return []
    for mention in (m for m in following.mentions if m.kind == "entity"):
        group = s.discourse.coordinated(following, mention)
        if _OBLIGED.match(s.discourse.text, group[-1].end, following.end):
            found = [a for m in group for a in arguments(s, [m], s.hit.trigger.objects | {"PERSON"})]
            return [replace(a, role="object", how="carried") for a in found]
    return []


def is_topic(s: Situation) -> bool:
    """True where a word of the same frame stands earlier in the sentence: there the noun of role has its deed."""
    start = s.discourse.document.sentences[s.clause.sentence][0]
    before = s.discourse.text[start : s.hit.start]
    return any(word in before for t in s.hit.frame.triggers for word in t.words if len(word) > 1)


def told_of(s: Situation, names: set[str]) -> list[Argument]:
    """The objects of the last such claim of the sentence that no subject of its own has: 滴滴吃到罚单,开单的是网信办."""
    sentence = s.discourse.document.sentences[s.clause.sentence]
    for claim in remembered_claims(s):
        if claim.evidence[0] == sentence and claim.subject is None and not names & {*claim.objects}:
            return [Argument("object", name, how="carried") for name in claim.objects]
    return []


def subjects(s: Situation, objects: list[Argument]) -> list[Argument]:
    """The clause's own subject, else the carried one, without the objects."""
    names = {a.name for a in objects}
    together = joint(s) if not s.hit.frame.symmetric else []
    for position, group in enumerate(s.roles.subjects):
        following = s.roles.subjects[position + 1] if position + 1 < len(s.roles.subjects) else None
        if following and s.discourse.is_apposed(group[-1], following[0]):
            continue
        if (somebody := someone.one_of(s, group)) is not None:
            if s.hit.frame.predicate == "accuse":
                return [somebody]  # 知乎一名答主: the name only says whose
            continue
        own = [a for a in arguments(s, group, s.hit.frame.subject) if a.name not in names]
        told = following and _HEARSAY.match(s.discourse.text, group[-1].end, following[0].start)
        if own and following and told and following[0].kind not in {"speaker", "topic"}:
            continue  # 外界传喜茶要告奈雪的茶, unlike 店主说她每月投5万元
        if own:
            return own + [a for a in together if a.name not in {b.name for b in own} | names]
    if (owners := acting.members(s)) is not None:
        return [a for a in owners if a.name not in names]
    if acting.is_of_others(s):
        return []
    if s.roles.subjects and is_barred(s, s.roles.subjects[0][0].text):
        return []  # 工信部召开指导会 launches nothing, whoever was spoken of before
    if s.discourse.is_unknown_person(s.clause, s.hit.start):
        return []
    carried = subject_behind(s) or s.discourse.subject_of(s.clause, s.clause.start) or []
    carried = represented(s, carried + joint_before(s, carried))
    if s.hit.frame.predicate == "accuse" and (
        not carried or carried[0].how == "topic" or {a.name for a in carried} <= names
    ):
        carried = someone.introduced(s) or carried
    carried = acting.first_of_pair(s, carried, names)
    # The one carried over may be among several objects: 小红书 cuts links to 淘宝 and to its own mall.
    kept = [a for a in carried if (a.name not in names or len(names) > 1) and accepts(s, a)]
    if not kept and carried and s.hit.frame.predicate in BETWEEN_COMPANIES and all(type_of(s, a.name) == "PERSON" for a in carried):
        return []  # what 她 does is no deed of the company spoken of before
    return (kept or other_party(s, names)) + [a for a in together if a.name not in names]


def listed_subjects(s: Situation) -> list[Argument]:
    """Those of a number of parties whom the next clause names: 多家品牌离开天猫,其中包括李宁."""
    following = s.discourse.clause_behind(s.clause)
    if following is None or s.roles.subjects or not s.roles.after:
        return []
    text = s.discourse.text
    if not someone.are_several(s) or not text.startswith(_INCLUDING, following.start):
        return []
    found = [a for m in following.mentions if m.kind == "entity" for a in arguments(s, [m], s.hit.frame.subject)]
    return [replace(a, how="carried") for a in found]


def joint_before(s: Situation, carried: list[Argument]) -> list[Argument]:
    """With whom the subject of the clause before invests or buys: 高瓴联手美团,向茶里仓注资6亿元."""
    before = s.discourse.clause_before(s.clause)
    if s.hit.frame.predicate not in {"invest", "acquire"} or before is None:
        return []
    own = {a.name for a in carried}
    return [
        Argument("subject", m.text, m.start, m.end, "carried")
        for m in before.mentions
        if _JOINED.fullmatch(s.discourse.text[m.end : before.end])
        and _JOINS.search(s.discourse.text, before.start, m.start)
        and m.text not in own
        and type_of(s, m.text) in s.hit.frame.subject
    ]


def subject_behind(s: Situation) -> list[Argument]:
    """The subject of the clause behind one that only sets the scene: 继接入微信支付之后,淘宝又…."""
    text, start, end = s.discourse.text, s.clause.start, s.clause.end
    following = s.discourse.clause_behind(s.clause)
    if following is None or (_ABOUT.match(text, start, end) is None and _SCENE.match(text, start, end) is None):
        return []
    found = s.discourse.explicit_subject(following) or []
    return [replace(a, how="carried") for a in found if s.discourse.is_named([a])]


def preceding(s: Situation, names: set[str]) -> list[Argument]:
    """Who came before in the same role: 继江苏银行之后,唯品会支付又对接了宁波银行."""
    before = s.discourse.clause_before(s.clause)
    if before is None or _AFTER_ONE.fullmatch(s.discourse.text, before.start, before.end) is None:
        return []
    found = [
        a for m in before.mentions if m.kind == "entity" for a in arguments(s, [m], s.hit.trigger.objects)
    ]
    return [replace(a, role="object", how="carried") for a in found if a.name not in names]


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
    for earlier in s.discourse.before(s.clause, MEMORY):
        kept = [
            a
            for a in s.discourse.own_subject(earlier)
            if a.name not in names and accepts(s, a) and type_of(s, a.name) != "group"
        ]
        if kept:
            how = "carried" if earlier.sentence == s.clause.sentence else "topic"
            return [replace(a, how=how) for a in kept]
    return []


def last_party(s: Situation, names: set[str]) -> list[Argument]:
    """The last acceptable object named earlier in the sentence: 一笔落在兴盛优选头上:由腾讯出资."""
    if s.hit.frame.predicate == "partner":
        names = names | parted_with(s)
    for earlier in s.discourse.before(s.clause, 0):
        for entity in reversed(earlier.entities):
            if s.hit.frame.predicate == "require" and is_authority(entity.name):
                continue  # 市监局随即介入,督促其三日内答复: who orders is not told
            if entity.type in s.hit.trigger.objects and entity.name not in names:
                return [Argument("object", entity.name, entity.start, entity.end, "carried")]
    return []


def fronted(s: Situation) -> list[Argument]:
    """The object that opens the sentence as a clause of its own: 钉钉的会议邀请,微信如今照单放行."""
    before = s.discourse.clause_before(s.clause)
    if s.hit.frame.predicate not in FAMILY or before is None or not s.roles.subjects:
        return []
    first = before.mentions[0] if before.mentions else None
    if first is None or first.start - before.start > 1:
        return []
    if _NOUN_PHRASE.fullmatch(s.discourse.text, first.end, before.end) is None:
        return []
    found = arguments(s, [first], s.hit.trigger.objects)
    own = {m.text for group in s.roles.subjects for m in group}
    return [replace(a, role="object", how="carried") for a in found if a.name not in own]


def carried_objects(s: Situation, names: set[str]) -> list[Argument]:
    """Whom the discourse is about, as object of a passive or of a capability."""
    behind = subject_behind(s) if not s.roles.subjects else []
    carried = behind or s.discourse.subject_of(s.clause, s.clause.start) or []
    return [
        replace(a, role="object")
        for a in carried
        if a.name not in names and type_of(s, a.name) in s.hit.trigger.objects | {"group"} - {"group"}
    ]


def remembered_agent(s: Situation, names: set[str]) -> list[Argument]:
    """Who acts in a passive without agent: the one of the last such claim, or the authority of the sentence."""
    sentence = s.discourse.document.sentences[s.clause.sentence]
    if s.hit.frame.predicate in {"block_link", "restore_link"}:
        return host_elsewhere(s, names)
    for claim in remembered_claims(s):
        if claim.evidence[0] == sentence and claim.subject is not None and claim.subject not in names:
            return [Argument("subject", claim.subject, how="carried")]
    if (acted := earlier_authority(s)) and acted[0].name not in names:
        return acted
    for earlier in s.discourse.before(s.clause, 0):
        if s.discourse.text[earlier.end - 1] in "；;":
            break
        for a in s.discourse.explicit_subject(earlier) or []:
            if is_authority(a.name):
                return [replace(a, how="carried")]
    if s.hit.frame.predicate != "sanction":
        return []
    return _punisher_before(s, names) or _platform(s, names)


def _platform(s: Situation, names: set[str]) -> list[Argument]:
    """The platform spoken of, for what only platforms do to those on them: 抖音整治低价引流,花西子被扣除保证金."""
    if _PLATFORM_PENALTY.search(s.discourse.text, s.clause.start, s.clause.end) is None:
        return []
    return [a for a in other_party(s, names) if type_of(s, a.name) == "PLATFORM"]


def _punisher_before(s: Situation, names: set[str]) -> list[Argument]:
    """The authority whose penalties the sentence before announces: 浙江省市场监管局开出罚单。某公司被处以320万元罚款."""
    if s.clause.sentence - 1 < s.discourse.item_starts[s.clause.sentence]:
        return []
    for earlier in reversed(s.discourse.sentence_clauses(s.clause.sentence - 1)):
        if _PENALTIES.search(s.discourse.text, earlier.start, earlier.end):
            found = [a for a in s.discourse.own_subject(earlier) if is_authority(a.name) and a.name not in names]
            return [replace(a, how="carried") for a in found]
    return []


def owner_of(s: Situation, product: Argument) -> list[Argument]:
    """The product's company: known, part of its name, the subject of its sentence, else of the sentence before."""
    names = {e.name: e for e in s.discourse.document.entities if e.type in {"PLATFORM", "ORG"}}
    known = s.owner(product.name) or s.discourse.parent(product.name)
    # a company that the text never names may still be told by the product's name: 京东 of 京东金融
    if known is not None and (known in names or not any(product.name.startswith(n) and n != product.name for n in names)):
        return [Argument("subject", known, how="owner")]
    for name in sorted(names, key=len, reverse=True):
        if product.name.startswith(name) and name != product.name:
            return [Argument("subject", name, how="owner")]
    found = other_party(s, {product.name})
    quoted = s.discourse.text[(product.start or 0) - 1 : product.start] in {"“", "「", '"'}
    return [a for a in found if a.how == "carried" or quoted]


def listed_next(s: Situation) -> list[Argument]:
    """Objects that the next clause lists: 切断外链权限,其中就包括淘宝天猫与小红书的商城链接."""
    following, text = s.discourse.clause_behind(s.clause), s.discourse.text
    if following is None:
        return []
    if not text.startswith(_INCLUDING, following.start) and not _AMONG.search(
        text, following.start, following.end
    ):
        return []
    found = [
        a for m in following.mentions if m.kind == "entity" for a in arguments(s, [m], s.hit.trigger.objects)
    ]
    return [replace(a, role="object") for a in found]
