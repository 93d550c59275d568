"""Those of several whom a clause of its own names: 多家品牌离开天猫,其中包括李宁."""

import re
from dataclasses import replace

from ecomlink_nlp.claim import someone
from ecomlink_nlp.claim.fillers import arguments
from ecomlink_nlp.claim.situation import Situation
from ecomlink_nlp.text.document import Argument

_INCLUDING = ("包括", "其中包括", "其中就包括", "例如", "比如", "分别是", "即", "涉及")
# 下架106款应用,豆瓣、唱吧都在其中
_AMONG = re.compile(
    r"(?:都|均|也|就|赫然|同样)?(?<!不)(?:在其中|在列|位列其中|名列其中|在名单(?:上|中|之列)|榜上有名|首当其冲)[，,。；;]?$"
)


def listed_subjects(s: Situation) -> list[Argument]:
    """Those of a number of parties whom the next clause names: 多家品牌离开天猫,其中包括李宁."""
    following = s.discourse.clause_behind(s.clause)
    if following is None or s.roles.subjects or not s.roles.after:
        return []
    text = s.discourse.text
    if not someone.are_several(s) or not text.startswith(_INCLUDING, following.start):
        return []
    found = [
        a for m in following.mentions if m.kind == "entity" for a in arguments(s, [m], s.hit.frame.subject)
    ]
    return [replace(a, how="carried") for a in found]


def listed_next(s: Situation) -> list[Argument]:
    """Objects that the next clause lists: 切断外链权限,其中就包括淘宝天猫与小红书的商城链接."""
    following, text = s.discourse.clause_behind(s.clause), s.discourse.text
    if following is None:
        return []
    if not text.startswith(_INCLUDING, following.start) and not _AMONG.search(
        text, following.start, following.end
    ):
        return []
    found = [
        a for m in following.mentions if m.kind == "entity" for a in arguments(s, [m], s.hit.trigger.objects)
    ]
    return [replace(a, role="object") for a in found]
