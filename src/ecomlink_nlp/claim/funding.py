"""Whose round it is, where one clause raises the money and another tells who gives it."""

import re
from dataclasses import replace

from ecomlink_nlp.claim.situation import Situation
from ecomlink_nlp.text.document import Argument

_ROUND = re.compile(r"融资|[A-F]\+?轮|天使轮|种子轮|战略投资|募资|筹资")
_ROUND_NEXT = re.compile(r"的?(?:这一?轮|本轮|此轮|该轮|这笔|新一轮)")
_RAISES = re.compile(r"(?:拿到|获得?|完成|融到?|筹得|募得|进账|入账|收到|融资|筹集|募集)")
_INVESTS = re.compile(r"领投|跟投|参投|注资|出资|独投|投资了")


def raiser_before(s: Situation, names: set[str]) -> list[Argument]:
    """Who raises the money in an earlier clause of the sentence: 叮咚买菜D轮拿了7亿美元,DST领投."""
    if not s.hit.trigger.elliptical or s.hit.frame.predicate != "invest":
        return []
    for earlier in s.discourse.before(s.clause, 0):
        if _ROUND.search(s.discourse.text, earlier.start, earlier.end) and not _INVESTS.search(
            s.discourse.text, earlier.start, earlier.end
        ):
            found = s.discourse.explicit_subject(earlier) or []
            return [replace(a, role="object", how="carried") for a in found if a.name not in names][:1]
    return []


def raiser_after(s: Situation, names: set[str]) -> list[Argument]:
    """Who raises the money in a later clause of the sentence: 红杉中国跟投,高瓴领投,喜茶一轮拿到5亿美元."""
    if s.hit.frame.predicate != "invest" or not _INVESTS.search(s.discourse.text, s.hit.start, s.hit.end + 1):
        return []
    for later in s.discourse.sentence_clauses(s.clause.sentence):
        if later.index <= s.clause.index or not _RAISES.search(s.discourse.text, later.start, later.end):
            continue
        found = s.discourse.explicit_subject(later) or []
        return [replace(a, role="object", how="carried") for a in found if a.name not in names][:1]
    return []


def round_next(s: Situation) -> list[Argument]:
    """Whose round the next clause goes on about: B轮的钱来自经纬创投,蜜雪冰城的这轮1月关账."""
    following = s.discourse.clause_behind(s.clause)
    if following is None or not _ROUND_NEXT.search(s.discourse.text, following.start, following.end):
        return []
    return [replace(a, role="object", how="carried") for a in s.discourse.explicit_subject(following) or []]
