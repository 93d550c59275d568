"""Clauses whose subject acts: S V O, S 将 O V, 由 S V O, O 不能在 S 发布.

Notes for a newcomer. Who or what it is done to is looked for first: stated in the clause (`_stated`), told by the sentence
or the discourse (`_unsaid`), or without a known name (`_unnamed`). Who does it is asked only then, since the party
spoken of may be the one or the other.
"""

import re

from ecomlink_nlp.claim import (
    adverbs,
    bare_names,
    disputes,
    earlier_claims,
    fillers,
    funding,
    listings,
    passives,
    penalties,
    quoted_names,
    role_nouns,
    ties,
    unknown_names,
    unnamed,
    unsaid_objects,
    unsaid_subjects,
)
from ecomlink_nlp.claim.phrases import channels_in
from ecomlink_nlp.claim.situation import Filled, Situation
from ecomlink_nlp.text.document import Argument

# Verbs whose object may be a name that nothing else knows.
_TAKES_UNKNOWN = frozenset({"launch", "shut_down", "acquire", "invest"})
# Verbs whose object may be what the text is about: 永辉连年亏损。京东和美团先后入股.
_OF_THE_TOPIC = frozenset(
    {"入股", "注资", "投资", "领投", "战略入股", "战略投资", "参股", "收购", "并购", "增持"}
)
# Predicates whose bare verb goes on about whom the sentence dealt with.
_GOES_ON = frozenset({"restore_link", "sanction", "require"})
_THIS_TICKET = re.compile(r"(?:这|该|此|上述)[^，,]{0,14}(?:罚单|处罚|罚款|决定)")


def active(s: Situation) -> Filled | None:
    """S V O; S 将/把/对/与 O V; O 被 S V; 由 S V O."""
    predicate = s.hit.frame.predicate
    if s.hit.trigger.contrast and not earlier_claims.remembered_claims(s):
        return None
    # 省下来的钱被投到了抖音: what is spent suffers, not the one who gets it
    if s.roles.passive and not (predicate == "advertise" and fillers.first(s, s.roles.after)):
        return passives.passive(s)
    if (relative := role_nouns.headed(s)) is not None:
        return relative
    if s.roles.disposed and s.roles.disposed[0][0].text == "它" and (taken := earlier_claims.short_lived(s)):
        return taken  # 启动了“集单”功能,不到两周又把它停了
    objects = earlier_claims.goes_on_about(s) or unnamed.counted(s)
    objects = objects or fillers.first(s, fillers.disposed(s)) or fillers.referred(s, s.roles.disposed)
    if not objects and predicate == "sanction" and (sentence := penalties.convicted(s)):
        return sentence
    listed = listings.listed_subjects(s)
    objects = objects or _stated(s, listed)
    if (cleft := role_nouns.clefted(s) or role_nouns.clefted_behind(s, objects)) is not None:
        return cleft
    agents = fillers.agents(s) or unknown_names.named_agent(s)
    objects = objects or _unsaid(s, agents) or _unnamed(s)
    if not objects and predicate == "accuse" and (suit := disputes.told_apart(s)):
        return suit
    if not objects:
        return ties.together(s)
    subjects = agents or listed or earlier_claims.same_side(s, objects) or head_noun(s, objects)
    subjects = subjects or unknown_names.opener(s) or unsaid_subjects.subjects(s, objects)
    if not subjects and predicate == "partner":
        kin = {b.name for b in objects} | {s.owner(b.name) for b in objects} - {None}
        subjects = [
            a for a in fillers.hosts(s) if not {a.name, s.owner(a.name)} & kin
        ]  # 叮咚的App里多了美团支付
    if predicate in _TAKES_UNKNOWN:
        objects = objects + quoted_names.also(s, objects)
    if predicate != "launch":
        objects = objects + unsaid_objects.preceding(s, {a.name for a in (*subjects, *objects)})
    return Filled(subjects, objects)


def _stated(s: Situation, listed: list[Argument]) -> list[Argument]:
    """The objects that the clause or its list states; ``listed`` are subjects that the list is of."""
    objects: list[Argument] = []
    if s.hit.frame.predicate == "accuse":
        objects = [] if s.roles.after else listings.listed_next(s)
        objects = objects or unnamed.behind(s)  # 向工信部举报对方: the body behind 向 only hears of it
    objects = objects or fillers.first(s, fillers.marked(s)) or ([] if listed else listings.listed_next(s))
    objects = objects or unknown_names.foreign_name(s) or unnamed.behind(s) or role_nouns.object_cleft(s)
    return objects or unnamed.topic(s) or unsaid_objects.fronted(s) or unknown_names.marked_name(s)


def _unsaid(s: Situation, agents: list[Argument]) -> list[Argument]:
    """The objects that the sentence or the discourse tells, where the clause does not; ``agents`` stand behind 由."""
    predicate, acting = s.hit.frame.predicate, {a.name for a in agents}
    own = {m.text for group in s.roles.subjects for m in group}
    objects: list[Argument] = []
    if agents:
        objects = fillers.first(s, reversed(fillers.heads(s)))
        if not objects and not (predicate == "acquire" and adverbs.has_other_subject(s)):
            objects = unsaid_objects.last_party(s, acting)
        if not objects and predicate == "sanction" and _THIS_TICKET.match(s.discourse.text, s.clause.start):
            objects = unsaid_objects.carried_objects(s, acting)
    objects = objects or earlier_claims.again(s, own)
    if own and not objects:
        objects = (
            unsaid_objects.host_before(s, own)
            or funding.raiser_before(s, own)
            or funding.raiser_after(s, own)
        )
    if agents and not objects:
        objects = unsaid_objects.next_party(s)
    if agents and not objects and predicate == "partner":
        objects = unsaid_objects.carried_objects(s, acting)  # 抖音自己没有骑手。配送由达达来做
    if (
        not objects
        and predicate in _GOES_ON
        and (not fillers.rest_is_long(s) or fillers.takes_only_money(s))
        and (not adverbs.has_other_subject(s) or penalties.authority_acts(s))
        and not unnamed.described_before(s)
    ):
        objects = earlier_claims.dealt_with(s)  # 撤下了库迪的团购券,十一天后又悄悄放行
    word = s.discourse.text[s.hit.start : s.hit.end]
    if not objects and own and word in _OF_THE_TOPIC and not fillers.rest_is_long(s):
        objects = unsaid_objects.topic_object(s, own)
    return objects


def _unnamed(s: Situation) -> list[Argument]:
    """Objects that are no name anybody knows: 上线了“轻聊”, 站外带货链接一律不予展示."""
    if s.hit.frame.predicate in _TAKES_UNKNOWN:
        return quoted_names.quoted_in(s) or bare_names.bare_object(s)
    if s.hit.noun and s.hit.frame.predicate == "block_link" and not s.roles.subjects:
        return unnamed.described_before(s)
    return []


def head_noun(s: Situation, objects: list[Argument]) -> list[Argument]:
    """The subject of a relative clause stands behind it: 吃下百世快递的极兔."""
    if s.roles.subjects or len(s.roles.after) < 2:
        return []
    first, second = s.roles.after[0], s.roles.after[1]
    if s.discourse.text[first[-1].end : second[0].start] != "的" or first[0].start - s.hit.end > 1:
        return []
    names = {a.name for a in objects}
    return [a for a in fillers.arguments(s, second, s.hit.frame.subject) if a.name not in names]


def capability(s: Situation) -> Filled | None:
    """O 不能在 S 发布; in S 不能挂 O; S 不再支持 O."""
    if s.hit.trigger.contrast and not earlier_claims.contrasted(s):
        return None
    if s.hit.trigger.polarity == "negated" and (own := earlier_claims.own_goods(s)):
        return own
    if s.hit.trigger.polarity == "negated" and s.hit.frame.agentless and (spared := earlier_claims.spared(s)):
        return spared
    behind: list[Argument] = []
    if not (s.hit.trigger.host_behind and s.roles.subjects):
        behind = fillers.first(s, s.roles.disposed) or unnamed.behind(s)
    host = fillers.hosts(s)
    if behind:
        return Filled(
            host
            or unsaid_subjects.subjects(s, behind)
            or unsaid_subjects.host_elsewhere(s, {a.name for a in behind}),
            behind,
        )
    objects = fillers.first(s, s.roles.subjects) or unnamed.described_before(s)
    if not objects:
        if shop := earlier_claims.own_shop(s):
            return shop
        again = earlier_claims.remembered(s)
        # 短视频里的链接不受影响 is about the same parties elsewhere, 老店的货不受影响 about nobody named.
        surfaces = channels_in(s.discourse, s.clause, s.clause.start, s.hit.start)
        if again is not None:
            return again if surfaces or not adverbs.has_other_subject(s) else None
        objects = unsaid_objects.carried_objects(s, set())
    if not objects:
        return None
    names = {a.name for a in objects}
    host = [a for a in host if a.name not in names]
    return Filled(host or unsaid_subjects.host_elsewhere(s, names), objects)
