"""Clauses whose subject suffers or receives: O 被 S V, O 收到 S 的罚单, O 获得 S 的投资, O 落入 S 手中."""

import re
from dataclasses import replace

from ecomlink_nlp.claim import (
    adverbs,
    eligibility,
    fillers,
    funding,
    listings,
    role_nouns,
    someone,
    transfers,
    unknown_names,
    unnamed,
    unsaid_objects,
    unsaid_subjects,
)
from ecomlink_nlp.claim.situation import Filled, Situation

_UP_TO_BY = re.compile(r"[^，,]{0,3}?(?:被|遭)")
_BY = re.compile(r"被|遭")
# Behind the verb of a relative clause, up to its 的: 被街口支付控告挖角的北境金流
_RELATIVE = re.compile(r"[^，,。；的]{0,6}的[\u4e00-\u9fff]{0,6}$")


def passive(s: Situation) -> Filled | None:
    """O 被 S V: the unmarked mention is the object, the one behind 被 the subject."""
    agents = fillers.agents(s)
    objects = fillers.first(s, reversed(fillers.heads(s))) or fillers.first(s, s.roles.disposed)
    beside = fillers.first(s, [group for _, group in s.roles.marked])
    if role_nouns.CLEFT.match(s.discourse.text, s.hit.end) is not None:
        objects = fillers.first(s, s.roles.after) or objects  # 同批受罚的还有优速快递
    end = s.hit.noun[1] if s.hit.noun else s.hit.end
    if not objects and s.roles.after and _RELATIVE.match(s.discourse.text, end, s.roles.after[0][0].start):
        objects = fillers.first(s, s.roles.after[:1])  # 被业者检举的酷澎
    if not objects and (mark := _BY.search(s.discourse.text, s.clause.start, s.hit.start)):
        objects = [replace(a, role="object") for a in unknown_names.opener(s, upto=mark.start())]
    if (
        not objects
        and s.hit.frame.predicate == "sanction"
        and all(m.kind == "group" for g in s.roles.subjects for m in g)
    ):
        phrase = unnamed.described_before(s)  # 商家称自己的店铺被冻结
        objects = [a for a in phrase if _UP_TO_BY.match(s.discourse.text, a.end or 0, s.hit.start)]
    if not objects:
        taken = {a.name for a in (*agents, *beside)}
        objects = unsaid_objects.carried_objects(s, taken)
        if (
            s.hit.frame.predicate == "shut_down" and not agents
        ):  # whose things are closed is not closed itself
            objects = [a for a in objects if eligibility.type_of(s, a.name) != "ORG" or a.how == "anaphor"]
    objects = objects or unnamed.described_before(s)
    if not any(a.name in s.discourse.types for a in agents):
        agents = someone.agent(s) or agents or unknown_names.named_agent(s)  # 被一位浙江用户胡女士诉至法院
    objects += [a for a in beside if a.name not in {b.name for b in objects}]
    if not agents:
        agents = unsaid_subjects.remembered_agent(s, {a.name for a in objects})
    if not agents and objects and s.hit.frame.predicate == "end_partnership":
        agents = transfers.rival_partner(s, {a.name for a in objects})
    if not agents and objects and s.hit.frame.predicate == "shut_down":
        upto = [g for g in s.roles.subjects if objects[0].start is None or g[0].start <= objects[0].start]
        agents = fillers.possessor(s, upto) or unsaid_subjects.owner_of(s, objects[0])
    return Filled(agents, objects) if objects else None


def suffer(s: Situation) -> Filled | None:
    """O 收到 S 的罚单: the receiver is the object, whose penalty it is the subject."""
    if s.discourse.text[s.hit.end - 1] == "的" and s.hit.end < s.clause.end - 1:
        return None  # 被罚的三家商家, 挨罚的是: the words describe whoever stands behind them
    if listed := listings.listed_next(s):
        return Filled(unsaid_subjects.subjects(s, listed), listed)  # 上百家中招,帕拓逊、傲基首当其冲
    objects = fillers.first(s, reversed(fillers.heads(s))) or unnamed.described_before(s)
    if not objects and not adverbs.has_other_subject(s):
        objects = unsaid_objects.carried_objects(s, set())
    names = {a.name for a in objects}
    own = fillers.agents(s) or [
        replace(a, role="subject")
        for group in (*s.roles.after[:1], *(g for _, g in s.roles.after_marked[:1]))
        for a in fillers.arguments(s, group, s.hit.frame.subject)
        if a.name not in names
    ]
    own = own or unsaid_subjects.remembered_agent(s, names)
    if not own and s.hit.frame.predicate == "end_partnership":
        own = unsaid_subjects.other_party(s, names)  # 抖音把业务交给了京东物流,原来的承运方韵达出局
    return Filled(own, objects) if objects else None


def receive(s: Situation) -> Filled | None:
    """O 获得 S 的投资."""
    objects = fillers.first(s, fillers.heads(s)) or funding.round_next(s)
    objects = objects or [
        replace(a, role="object")
        for a in unsaid_subjects.subject_behind(s) or s.discourse.subject_of(s.clause, s.clause.start) or []
    ]
    givers = s.roles.after[:1] + [
        group for mark, group in s.roles.places if mark in {"从", "自"}
    ]  # 从腾讯那里拿到
    subjects = [
        a
        for group in givers[:1]
        for a in fillers.arguments(s, group, s.hit.frame.subject)
        if a.name != "股东"
    ]
    return Filled([replace(a, role="subject") for a in subjects], objects) if subjects and objects else None


def into(s: Situation) -> Filled | None:
    """O 并入 S, 把 O 卖给 S: the subject of the verb goes into other hands."""
    given = [group for mark, group in s.roles.after_marked if mark in {"给", "予"}]
    buyers = [
        a for group in (given or s.roles.after)[:1] for a in fillers.arguments(s, group, s.hit.frame.subject)
    ]
    sold = fillers.first(s, s.roles.disposed) or (fillers.objects_behind(s) if given else [])
    buyers = buyers or [replace(a, role="subject") for a in unknown_names.holder(s)]
    names = {a.name for a in buyers}
    sold = sold or fillers.first(s, s.roles.subjects) or unsaid_objects.carried_objects(s, names)
    sold = [a for a in sold if a.name not in names]
    return Filled([replace(a, role="subject") for a in buyers], sold) if buyers and sold else None
