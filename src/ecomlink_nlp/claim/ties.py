"""What two parties are or do to each other: S 与 O 合作, S 和 O 分道扬镳, S 是 O 的金主."""

import re
from dataclasses import replace

from ecomlink_nlp.claim import (
    earlier_claims,
    eligibility,
    fillers,
    unnamed,
    unsaid_objects,
    unsaid_subjects,
)
from ecomlink_nlp.claim.situation import Filled, Situation

_BECOMES = re.compile(r"(?:从而|由此|就此|一举|一跃|并)?(?:成为|成了|变成|升为|跃升为|晋升|跻身)了?")


def reciprocal(s: Situation) -> Filled | None:
    """S 与 O 合作; S 和 O, or 双方, as one subject."""
    own = s.discourse.explicit_subject(s.clause, s.hit.start) or []
    own = [a for a in own if eligibility.accepts(s, a)]
    objects = fillers.first(s, fillers.marked(s))
    if not objects and len(own) < 2:
        objects = fillers.objects_behind(s)
    if not objects and len(own) >= 2:
        return Filled(own[:1], [replace(a, role="object") for a in own[1:]])
    objects = objects or earlier_claims.again(s, {a.name for a in own}) or unnamed.described(s)
    if not objects and not own:
        own, objects = unsaid_objects.pair_before(s)
        if objects:
            return Filled(own, objects)
    if not objects:
        return None
    return Filled(fillers.agents(s) or unsaid_subjects.subjects(s, objects), objects)


def mutual(s: Situation) -> Filled | None:
    """Both act on each other, so that each is subject once: 两家重新对接."""
    filled = reciprocal(s)
    if filled is None or len(filled.subjects) != 1 or len(filled.objects) != 1:
        return filled
    return replace(filled, both_ways=True)


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


def relation(s: Situation) -> Filled | None:
    """S 是 O 的金主: what one party is to another."""
    if len(s.roles.subjects) == 1 and _BECOMES.match(s.discourse.text, s.clause.start):
        objects = fillers.first(s, s.roles.subjects)  # 豪掷63亿元,成了永辉超市的大股东
        return Filled(unsaid_subjects.subjects(s, objects), objects) if objects else None
    groups = fillers.heads(s)
    if len(groups) < 2:
        return None
    subjects = fillers.arguments(s, groups[0], s.hit.frame.subject)
    objects = fillers.arguments(s, groups[-1], s.hit.trigger.objects)
    return Filled(subjects, [replace(a, role="object") for a in objects]) if subjects and objects else None
