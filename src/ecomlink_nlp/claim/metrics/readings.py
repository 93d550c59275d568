"""How one figure is meant: its measure, the metric's word and where its subject is to be looked for.

Notes for a newcomer. A reading looks at the window between the figure before (or the clause's start) and the figure,
and at the few words behind the figure. The rules are tried in order: a rate behind the figure (15%的增速), a verb or
noun of change before it, a part of a whole (占, 其中), a metric's word before it, a metric's word or counted thing behind
it, and last a figure without a word, which carries on the metric in focus.
"""

import re

from ecomlink_nlp.claim.discourse import COMPANY_TYPES
from ecomlink_nlp.claim.metrics.carried import carried
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
from ecomlink_nlp.claim.metrics.lexicon import Metric, metrics
from ecomlink_nlp.claim.metrics.parts import (
    market_taken,
    part_of_focus,
    percent_behind,
    recovered,
    share_before,
    turnover,
)
from ecomlink_nlp.claim.metrics.quantities import Quantity, as_percent
from ecomlink_nlp.claim.metrics.unlisted import changed, unlisted
from ecomlink_nlp.claim.metrics.window import Focus, Reading, Window, carries, fits
from ecomlink_nlp.claim.metrics.wording import counted_word, word_before, word_behind, word_between, yields

_CHANGES = frozenset({"growth", "yoy_growth", "net_increase"})
_ADDED = re.compile("新增|净增|新入驻|新注册|新开")
# 比同行高出两个百分点: a distance is no change
_OTHERS = re.compile(
    "(?:比|较)[^，。；,;]{0,14}(?:目标|预期|指引|预测值)|"
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
_MARGINS = {
    "gross-profit": "gross-margin",
    "net-profit": "net-margin",
    "operating-profit": "operating-margin",
}
_MARKET = re.compile(
    r"(?P<market>[一-鿿]{2}(?:市场|行业|产业))(?:整体|总体|规模|的|年均|年|复合|平均|同比|环比|将|预计|则|也|还|仍|以|保持|维持|在|约|近|有望|大盘)*$"
)
_MIN_SALES = 1000  # of a currency's units: less is the price of one thing
_OPENED_REACH = 8  # characters from a number to the noun of what was opened
_MAX_PHRASE_GAP = 4  # between a measure and 翻了一番


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
        return _growth(window, last, change) or changed(window, change)
    if quantity.kind == "times":
        change = times_as_growth(window.text, window.clause, quantity)
        return None if change is None else _growth(window, last, change)
    if quantity.kind != "times" and (change := fraction_as_growth(window.text, window.clause, quantity)):
        return _growth(window, last, change)
    quantity = as_percent(quantity)
    if (level := recovered(window, quantity)) is not None:
        return level
    if (taken := market_taken(window, quantity)) is not None:
        return taken
    share = share_before(window, last)
    if word is not None and (share is None or word.end > share[1] or word.metric.name == "market_share"):
        return Reading("level", quantity, word.metric, word, "level", word.start)
    if share is not None:
        return share[0]
    if (margin := _margin(window, quantity)) is not None:
        return margin
    behind = percent_behind(window, quantity)
    if behind is not None:
        return behind
    part = part_of_focus(window, last, quantity) or turnover(window, quantity)
    if part is not None:
        return part
    return carried(window, focus, quantity) or unlisted(window)


def _margin(window: Window, quantity: Quantity) -> Reading | None:
    """毛利通常只有15个点: a profit in per cent is a margin."""
    for word in reversed(window.words):
        if word.end > quantity.start or word.start < window.start or word.form != "words":
            continue
        margin = _MARGINS.get(word.metric.id)
        if word.metric.name == "price" and window.text[word.end - 1] == "费":
            margin = "commission-rate"  # 服务费为5%
        if margin is None or window.gap(word.end, quantity.start) > 2:
            return None
        if constructions().level_end.search(window.text, word.end, quantity.start) is None:
            return None
        return Reading("level", quantity, metrics()[margin], word, "level", word.start)
    return None


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
    if opened and window.text[quantity.end : quantity.end + 1] in {"家", "间", "座"}:
        metric = behind.metric if behind is not None else _opened_thing(window)
        return Reading("net_increase", quantity, metric, behind, "net-increase", quantity.start)
    closed = quantity.kind == "count" and constructions().closed_end.search(window.before) is not None
    closed = closed and window.text[quantity.end : quantity.end + 1] in {"家", "间", "座"}
    if closed and (behind is None or behind.metric.name == "stores"):
        return Reading("level", quantity, metrics()["closed-stores"], behind, "counted", quantity.start)
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
    classified = (
        constructions().classifier.match(window.text, quantity.end, window.stop)
        if quantity.kind == "count"
        else None
    )
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
        if metric.counts and word.form == "verbs" and classified is not None:
            pieces = constructions().alone.get(classified[0]) if metric.name == "gmv" else None
            metric = metrics()[pieces or metric.counts]  # 成交3万件, 成交400万单
        small = quantity.kind == "money" and quantity.value is not None and quantity.value < _MIN_SALES
        if small and word.form == "verbs" and metric.name in {"sales", "gmv"}:
            metric = metrics()["price"]  # 把拿铁卖到8.8元
        if word.metric.takes == {"count"} and constructions().joined_end.search(
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
    if classified is not None and classified[0] == "票":
        return Reading("level", quantity, metrics()["parcels"], None, "counted", quantity.start)
    part = part_of_focus(window, last, quantity)
    if part is not None:
        return part
    return carried(window, focus, quantity) or unlisted(window)


def _opened_thing(window: Window) -> Metric:
    """What is newly there, however few (再盖两座仓库); shops where no word says."""
    near = window.quantity.end + _OPENED_REACH
    for word in window.words:
        if window.quantity.end < word.start <= near and word.form == "nouns" and "count" in word.metric.takes:
            return word.metric
    return metrics()["stores"]


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
