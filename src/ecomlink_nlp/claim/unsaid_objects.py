"""Whom it is done to where the clause does not say: whom the sentence or the discourse goes on about.

What was claimed before is the business of `earlier_claims`.
"""

import re
from dataclasses import replace

from ecomlink_nlp.claim.authorities import is_authority
from ecomlink_nlp.claim.earlier_claims import FAMILY, parted_with
from ecomlink_nlp.claim.eligibility import accepts, type_of
from ecomlink_nlp.claim.fillers import arguments
from ecomlink_nlp.claim.situation import Situation
from ecomlink_nlp.claim.unsaid_subjects import subject_behind
from ecomlink_nlp.text.document import Argument

_AFTER_ONE = re.compile(r"继[^，,]{2,16}(?:之后|以后|后)[，,]")
_OBLIGED = re.compile(
    r"(?:App|方面|等平台|等公司|等企业|两家|双方)?(?:仍|也|均|都|则|一律|今后|随即|还|届时)?(?:必须|须|应|需|得(?!到|出|知|以|益)|不得|不准|不可|要(?!求|约)|被要求|有义务)"
)
_NOUN_PHRASE = re.compile(
    r"的[^，,的]{0,4}(?:链接|外链|卡片|小程序|口令|导流码|二维码|邀请|红包|分享|商品|视频|文档|页面|入口|接口|笔记|歌曲)[”」]?[，,]"
)


def carried_objects(s: Situation, names: set[str]) -> list[Argument]:
    """Whom the discourse is about, as object of a passive or of a capability."""
    behind = subject_behind(s) if not s.roles.subjects else []
    carried = behind or s.discourse.subject_of(s.clause, s.clause.start) or []
    return [
        replace(a, role="object")
        for a in carried
        if a.name not in names and type_of(s, a.name) in s.hit.trigger.objects | {"group"} - {"group"}
    ]


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


def topic_object(s: Situation, names: set[str]) -> list[Argument]:
    """Whom the sentences before were about, for a verb that names nobody: 永辉连年亏损。京东和美团先后入股."""
    found = [a for a in s.discourse.topic_before(s.clause) or [] if a.name not in names]
    return [
        replace(a, role="object", how="topic")
        for a in found[:1]
        if type_of(s, a.name) in s.hit.trigger.objects
    ]


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


def next_party(s: Situation) -> list[Argument]:
    """The first acceptable object of the next clause: 由高瓴领投,喜茶完成5亿美元融资."""
    following = s.discourse.clause_behind(s.clause)
    if following is None or s.discourse.text[s.clause.end - 1] in "；;":
        return []
    for entity in following.entities:
        if entity.type in s.hit.trigger.objects:
            return [Argument("object", entity.name, entity.start, entity.end, "carried")]
    return []


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


def preceding(s: Situation, names: set[str]) -> list[Argument]:
    """Who came before in the same role: 继江苏银行之后,唯品会支付又对接了宁波银行."""
    before = s.discourse.clause_before(s.clause)
    if before is None or _AFTER_ONE.fullmatch(s.discourse.text, before.start, before.end) is None:
        return []
    found = [
        a for m in before.mentions if m.kind == "entity" for a in arguments(s, [m], s.hit.trigger.objects)
    ]
    return [replace(a, role="object", how="carried") for a in found if a.name not in names]


def pair_before(s: Situation) -> tuple[list[Argument], list[Argument]]:
    """The pair of the clause before: 它与全家的取货合作,则在去年年底画下句点."""
    before = s.discourse.clause_before(s.clause)
    if before is None:
        return [], []
    own = [a for a in s.discourse.explicit_subject(before) or [] if accepts(s, a)]
    return (own[:1], [replace(a, role="object") for a in own[1:]]) if len(own) > 1 else ([], [])
