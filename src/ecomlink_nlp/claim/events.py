"""Events: from triggers to who did what to whom.

Notes for a newcomer. `find_events` walks over the frames' words in the text. Each hit's clause is sorted into roles
(`roles.assign_roles`), the trigger's construction (`constructions`) picks subject and objects, with what the clause
does not say from the discourse and from earlier claims (`unsaid_subjects`, `unsaid_objects`), and `factuality.assess` says how far the text
commits itself.
"""

import re
from dataclasses import replace

from ecomlink_nlp.claim.authorities import is_authority
from ecomlink_nlp.claim.constructions import CONSTRUCTIONS
from ecomlink_nlp.claim.discourse import Clause, Discourse
from ecomlink_nlp.claim.factuality import Factuality, assess, is_hearsay, is_ordered
from ecomlink_nlp.claim.fillers import is_barred, is_venue
from ecomlink_nlp.claim.frames import FrameSet, Hit
from ecomlink_nlp.claim.phrases import amount_of, channels_in
from ecomlink_nlp.claim.roles import assign_roles
from ecomlink_nlp.claim.situation import Filled, Owner, Situation
from ecomlink_nlp.segment.words import is_cut
from ecomlink_nlp.text.document import Argument, EventClaim, Time

# An authority that goes to court or charges somebody only accuses: 美国联邦贸易委员会指控亚马逊垄断.
_CHARGES = re.compile(r"诉|指控|控告|告上|告到|提告|状告|法庭|矛头|谴责")
_YIELDS = frozenset({"end_partnership", "partner"})
_OF = re.compile(r"的[“「]$")
_OWN = re.compile(r"(?:其|旗下的?|名下的?|自家的?|自己的?|[^，,]{0,6}的)?[“「]?")
_COUNTED_BEHIND = re.compile(r"的(?:[一两三四五六七八九十百千数多几]|\d)+[余多]?(?:家|名|位|个)")
# 请求法院判令后者停止: what a court is asked for is not ordered yet
_ASKED_OF = re.compile(r"(?:请求|要求|申请|诉请|恳请)[^，,。]{0,6}(?:法院|法庭|法官)$")
_CLOSED = frozenset("。！？!?…；;：:”」")
_SHORT = 2  # characters; longer triggers are no accident
# What each inference costs a claim's score.
_COST = {"described": 0.95, "anaphor": 0.9, "owner": 0.85, "carried": 0.85, "sentence": 0.95, "topic": 0.7}
# The verb phrase is only named, not asserted: 切断外链的举动, 屏蔽外链的行为.
_NOMINAL = re.compile(
    r"(?:[^，,。;；]{0,12}的|外链|链接|网址|接口)?(?:举动|行为|做法|风潮|浪潮|策略|手段|方式|可能性|决定权|意图|想法|念头|声音|机制|标准|流程|路径|逻辑|风险|处分|处罚|诉求|请求|申请|权限|资格)"
)

_CLEFT = re.compile(r"的[”」]?[，,]?(?:则|正|就|也|其实|恰恰|恰)?(?:是|为)(?!了|由|从|在|否|因|一|为)")
_KIND_GAP = re.compile(
    r"的[\u4e00-\u9fff]{0,8}(?:公司|品牌|平台|应用|App|服务商|连锁|企业|网站|工具|社区|电商|厂商|产品)[“「]?"
)
# A noun phrase put in front: 拼多多新疆中转仓的生意,
_TOPIC_CLAUSE = re.compile(r"[^，,了过把将被]{2,24}的[^，,的了]{1,8}[，,]")
# Of the same words these are told only where they tell no partnership: 订单归了顺丰.
_LESS_LIKELY = frozenset({"acquire", "invest"})
_LIFTS = re.compile(
    r"(?:解除|取消|放开|结束|停止|终止|撤销|放松|松开|废除|收回|撤回)(?:了)?(?:对|此前|之前)?"
)
# The verb phrase is itself the subject of another verb: 断开外部链接成为一个大趋势, 由于切断外链而引发的猜测.
_REPROVES = re.compile("消|监会$")
_PREDICATED = re.compile(r"[^，,。;；]{0,12}?(?:成为|而引发|引发了|已成|意味着|是(?:一|大势|必然|趋势))")


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
        if hit.end > clause.end or _inside_name(clause, hit) or not _admits(discourse, clause, hit):
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
            made = _claims(situation, filled)
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


def _inside_name(clause: Clause, hit: Hit) -> bool:
    spans = [(hit.start, hit.end), *([hit.noun] if hit.noun else [])]
    return any(e.start < end and e.end > start for e in clause.entities for start, end in spans)


def _admits(discourse: Discourse, clause: Clause, hit: Hit) -> bool:
    """Check the trigger's conditions on its clause, and that the words assert rather than name the event."""
    text, trigger = discourse.text, hit.trigger
    words = text[clause.start : clause.end]
    if (
        trigger.needs is not None
        and not trigger.needs.search(words)
        and not _is_fronted(discourse, clause, hit)
    ):
        return False
    if trigger.without is not None and trigger.without.search(words):
        return False
    if trigger.after is not None and trigger.after.match(text, hit.end) is None:
        return False
    if text.rfind("【", clause.start, hit.start) > text.rfind("】", clause.start, hit.start):
        return False  # 【并购】 is a label
    end = max(hit.end, hit.noun[1]) if hit.noun else hit.end
    if _is_lifted(text, clause, hit):
        return False
    if _NOMINAL.match(text, end, clause.end) or _PREDICATED.match(text, end, clause.end):
        return False
    # 被挡在门外的一方: the verb modifies a noun, unless a name follows (推出的“超级品牌日”).
    if text.startswith("融资", hit.start) and text[hit.start - 1] in "轮次笔":
        return False  # 没有参与它的新一轮融资
    touches = any(hit.start == e.end or hit.end == e.start for e in clause.entities)  # 微信封杀 holds no 信封
    if hit.end - hit.start <= _SHORT and not touches and is_cut(text, hit.start, hit.end):
        return False
    attributive = text.startswith("的", hit.noun[1] if hit.noun and hit.noun[0] > hit.end else hit.end)
    ends = {hit.end, hit.noun[1] if hit.noun else hit.end}
    if attributive and _CLEFT.match(text, end, len(text)):
        return True  # 它真正买下的,是…
    if attributive and any(_KIND_GAP.fullmatch(text, end, e.start) for e in clause.entities if e.start > end):
        return True  # 喜茶入股的茶饮品牌王柠
    if attributive and hit.frame.predicate in {"accuse", "sanction"} and _COUNTED_BEHIND.match(text, end):
        return True  # 小红书起诉的四家代写机构
    return (
        not attributive
        or trigger.attributive
        or is_hearsay(text, end)
        or any(0 <= e.start - end <= 3 for e in clause.entities for end in ends)
    )


def _is_fronted(discourse: Discourse, clause: Clause, hit: Hit) -> bool:
    """True where a clause of its own puts in front what the trigger needs: 拼多多新疆仓的生意,今年交给中通来做."""
    needs, before = hit.trigger.needs, discourse.clause_before(clause)
    if (
        needs is None
        or before is None
        or any(m.start < hit.start and not discourse.is_marked(m, clause.start) for m in clause.mentions)
    ):
        return False
    # 把投在直通车上的钱砍掉一半,挪到了抖音: what is spent elsewhere
    spent = hit.frame.predicate == "advertise" and hit.start - clause.start <= 1
    topic = _TOPIC_CLAUSE.fullmatch(discourse.text, before.start, before.end) is not None
    if not (topic or spent):
        return False
    return needs.search(discourse.text[before.start : clause.end]) is not None


def _is_officials(s: Situation) -> bool:
    """True where an authority stands as the subject of a company's verb: 工信部下架106款应用 closes no product of its own."""
    acting = s.roles.agents if s.roles.passive else s.roles.subjects
    return any(is_barred(s, m.text) for group in acting for m in group)


def _is_lifted(text: str, clause: Clause, hit: Hit) -> bool:
    """True for a noun of what another verb ends: 解除了对考拉的屏蔽 blocks nothing."""
    if (
        hit.noun
        or text[hit.start - 1 : hit.start] != "的"
        or hit.frame.predicate not in {"block_link", "sanction"}
    ):
        return False
    return _LIFTS.search(text, clause.start, hit.start) is not None


def _claims(s: Situation, filled: Filled) -> list[EventClaim]:
    discourse, clause, hit = s.discourse, s.clause, s.hit
    found = discourse.time_of(filled.told_in) if filled.told_in else None
    found = found or discourse.time_of(clause, hit.start)
    time, time_how = found if found else (None, "")
    if (
        time is not None
        and time.start >= hit.end
        and discourse.text.startswith(
            ("后", "之后", "以后"), time.end - discourse.text[time.start : time.end].endswith("后")
        )
    ):
        time, time_how = None, ""  # 屏蔽飞书两年之后: when the next thing happened
    future = time is not None and discourse.is_future(time)
    future = (
        future and time is not None and "到了" not in discourse.text[hit.start : time.start]
    )  # 延长到了2025年
    disposed = s.roles.disposal_start
    # 将天巡收入囊中, but not 将选择与京东合作
    is_disposed = disposed is not None and any(
        a.start is not None and a.start < hit.start and _OWN.fullmatch(discourse.text, disposed, a.start)
        for a in filled.objects
    )
    # 2020年618期间也将选择与京东合作, told in 2022: only the story looks forward
    year, told = (
        time.timex[:4] if time is not None and time_how == "stated" else "",
        (discourse.document.date or "")[:4],
    )
    factuality = assess(
        discourse,
        clause,
        hit.start,
        time_is_future=future,
        time_is_past=year.isdigit() and year < told,
        disposal=disposed if is_disposed else None,
    )
    if factuality.void:
        return []
    if not filled.subjects and (not hit.frame.agentless or _is_officials(s)):
        return []
    subjects: list[Argument | None] = [*filled.subjects] or [None]
    if filled.pairwise:
        pairs = zip(filled.subjects, filled.objects, strict=True)
        return [_claim(s, [o], subject, factuality, time, time_how) for subject, o in pairs]
    claims = [_claim(s, filled.objects, subject, factuality, time, time_how) for subject in subjects]
    if filled.both_ways:
        turned = replace(filled.objects[0], role="subject")
        claims.append(_claim(s, filled.subjects, turned, factuality, time, time_how))
    return [claim for claim in claims if claim.objects]


def _claim(
    s: Situation,
    objects: list[Argument],
    subject: Argument | None,
    facts: Factuality,
    time: Time | None,
    how: str,
) -> EventClaim:
    discourse, clause, hit = s.discourse, s.clause, s.hit
    polarity = facts.polarity
    if hit.trigger.polarity == "negated":
        polarity = "affirmed" if polarity == "negated" else "negated"
    claim = EventClaim(
        _evidence(s, subject),
        rule=f"{hit.frame.predicate}.{hit.trigger.id}/{hit.trigger.construction}",
        polarity=polarity,
        status=hit.trigger.status or facts.status,
        time=time.timex if time else None,
        time_how=how,
        predicate=hit.frame.predicate,
        subject=subject.name if subject else None,
        objects=list(dict.fromkeys(a.name for a in objects if subject is None or _differs(a, subject))),
    )
    claim.arguments = [Argument("trigger", discourse.text[hit.start : hit.end], hit.start, hit.end)]
    claim.arguments += [*([replace(subject, role="subject")] if subject else []), *objects]
    if time is not None:
        claim.arguments.append(Argument("time", time.timex, time.start, time.end, how))
    channels = channels_in(discourse, clause, clause.start, clause.end)
    claim.channel = [a.name for a in channels]
    claim.arguments += channels
    if hit.frame.amount and (found := amount_of(discourse, clause, hit.start)):
        claim.amount, value = found
        claim.arguments.append(
            Argument("amount", discourse.text[value.start : value.end], value.start, value.end)
        )
    if hit.trigger.construction == "content":
        end = objects[-1].end if objects[-1].end is not None and objects[-1].end > hit.end else hit.end
        claim.content = discourse.text[end : clause.end].strip("，,。；;“”其它们 ") or None
    claim.score = 0.95
    for argument in claim.arguments:
        claim.score *= _COST.get(argument.how, 1.0)
    return claim


def _differs(a: Argument, subject: Argument) -> bool:
    """An object may carry the subject's own name only at another place (小红书 blocks links to 小红书's mall)."""
    return a.name != subject.name or (
        a.start != subject.start and a.how == "stated" and subject.how != "stated"
    )


def _evidence(s: Situation, subject: Argument | None) -> list[tuple[int, int]]:
    """The sentence of the clause, and that of a subject from elsewhere."""
    sentences = s.discourse.document.sentences
    evidence = [sentences[s.clause.sentence]]
    if subject is not None and subject.start is not None:
        other = sentences[s.discourse.clause_at(subject.start).sentence]
        if other != evidence[0]:
            evidence.append(other)
    return evidence
