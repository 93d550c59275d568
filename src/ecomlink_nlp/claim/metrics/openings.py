"""What a clause without figures opens for the figures behind it: a measure (单票价格还在往下掉，…) or a share (其中…占比最高，…)."""

import re

from ecomlink_nlp.claim.discourse import Clause
from ecomlink_nlp.claim.metrics.constructions import constructions
from ecomlink_nlp.claim.metrics.lexicon import Word
from ecomlink_nlp.claim.metrics.quantities import Quantity
from ecomlink_nlp.claim.metrics.window import Focus, Window

_OPENED_SHARE = re.compile(
    r"(?:其中|而|以)*(?P<part>[^，。；的占]{2,10})的?(?:占比|比例|比重|所占比例|占据的比例)(?:则|也|为)?(?:最高|最大|最多|居首|最低|较高|较大|第一)?[，,]"
)
_MAX_OPENING = 8  # weighty characters before a measure that opens a clause


def opened_share(text: str, clause: Clause, foci: list[Focus]) -> tuple[Focus, tuple[int, int]] | None:
    """Return the share that a clause without figures opens and its part (其中售后问题占比最高，达到39.6%), else None."""
    if not foci:
        return None
    match = _OPENED_SHARE.match(text, clause.start, clause.end)
    return None if match is None else (Focus(foci[-1].metric, "share", "percent"), match.span("part"))


def opened_focus(text: str, clause: Clause, words: list[Word]) -> Focus | None:
    """Return the measure that a clause without figures opens (单票价格还在往下掉，3月跌到9.48元), else None."""
    inside = [w for w in words if clause.start <= w.start and w.end <= clause.end and w.form != "verbs"]
    for noun in reversed(inside):
        if constructions().among_end.fullmatch(text, noun.end, clause.end) is not None:
            return Focus(noun.metric, "level", "count")  # 在小红书的买家中，…
    word = next((w for w in inside if w.form == "words"), None)
    if word is None or len(word.metric.takes) != 1:
        return None
    if constructions().denied.search(text, clause.start, word.end):
        return None
    place = Quantity(word.start, word.start, "none", None, None, None, None, None)
    window = Window(text, clause, clause.start, place, clause.end, words)
    names = sum(entity.end - entity.start for entity in clause.entities)
    if window.gap(clause.start, word.start) - names > _MAX_OPENING:
        return None
    if constructions().rate_noun.search(text, word.end, clause.end) is not None:
        return Focus(word.metric, "yoy_growth", "percent")  # 品牌商家的GMV增速更快，超过了100%
    return Focus(word.metric, "level", next(iter(word.metric.takes)))
