"""Measures that no row of the lexicon lists, where the construction alone shows one: 时限从18小时压到12小时, 库销比升到3.6."""

import re
from dataclasses import replace

from ecomlink_nlp.claim.metrics.changes import Change
from ecomlink_nlp.claim.metrics.constructions import constructions
from ecomlink_nlp.claim.metrics.lexicon import Metric, Word, metrics
from ecomlink_nlp.claim.metrics.quantities import as_percent, is_vague
from ecomlink_nlp.claim.metrics.window import Reading, Window

_NOUN = (
    r"(?P<noun>[^\W\d_A-Za-z的把将被在对给向从由于和与及是有也则却都已了这那其它他她我们你此每各又还就便才再不没更最甚]{2,6})"
    r"(?:甚至|也|则|却|都|已经|已|便|就|又|还|更|将|会|可|才|再|一路|逐步|逐渐|直接|进一步|首次|一度|最终|随之|因此|预计)*"
)
_LEFT = re.compile(_NOUN + r"(?:[从由][^，。；,;从由]{0,10})$")
_RIGHT = re.compile(_NOUN + "$")
_COUNTED = re.compile(
    _NOUN
    + r"(?:已有|已达|已超|已逾|达到|多达|超过|突破|共有|约有|只剩|仅剩|不足|不到|增至|有|达|超|逾)[了约近超过逾不足到]*$"
)
# what only points back, or is no measure: 团队从100人…, 这一数字从…
_POINTING = re.compile("数字$|比例$|数据$|时候$|时间$|范围$|地区$|最高$|方面$|目标$|最后$|手里$|手上$")
_END = re.compile("[名位家款座台辆间项支门部户](?:左右|以上|上下)?[，。；,;]")
_MAX_NOUN = 16  # characters before a verb in which its noun is sought


def unlisted(window: Window) -> Reading | None:
    """Return the level that moves, or is counted, under a noun of no row; None where the construction is another."""
    quantity, text = window.quantity, window.text
    if is_vague(text, quantity) or quantity.kind == "times":
        return None
    if window.opens_change:
        return _reading(window, _LEFT.search(text, window.start, quantity.start))
    change = constructions().change_end.search(text, window.start, quantity.start)
    if change is not None:
        return _reading(window, _noun_before(window, change.start())) if change["to"] else None
    if quantity.kind in {"percent", "fraction"} and not text.startswith("的", quantity.end):
        level = constructions().level_end.search(text, window.start, quantity.start)
        return None if level is None else _reading(window, _noun_before(window, level.start()))
    if quantity.kind == "count" and _END.match(text, quantity.end) is not None:
        return _reading(
            window, _COUNTED.search(text, max(window.start, quantity.start - _MAX_NOUN), quantity.start)
        )
    return None


def changed(window: Window, change: Change) -> Reading | None:
    """Return the change of what no row lists (搜索人数翻了两番), where no measure was read before."""
    start = change.start
    for base in constructions().yoy.finditer(window.text, window.start, change.start):
        start = min(start, base.start())
    reading = _reading(window, _noun_before(window, start))
    return None if reading is None else replace(reading, measure=change.measure, quantity=change.quantity)


def _noun_before(window: Window, end: int) -> re.Match[str] | None:
    return _RIGHT.search(window.text, max(window.start, end - _MAX_NOUN), end)


def _reading(window: Window, match: re.Match[str] | None) -> Reading | None:
    if match is None or _POINTING.search(match["noun"]) is not None:
        return None
    if constructions().groups_end.search(match["noun"]) is not None:
        return None  # 部分商家甚至超过80%: who, not what
    start, end = match.span("noun")
    tagged = [(e.start, e.end) for e in window.clause.entities] + [
        (t.start, t.end) for t in window.clause.times
    ]
    start = max([start, *(right for _, right in tagged if right <= end)])
    if end - start < 2 or any(left < end and start < right for left, right in tagged):
        return None
    metric: Metric = metrics()["figure"]
    return Reading(
        "level", as_percent(window.quantity), metric, Word(start, end, metric, "words"), "unlisted", start
    )
