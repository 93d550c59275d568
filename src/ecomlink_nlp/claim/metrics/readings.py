"""How one figure is meant: its measure, the metric's word and where its subject is to be looked for.

Notes for a newcomer. A reading looks at the window between the figure before (or the clause's start) and the figure,
and at the few words behind the figure. The rules are tried in order: a rate behind the figure (15%的增速), a verb or
noun of change before it, a part of a whole (占, 其中), a metric's word before it, a metric's word or counted thing behind
it, and last a figure without a word, which carries on the metric in focus.
"""

import re
from dataclasses import dataclass

from ecomlink_nlp.claim.discourse import Clause
from ecomlink_nlp.claim.metrics.changes import Change, change_before, rate_behind, times_as_growth
from ecomlink_nlp.claim.metrics.constructions import constructions
from ecomlink_nlp.claim.metrics.lexicon import Metric, Word, metrics
from ecomlink_nlp.claim.metrics.outlook import VAGUE
from ecomlink_nlp.claim.metrics.quantities import Quantity, as_percent

_MAX_GAP = {"words": 6, "verbs": 3, "nouns": 1}
_MAX_BEHIND = 12
_MAX_WHOLE = 14  # characters between 占 and its figure
_MAX_NOUN_GAP = 8
_BREAKS = "，。；、,;：:是为有在由从的"
_RELATIVE = re.compile(r"[^，。；,;、的]{0,5}的")
_ADDED = re.compile("新增|净增|新入驻|新注册|新开")
_COMPARED_TO = re.compile(r"(?:比|较|从|由)[^，。；,;]{0,8}的$")
_MAX_CARRIED_GAP = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """What a figure measures. ``word`` is None where the metric in focus is carried on."""

    measure: str
    quantity: Quantity
    metric: Metric
    word: Word | None
    rule: str
    anchor: int
    """Where the noun phrase of the subject ends."""
    part: tuple[int, int] | None = None
    """Where a phrase behind the figure names the part (来自县域)."""
    nearest: bool = False
    """True where the subject stands right before the figure (大盘2.4%的增速)."""


@dataclass(frozen=True, slots=True)
class Focus:
    """The metric last read, which the next figure may carry on."""

    metric: Metric
    measure: str
    kind: str


@dataclass(frozen=True, slots=True)
class Window:
    """The text around a figure: ``[start, figure)`` before it and ``(figure, stop)`` behind it."""

    text: str
    clause: Clause
    start: int
    quantity: Quantity
    stop: int
    words: list[Word]
    next: Quantity | None = None

    @property
    def before(self) -> str:
        """The text between the window's start and the figure."""
        return self.text[self.start : self.quantity.start]

    @property
    def lead(self) -> int:
        """Where the words that lead up to the figure end: before a time that only dates it (升至2022年的10.9%)."""
        for time in self.clause.times:
            if self.start < time.start and self.text[time.end : self.quantity.start] in {"", "的", "年的"}:
                return time.start
        owner = self.compared
        return self.quantity.start if owner is None else owner[0]

    @property
    def compared(self) -> tuple[int, int] | None:
        """The party whose figure it is in 首次超过阿里巴巴的1905亿美元."""
        for entity in self.clause.entities:
            if self.start < entity.start and self.text[entity.end : self.quantity.start] == "的":
                return entity.start, entity.end
        return None

    @property
    def floor(self) -> int:
        """The end of the last metric word or name before the figure, else the window's start."""
        spans = [(word.start, word.end) for word in self.words]
        spans += [(entity.start, entity.end) for entity in self.clause.entities]
        ends = [end for start, end in spans if self.start <= start and end <= self.quantity.start]
        return max(ends, default=self.start)

    def gap(self, start: int, end: int) -> int:
        """Count the characters of ``[start, end)`` that carry weight: times, names and light words do not."""
        pieces, position = [], start
        spans = [(t.start, t.end) for t in self.clause.times]
        spans += [(e.start, e.end) for e in self.clause.entities if e.type == "EVENT"]
        for left, right in sorted(spans):
            if position <= left and right <= end:
                pieces.append(self.text[position:left])
                position = right
        pieces.append(self.text[position:end])
        weight = 0
        for piece in pieces:
            rest = constructions().weightless.sub("", piece)
            weight += sum(sign not in " “”‘’「」『』（）()、" for sign in rest)
        return weight


def read(window: Window, foci: list[Focus]) -> Reading | None:
    """Return how the figure of the window is meant, or None where it measures nothing.

    ``foci`` are the metrics of the sentence so far, the last one last; the last that fits can be carried on.
    """
    quantity = window.quantity
    last = foci[-1] if foci else None
    focus = next((f for f in reversed(foci) if _carries(quantity, f)), last)
    if quantity.kind in {"percent", "times", "fraction"}:
        return _relative(window, focus, last)
    return _absolute(window, focus, last)


def fits(quantity: Quantity, metric: Metric) -> bool:
    """True where the metric takes the kind of figure as a level; large bare numbers can be money (5000亿)."""
    if quantity.kind == "money":
        return "money" in metric.takes
    if quantity.kind == "count":
        if "count" in metric.takes:
            return True
        return "money" in metric.takes and metric.unit is not None and _large(quantity)
    if quantity.kind in {"percent", "fraction"}:
        return "percent" in metric.takes
    return quantity.kind in metric.takes


def _carries(quantity: Quantity, focus: Focus) -> bool:
    return focus.kind == quantity.kind or fits(quantity, focus.metric)


def _large(quantity: Quantity) -> bool:
    size = quantity.value if quantity.value is not None else quantity.low
    return size is not None and size >= 10_000


def _relative(window: Window, focus: Focus | None, last: Focus | None) -> Reading | None:
    quantity = window.quantity
    if (change := rate_behind(window.text, quantity, window.stop)) is not None:
        return _growth(window, last, change, nearest=True)
    word = _word_before(window, level=True)
    change = change_before(window.text, window.clause, window.start, quantity, window.floor)
    if change is not None and not change.level:
        return _growth(window, last, change)
    if quantity.kind == "times":
        change = times_as_growth(window.text, window.clause, quantity)
        return None if change is None else _growth(window, last, change)
    quantity = as_percent(quantity)
    share = _share_before(window, last)
    if word is not None and (share is None or word.start >= share[1] or word.metric.name == "market_share"):
        return Reading("level", quantity, word.metric, word, "level", word.start)
    if share is not None:
        return share[0]
    behind = _percent_behind(window, quantity)
    if behind is not None:
        return behind
    part = _part(window, last, quantity) or _turnover(window, quantity)
    if part is not None:
        return part
    return _carried(window, focus, quantity)


def _turnover(window: Window, quantity: Quantity) -> Reading | None:
    """供应商换了六成: the part of the counted things that changed."""
    word = next((w for w in reversed(window.words) if w.end <= quantity.start and w.form != "verbs"), None)
    if word is None or word.start < window.start or "count" not in word.metric.takes:
        return None
    if constructions().turnover.fullmatch(window.text, word.end, quantity.start) is None:
        return None
    return Reading("share", quantity, word.metric, word, "turnover", word.start)


def _growth(window: Window, focus: Focus | None, change: Change, *, nearest: bool = False) -> Reading | None:
    word = _word_before(window, level=False)
    if nearest and (behind := _word_between(window, change.start, change.end)) is not None:
        word = word or behind
    if word is not None:
        anchor = window.quantity.start if nearest and word.start > window.quantity.start else word.start
        return Reading(
            change.measure, change.quantity, word.metric, word, change.rule, anchor, nearest=nearest
        )
    if focus is None:
        return None
    anchor = window.quantity.start if nearest else change.start
    return Reading(change.measure, change.quantity, focus.metric, None, change.rule, anchor, nearest=nearest)


def _absolute(window: Window, focus: Focus | None, last: Focus | None) -> Reading | None:
    quantity = window.quantity
    change = change_before(window.text, window.clause, window.start, quantity, window.floor)
    if change is not None and change.level:
        change = None
    word = _word_before(window, level=True)
    behind = _word_behind(window)
    if behind is None and quantity.kind == "count":
        behind = _counted(window)
    if word is not None and behind is not None and _yields(window, word, behind):
        word = None
    if behind is not None and word is None and _ADDED.search(window.text, quantity.end, behind.end):
        return Reading("net_increase", quantity, behind.metric, behind, "net-increase", quantity.start)
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
    share = _share_before(window, last)
    if share is not None and quantity.kind in {"count", "money"}:
        return share[0]
    if word is not None:
        metric = word.metric
        if metric.id == "quantity" and focus is not None and fits(quantity, focus.metric):
            return Reading("level", quantity, focus.metric, None, "level", word.start)
        if quantity.kind == "count" and metric.counts and word.form == "verbs":
            metric = metrics()[metric.counts]
        return Reading("level", quantity, metric, word, "level", word.start)
    if behind is not None:
        return Reading("level", quantity, behind.metric, behind, "counted", quantity.start)
    part = _part(window, last, quantity)
    if part is not None:
        return part
    return _carried(window, focus, quantity)


def _word_before(window: Window, *, level: bool) -> Word | None:
    """The nearest metric word before the figure that fits it, with only light words between."""
    quantity = window.quantity
    for word in reversed(window.words):
        if word.end > quantity.start or word.start < window.start:
            continue
        if level and not _level_fits(quantity, word):
            continue
        if not level and word.form == "verbs":
            continue
        gap = window.gap(word.end, quantity.start)
        if gap > _MAX_GAP[word.form] + (0 if level else 3):
            continue
        if word.form == "nouns" and level and _small(quantity, word.metric):
            continue
        return word
    return None


def _level_fits(quantity: Quantity, word: Word) -> bool:
    if fits(quantity, word.metric):
        return True
    return quantity.kind == "count" and word.form == "verbs" and word.metric.counts is not None


def _small(quantity: Quantity, metric: Metric) -> bool:
    size = quantity.value if quantity.value is not None else quantity.low
    return size is not None and size < metric.minimum


def _word_between(window: Window, start: int, end: int) -> Word | None:
    return next((word for word in window.words if start <= word.start and word.end <= end), None)


def _yields(window: Window, word: Word, behind: Word) -> bool:
    """True where the word behind the figure names what is counted, and the word before only leads up to it."""
    if word.form == "verbs":
        return True
    return window.gap(word.end, window.quantity.start) > 1 and behind.start - window.quantity.end <= 2


def _counted(window: Window) -> Word | None:
    """The counted thing behind a number: 21场…直播, 近400个商品, 3.6万人付费."""
    words, quantity = constructions(), window.quantity
    if window.text[quantity.start : quantity.end].startswith(VAGUE):
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
        if word.start < after or word.start > after + _MAX_NOUN_GAP or word.end > stop:
            continue
        if word.form == "verbs" or (word.form == "words" and classifier is None):
            continue
        if any(sign in window.text[after : word.start] for sign in _BREAKS):
            return None
        if only is not None and word.metric.name not in only:
            continue
        if "count" not in word.metric.takes or _small(quantity, word.metric):
            return None
        return word
    return None


def _word_behind(window: Window) -> Word | None:
    """The metric's word right behind the figure: 3亿DAU, 数亿成交额, 10亿元补贴."""
    quantity, text = window.quantity, window.text
    if text[quantity.start : quantity.end].startswith(VAGUE):
        return None
    for word in window.words:
        if word.start < quantity.end:
            continue
        between = text[quantity.end : word.start]
        if word.start > quantity.end + 5 or word.end > window.stop:
            break
        if (
            word.form != "words"
            or not fits(quantity, word.metric)
            or any(s in between for s in "，。；、,;：:")
        ):
            continue
        return word
    return None


def _share_before(window: Window, focus: Focus | None) -> tuple[Reading, int] | None:
    """A part of a whole: 占总收入的52.5%, 线上订单占比突破一成; with the place of its word."""
    words, quantity = constructions(), as_percent(window.quantity)
    share = None
    for match in words.share.finditer(window.text, window.start, quantity.start):
        if match[0].startswith("贡献") and quantity.kind not in {"percent", "fraction"}:
            continue
        if share is not None and share[0].startswith("占") and match.start() - share.end() <= _MAX_WHOLE:
            continue  # 占总收入的比例为
        share = match
    if share is None:
        return None
    whole = window.text[share.end() : quantity.start]
    if len(whole) > _MAX_WHOLE or any(sign in whole for sign in "，。；,;"):
        return None
    part = next(
        (
            w
            for w in reversed(window.words)
            if w.end <= share.start()
            and w.form != "verbs"
            and w.start >= window.start
            and share.start() - w.end <= 4
        ),
        None,
    )
    inner = next((w for w in window.words if share.end() <= w.start and w.end <= quantity.start), None)
    if any(market in whole for market in words.market):
        return Reading(
            "level", quantity, metrics()["market-share"], None, "market-share", share.start()
        ), share.start()
    behind = _word_behind_de(window) if quantity.kind == "percent" else None
    metric = part.metric if part else focus.metric if focus else None
    word = part
    if metric is None or (share[0].startswith("贡献") and behind is not None):
        word = behind or inner
        metric = word.metric if word else metric
    if metric is None:
        return None
    anchor = part.start if part else share.start()
    return Reading("share", quantity, metric, word, "share", anchor), share.start()


def _word_behind_de(window: Window) -> Word | None:
    """The metric's word behind the figure and 的: 超过三成的成交额."""
    for word in window.words:
        if word.start >= window.quantity.end and word.form != "verbs":
            between = window.text[window.quantity.end : word.start]
            if len(between) <= 5 and "的" in between:
                return word
            return None
    return None


def _percent_behind(window: Window, quantity: Quantity) -> Reading | None:
    """15%的股权, 5%的佣金: the metric behind a percentage."""
    for word in window.words:
        if word.start < quantity.end or word.form == "verbs":
            continue
        between = window.text[quantity.end : word.start]
        if len(between) > 3 or any(sign in between for sign in "，。；、,;"):
            return None
        if "percent" not in word.metric.takes:
            return None
        if word.metric.name == "stake" and constructions().takeover.search(
            window.text, window.clause.start, word.start
        ):
            return None  # the object of a purchase, told as an event
        return Reading("level", quantity, word.metric, word, "level-behind", quantity.start)
    return None


def _part(window: Window, focus: Focus | None, quantity: Quantity) -> Reading | None:
    """其中六成以上来自县域, 其中3000多亿是跳转所得: a part of the metric in focus."""
    if focus is None:
        return None
    source = constructions().part_behind.match(window.text, quantity.end, window.clause.end)
    among = "其中" in window.text[window.clause.start : quantity.start]
    percent = quantity.kind in {"percent", "fraction"}
    if source is None and not (among and percent):
        return None
    if not percent and not (among or constructions().level_end.search(window.before)):
        return None
    if not percent and not fits(quantity, focus.metric):
        return None
    span = (source.end(), window.clause.end) if source else None
    return Reading("share", quantity, focus.metric, None, "part", quantity.start, part=span)


def _carried(window: Window, focus: Focus | None, quantity: Quantity) -> Reading | None:
    """A figure with no word of its own carries on the metric in focus: 抖音则达到8000亿元, 其中第四季度为398亿元."""
    if focus is None:
        return None
    entities = [(e.start, e.end) for e in window.clause.entities if e.end <= quantity.start]
    weight = window.gap(window.start, quantity.start)
    weight -= sum(window.gap(start, end) for start, end in entities if start >= window.start)
    level = constructions().level_end.search(window.text, window.start, window.lead)
    level = level or _COMPARED_TO.search(window.text, window.start, quantity.start)
    if level is not None and window.compared is not None and fits(quantity, focus.metric):
        return Reading("level", quantity, focus.metric, None, "carried", quantity.start, nearest=True)
    if weight > _MAX_CARRIED_GAP or level is None:
        return None
    if quantity.kind == "percent" and "percent" not in focus.metric.takes:
        if focus.kind != "percent":
            return None
        return Reading(focus.measure, quantity, focus.metric, None, "carried", level.start())
    if not fits(quantity, focus.metric):
        return None
    if quantity.kind == "money" and constructions().deal.search(
        window.text, window.clause.start, quantity.start
    ):
        return None
    return Reading("level", quantity, focus.metric, None, "carried", level.start())
