"""Who acts where the clause does not say: whom the sentence or the discourse goes on about.

What was claimed before is the business of `earlier_claims`.
"""

import re
from dataclasses import replace

from ecomlink_nlp.claim import acting, someone
from ecomlink_nlp.claim.authorities import is_authority
from ecomlink_nlp.claim.earlier_claims import MEMORY, earlier_authority, remembered_claims
from ecomlink_nlp.claim.eligibility import BETWEEN_COMPANIES, accepts, is_barred, type_of
from ecomlink_nlp.claim.fillers import arguments, joint, represented
from ecomlink_nlp.claim.situation import Situation
from ecomlink_nlp.text.document import Argument

_SCENE = re.compile(
    r"(?:对于|关于|针对|至于|就|自从|自打)[^，,]+[，,]$|[“「]?(?:就?在|自从?|继|为了?|除了?|随着|经过|凭借?|借助?)?[^，,]+(?:之后|以后|后|以来|之前|以前|之外|外|之余|的同时|之初|伊始)[，,]$"
)
# 对于是否收购每日优鲜,盒马CEO的回答是…
_ABOUT = re.compile(
    r"(?:对于?|关于|至于|谈到|谈及|说到|提到|被?问到|被?问及|就)(?:是否|会不会|有没有|要不要|何时|能否|为何)"
)
_HEARSAY = re.compile(
    r"[^，,。]{0,4}?(?:传(?!给|递|播|统)|说(?!服)|称|认为|透露|爆料|猜测|预计|相信|以为|否认|辟谣|澄清|驳斥)"
)
_JOINS = re.compile(r"(?:联手|联合|携手|会同|伙同|协同|拉上|携)$")
_JOINED = re.compile(r"[”」]?[，,]")
_PENALTIES = re.compile("罚单|处罚|罚款|通报|查处|公示|开罚|点名|公告|名单")
_PLATFORM_PENALTY = re.compile(
    "保证金|封号|封禁|封停|禁播|停播|限流|清退|降权|禁言|账号|店铺|直播间|开播|橱窗|永久|下播|小号|整店"
)


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
    if (
        not kept
        and carried
        and s.hit.frame.predicate in BETWEEN_COMPANIES
        and all(type_of(s, a.name) == "PERSON" for a in carried)
    ):
        return []  # what 她 does is no deed of the company spoken of before
    return (kept or other_party(s, names)) + [a for a in together if a.name not in names]


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
    if following is None or (
        _ABOUT.match(text, start, end) is None and _SCENE.match(text, start, end) is None
    ):
        return []
    found = s.discourse.explicit_subject(following) or []
    return [replace(a, how="carried") for a in found if s.discourse.is_named([a])]


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
            found = [
                a for a in s.discourse.own_subject(earlier) if is_authority(a.name) and a.name not in names
            ]
            return [replace(a, how="carried") for a in found]
    return []


def owner_of(s: Situation, product: Argument) -> list[Argument]:
    """The product's company: known, part of its name, the subject of its sentence, else of the sentence before."""
    names = {e.name: e for e in s.discourse.document.entities if e.type in {"PLATFORM", "ORG"}}
    known = s.owner(product.name) or s.discourse.parent(product.name)
    # a company that the text never names may still be told by the product's name: 京东 of 京东金融
    if known is not None and (
        known in names or not any(product.name.startswith(n) and n != product.name for n in names)
    ):
        return [Argument("subject", known, how="owner")]
    for name in sorted(names, key=len, reverse=True):
        if product.name.startswith(name) and name != product.name:
            return [Argument("subject", name, how="owner")]
    found = other_party(s, {product.name})
    quoted = s.discourse.text[(product.start or 0) - 1 : product.start] in {"“", "「", '"'}
    return [a for a in found if a.how == "carried" or quoted]
