"""How one figure is meant: its measure, the metric's word and where its subject is to be looked for.

Notes for a newcomer. A reading looks at the window between the figure before (or the clause's start) and the figure,
and at the few words behind the figure. The rules are tried in order: a rate behind the figure (15%的增速), a verb or
noun of change before it, a part of a whole (占, 其中), a metric's word before it, a metric's word or counted thing behind
it, and last a figure without a word, which carries on the metric in focus.
"""

import re

from ecomlink_nlp.claim.discourse import COMPANY_TYPES, Clause
from ecomlink_nlp.claim.metrics.changes import (
    Change,
    change_before,
    fraction_as_growth,
    negative,
    phrase_change,
    rate_behind,
    times_as_growth,
)
from ecomlink_nlp.claim.metrics.constructions import constructions
from ecomlink_nlp.claim.metrics.lexicon import Word, metrics
from ecomlink_nlp.claim.metrics.parts import part_of_focus, percent_behind, share_before, turnover
from ecomlink_nlp.claim.metrics.quantities import Quantity, as_percent, is_vague, opens_change
from ecomlink_nlp.claim.metrics.window import Focus, Reading, Window, carries, fits
from ecomlink_nlp.claim.metrics.wording import counted_word, word_before, word_behind, word_between, yields

_CHANGES = frozenset({"growth", "yoy_growth", "net_increase"})
_ADDED = re.compile("新增|净增|新入驻|新注册|新开")
_COMPARED_TO = re.compile(r"(?:比|较|从|由|与|同|对比)[^，。；,;]{0,8}的$")
_FROM = re.compile("[从由自][约近]?$")
_REACHED = re.compile(r"[,，]?(?:至|到|达)[约近]?$")
_LISTED = re.compile("(?:而|则|其中)?$")  # before a party that its figure follows at once
_OPENED_SHARE = re.compile(
    r"(?:其中|而|以)*(?P<part>[^，。；的占]{2,10})的?(?:占比|比例|比重|所占比例|占据的比例)(?:则|也|为)?(?:最高|最大|最多|居首|最低|较高|较大|第一)?[，,]"
)
# 比同行高出两个百分点: a distance is no change
_OTHERS = re.compile(
    "(?:比|较|相较|相比|高于|低于)(?:于)?(?:同行|同业|同类|竞品|竞争对手|对手|对方|行业平均|行业均值|市场平均|平均水平|大盘|线下|市场价|别家|其他平台|其他品牌|全国平均)"
)
_TURNED = {
    ("盈利", "operating-loss"): "operating-profit",
    ("亏损", "operating-profit"): "operating-loss",
    ("盈利", "adjusted-net-loss"): "adjusted-net-profit",
    ("亏损", "adjusted-net-profit"): "adjusted-net-loss",
}
_AMOUNTS = {
    "financing_deals": "financing-amount",
    "deals": "deal-amount",
    "orders": "gmv",
    "units_sold": "sales",
}
_MARKET = re.compile(
    r"(?P<market>[一-鿿]{2}(?:市场|行业|产业))(?:整体|总体|规模|的|年均|年|复合|平均|同比|环比|将|预计|则|也|还|仍|以|保持|维持|在|约|近|有望|大盘)*$"
)
_MAX_OPENING = 8  # weighty characters before a measure that opens a clause
_MAX_PHRASE_GAP = 4  # between a measure and 翻了一番
_MAX_CARRIED_GAP = 2  # weighty characters before a figure that carries the focus on


def read(window: Window, foci: list[Focus]) -> Reading | None:
    """Return how the figure of the window is meant, or None where it measures nothing.

    ``foci`` are the metrics of the sentence so far, the last one last; the last that fits can be carried on.
    """
    reading = _read(window, foci)
    if reading is not None and reading.measure in _CHANGES and _against_party(window):
        return None
    return reading


def _against_party(window: Window) -> bool:
    """比美团低了300元: a distance between two parties is no change of either."""
    start, end = window.start, window.quantity.start
    if _OTHERS.search(window.text, window.clause.start, end) is not None:
        return True
    return any(
        start < entity.start < end
        and entity.type in COMPANY_TYPES
        and window.text[entity.start - 1] in "比较"
        and window.text[entity.end : entity.end + 1] not in {"的", "去", "上"}
        for entity in window.clause.entities
    ) and not any(start <= time.start < end for time in window.clause.times)


def _read(window: Window, foci: list[Focus]) -> Reading | None:
    quantity = window.quantity
    last = foci[-1] if foci else None
    focus = next((f for f in reversed(foci) if carries(quantity, f)), last)
    if quantity.kind == "phrase":
        return _phrase(window, last)
    if quantity.kind in {"percent", "times", "fraction"}:
        return _relative(window, focus, last)
    return _absolute(window, focus, last)


def _relative(window: Window, focus: Focus | None, last: Focus | None) -> Reading | None:
    quantity = window.quantity
    if (change := rate_behind(window.text, quantity, window.stop)) is not None:
        return _growth(window, last, change, nearest=True)
    word = word_before(window, level=True)
    change = change_before(window.text, window.clause, window.start, quantity, window.floor)
    if change is not None and not change.level:
        return _growth(window, last, change)
    if quantity.kind == "times":
        change = times_as_growth(window.text, window.clause, quantity)
        return None if change is None else _growth(window, last, change)
    if quantity.kind == "fraction" and (change := fraction_as_growth(window.text, window.clause, quantity)):
        return _growth(window, last, change)
    quantity = as_percent(quantity)
    share = share_before(window, last)
    if word is not None and (share is None or word.end > share[1] or word.metric.name == "market_share"):
        return Reading("level", quantity, word.metric, word, "level", word.start)
    if share is not None:
        return share[0]
    behind = percent_behind(window, quantity)
    if behind is not None:
        return behind
    part = part_of_focus(window, last, quantity) or turnover(window, quantity)
    if part is not None:
        return part
    return _carried(window, focus, quantity)


def _among(window: Window) -> bool:
    return "其中" in window.text[window.clause.start : window.quantity.start]


def _growth(window: Window, focus: Focus | None, change: Change, *, nearest: bool = False) -> Reading | None:
    word = word_before(window, level=False)
    if word is not None and word.form == "nouns" and focus is not None and _among(window):
        word = None  # 其中运动、户外两个品类分别增长…: parts of what was read before
    if nearest and (behind := word_between(window, change.start, change.end)) is not None:
        word = word or behind
    if word is not None:
        anchor = window.quantity.start if nearest and word.start > window.quantity.start else word.start
        return Reading(
            change.measure, change.quantity, word.metric, word, change.rule, anchor, nearest=nearest
        )
    if focus is None:
        market = (
            _MARKET.search(window.text, window.start, change.start) if change.rule != "net-increase" else None
        )
        if market is None:
            return None
        # 私域电商市场的年复合增长率为21.4%: the size of the market grows
        return Reading(
            change.measure, change.quantity, metrics()["market-size"], None, change.rule, market.end("market")
        )
    anchor = window.quantity.start if nearest else change.start
    return Reading(change.measure, change.quantity, focus.metric, None, change.rule, anchor, nearest=nearest)


def _absolute(window: Window, focus: Focus | None, last: Focus | None) -> Reading | None:
    quantity = window.quantity
    change = change_before(window.text, window.clause, window.start, quantity, window.floor)
    if change is not None and change.level:
        change = None
    word = word_before(window, level=True)
    behind = word_behind(window)
    if behind is None and quantity.kind == "count":
        behind = counted_word(window)
    if word is not None and behind is not None:
        if yields(window, word, behind):
            word = None
        else:
            behind = None
    if behind is not None and word is None and _ADDED.search(window.text, quantity.end, behind.end):
        return Reading("net_increase", quantity, behind.metric, behind, "net-increase", quantity.start)
    opened = quantity.kind == "count" and constructions().opened_end.search(window.before) is not None
    if opened and window.text[quantity.end : quantity.end + 1] in {"家", "间"}:
        metric = behind.metric if behind is not None else metrics()["stores"]
        return Reading("net_increase", quantity, metric, behind, "net-increase", quantity.start)
    if change is not None:
        if word is not None:
            return Reading("net_increase", change.quantity, word.metric, word, "net-increase", word.start)
        if behind is not None:
            return Reading(
                "net_increase", change.quantity, behind.metric, behind, "net-increase", change.start
            )
        if focus is not None and fits(quantity, focus.metric):
            return Reading("net_increase", change.quantity, focus.metric, None, "net-increase", change.start)
        return None
    share = share_before(window, last)
    if share is not None and quantity.kind in {"count", "money"}:
        return share[0]
    if word is not None:
        metric = word.metric
        if metric.id == "quantity" and focus is not None and fits(quantity, focus.metric):
            return Reading("level", quantity, focus.metric, None, "level", word.start)
        turned = _TURNED.get((window.text[word.start : word.end], focus.metric.id)) if focus else None
        if turned is not None:
            metric = metrics()[turned]  # 营业亏损6510万元，上年同期则是盈利6.78亿元
        if metric.id == "amount":
            # 融资78起，金额合计205亿元: of what was counted before
            meant = _AMOUNTS.get(focus.metric.name) if focus is not None else None
            if meant is None:
                return None
            metric = metrics()[meant]
        classified = constructions().classifier.match(window.text, quantity.end, window.stop) is not None
        if quantity.kind == "count" and metric.counts and word.form == "verbs" and classified:
            metric = metrics()[metric.counts]
        if word.form == "nouns" and constructions().joined_end.search(
            window.text, window.clause.start, word.start
        ):
            return Reading("net_increase", quantity, metric, word, "net-increase", word.start)
        surface = window.text[word.start : word.end]
        if surface in constructions().added | constructions().lost:
            signed = negative(quantity) if surface in constructions().lost else quantity
            return Reading("net_increase", signed, metric, word, "net-increase", word.start)
        return Reading("level", quantity, metric, word, "level", word.start)
    if behind is not None:
        return Reading("level", quantity, behind.metric, behind, "counted", quantity.start)
    part = part_of_focus(window, last, quantity)
    if part is not None:
        return part
    return _carried(window, focus, quantity)


def _carried(window: Window, focus: Focus | None, quantity: Quantity) -> Reading | None:
    """A figure with no word of its own carries on the metric in focus: 抖音则达到8000亿元, 其中第四季度为398亿元."""
    if focus is None or is_vague(window.text, quantity):
        return None
    entities = [(e.start, e.end) for e in window.clause.entities if e.end <= quantity.start]
    weight = window.gap(window.start, quantity.start)
    weight -= sum(window.gap(start, end) for start, end in entities if start >= window.start)
    level = constructions().level_end.search(window.text, window.start, window.lead)
    level = level or _COMPARED_TO.search(window.text, window.start, quantity.start)
    if level is not None and window.compared is not None and fits(quantity, focus.metric):
        return Reading("level", quantity, focus.metric, None, "carried", quantity.start, nearest=True)
    if level is None and opens_change(
        window.text, window.start, quantity.start, quantity.end, window.clause.end
    ):
        level = _FROM.search(window.text, window.start, quantity.start)  # 净利润腰斩，从3.65亿元滑到6870万元
    if level is None and window.start > window.clause.start:
        # 同比增长22.4%至3567亿元
        level = _REACHED.match(window.text, window.start, quantity.start)
    elif level is None:
        level = _REACHED.fullmatch(window.text, window.start, quantity.start)  # 扩大十倍，至175亿美元
    listed = None
    if level is None and entities and entities[-1][1] == quantity.start:
        listed = level = _LISTED.match(
            window.text, window.clause.start, entities[-1][0]
        )  # 阿里占52%，京东20%
    if weight > _MAX_CARRIED_GAP or level is None or _own_word(window):
        return None
    if quantity.kind == "percent" and (focus.measure == "share" or "percent" not in focus.metric.takes):
        if focus.kind != "percent":
            return None
        anchor = quantity.start if listed else level.start()
        return Reading(focus.measure, quantity, focus.metric, None, "carried", anchor)
    if not fits(quantity, focus.metric) or not _classified(window, focus):
        return None
    if quantity.kind == "money" and constructions().deal.search(
        window.text, window.clause.start, quantity.start
    ):
        return None
    # 拼多多为3.62亿: the name ends in what else would be a verb
    anchor = next((e for s, e in entities if s < level.start() < e), level.start())
    anchor = quantity.start if listed else anchor
    return Reading("level", quantity, focus.metric, None, "carried", anchor)


def _own_word(window: Window) -> bool:
    """True where the window has a measure of its own that does not take the figure (产能提升到6000万单)."""
    return any(
        word.form == "words" and window.start <= word.start and word.end <= window.quantity.start
        for word in window.words
    )


def _classified(window: Window, focus: Focus) -> bool:
    """False where the classifier behind a number counts other things than the metric in focus."""
    classifier = constructions().classifier.match(window.text, window.quantity.end, window.clause.end)
    only = constructions().only.get(classifier[0]) if classifier and window.quantity.kind == "count" else None
    return only is None or focus.metric.name in only or "count" not in focus.metric.takes


def _phrase(window: Window, focus: Focus | None) -> Reading | None:
    """A growth without a figure: 订单量翻了一番."""
    change = phrase_change(window.text, window.clause, window.quantity)
    start = window.quantity.start
    near = (
        w for w in reversed(window.words) if window.start <= w.start and w.end <= start and w.form != "verbs"
    )
    word = next((w for w in near if window.gap(w.end, start) <= _MAX_PHRASE_GAP), None)
    if word is None and focus is None:
        return None
    metric = word.metric if word is not None else focus.metric if focus is not None else None
    assert metric is not None
    return Reading(change.measure, change.quantity, metric, word, change.rule, word.start if word else start)


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
    return Focus(word.metric, "level", next(iter(word.metric.takes)))
