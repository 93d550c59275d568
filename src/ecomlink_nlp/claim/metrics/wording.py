"""The metric's word of a figure: before it, behind it, or the thing that it counts."""

import re

from ecomlink_nlp.claim.metrics.constructions import constructions
from ecomlink_nlp.claim.metrics.lexicon import Word
from ecomlink_nlp.claim.metrics.quantities import Quantity, is_vague, opens_change
from ecomlink_nlp.claim.metrics.window import Window, fits, too_small

_MAX_GAP = {"words": 6, "verbs": 3, "nouns": 1}  # weighty characters between a word and its figure
_MAX_NOUN_GAP = 8  # characters between a classifier and the noun
_BREAKS = "，。；、,;：:是为有在由从的"
_QUALIFIED = re.compile(
    "(?:以上|以下|以内|左右)的|的."
)  # 500万以上的商家数, 破百万的买手数: the figure qualifies
_EXCEEDING = ("破", "过", "超", "超过", "达", "达到", "不足", "不到")
_RELATIVE = re.compile(r"[^，。；,;、的]{0,5}的")


def word_before(window: Window, *, level: bool) -> Word | None:
    """The nearest metric word before the figure that fits it, with only light words between."""
    quantity = window.quantity
    for word in reversed(window.words):
        if word.end > quantity.start or word.start < window.start:
            continue
        if level and (not _level_fits(window.text, quantity, word) or _counts_things(window, word)):
            continue
        if word.metric.id == "spending" and not _of_each(window, word):
            continue
        nominal = not level and window.text[word.start : word.end] in constructions().nominal
        if (
            word.form == "verbs"
            and not (nominal and window.gap(word.end, quantity.start) == 0)
            and (not level or window.text[word.start - 1 : word.start] == "每")
        ):
            continue  # 每卖出100元
        gap = window.gap(word.end, quantity.start)
        if gap > _MAX_GAP[word.form] + (0 if level else 3):
            continue
        if word.form == "nouns" and level and too_small(quantity, word.metric) and not _moves(window):
            continue
        if word.form == "nouns" and not level and gap > _MAX_GAP["nouns"]:
            continue
        return _object_of(window, word) if word.form == "verbs" else word
    return None


def _of_each(window: Window, verb: Word) -> bool:
    return constructions().each_person.search(window.text, window.clause.start, verb.start) is not None


def _moves(window: Window) -> bool:
    """True for the small figures of a movement (由2座增为6座), which are told for its sake."""
    start, end = window.quantity.start, window.quantity.end
    return opens_change(window.text, window.clause.start, start, end, window.clause.end)


def _object_of(window: Window, verb: Word) -> Word:
    """营销服务进账131亿元: the measure right before a verb of earning says what was earned."""
    for word in reversed(window.words):
        if word.end <= verb.start and word.start >= window.start:
            near = word.form == "words" and verb.start - word.end <= 1 and fits(window.quantity, word.metric)
            return word if near else verb
    return verb


def _counts_things(window: Window, word: Word) -> bool:
    """True for a number with a classifier behind it beside a measure of money (3.8万名用户的会员费)."""
    if window.quantity.kind != "count" or word.metric.takes & {"count", "percent", "duration"}:
        return False
    if word.form == "verbs":
        return False
    return constructions().classifier.match(window.text, window.quantity.end, window.stop) is not None


def _level_fits(text: str, quantity: Quantity, word: Word) -> bool:
    classifier = constructions().classifier.match(text, quantity.end) if quantity.kind == "count" else None
    if text.startswith("股", quantity.end) and "count" not in word.metric.takes:
        return False  # 回购了1860万股
    if word.metric.name == "gmv" and word.form == "verbs" and classifier is not None:
        return classifier[0] in constructions().alone  # 成交400万单, but no 做了3个品牌
    if fits(quantity, word.metric):
        bare = quantity.kind == "count" and word.form == "verbs" and "count" not in word.metric.takes
        # 做了1800万 is money, 做了3万份问卷 is not
        return not bare or word.metric.counts is not None or classifier is None
    return quantity.kind == "count" and word.form == "verbs" and word.metric.counts is not None


def word_between(window: Window, start: int, end: int) -> Word | None:
    return next((word for word in window.words if start <= word.start and word.end <= end), None)


def yields(window: Window, word: Word, behind: Word) -> bool:
    """True where the word behind the figure names what is counted, and the word before only leads up to it."""
    if word.form == "verbs":
        # 卖出300亿件商品: pieces sold, but 带货近400个商品 counts the goods
        classifier = constructions().classifier.match(window.text, window.quantity.end, window.stop)
        pieces = classifier is not None and constructions().alone.get(classifier[0]) == "units_sold"
        return not (pieces and word.metric.counts == "units_sold" and behind.metric.name == "items")
    if word.form == "nouns" and behind.start == window.quantity.end:
        return True  # 直播间5天掉了20万粉
    return window.gap(word.end, window.quantity.start) > 1 and behind.start - window.quantity.end <= 2


def counted_word(window: Window) -> Word | None:
    """The counted thing behind a number: 21场…直播, 近400个商品, 3.6万人付费."""
    words, quantity = constructions(), window.quantity
    if is_vague(window.text, quantity):
        return None
    classifier = words.classifier.match(window.text, quantity.end, window.stop)
    after = classifier.end() if classifier else quantity.end
    only = words.only.get(classifier[0]) if classifier else None
    stop = window.stop
    if classifier is not None and window.next is not None:
        # 1000个年销售额过亿的商家: the counted noun stands behind a clause with a figure of its own
        relative = _RELATIVE.match(window.text, window.next.end, window.clause.end)
        if relative is not None and not any(
            sign in window.text[after : window.next.start] for sign in _BREAKS
        ):
            after, stop = relative.end(), window.clause.end
    for word in window.words:
        if (
            (word.start < after and word.start != quantity.end)
            or word.start > after + _MAX_NOUN_GAP
            or word.end > stop
        ):
            continue
        if word.form == "verbs" or (word.form == "words" and classifier is None):
            continue
        between = window.text[after : word.start]
        if only is not None and word.metric.name in only:
            between = between.removesuffix("的")  # 43起未申报的收购案: the classifier fits the noun
        if any(sign in between for sign in _BREAKS):
            return None
        if only is not None and word.metric.name not in only:
            continue
        if "count" not in word.metric.takes or too_small(quantity, word.metric):
            return None
        return word
    return None


def word_behind(window: Window) -> Word | None:
    """The metric's word right behind the figure: 3亿DAU, 数亿成交额, 10亿元补贴."""
    quantity, text = window.quantity, window.text
    if is_vague(text, quantity):
        return None
    for word in window.words:
        if word.start < quantity.end:
            continue
        if constructions().titled.match(text, word.end):
            break  # 10亿补贴频道: the number is part of a name
        between = text[quantity.end : word.start]
        whole = text[word.end : word.end + 1] in {"里", "中"}  # 5571亿元的双11总交易额里，…
        if (
            word.start > quantity.end + 5
            or word.end > window.stop
            or (_QUALIFIED.match(between) and not whole)
        ):
            break
        if quantity.kind == "count" and between.startswith("的") and window.before.endswith(_EXCEEDING):
            break  # 月销破百万的买手数
        if (
            word.form != "words"
            or not fits(quantity, word.metric)
            or _counts_things(window, word)
            or any(s in between for s in "，。；、,;：:")
        ):
            continue
        return word
    return None


def word_behind_de(window: Window) -> Word | None:
    """The metric's word behind the figure and 的: 超过三成的成交额."""
    for word in window.words:
        if word.start >= window.quantity.end and word.form != "verbs":
            between = window.text[window.quantity.end : word.start]
            if len(between) <= 5 and "的" in between:
                return word
            return None
    return None
