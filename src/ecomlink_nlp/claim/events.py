"""Events: from triggers to who did what to whom.

Notes for a newcomer. `find_events` walks over the frames' words in the text. Each hit's clause is sorted into roles
(`roles.assign_roles`), the trigger's construction (`constructions`) picks subject and objects, with what the clause
does not say from the discourse and from earlier claims (`unsaid_subjects`, `unsaid_objects`). `admission` says whether
the words tell an event at all, `event_claims` how far the text commits itself and when it happened.
"""

import re
from dataclasses import replace

from ecomlink_nlp.claim.admission import admits, inside_name
from ecomlink_nlp.claim.authorities import is_authority
from ecomlink_nlp.claim.constructions import CONSTRUCTIONS
from ecomlink_nlp.claim.discourse import Clause, Discourse
from ecomlink_nlp.claim.event_claims import claims_of
from ecomlink_nlp.claim.factuality import is_ordered
from ecomlink_nlp.claim.fillers import is_venue
from ecomlink_nlp.claim.frames import FrameSet, Hit
from ecomlink_nlp.claim.roles import assign_roles
from ecomlink_nlp.claim.situation import Filled, Owner, Situation
from ecomlink_nlp.text.document import EventClaim

# An authority that goes to court or charges somebody only accuses: 美国联邦贸易委员会指控亚马逊垄断.
_CHARGES = re.compile(r"诉|指控|控告|告上|告到|提告|状告|法庭|矛头|谴责")
_YIELDS = frozenset({"end_partnership", "partner"})
_OF = re.compile(r"的[“「]$")
# 请求法院判令后者停止: what a court is asked for is not ordered yet
_ASKED_OF = re.compile(r"(?:请求|要求|申请|诉请|恳请)[^，,。]{0,6}(?:法院|法庭|法官)$")
_CLOSED = frozenset("。！？!?…；;：:”」")

# Of the same words these are told only where they tell no partnership: 订单归了顺丰.
_LESS_LIKELY = frozenset({"acquire", "invest"})
_REPROVES = re.compile("消|监会$")


def find_events(discourse: Discourse, frames: FrameSet, owner: Owner) -> list[EventClaim]:
    """Return the events of a document; ``owner`` gives the company that a product or platform belongs to."""
    claims: list[EventClaim] = []
    admitted = (0, 0)
    dealt: set[tuple[int, int]] = set()
    told: dict[tuple[int, int], str] = {}  # of 不再放行 the second word is spoken for
    for hit in frames.hits(discourse.text):
        clause = discourse.clause_at(hit.start)
        # Of 停止合作 the longer words count, unless their own conditions reject them; 了 makes nothing longer.
        words = (hit.start, hit.end - (discourse.text[hit.end - 1] == "了"))
        if words in dealt and hit.frame.predicate in _LESS_LIKELY:
            continue
        if told.get(hit.noun or words, hit.frame.predicate) != hit.frame.predicate:
            continue
        if words[1] <= admitted[1] and words != admitted:
            continue
        if hit.frame.predicate != "require" and is_ordered(discourse.text, clause.start, hit.start):
            continue
        if _is_told_to(claims, clause, hit) or _is_opened(claims, clause, hit):
            continue
        if hit.end > clause.end or inside_name(clause, hit) or not admits(discourse, clause, hit):
            continue
        roles = assign_roles(discourse, clause, hit.start, hit.end, hit.noun)
        situation = Situation(discourse, clause, hit, roles, owner, claims)
        filled = CONSTRUCTIONS[hit.trigger.construction](situation)
        # where nobody fills its roles, 先后退出 does not take the words from 退出
        if hit.trigger.construction not in {"copular", "relation"} and (
            filled is not None or hit.frame.predicate not in _YIELDS
        ):
            admitted = words
        if filled is None:
            continue
        if any(is_venue(situation, a) for a in filled.objects):
            filled = replace(
                filled, objects=[a for a in filled.objects if not is_venue(situation, a)], pairwise=False
            )
        if hit.frame.predicate in {"partner", "end_partnership"}:
            filled = _without_own(situation, filled)
        if _is_demand(discourse, claims, hit, clause, filled):
            continue
        if filled.objects and not _is_anothers(situation, filled) and not _is_ruling(situation, filled):
            made = claims_of(situation, filled)
            if made and hit.noun:
                told[hit.noun] = told[words] = hit.frame.predicate
            if made and hit.frame.predicate == "partner":
                dealt.add(words)
            claims += made
    return _without_summaries(discourse, claims)


def _without_summaries(discourse: Discourse, claims: list[EventClaim]) -> list[EventClaim]:
    """Leave out what only sums up: what a headline says of nobody named, or as nobody's deed, where the text names them (快手切断外链).

    So does a penalty by nobody where its sentence goes on to say by whom: 去年三次被罚,最近一次是市监局开出罚单.
    """
    named = {(c.predicate, c.subject) for c in claims if any(name in discourse.types for name in c.objects)}
    done = {(c.predicate, name) for c in claims if c.subject is not None for name in c.objects}
    punished = {
        (name, c.evidence[0])
        for c in claims
        if c.predicate == "sanction" and c.subject and c.polarity == "affirmed"
        for name in c.objects
    }

    def sums_up(claim: EventClaim) -> bool:
        headline = _is_headline(discourse.text, claim.evidence[0])
        if claim.subject is None:  # 虾皮、酷澎各吃罚单
            if claim.predicate == "sanction" and all(
                (name, claim.evidence[0]) in punished for name in claim.objects
            ):
                return True
            return headline and all((claim.predicate, name) in done for name in claim.objects)
        described = all(a.how == "described" for a in claim.arguments if a.role == "object")
        return headline and described and (claim.predicate, claim.subject) in named

    return [c for c in claims if not sums_up(c)]


def _is_headline(text: str, sentence: tuple[int, int]) -> bool:
    """True for a line, or the end of one, that no full stop closes."""
    start, end = sentence
    return text[end : end + 1] == "\n" and text[start:end].rstrip()[-1:] not in _CLOSED


def _is_told_to(claims: list[EventClaim], clause: Clause, hit: Hit) -> bool:
    """True behind an everyday verb of ordering in the clause: 食药署要iHerb下架保健品 takes nothing down yet."""
    last = claims[-1] if claims else None
    if last is None or not last.rule.endswith("/told") or hit.frame.predicate == "require":
        return False
    return any(a.role == "trigger" and clause.start <= (a.start or 0) < hit.start for a in last.arguments)


def _is_opened(claims: list[EventClaim], clause: Clause, hit: Hit) -> bool:
    """True where the clause was read as letting links in or not: 向抖音开放链接跳转 starts no partnership besides."""
    last = claims[-1] if claims else None
    if (
        last is None
        or hit.frame.predicate != "partner"
        or last.predicate not in {"restore_link", "block_link"}
    ):
        return False
    return any(a.role == "trigger" and clause.start <= (a.start or 0) <= hit.start for a in last.arguments)


def _is_demand(
    discourse: Discourse, claims: list[EventClaim], hit: Hit, clause: Clause, filled: Filled
) -> bool:
    """True for what an accuser demands or complains of: 起诉腾讯,要求其恢复接口; 指责它扣押用户信息."""
    last = claims[-1] if claims else None
    if hit.frame.predicate == "require" and _ASKED_OF.search(discourse.text, clause.start, hit.start):
        return True
    if (
        last is None
        or last.predicate != "accuse"
        or not last.evidence[0][0] <= hit.start < last.evidence[0][1]
    ):
        return False
    if hit.frame.predicate == "require":
        return any(a.name == last.subject and not is_authority(a.name) for a in filled.subjects)
    begun = any(a.role == "trigger" and clause.start <= (a.start or 0) < hit.start for a in last.arguments)
    return begun and hit.frame.predicate == "sanction"


def _is_ruling(s: Situation, filled: Filled) -> bool:
    """True where an authority would be the accuser: 国家邮政局点名百世 orders or punishes.

    Consumer councils (消保委) have no powers, and supervisors (银保监会) name before they punish: they accuse like anybody. Who goes to court accuses, be it an authority.
    """
    if s.hit.frame.predicate == "accuse" and any(
        a.name.endswith(("法院", "法庭", "中院", "高院")) for a in filled.subjects
    ):
        return True
    if s.hit.frame.predicate != "accuse" or _CHARGES.search(
        s.discourse.text, s.hit.start, s.hit.noun[1] if s.hit.noun else s.hit.end
    ):
        return False
    return any(is_authority(a.name) and _REPROVES.search(a.name) is None for a in filled.subjects)


def _is_anothers(s: Situation, filled: Filled) -> bool:
    """True where a product is known to be another company's: 淘宝开通微信支付 launches nothing, 苏宁撤出天猫 closes nothing."""
    if s.hit.frame.predicate not in {"launch", "shut_down"} or not filled.subjects:
        return False
    launched = s.hit.frame.predicate == "launch"
    if launched and any(a.name.endswith("店") for a in filled.objects) and _stands_on_platform(s):
        return True  # 苏宁易购在天猫开出旗舰店 works with 天猫
    related = {group for a in filled.subjects for group in _owners(s, a.name)}
    # 三只松鼠的“小鹿蓝蓝”: the text says whose it is
    told = [
        a
        for a in filled.objects
        if a.start is None or not _OF.search(s.discourse.text, max(0, a.start - 2), a.start)
    ]
    owned = [(a.name, _owners(s, a.name)) for a in told]
    own = tuple(a.name[:2] for a in filled.subjects)
    # a document may call 瑞幸咖啡 just 瑞幸
    return any(
        (len(o) > 1 or name in s.discourse.known_companies)
        and not o & related
        and not any(n.startswith(own) for n in o)
        for name, o in owned
    )


def _stands_on_platform(s: Situation) -> bool:
    return any(
        m.entity is not None and m.entity.type == "PLATFORM" for _, group in s.roles.places for m in group
    )


def _without_own(s: Situation, filled: Filled) -> Filled:
    """Nobody becomes the partner of its own product: 抖音只支持抖音小店的商品."""
    subjects = {a.name for a in filled.subjects}
    kept = [a for a in filled.objects if a.name in subjects or not _owners(s, a.name) & subjects]
    return filled if len(kept) == len(filled.objects) else replace(filled, objects=kept, pairwise=False)


def _owners(s: Situation, name: str) -> set[str]:
    """The name with the companies above it."""
    found = {name}
    above = s.owner(name)
    while above is not None and above not in found:
        found.add(above)
        above = s.owner(above)
    return found
