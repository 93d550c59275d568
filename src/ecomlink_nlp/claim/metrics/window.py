"""A figure with the text around it, and what a reading of it says."""

import re

from ecomlink_nlp.claim.discourse import Clause
from ecomlink_nlp.claim.metrics.constructions import constructions
from ecomlink_nlp.claim.metrics.lexicon import Metric, Word
from ecomlink_nlp.claim.metrics.quantities import Quantity, opens_change
from ecomlink_nlp.text.light import light_dataclass

_EXCEEDED = re.compile(
    "(?:是|为|相当于|超过|高于|低于|不及|不如|逊于|多于|少于|比|较|超越|赶超|反超|逼近|接近)$"
)


@light_dataclass(frozen=True, slots=True)
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


@light_dataclass(frozen=True, slots=True)
class Focus:
    """The metric last read, which the next figure may carry on."""

    metric: Metric
    measure: str
    kind: str


@light_dataclass(frozen=True, slots=True)
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
        """The party whose figure it is in 首次超过阿里巴巴的1905亿美元, 是唯品会1129亿元的两倍."""
        for entity in self.clause.entities:
            if self.start >= entity.start or entity.end > self.quantity.start:
                continue
            between = self.text[entity.end : self.quantity.start]
            beside = not between and _EXCEEDED.search(self.text, self.start, entity.start) is not None
            if between == "的" or beside:
                return entity.start, entity.end
        return None

    @property
    def opens_change(self) -> bool:
        """True for the first figure of 从15%升到30%, which held before the period spoken of."""
        return opens_change(self.text, self.start, self.quantity.start, self.quantity.end, self.clause.end)

    @property
    def floor(self) -> int:
        """The end of the last metric word or name before the figure, else the window's start."""
        spans = [(word.start, word.end) for word in self.words if word.form != "verbs"]
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


def carries(quantity: Quantity, focus: Focus) -> bool:
    return focus.kind == quantity.kind or fits(quantity, focus.metric)


def too_small(quantity: Quantity, metric: Metric) -> bool:
    size = quantity.value if quantity.value is not None else quantity.low
    return size is not None and size < metric.minimum


def _large(quantity: Quantity) -> bool:
    size = quantity.value if quantity.value is not None else quantity.low
    return size is not None and size >= 10_000
