"""The constructions that verbs take: from a clause's roles to subjects and objects.

Notes for a newcomer. A construction is a function of one `Situation` (a trigger's hit, its clause, the roles around
it) that returns `Filled`, or None where it does not apply. ``CONSTRUCTIONS`` at the end names them as the frames
do. What the clause leaves out comes from the discourse, by `fillers`, `recall`, `earlier_claims` and
`unnamed`.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from ecomlink_nlp.claim import (
    disputes,
    earlier_claims,
    fillers,
    namings,
    penalties,
    quoted_names,
    recall,
    role_nouns,
    someone,
    transfers,
    unknown_names,
    unnamed,
)
from ecomlink_nlp.claim.discourse import Mention
from ecomlink_nlp.claim.phrases import channels_in
from ecomlink_nlp.claim.situation import Filled, Situation
from ecomlink_nlp.text.document import Argument

# Verbs whose object may be a name that nothing else knows.
_TAKES_UNKNOWN = frozenset({"launch", "shut_down", "acquire", "invest"})
# Verbs whose object may be what the text is about: 永辉连年亏损。京东和美团先后入股.
_OF_THE_TOPIC = frozenset({"入股", "注资", "投资", "领投", "战略入股", "战略投资", "参股", "收购", "并购", "增持"})
# Predicates whose bare verb goes on about whom the sentence dealt with.
_GOES_ON = frozenset({"restore_link", "sanction", "require"})
_COUNTED_PARTIES = re.compile(r"(?:上述|这)?[两三四五六七八九十]家(?:平台|公司|企业|机构|业者|电商)")
_BECOMES = re.compile(r"(?:从而|由此|就此|一举|一跃|并)?(?:成为|成了|变成|升为|跃升为|晋升|跻身)了?")
_THIS_TICKET = re.compile(r"(?:这|该|此|上述)[^，,]{0,14}(?:罚单|处罚|罚款|决定)")
_UP_TO_BY = re.compile(r"[^，,]{0,3}?(?:被|遭)")
_BY = re.compile(r"被|遭")
# Behind the verb of a relative clause, up to its 的: 被街口支付控告挖角的北境金流
_RELATIVE = re.compile(r"[^，,。；的]{0,6}的[\u4e00-\u9fff]{0,6}$")
_MAX_GAP = 6  # characters between a verb of ordering and the one who is ordered


def active(s: Situation) -> Filled | None:
    """S V O; S 将/把/对/与 O V; O 被 S V; 由 S V O."""
    if s.hit.trigger.contrast and not earlier_claims.remembered_claims(s):
        return None
    # 省下来的钱被投到了抖音: what is spent suffers, not the one who gets it
    if s.roles.passive and not (s.hit.frame.predicate == "advertise" and fillers.first(s, s.roles.after)):
        return passive(s)
    if (relative := role_nouns.headed(s)) is not None:
        return relative
    if s.roles.disposed and s.roles.disposed[0][0].text == "它" and (taken := earlier_claims.short_lived(s)):
        return taken  # 启动了“集单”功能,不到两周又把它停了
    objects = earlier_claims.goes_on_about(s) or unnamed.counted(s)
    objects = objects or fillers.first(s, fillers.disposed(s)) or fillers.referred(s, s.roles.disposed)
    if not objects and s.hit.frame.predicate == "sanction" and (sentence := penalties.convicted(s)):
        return sentence
    if s.hit.frame.predicate == "accuse":
        objects = objects or ([] if s.roles.after else recall.listed_next(s))
        objects = objects or unnamed.behind(s)  # 向工信部举报对方: the body behind 向 only hears of it
    objects = objects or fillers.first(s, fillers.marked(s))
    listed = recall.listed_subjects(s)
    objects = objects or ([] if listed else recall.listed_next(s)) or unknown_names.foreign_name(s) or unnamed.behind(s)
    objects = objects or role_nouns.object_cleft(s) or unnamed.topic(s) or recall.fronted(s) or unknown_names.marked_name(s)
    if (cleft := role_nouns.clefted(s) or role_nouns.clefted_behind(s, objects)) is not None:
        return cleft
    agents = fillers.agents(s) or unknown_names.named_agent(s)
    if agents and not objects:
        objects = fillers.first(s, reversed(fillers.heads(s)))
    if agents and not objects and not (s.hit.frame.predicate == "acquire" and unnamed.has_other_subject(s)):
        objects = recall.last_party(s, {a.name for a in agents})
    if agents and not objects and s.hit.frame.predicate == "sanction" and _THIS_TICKET.match(s.discourse.text, s.clause.start):
        objects = recall.carried_objects(s, {a.name for a in agents})
    own = {m.text for group in s.roles.subjects for m in group}
    objects = objects or earlier_claims.again(s, own)
    if own and not objects:
        objects = recall.host_before(s, own) or recall.raiser_before(s, own) or recall.raiser_after(s, own)
    if agents and not objects:
        objects = recall.next_party(s)
    if agents and not objects and s.hit.frame.predicate == "partner":
        objects = recall.carried_objects(s, {a.name for a in agents})  # 抖音自己没有骑手。配送由达达来做
    if (
        not objects
        and s.hit.frame.predicate in _GOES_ON
        and (not fillers.rest_is_long(s) or fillers.takes_only_money(s))
        and (not unnamed.has_other_subject(s) or penalties.authority_acts(s))
        and not unnamed.described_before(s)
    ):
        objects = earlier_claims.dealt_with(s)  # 撤下了库迪的团购券,十一天后又悄悄放行
    word = s.discourse.text[s.hit.start : s.hit.end]
    if not objects and own and word in _OF_THE_TOPIC and not fillers.rest_is_long(s):
        objects = recall.topic_object(s, own)
    if not objects and s.hit.frame.predicate in _TAKES_UNKNOWN:
        objects = unnamed.quoted_in(s)
        objects = objects or unnamed.bare_object(s)
    if not objects and s.hit.frame.predicate == "accuse" and word != "上诉" and not fillers.rest_is_long(s):
        accusers = disputes.accuser(s)
        objects = disputes.opponent(s, {a.name for a in accusers})
        if objects:
            return Filled(accusers, objects)
    if not objects and s.hit.noun and s.hit.frame.predicate == "block_link" and not own:
        objects = unnamed.described_before(s)  # 站外带货链接一律不予展示
    if not objects:
        return together(s)
    subjects = agents or listed or earlier_claims.same_side(s, objects) or head_noun(s, objects) or unknown_names.opener(s) or recall.subjects(s, objects)
    if not subjects and s.hit.frame.predicate == "partner":
        kin = {b.name for b in objects} | {s.owner(b.name) for b in objects} - {None}
        subjects = [a for a in fillers.hosts(s) if not {a.name, s.owner(a.name)} & kin]  # 叮咚的App里多了美团支付
    if s.hit.frame.predicate in _TAKES_UNKNOWN:
        objects = objects + quoted_names.also(s, objects)
    if s.hit.frame.predicate != "launch":
        objects = objects + recall.preceding(s, {a.name for a in (*subjects, *objects)})
    return Filled(subjects, objects)


def suffer(s: Situation) -> Filled | None:
    """O 收到 S 的罚单: the receiver is the object, whose penalty it is the subject."""
    if s.discourse.text[s.hit.end - 1] == "的" and s.hit.end < s.clause.end - 1:
        return None  # 被罚的三家商家, 挨罚的是: the words describe whoever stands behind them
    if listed := recall.listed_next(s):
        return Filled(recall.subjects(s, listed), listed)  # 上百家中招,帕拓逊、傲基首当其冲
    objects = fillers.first(s, reversed(fillers.heads(s))) or unnamed.described_before(s)
    if not objects and not unnamed.has_other_subject(s):
        objects = recall.carried_objects(s, set())
    names = {a.name for a in objects}
    own = fillers.agents(s) or [
        replace(a, role="subject")
        for group in (*s.roles.after[:1], *(g for _, g in s.roles.after_marked[:1]))
        for a in fillers.arguments(s, group, s.hit.frame.subject)
        if a.name not in names
    ]
    own = own or recall.remembered_agent(s, names)
    if not own and s.hit.frame.predicate == "end_partnership":
        own = recall.other_party(s, names)  # 抖音把业务交给了京东物流,原来的承运方韵达出局
    return Filled(own, objects) if objects else None


def together(s: Situation) -> Filled | None:
    """Two coordinated parties and no object: 网易考拉与菜鸟分道扬镳; with 互相 both act (顺丰与菜鸟互相关闭接口).

    双方 before a noun does the same: 双方断了两年的接口重新连通.
    """
    mutual = (
        "互相" in s.discourse.text[s.clause.start : s.hit.start]
        or "相互" in s.discourse.text[s.clause.start : s.hit.start]
    )
    both = any(mention.kind == "both" for group in s.roles.subjects for mention in group)
    parted = s.hit.frame.predicate == "end_partnership" or (both and s.hit.frame.predicate == "restore_link")
    if "与" not in s.hit.trigger.markers or not (mutual or parted):
        return None
    if not mutual and fillers.are_listed(s) and fillers.rest_is_long(s):
        return None  # 中通、申通停止为…揽件 parts with somebody else
    subject, objects = fillers.pair(s)
    return Filled(subject, objects, both_ways=mutual and len(objects) == 1) if objects else None


def receive(s: Situation) -> Filled | None:
    """O 获得 S 的投资."""
    objects = fillers.first(s, fillers.heads(s)) or recall.round_next(s)
    objects = objects or [
        replace(a, role="object")
        for a in recall.subject_behind(s) or s.discourse.subject_of(s.clause, s.clause.start) or []
    ]
    givers = s.roles.after[:1] + [group for mark, group in s.roles.places if mark in {"从", "自"}]  # 从腾讯那里拿到
    subjects = [a for group in givers[:1] for a in fillers.arguments(s, group, s.hit.frame.subject) if a.name != "股东"]
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
    sold = sold or fillers.first(s, s.roles.subjects) or recall.carried_objects(s, names)
    sold = [a for a in sold if a.name not in names]
    return Filled([replace(a, role="subject") for a in buyers], sold) if buyers and sold else None


def head_noun(s: Situation, objects: list[Argument]) -> list[Argument]:
    """The subject of a relative clause stands behind it: 吃下百世快递的极兔."""
    if s.roles.subjects or len(s.roles.after) < 2:
        return []
    first, second = s.roles.after[0], s.roles.after[1]
    if s.discourse.text[first[-1].end : second[0].start] != "的" or first[0].start - s.hit.end > 1:
        return []
    names = {a.name for a in objects}
    return [a for a in fillers.arguments(s, second, s.hit.frame.subject) if a.name not in names]


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
    if not objects and s.hit.frame.predicate == "sanction" and all(m.kind == "group" for g in s.roles.subjects for m in g):
        phrase = unnamed.described_before(s)  # 商家称自己的店铺被冻结
        objects = [a for a in phrase if _UP_TO_BY.match(s.discourse.text, a.end or 0, s.hit.start)]
    if not objects:
        taken = {a.name for a in (*agents, *beside)}
        objects = recall.carried_objects(s, taken)
        if s.hit.frame.predicate == "shut_down" and not agents:  # whose things are closed is not closed itself
            objects = [a for a in objects if fillers.type_of(s, a.name) != "ORG" or a.how == "anaphor"]
    objects = objects or unnamed.described_before(s)
    if not any(a.name in s.discourse.types for a in agents):
        agents = (
            someone.agent(s) or agents or unknown_names.named_agent(s)
        )  # 被一位浙江用户胡女士诉至法院
    objects += [a for a in beside if a.name not in {b.name for b in objects}]
    if not agents:
        agents = recall.remembered_agent(s, {a.name for a in objects})
    if not agents and objects and s.hit.frame.predicate == "end_partnership":
        agents = transfers.rival_partner(s, {a.name for a in objects})
    if not agents and objects and s.hit.frame.predicate == "shut_down":
        upto = [g for g in s.roles.subjects if objects[0].start is None or g[0].start <= objects[0].start]
        agents = fillers.possessor(s, upto) or recall.owner_of(s, objects[0])
    return Filled(agents, objects) if objects else None


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
            host or recall.subjects(s, behind) or recall.host_elsewhere(s, {a.name for a in behind}), behind
        )
    objects = fillers.first(s, s.roles.subjects) or unnamed.described_before(s)
    if not objects:
        if shop := earlier_claims.own_shop(s):
            return shop
        again = earlier_claims.remembered(s)
        # 短视频里的链接不受影响 is about the same parties elsewhere, 老店的货不受影响 about nobody named.
        surfaces = channels_in(s.discourse, s.clause, s.clause.start, s.hit.start)
        if again is not None:
            return again if surfaces or not unnamed.has_other_subject(s) else None
        objects = recall.carried_objects(s, set())
    if not objects:
        return None
    names = {a.name for a in objects}
    host = [a for a in host if a.name not in names]
    return Filled(host or recall.host_elsewhere(s, names), objects)


def self_(s: Situation) -> Filled | None:
    """The subject of the verb is what is launched or shut down; its owner does it."""
    if fillers.rest_is_long(s) or fillers.first(s, s.roles.after) or s.roles.disposed:
        return None
    groups = s.roles.subjects
    if (branch := unnamed.branch_before(s)) and "PRODUCT" in s.hit.trigger.objects:
        owners = [a for group in groups[:1] for a in fillers.arguments(s, group, s.hit.frame.subject)]
        return Filled([replace(a, role="subject") for a in owners] or recall.subjects(s, branch), branch)
    if s.hit.frame.predicate == "launch" and (phrase := unnamed.owned_before(s)):
        return phrase
    if headed := unnamed.headed_before(s, groups):
        return headed
    # 京东的社区团购平台已下线 closes no 京东
    owned = [g for g in groups if not s.discourse.text.startswith(("的", "旗下", "名下"), g[-1].end)]
    if not owned and groups and s.discourse.text.startswith("的", groups[-1][-1].end):
        owned = groups[-1:]
    launched = s.hit.frame.predicate == "launch"
    near = [g for g in owned if not (launched and unnamed.stands_apart(s, g))]
    fitting = (fillers.arguments(s, group, s.hit.trigger.objects | _named_types(s, group)) for group in reversed(near))
    objects = next((found for found in fitting if found), [])
    if not groups and (taken := earlier_claims.short_lived(s)) and not unnamed.has_other_subject(s):
        return taken
    if not objects and not groups:
        objects = [replace(a, role="subject") for a in quoted_names.quoted_opener(s)]
    if not objects and not groups:  # 2019年上线之初,淘小铺…
        objects = [a for a in recall.subject_behind(s) if fillers.type_of(s, a.name) in s.hit.trigger.objects]
    if not objects and not groups and not unnamed.has_other_subject(s):
        # A platform that the text is about is not launched by every 上线 in it.
        barred = {"PLATFORM", "ORG"} if s.hit.frame.predicate == "launch" else set()
        objects = [
            a
            for a in s.discourse.subject_of(s.clause, s.clause.start) or []
            if (a.how != "topic" or (s.hit.frame.predicate == "shut_down" and fillers.type_of(s, a.name) == "PRODUCT"))
            and fillers.type_of(s, a.name) in s.hit.trigger.objects - barred
        ]
    if not objects and s.hit.frame.predicate == "shut_down" and groups:
        objects = unnamed.described_before(s)
        hosts = fillers.arguments(s, groups[0], s.hit.frame.subject)
        return Filled([replace(a, role="subject") for a in hosts], objects) if objects and hosts else None
    if not objects:
        return None
    upto = [g for g in groups if objects[0].start is None or g[0].start <= objects[0].start]
    owner = fillers.possessor(s, upto) or recall.owner_of(s, objects[0])
    if not owner and s.hit.frame.predicate == "launch":
        return None
    return Filled(owner, [replace(a, role="object") for a in objects])


def _named_types(s: Situation, group: list[Mention]) -> frozenset[str]:
    """三只松鼠的“小鹿蓝蓝”问世: in quotation marks behind its owner a new name is no company, whatever it looks like."""
    quoted = s.discourse.text[group[0].start - 1 : group[0].start] in {"“", "「"}
    return frozenset({"ORG"} if s.hit.frame.predicate == "launch" and quoted else ())


def reciprocal(s: Situation) -> Filled | None:
    """S 与 O 合作; S 和 O, or 双方, as one subject."""
    own = s.discourse.explicit_subject(s.clause, s.hit.start) or []
    own = [a for a in own if fillers.accepts(s, a)]
    objects = fillers.first(s, fillers.marked(s))
    if not objects and len(own) < 2:
        objects = fillers.objects_behind(s)
    if not objects and len(own) >= 2:
        return Filled(own[:1], [replace(a, role="object") for a in own[1:]])
    objects = objects or earlier_claims.again(s, {a.name for a in own}) or unnamed.described(s)
    if not objects and not own:
        own, objects = recall.pair_before(s)
        if objects:
            return Filled(own, objects)
    if not objects:
        return None
    return Filled(fillers.agents(s) or recall.subjects(s, objects), objects)


def mutual(s: Situation) -> Filled | None:
    """Both act on each other, so that each is subject once: 两家重新对接."""
    filled = reciprocal(s)
    if filled is None or len(filled.subjects) != 1 or len(filled.objects) != 1:
        return filled
    return replace(filled, both_ways=True)


def _names(groups: list[list[Mention]]) -> set[str]:
    return {mention.text for group in groups for mention in group}


def content(s: Situation) -> Filled | None:
    """S 要求 O 做…: the object stands right behind the verb; 其 and 它们 are the last ones dealt with."""
    objects: list[Argument] = []
    if s.roles.passive and not s.roles.agents and (stated := fillers.first(s, fillers.heads(s))):
        own = earlier_claims.earlier_authority(s)  # 其中韵达还被责令停运整顿
        return Filled(own, stated) if own else None
    if s.roles.passive and (own := fillers.agents(s)):
        told_to = fillers.first(s, reversed(fillers.heads(s))) or recall.carried_objects(
            s, {a.name for a in own}
        )
        return Filled(own, told_to) if told_to else None
    for group in s.roles.after[:1]:
        if group[0].start - s.hit.end <= _MAX_GAP:
            if group[0].kind == "topic":
                objects = earlier_claims.remembered_objects(s) or earlier_claims.dealt_with(s)
                objects = objects or recall.last_party(s, _names(s.roles.subjects))
            objects = objects or earlier_claims.side_of_suit(s, group[0].text)
            phrase = unnamed.described(s) if group[0].start > s.hit.end else []
            if not objects and phrase and (phrase[0].end or 0) <= group[0].start:
                objects = phrase  # 责成应用商店下架豆瓣
            objects = objects or fillers.arguments(s, group, s.hit.trigger.objects)
    if not objects and _COUNTED_PARTIES.match(s.discourse.text, s.hit.end):
        objects = earlier_claims.dealt_with(s)  # 约谈快手和微博,责令两家平台…
    objects = (
        [replace(a, role="object") for a in objects]
        or fillers.first(s, fillers.marked(s))
        or unnamed.described(s)
    )
    if not objects and (fillers.rest_is_long(s) is False or s.hit.noun):
        objects = recall.obliged_next(s)
    return Filled(unknown_names.opener(s) or recall.subjects(s, objects), objects) if objects else None


def copular(s: Situation) -> Filled | None:
    """O 是 S 推出的…; several of both go together in order."""
    if len(s.roles.subjects) == 1 and (called := quoted_names.quoted_defined(s, s.roles.subjects[0])):
        return Filled(fillers.arguments(s, s.roles.subjects[0], s.hit.frame.subject), called)
    if len(s.roles.subjects) < 2:
        return None
    first, second = s.roles.subjects[0], s.roles.subjects[1]
    between = s.discourse.text[first[-1].end : second[0].start]
    if between.lstrip("”」》 ").removeprefix("均").removeprefix("都") not in {"是", "是由", "为", "系"}:
        return None
    objects = [replace(a, role="object") for a in fillers.arguments(s, first, s.hit.trigger.objects)]
    owners = fillers.arguments(s, second, s.hit.frame.subject)
    if not objects or not owners:
        return None
    return Filled(owners, objects, pairwise=len(owners) == len(objects))


def relation(s: Situation) -> Filled | None:
    """S 是 O 的金主: what one party is to another."""
    if len(s.roles.subjects) == 1 and _BECOMES.match(s.discourse.text, s.clause.start):
        objects = fillers.first(s, s.roles.subjects)  # 豪掷63亿元,成了永辉超市的大股东
        return Filled(recall.subjects(s, objects), objects) if objects else None
    groups = fillers.heads(s)
    if len(groups) < 2:
        return None
    subjects = fillers.arguments(s, groups[0], s.hit.frame.subject)
    objects = fillers.arguments(s, groups[-1], s.hit.trigger.objects)
    return Filled(subjects, [replace(a, role="object") for a in objects]) if subjects and objects else None


CONSTRUCTIONS: dict[str, Callable[[Situation], Filled | None]] = {
    "active": active,
    "capability": capability,
    "self": self_,
    "reciprocal": reciprocal,
    "mutual": mutual,
    "content": content,
    "naming": namings.naming,
    "suffer": suffer,
    "formerly": namings.formerly,
    "from_old": namings.from_old,
    "replacement": transfers.replacement,
    "moved": transfers.moved,
    "offered": transfers.offered,
    "successor": transfers.successor,
    "copular": copular,
    "receive": receive,
    "into": into,
    "relation": relation,
    "doer": role_nouns.doer,
    "target": role_nouns.target,
    "new_owner": role_nouns.new_owner,
    "told": role_nouns.told,
    "heeded": role_nouns.heeded,
    "obliged": role_nouns.obliged,
}
