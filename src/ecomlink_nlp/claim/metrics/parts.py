"""Figures that are part of a whole: 占总收入的52.5%, 其中六成来自县域, 15%的股权, 供应商换了六成."""

import re

from ecomlink_nlp.claim.metrics.constructions import constructions
from ecomlink_nlp.claim.metrics.lexicon import Word, metrics
from ecomlink_nlp.claim.metrics.quantities import Quantity, as_percent
from ecomlink_nlp.claim.metrics.window import Focus, Reading, Window, fits
from ecomlink_nlp.claim.metrics.wording import word_behind_de

_PLACES = frozenset({"counties", "cities", "provinces", "countries"})
_UNDIVIDED = frozenset(
    {"price", "average_order_value", "return_rate", "commission_rate", "delivery_time", "share_price"}
)
_PEOPLE = frozenset({"users", "merchants", "fans", "streamers", "creators", "employees"})
_RECOVERED = re.compile(r"(?:恢复|回升|回到|修复|反弹)[至到]?了?[^，。；,;]{2,10}的[约近超过逾]*$")
_TO_STAKE = 3  # characters between a figure and the word for a stake
_MAX_WHOLE = 14  # characters between 占 and its figure


def turnover(window: Window, quantity: Quantity) -> Reading | None:
    """供应商换了六成: the part of the counted things that changed."""
    word = next((w for w in reversed(window.words) if w.end <= quantity.start and w.form != "verbs"), None)
    if word is None or word.start < window.start or "count" not in word.metric.takes:
        return None
    if constructions().turnover.fullmatch(window.text, word.end, quantity.start) is None:
        return None
    return Reading("share", quantity, word.metric, word, "turnover", word.start)


def share_before(window: Window, focus: Focus | None) -> tuple[Reading, int] | None:
    """A part of a whole: 占总收入的52.5%, 线上订单占比突破一成; with the place of its word."""
    words, quantity = constructions(), as_percent(window.quantity)
    if any(0 <= w.start - quantity.end <= _TO_STAKE and w.metric.name == "stake" for w in window.words):
        return None  # 吃下了75.01%的股份
    share = None
    for match in words.share.finditer(window.text, window.start, quantity.start):
        if not match[0].startswith(("占", "比")) and quantity.kind not in {"percent", "fraction"}:
            continue
        if share is not None and share[0].startswith("占") and match.start() - share.end() <= _MAX_WHOLE:
            continue  # 占总收入的比例为
        share = match
    if share is None:
        return None
    whole = window.text[share.end() : quantity.start]
    if len(whole) > _MAX_WHOLE or any(sign in whole for sign in "，。；,;"):
        return None
    if "其中" in whole and focus is not None:
        return Reading("share", quantity, focus.metric, None, "share", share.start()), share.start()
    part = next(
        (
            w
            for w in reversed(window.words)
            if w.end <= share.start()
            and (w.form != "verbs" or w.end == share.start())
            and not (w.form == "nouns" and window.text[w.start - 2 : w.start] == "自有")
            and w.start >= window.start
            and share.start() - w.end <= (4 if w.form == "words" else 2)
        ),
        None,
    )
    inner = next(
        (
            w
            for w in window.words
            if share.end() <= w.start and w.end <= quantity.start and w.metric.name not in _PLACES
        ),
        None,
    )
    if any(market in whole for market in words.market):
        return Reading(
            "level", quantity, metrics()["market-share"], None, "market-share", share.start()
        ), share.start()
    behind = word_behind_de(window) if quantity.unit == "%" else None
    metric = part.metric if part else focus.metric if focus else None
    word = part
    apart = window.text[window.start : share.start()].strip("，,其中而")
    described = part is not None and part.form == "nouns"  # 二手商品占成交额的三成八
    people = (
        part is not None
        and part.metric.name in _PEOPLE
        and focus is not None
        and "money" in focus.metric.takes
    )
    people = people and not share[0].startswith("贡献")
    if part and described and inner is None and focus and focus.metric != part.metric and not people:
        part, word, metric = (
            None,
            None,
            focus.metric,
        )  # 买家中，一二线城市占了六成: the noun is whose part it is
    counted = part is None and focus is not None and "count" in focus.metric.takes
    money = inner is not None and "money" in inner.metric.takes
    if inner is not None and counted and money:
        word, metric = inner, inner.metric  # 自有品牌商品已有1200种，占到销售额的35%
    if inner is not None and (
        described or (part is None and apart and window.gap(window.start, share.start()))
    ):
        word, metric = inner, inner.metric  # 广告费占销售额的三成: not a part of what was read before
    if metric is None or (share[0].startswith("贡献") and behind is not None):
        word = behind or inner
        metric = word.metric if word else metric
    if metric is None and (whole_word := _among(window, share.start())) is not None:
        word, metric = None, whole_word.metric
    if metric is None:
        return None
    if word is None and metric.name in _UNDIVIDED:
        # 每份98元，退票的比例高达四成: a price has no parts
        return Reading("level", quantity, metrics()["rate"], None, "share", share.start()), share.start()
    measure = "level" if metric.name == "market_share" else "share"
    anchor = part.start if part and word is part else share.start()
    return Reading(measure, quantity, metric, word, "share", anchor), share.start()


def recovered(window: Window, quantity: Quantity) -> Reading | None:
    """客流恢复到2019年同期的九成: a level, told in per cent of what it was."""
    text = window.text
    match = _RECOVERED.search(text, window.start, quantity.start)
    if match is None:
        return None
    for word in reversed(window.words):
        if word.end <= match.start() and word.start >= window.start and word.form != "verbs":
            return Reading("level", quantity, word.metric, word, "recovered", word.start)
    return None


def _among(window: Window, end: int) -> Word | None:
    """The counted things among which a part is told (小红书的用户里女性占七成)."""
    for word in reversed(window.words):
        if word.end < end and word.start >= window.start and word.form != "verbs":
            return word if window.text[word.end] in "里中" else None
    return None


def market_taken(window: Window, quantity: Quantity) -> Reading | None:
    """拿走了四成份额, 拿下三成的市场: the party's part of a market, told behind a verb of taking."""
    words = constructions()
    market = words.market_behind.match(window.text, quantity.end, window.clause.end)
    taken = words.taken_end.search(window.text, window.start, quantity.start) if market else None
    if taken is None:
        return None
    return Reading("level", quantity, metrics()["market-share"], None, "market-share", taken.start())


def percent_behind(window: Window, quantity: Quantity) -> Reading | None:
    """15%的股权, 5%的佣金: the metric behind a percentage."""
    for word in window.words:
        if word.start < quantity.end or word.form == "verbs":
            continue
        between = window.text[quantity.end : word.start]
        if len(between) > 3 or any(sign in between for sign in "，。；、,;"):
            return None
        if word.metric.name == "price" and window.text[word.end - 1] == "费":
            return Reading(
                "level", quantity, metrics()["commission-rate"], word, "level-behind", quantity.start
            )
        if "percent" not in word.metric.takes:
            return None
        if word.metric.name == "stake" and constructions().takeover.search(
            window.text, window.clause.start, word.start
        ):
            return None  # the object of a purchase, told as an event
        return Reading("level", quantity, word.metric, word, "level-behind", quantity.start)
    return None


def _whole(window: Window, quantity: Quantity) -> Focus | None:
    """订单约七成由此而来: the measure right before the part of it."""
    if quantity.kind not in {"percent", "fraction"}:
        return None
    word = next((w for w in reversed(window.words) if w.end <= quantity.start and w.form != "verbs"), None)
    if word is None or word.start < window.start or window.gap(word.end, quantity.start) > 1:
        return None
    kind = next((kind for kind in ("money", "count") if kind in word.metric.takes), None)
    return None if kind is None else Focus(word.metric, "level", kind)


def _divided(window: Window, quantity: Quantity) -> Word | None:
    """七成用户是90后, 约七成的收入来自外部客户: the measure right behind its part."""
    for word in window.words:
        if 0 <= word.start - quantity.end <= 1 and word.form != "verbs":
            return word if word.metric.takes & {"count", "money"} else None
    return None


def part_of_focus(window: Window, focus: Focus | None, quantity: Quantity) -> Reading | None:
    """其中六成以上来自县域, 其中3000多亿是跳转所得: a part of the metric in focus."""
    if focus is None:
        focus = _whole(window, quantity)
    source = constructions().part_behind.match(window.text, quantity.end, window.clause.end)
    divided = _divided(window, quantity)
    if focus is None and source is not None and divided is not None and divided.end <= source.end():
        focus = Focus(divided.metric, "level", "percent")
    if focus is None:
        return None
    among = "其中" in window.text[window.clause.start : quantity.start]
    percent = quantity.kind in {"percent", "fraction"}
    if source is None and not (among and percent):
        return None
    if not percent and not (among or constructions().level_end.search(window.before)):
        return None
    if not percent and not fits(quantity, focus.metric):
        return None
    span = (source.end(), window.clause.end) if source else None
    if percent and source and divided and divided.end <= source.end():
        # 七成用户是90后: the thing divided stands behind the figure
        return Reading("share", quantity, divided.metric, divided, "part", quantity.start, part=span)
    return Reading("share", quantity, focus.metric, None, "part", quantity.start, part=span)
