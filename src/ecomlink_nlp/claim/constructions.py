"""The constructions that verbs take: from a clause's roles to subjects and objects.

Notes for a newcomer. A construction is a function of one `Situation` (a trigger's hit, its clause, the roles around
it) that returns `Filled`, or None where it does not apply. ``CONSTRUCTIONS`` at the end names them as the frames
do. What the clause leaves out comes from the discourse, by `fillers`, `recall` and `unnamed`.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from ecomlink_nlp.claim import fillers, recall, unnamed
from ecomlink_nlp.claim.discourse import Mention
from ecomlink_nlp.claim.phrases import channels_in
from ecomlink_nlp.claim.roles import groups_of
from ecomlink_nlp.claim.situation import Filled, Situation
from ecomlink_nlp.text.document import Argument

# Verbs whose object may be a name that nothing else knows.
_TAKES_UNKNOWN = frozenset({"launch", "shut_down", "acquire", "invest"})
# Predicates whose bare verb goes on about whom the sentence dealt with.
_GOES_ON = frozenset({"restore_link", "sanction", "require"})
_EVERYDAY = ("改为", "升级为", "改成")
_CLEFT = re.compile(r"者?的?[，,]?(?:则|正|就|也)?(?:是|为)(?!了)|者?的[，,]?(?:还|也)(?:有|包括)")
# 把A告上法庭的是B, and over the comma: 给A注资的,正是B
_CLEFT_BEHIND = re.compile(
    r"的(?:那家|那位|人)?[”」]?[，,]?(?:其实|无疑|原来|竟|恰恰|恰|偏偏|仍然|还|不是别人)?[，,]?(?:则|正|就|也|便)?(?:是|为)(?!了|由|从|在|否|因)"
)
_NAME_NOUNS = frozenset(
    {
        "公司",
        "公司名称",
        "公司名",
        "名称",
        "名字",
        "店名",
        "品牌名",
        "品牌名称",
        "证券简称",
        "简称",
        "公司简称",
        "股票简称",
        "招牌",
        "门店招牌",
        "旧招牌",
        "网站名称",
    }
)
_COUNTED_PARTIES = re.compile(r"(?:上述|这)?[两三四五六七八九十]家(?:平台|公司|企业|机构|业者|电商)")
# Rulers who order things and whose names say no office.
_RULERS = frozenset({"特朗普", "拜登", "奥巴马"})
_BECOMES = re.compile(r"(?:从而|由此|就此|一举|一跃|并)?(?:成为|成了|变成|升为|跃升为|晋升|跻身)了?")
_BY = re.compile(r"被|遭")
_LITTLE = 2  # characters: 之下, 以后
_MAX_GAP = 6  # characters between a verb of ordering and the one who is ordered


def active(s: Situation) -> Filled | None:
    """S V O; S 将/把/对/与 O V; O 被 S V; 由 S V O."""
    if s.roles.passive:
        return passive(s)
    objects = fillers.first(s, s.roles.disposed) or fillers.referred(s, s.roles.disposed)
    if s.hit.frame.predicate == "accuse":
        objects = objects or unnamed.behind(s)  # 向工信部举报对方: the body behind 向 only hears of it
    objects = objects or fillers.first(s, fillers.marked(s))
    objects = objects or recall.listed_next(s) or unnamed.foreign_name(s) or unnamed.behind(s)
    objects = objects or unnamed.topic(s) or recall.fronted(s) or unnamed.marked_name(s)
    if (cleft := clefted(s) or clefted_behind(s, objects)) is not None:
        return cleft
    agents = fillers.agents(s) or unnamed.named_agent(s)
    if agents and not objects:
        objects = fillers.first(s, reversed(fillers.heads(s)))
    if agents and not objects:
        objects = recall.last_party(s, {a.name for a in agents})
    own = {m.text for group in s.roles.subjects for m in group}
    objects = objects or recall.again(s, own)
    if own and not objects:
        objects = recall.host_before(s, own) or recall.raiser_before(s, own) or recall.raiser_after(s, own)
    if agents and not objects:
        objects = recall.next_party(s)
    if (
        not objects
        and s.hit.frame.predicate in _GOES_ON
        and not fillers.rest_is_long(s)
        and not unnamed.has_other_subject(s)
    ):
        objects = recall.dealt_with(s)  # 撤下了库迪的团购券,十一天后又悄悄放行
    if not objects and s.hit.frame.predicate in _TAKES_UNKNOWN:
        objects = unnamed.quoted_in(s)
        objects = objects or unnamed.bare_object(s)
    if not objects:
        return together(s)
    subjects = agents or head_noun(s, objects) or unnamed.opener(s) or recall.subjects(s, objects)
    if s.hit.frame.predicate != "launch":
        objects = objects + recall.preceding(s, {a.name for a in (*subjects, *objects)})
    return Filled(subjects, objects)


def clefted(s: Situation) -> Filled | None:
    """O 易主,接盘的是 S: who did it stands behind 的是."""
    if _CLEFT.match(s.discourse.text, s.hit.end) is None or not s.roles.after:
        return None
    subjects = fillers.arguments(s, s.roles.after[0], s.hit.frame.subject)
    names = {a.name for a in subjects}
    objects = fillers.first(s, s.roles.disposed) or fillers.first(s, s.roles.subjects)
    objects = objects or recall.carried_objects(s, names) or recall.last_party(s, names)
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
            if a.name not in names and fillers.accepts(s, a)
        ]
        if found:
            return [replace(a, role="subject") for a in found]
    return []


def doer(s: Situation) -> Filled | None:
    """A noun of role, 是 and S, about what the sentence has told: B站站上被告席,原告是优酷; 开单的是网信办."""
    groups = s.roles.after + [group for _, group in s.roles.after_marked]
    following = recall.next_clause(s)
    if not groups and following is not None and s.discourse.text[s.clause.end - 1] in "：:":
        groups = groups_of(s.discourse, following)
    subjects = subjects_of(s, groups, set()) or [replace(a, role="subject") for a in unnamed.behind_role(s)]
    names = {a.name for a in subjects}
    objects = recall.told_of(s, names) or fillers.first(s, s.roles.disposed)
    objects = objects or fillers.first(
        s, [g for g in reversed(s.roles.subjects) if not names & {m.text for m in g}]
    )
    objects = objects or (recall.last_party(s, names) if recall.is_topic(s) else [])
    return Filled(subjects, objects) if subjects and objects else None


def target(s: Situation) -> Filled | None:
    """A noun of role, 是 and O, about what the sentence has told: 搜狗索赔8000万元,对象是百度."""
    objects = fillers.first(s, s.roles.after) or unnamed.described(s) or unnamed.behind_role(s)
    names = {a.name for a in objects}
    subjects = subjects_of(s, s.roles.subjects, names)
    if not subjects and recall.is_topic(s):
        subjects = [a for a in s.discourse.subject_of(s.clause, s.clause.start) or [] if a.name not in names and fillers.accepts(s, a)]
    unsaid = s.hit.frame.predicate == "sanction"  # 一张罚单落到了美团头上
    return Filled(subjects, objects) if objects and (subjects or unsaid) else None


def new_owner(s: Situation) -> Filled | None:
    """O 换了东家,S 成了新主人: the buyer, of what the sentence spoke about."""
    subjects = subjects_of(s, s.roles.subjects, set())
    names = {a.name for a in subjects}
    objects = fillers.first(s, s.roles.after) or recall.last_party(s, names)
    return Filled(subjects, objects) if subjects and objects else None


def told(s: Situation) -> Filled | None:
    """S 要/命/让 O 做…: an authority in the clause itself, and the one told right behind the everyday verb."""
    for group in s.roles.after[:1]:
        objects = (
            fillers.arguments(s, group, s.hit.trigger.objects) if group[0].start <= s.hit.end + 1 else []
        )
        objects = [replace(a, role="object") for a in objects]
        own = subjects_of(s, s.roles.subjects, set()) or unnamed.opener(s)
        if not own and s.hit.start == s.clause.start:
            own = [a for a in s.discourse.subject_of(s.clause, s.clause.start) or [] if a.how == "carried"]
        own = [a for a in own if fillers.rules(a.name) or a.name in _RULERS]
        if own and objects:
            return Filled(own, objects)
        if objects and (cleft := clefted_behind(s, objects)):
            return cleft
    return None


def heeded(s: Situation) -> Filled | None:
    """按照 S 的要求, O 做了…; O 应 S 要求做了…: who obeys is the one told."""
    mentions = [[m] for m in s.clause.mentions if m.end <= s.hit.start]
    subjects = [a for a in subjects_of(s, mentions[-1:], set()) if fillers.rules(a.name)]
    names = {a.name for a in subjects}
    objects = fillers.first(s, mentions[:-1])
    rest = s.discourse.text[s.hit.end : s.clause.end].rstrip("，,")
    if not objects and len(rest) <= _LITTLE and (following := recall.next_clause(s)) is not None:
        objects = [replace(a, role="object") for a in s.discourse.explicit_subject(following) or []]
        objects = [a for a in objects if fillers.type_of(s, a.name) in s.hit.trigger.objects]
    objects = objects or recall.carried_objects(s, names)
    return Filled(subjects, objects) if subjects and objects else None


def suffer(s: Situation) -> Filled | None:
    """O 收到 S 的罚单: the receiver is the object, whose penalty it is the subject."""
    objects = fillers.first(s, reversed(fillers.heads(s))) or recall.carried_objects(s, set())
    objects = objects or unnamed.described_before(s)
    names = {a.name for a in objects}
    own = fillers.agents(s) or [
        replace(a, role="subject")
        for group in (*s.roles.after[:1], *(g for _, g in s.roles.after_marked[:1]))
        for a in fillers.arguments(s, group, s.hit.frame.subject)
        if a.name not in names
    ]
    return Filled(own or recall.remembered_agent(s, names), objects) if objects else None


def replacement(s: Situation) -> Filled | None:
    """S 把 A 换成 O: who comes in A's place."""
    objects = fillers.first(s, s.roles.after)
    if not objects or not fillers.first(s, s.roles.disposed):
        return None
    return Filled(recall.subjects(s, objects), objects)


def formerly(s: Situation) -> Filled | None:
    """New name – 前身是 – old name."""
    new = fillers.first(s, reversed(s.roles.subjects)) or unnamed.phrase_before(s)
    old = unnamed.quoted_behind(s) or fillers.first(s, s.roles.after) or unnamed.bare_object(s)
    if not old or not new:
        return None
    return Filled([replace(old[0], role="subject")], [replace(a, role="object") for a in new[:1]])


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
    subject, objects = fillers.pair(s)
    return Filled(subject, objects, both_ways=mutual and len(objects) == 1) if objects else None


def receive(s: Situation) -> Filled | None:
    """O 获得 S 的投资."""
    objects = fillers.first(s, fillers.heads(s)) or recall.round_next(s)
    objects = objects or [
        replace(a, role="object")
        for a in recall.subject_behind(s) or s.discourse.subject_of(s.clause, s.clause.start) or []
    ]
    subjects = [
        a
        for group in s.roles.after[:1]
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
    buyers = buyers or [replace(a, role="subject") for a in unnamed.holder(s)]
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
    if _CLEFT.match(s.discourse.text, s.hit.end) is not None:
        objects = fillers.first(s, s.roles.after) or objects  # 同批受罚的还有优速快递
    end = s.hit.noun[1] if s.hit.noun else s.hit.end
    if not objects and s.roles.after and s.discourse.text.startswith("的", end):
        objects = fillers.first(s, s.roles.after[:1])  # 被业者检举的酷澎
    if not objects and (mark := _BY.search(s.discourse.text, s.clause.start, s.hit.start)):
        objects = [replace(a, role="object") for a in unnamed.opener(s, upto=mark.start())]
    if not objects:
        taken = {a.name for a in (*agents, *beside)}
        objects = recall.carried_objects(s, taken)
    objects = objects or unnamed.described_before(s)
    if not any(a.name in s.discourse.types for a in agents):
        agents = unnamed.described_agent(s) or agents or unnamed.named_agent(s)  # 被一位浙江用户胡女士诉至法院
    objects += [a for a in beside if a.name not in {b.name for b in objects}]
    if not agents:
        agents = recall.remembered_agent(s, {a.name for a in objects})
    if not agents and objects and s.hit.frame.predicate == "shut_down":
        upto = [g for g in s.roles.subjects if objects[0].start is None or g[0].start <= objects[0].start]
        agents = fillers.possessor(s, upto) or recall.owner_of(s, objects[0])
    return Filled(agents, objects) if objects else None


def capability(s: Situation) -> Filled | None:
    """O 不能在 S 发布; in S 不能挂 O; S 不再支持 O."""
    if s.hit.trigger.contrast and not recall.contrasted(s):
        return None
    if s.hit.trigger.polarity == "negated" and s.hit.frame.agentless and (spared := recall.spared(s)):
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
        if shop := recall.own_shop(s):
            return shop
        again = recall.remembered(s)
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
    fitting = (fillers.arguments(s, group, s.hit.trigger.objects) for group in reversed(near))
    objects = next((found for found in fitting if found), [])
    if not objects and not groups and not unnamed.has_other_subject(s):
        # A platform that the text is about is not launched by every 上线 in it.
        barred = {"PLATFORM", "ORG"} if s.hit.frame.predicate == "launch" else set()
        objects = [
            a
            for a in s.discourse.subject_of(s.clause, s.clause.start) or []
            if a.how != "topic" and fillers.type_of(s, a.name) in s.hit.trigger.objects - barred
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


def reciprocal(s: Situation) -> Filled | None:
    """S 与 O 合作; S 和 O, or 双方, as one subject."""
    own = s.discourse.explicit_subject(s.clause, s.hit.start) or []
    own = [a for a in own if fillers.accepts(s, a)]
    objects = fillers.first(s, fillers.marked(s))
    if not objects and len(own) < 2:
        objects = fillers.objects_behind(s)
    if not objects and len(own) >= 2:
        return Filled(own[:1], [replace(a, role="object") for a in own[1:]])
    objects = objects or recall.again(s, {a.name for a in own}) or unnamed.described(s)
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
    if s.roles.passive and (own := fillers.agents(s)):
        told_to = fillers.first(s, reversed(fillers.heads(s))) or recall.carried_objects(
            s, {a.name for a in own}
        )
        return Filled(own, told_to) if told_to else None
    for group in s.roles.after[:1]:
        if group[0].start - s.hit.end <= _MAX_GAP:
            if group[0].kind == "topic":
                objects = recall.remembered_objects(s) or recall.last_party(s, _names(s.roles.subjects))
            phrase = unnamed.described(s) if group[0].start > s.hit.end else []
            if not objects and phrase and (phrase[0].end or 0) <= group[0].start:
                objects = phrase  # 责成应用商店下架豆瓣
            objects = objects or fillers.arguments(s, group, s.hit.trigger.objects)
    if not objects and _COUNTED_PARTIES.match(s.discourse.text, s.hit.end):
        objects = recall.dealt_with(s)  # 约谈快手和微博,责令两家平台…
    objects = (
        [replace(a, role="object") for a in objects]
        or fillers.first(s, fillers.marked(s))
        or unnamed.described(s)
    )
    if not objects and (fillers.rest_is_long(s) is False or s.hit.noun):
        objects = recall.obliged_next(s)
    return Filled(recall.subjects(s, objects), objects) if objects else None


def naming(s: Situation) -> Filled | None:
    """Old name – 更名为 – new name; 由 or 从 old name – 变更为 – new name. Names in quotation marks count as written."""
    old = (
        unnamed.renamed_from(s) or fillers.first(s, s.roles.disposed) or fillers.referred(s, s.roles.disposed)
    )
    everyday = s.discourse.text[s.hit.start : s.hit.end] in _EVERYDAY  # 转速改为自动 renames nothing
    old = (
        old or ([] if everyday else unnamed.phrase_before(s)) or fillers.first(s, reversed(fillers.heads(s)))
    )
    old = [a for a in old if a.name not in _NAME_NOUNS]  # 公司名称变更为: whose name it is stands before
    old = old or recall.just_taken(s) or s.discourse.subject_of(s.clause, s.clause.start) or []
    quoted = unnamed.quoted_behind(s)
    new = fillers.first(s, s.roles.after) or quoted
    if not old or not new:
        return None
    text, first = s.discourse.text, old[0]
    if first.name == new[0].name and first.start is not None and first.end is not None:
        # Both are names of one party: each counts as it is written.
        first, new = replace(first, name=text[first.start : first.end].removesuffix("App")), quoted or new
    if first.name == new[0].name:
        return None
    return Filled([replace(first, role="subject")], [replace(a, role="object") for a in new[:1]])


def copular(s: Situation) -> Filled | None:
    """O 是 S 推出的…; several of both go together in order."""
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
    "naming": naming,
    "suffer": suffer,
    "formerly": formerly,
    "replacement": replacement,
    "copular": copular,
    "receive": receive,
    "into": into,
    "relation": relation,
    "doer": doer,
    "target": target,
    "new_owner": new_owner,
    "told": told,
    "heeded": heeded,
}
