"""Whether a trigger's words tell an event where they stand: the frame's conditions, and asserted rather than named."""

import re

from ecomlink_nlp.claim.discourse import Clause, Discourse
from ecomlink_nlp.claim.factuality import is_hearsay
from ecomlink_nlp.claim.frames import Hit
from ecomlink_nlp.segment.words import is_cut

_SHORT = 2  # characters; longer triggers are no accident
# The verb phrase is only named, not asserted: 切断外链的举动, 屏蔽外链的行为.
_NOMINAL = re.compile(
    r"(?:[^，,。;；]{0,12}的|外链|链接|网址|接口)?(?:举动|行为|做法|风潮|浪潮|策略|手段|方式|可能性|决定权|意图|想法|念头|声音|机制|标准|流程|路径|逻辑|风险|处分|处罚|诉求|请求|申请|权限|资格)"
)
# The verb phrase is itself the subject of another verb: 断开外部链接成为一个大趋势, 由于切断外链而引发的猜测.
_PREDICATED = re.compile(r"[^，,。;；]{0,12}?(?:成为|而引发|引发了|已成|意味着|是(?:一|大势|必然|趋势))")
_CLEFT = re.compile(r"的[”」]?[，,]?(?:则|正|就|也|其实|恰恰|恰)?(?:是|为)(?!了|由|从|在|否|因|一|为)")
_KIND_GAP = re.compile(
    r"的[\u4e00-\u9fff]{0,8}(?:公司|品牌|平台|应用|App|服务商|连锁|企业|网站|工具|社区|电商|厂商|产品)[“「]?"
)
_COUNTED_BEHIND = re.compile(r"的(?:[一两三四五六七八九十百千数多几]|\d)+[余多]?(?:家|名|位|个)")
# A noun phrase put in front: 拼多多新疆中转仓的生意,
_TOPIC_CLAUSE = re.compile(r"[^，,了过把将被]{2,24}的[^，,的了]{1,8}[，,]")
_LIFTS = re.compile(
    r"(?:解除|取消|放开|结束|停止|终止|撤销|放松|松开|废除|收回|撤回)(?:了)?(?:对|此前|之前)?"
)


def admits(discourse: Discourse, clause: Clause, hit: Hit) -> bool:
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


def inside_name(clause: Clause, hit: Hit) -> bool:
    """True where a word of the trigger lies in a name."""
    spans = [(hit.start, hit.end), *([hit.noun] if hit.noun else [])]
    return any(e.start < end and e.end > start for e in clause.entities for start, end in spans)


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


def _is_lifted(text: str, clause: Clause, hit: Hit) -> bool:
    """True for a noun of what another verb ends: 解除了对考拉的屏蔽 blocks nothing."""
    if (
        hit.noun
        or text[hit.start - 1 : hit.start] != "的"
        or hit.frame.predicate not in {"block_link", "sanction"}
    ):
        return False
    return _LIFTS.search(text, clause.start, hit.start) is not None
