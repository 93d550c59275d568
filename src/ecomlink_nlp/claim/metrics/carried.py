"""A figure with no word of its own, which carries on the metric in focus: 抖音则达到8000亿元, 其中第四季度为398亿元."""

import re

from ecomlink_nlp.claim.metrics.constructions import constructions
from ecomlink_nlp.claim.metrics.lexicon import metrics
from ecomlink_nlp.claim.metrics.quantities import Quantity, is_vague, opens_change
from ecomlink_nlp.claim.metrics.window import Focus, Reading, Window, fits

_COMPARED_TO = re.compile(r"(?:比|较|从|由|与|同|对比)[^，。；,;]{0,8}的$")
_FROM = re.compile("[从由自][约近]?$")
_REACHED = re.compile(r"[,，]?(?:至|到|达)[约近]?$")
_QUALIFIES = re.compile("的(?:有|共|已|达|超|只|占|多达)")  # 破亿的有12部: the figure only says which
_WITH = re.compile("以[约近]?$")
_NOTHING = re.compile("$")
_LISTED = re.compile("(?:而|则|其中)?$")  # before a party that its figure follows at once
_MAX_CARRIED_GAP = 2  # weighty characters before a figure that carries the focus on


def carried(window: Window, focus: Focus | None, quantity: Quantity) -> Reading | None:
    """A figure with no word of its own carries on the metric in focus: 抖音则达到8000亿元, 其中第四季度为398亿元."""
    if focus is None or is_vague(window.text, quantity) or _QUALIFIES.match(window.text, quantity.end):
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
    if level is None and not weight and constructions().figure_noun.match(window.text, quantity.end):
        level = _NOTHING.search(window.text, quantity.start, quantity.start)  # 净利润更亮眼，66亿元的数字…
    if level is None and constructions().ranked.match(window.text, quantity.end, window.clause.end):
        level = _WITH.search(window.text, window.start, quantity.start)  # momo以21%居次
        owner = max((end for _, end in entities), default=window.start)
        weight = weight if level is None else window.gap(owner, quantity.start)
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
    metric = focus.metric
    if metric.id == "layoffs" and "剩" in window.before:
        metric = metrics()["employees"]  # 裁员三成后，只剩800人
    if metric.id == "closed-stores" and "剩" in window.before:
        metric = metrics()["stores"]  # 关店194家，期末剩244家
    # 拼多多为3.62亿: the name ends in what else would be a verb
    anchor = next((e for s, e in entities if s < level.start() < e), level.start())
    anchor = quantity.start if listed else anchor
    return Reading("level", quantity, metric, None, "carried", anchor)


def _own_word(window: Window) -> bool:
    """True where the window has a measure of its own that does not take the figure (产能提升到6000万单)."""
    return any(
        word.form == "words" and window.start <= word.start and word.end <= window.quantity.start
        for word in window.words
    )


def _classified(window: Window, focus: Focus) -> bool:
    """False where the classifier behind a number counts other things than the metric in focus."""
    if focus.metric.id == "figure":
        return True
    classifier = constructions().classifier.match(window.text, window.quantity.end, window.clause.end)
    only = constructions().only.get(classifier[0]) if classifier and window.quantity.kind == "count" else None
    return only is None or focus.metric.name in only or "count" not in focus.metric.takes
