"""Constructions that name a party apart from its verb: clefts, nouns of role and everyday orders.

Notes for a newcomer. 收购饿了么的是阿里巴巴 and 滴滴吃到罚单,开单的是网信办 put the one who acts behind 是, at times in a clause of
its own; 要 and 让 order only where an authority says them, and 按照央行的要求 tells of an order by what was done.
"""

import re
from dataclasses import replace

from ecomlink_nlp.claim import (
    bare_names,
    disputes,
    earlier_claims,
    eligibility,
    fillers,
    unknown_names,
    unnamed,
    unsaid_objects,
    unsaid_subjects,
)
from ecomlink_nlp.claim.authorities import is_authority
from ecomlink_nlp.claim.discourse import Mention
from ecomlink_nlp.claim.roles import groups_of
from ecomlink_nlp.claim.situation import Filled, Situation
from ecomlink_nlp.text.document import Argument

CLEFT = re.compile(r"者?的?[，,]?(?:则|正|就|也)?(?:是|为)(?!了)|者?的[，,]?(?:还|也)(?:有|包括)")
# 把A告上法庭的是B, and over the comma: 给A注资的,正是B
_CLEFT_BEHIND = re.compile(
    r"的(?:[^，,。；的]{0,6}(?:平台|公司|品牌|企业|商家|机构|App|超市|银行)(?:名单)?(?:包括了?|还?有|分别是)|(?:那家|那位|人)?[”」]?[，,]?(?:其实|无疑|原来|竟|恰恰|恰|偏偏|仍然|还|不是别人)?[，,]?(?:则|正|就|也|便)?(?:是|为)(?!了|由|从|在|否|因))"
)
# An authority makes a rule known.
_NOTICE = re.compile(
    "通知|公告|规定|预告|明确|宣布|发布|新规|办法|强调|指出|草案|意见稿|修订|要求|出台|令|原判|判决|裁定|终审|宣判|改判"
)
_FOUND_BY = re.compile(r"被(?=[^，,]{2,16}(?:认定|判定|裁定|查明|认为))")
_LITTLE = 2  # characters: 之下, 以后


def clefted(s: Situation) -> Filled | None:
    """O 易主,接盘的是 S: who did it stands behind 的是."""
    if CLEFT.match(s.discourse.text, s.hit.end) is None or not s.roles.after:
        return None
    subjects = fillers.arguments(s, s.roles.after[0], s.hit.frame.subject)
    names = {a.name for a in subjects}
    objects = fillers.first(s, s.roles.disposed) or fillers.first(s, s.roles.subjects)
    objects = objects or unsaid_objects.carried_objects(s, names) or unsaid_objects.last_party(s, names)
    return Filled([replace(a, role="subject") for a in subjects], objects) if subjects and objects else None


def clefted_behind(s: Situation, objects: list[Argument]) -> Filled | None:
    """V O 的是 S: who did it stands behind the object, be it over a comma (给每日优鲜注资的,正是软银)."""
    text, clauses = s.discourse.text, s.discourse.clauses
    limit = s.clause.end
    if text[s.hit.end : limit].rstrip("，,”」").endswith("的") and s.clause.index + 1 < len(clauses):
        limit = clauses[s.clause.index + 1].end
    match = _CLEFT_BEHIND.search(text, s.hit.end, limit)
    if match is None or not objects or s.roles.subjects:
        return None
    home = s.discourse.clause_at(match.end() - 1)
    groups = [g for g in groups_of(s.discourse, home) if g[0].start >= match.end()]
    subjects = subjects_of(s, groups, {a.name for a in objects})
    return Filled(subjects, objects) if subjects else None


def subjects_of(s: Situation, groups: list[list[Mention]], names: set[str]) -> list[Argument]:
    """The first of the groups that may be the subject, and none of ``names``; of 贝恩旗下的高鑫零售 the second name counts."""
    for position, group in enumerate(groups):
        following = groups[position + 1] if position + 1 < len(groups) else None
        if following and s.discourse.is_apposed(group[-1], following[0]):
            continue
        found = [
            a
            for a in fillers.arguments(s, group, s.hit.frame.subject)
            if a.name not in names and eligibility.accepts(s, a)
        ]
        if found:
            return [replace(a, role="subject") for a in found]
    return []


def object_cleft(s: Situation) -> list[Argument]:
    """S V 的是 O: what it did it to stands behind 是, be it over a comma (它真正买下的,是游戏公司有爱互娱)."""
    if not s.roles.subjects or s.roles.passive or s.hit.noun:
        return []
    clauses, limit = s.discourse.clauses, s.clause.end
    if s.discourse.text[s.hit.end : limit].rstrip("，,”」") == "的" and s.clause.index + 1 < len(clauses):
        limit = clauses[s.clause.index + 1].end
    match = _CLEFT_BEHIND.match(s.discourse.text, s.hit.end, limit)
    if match is None:
        return []
    home = s.discourse.clause_at(match.end() - 1)
    groups = [g for g in groups_of(s.discourse, home) if g[0].start >= match.end()]
    return fillers.first(s, groups) or bare_names.bare_at(s, match.end(), home.end)


def headed(s: Situation) -> Filled | None:
    """V 的 S of a verb that drops its object: 被传会跟投的小红书."""
    if not s.hit.trigger.elliptical or not s.discourse.text.startswith("的", s.hit.end) or s.roles.subjects:
        return None
    group = next((g for g in s.roles.after if g[0].start - s.hit.end <= _LITTLE), [])
    subjects = subjects_of(s, [group], set()) if group else []
    objects = earlier_claims.again(s, {a.name for a in subjects}) if subjects else []
    return Filled(subjects, objects) if objects else None


def doer(s: Situation) -> Filled | None:
    """A noun of role, 是 and S, about what the sentence has told: B站站上被告席,原告是优酷; 开单的是网信办."""
    groups = s.roles.after + [group for _, group in s.roles.after_marked]
    following = s.discourse.clause_behind(s.clause)
    if not groups and following is not None and s.discourse.text[s.clause.end - 1] in "：:":
        groups = groups_of(s.discourse, following)
    subjects = subjects_of(s, groups, set()) or [
        replace(a, role="subject") for a in bare_names.behind_role(s)
    ]
    names = {a.name for a in subjects}
    objects = _told_of(s, names) or fillers.first(s, s.roles.disposed)
    if not objects and s.hit.frame.predicate == "invest":  # 领投方是腾讯,跟投的有红杉中国和高盛: in the same
        objects = [a for a in earlier_claims.remembered_objects(s) if a.name not in names]
    objects = objects or fillers.first(
        s, [g for g in reversed(s.roles.subjects) if not names & {m.text for m in g}]
    )
    objects = objects or (unsaid_objects.last_party(s, names) if _is_topic(s) else [])
    if not objects and s.hit.frame.predicate == "accuse":
        objects = disputes.opponent(s, names)
    return Filled(subjects, objects) if subjects and objects else None


def target(s: Situation) -> Filled | None:
    """A noun of role, 是 and O, about what the sentence has told: 搜狗索赔8000万元,对象是百度."""
    objects = fillers.first(s, s.roles.after) or unnamed.described(s) or bare_names.behind_role(s)
    objects = [replace(a, name=a.name.removeprefix("是").removeprefix("为")) for a in objects]
    names = {a.name for a in objects}
    subjects = subjects_of(s, s.roles.subjects, names)
    suffered = s.discourse.text.startswith(("被", "挨", "受", "中招"), s.hit.start)
    if not subjects and suffered and s.hit.frame.predicate == "sanction":
        subjects = unsaid_subjects.remembered_agent(s, names)  # 同一天被封的还有多多果园
    elif not subjects and _is_topic(s):
        subjects = [
            a
            for a in s.discourse.subject_of(s.clause, s.clause.start) or []
            if a.name not in names and eligibility.accepts(s, a)
        ]
    unsaid = s.hit.frame.predicate == "sanction"  # 一张罚单落到了美团头上
    return Filled(subjects, objects) if objects and (subjects or unsaid) else None


def new_owner(s: Situation) -> Filled | None:
    """O 换了东家,S 成了新主人: the buyer, of what the sentence spoke about."""
    subjects = subjects_of(s, s.roles.subjects, set())
    names = {a.name for a in subjects}
    objects = fillers.first(s, s.roles.after) or unsaid_objects.last_party(s, names)
    return Filled(subjects, objects) if subjects and objects else None


def told(s: Situation) -> Filled | None:
    """S 要/命/让 O 做…: an authority in the clause itself, and the one told right behind the everyday verb."""
    for group in s.roles.after[:1]:
        objects = (
            fillers.arguments(s, group, s.hit.trigger.objects) if group[0].start <= s.hit.end + 1 else []
        )
        objects = earlier_claims.side_of_suit(s, group[0].text) or [
            replace(a, role="object") for a in objects
        ]
        own = subjects_of(s, s.roles.subjects, set()) or unknown_names.opener(s)
        if not own and s.hit.start == s.clause.start:
            own = [a for a in s.discourse.subject_of(s.clause, s.clause.start) or [] if a.how == "carried"]
        own = [a for a in own if is_authority(a.name)]
        if own and objects:
            return Filled(own, objects)
        if objects and (cleft := clefted_behind(s, objects)):
            return cleft
    return None


def obliged(s: Situation) -> Filled | None:
    """S 通知:O 须…: whom an authority's notice, told in the clauses before, obliges."""
    both = any(m.kind == "both" for group in s.roles.subjects for m in group)
    objects = (unnamed.described_before(s) if not both else []) or fillers.first(s, s.roles.subjects)
    if not objects and s.hit.start - s.clause.start <= _LITTLE and (judged := _judged(s)) is not None:
        return judged
    for earlier in s.discourse.before(s.clause, 0) if objects else ():
        own = [a for a in s.discourse.own_subject(earlier) if is_authority(a.name)]
        if own:
            told = _NOTICE.search(s.discourse.text, own[-1].end or earlier.start, earlier.end)
            return (
                Filled([replace(a, role="subject") for a in own], objects, told_in=earlier) if told else None
            )
    return None


def _judged(s: Situation) -> Filled | None:
    """O 被 S 认定…, 须…: what a court's finding obliges its loser to."""
    before = s.discourse.clause_before(s.clause)
    if before is None:
        return None
    match = _FOUND_BY.search(s.discourse.text, before.start, before.end)
    group = next(
        (
            g
            for g in groups_of(s.discourse, before)
            if match is not None and g[0].start in {match.start() + 1, match.end() - 1}
        ),
        [],
    )
    court = [a for m in group for a in s.discourse.resolve(m) if is_authority(a.name)]
    objects = [
        replace(a, role="object", how="carried")
        for a in s.discourse.own_subject(before)
        if eligibility.type_of(s, a.name) in s.hit.trigger.objects
    ]
    objects = [a for a in objects if a.name not in {b.name for b in court}]
    return (
        Filled([replace(a, role="subject", how="carried") for a in court], objects)
        if court and objects
        else None
    )


def heeded(s: Situation) -> Filled | None:
    """按照 S 的要求, O 做了…; O 应 S 要求做了…: who obeys is the one told."""
    groups = [g for g in groups_of(s.discourse, s.clause) if g[-1].end <= s.hit.start]
    subjects = [a for a in subjects_of(s, groups[-1:], set()) if is_authority(a.name)]
    names = {a.name for a in subjects}
    objects = fillers.first(s, groups[:-1])
    rest = s.discourse.text[s.hit.end : s.clause.end].rstrip("，,")
    if (
        not objects
        and len(rest) <= _LITTLE
        and (following := s.discourse.clause_behind(s.clause)) is not None
    ):
        objects = [replace(a, role="object") for a in s.discourse.explicit_subject(following) or []]
        objects = [a for a in objects if eligibility.type_of(s, a.name) in s.hit.trigger.objects]
    objects = objects or unsaid_objects.carried_objects(s, names)
    return Filled(subjects, objects) if subjects and objects else None


def _is_topic(s: Situation) -> bool:
    """True where a word of the same frame stands earlier in the sentence: there the noun of role has its deed."""
    start = s.discourse.document.sentences[s.clause.sentence][0]
    before = s.discourse.text[start : s.hit.start]
    return any(word in before for t in s.hit.frame.triggers for word in t.words if len(word) > 1)


def _told_of(s: Situation, names: set[str]) -> list[Argument]:
    """The objects of the last such claim of the sentence that no subject of its own has: 滴滴吃到罚单,开单的是网信办."""
    sentence = s.discourse.document.sentences[s.clause.sentence]
    for claim in earlier_claims.remembered_claims(s):
        if claim.evidence[0] == sentence and claim.subject is None and not names & {*claim.objects}:
            return [Argument("object", name, how="carried") for name in claim.objects]
    return []
