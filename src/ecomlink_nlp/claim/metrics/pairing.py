"""Lists of figures that belong to a list of parties, measures or times, one each: 分别, or simply in order."""

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeVar

from ecomlink_nlp.claim.discourse import Discourse
from ecomlink_nlp.claim.metrics.constructions import constructions
from ecomlink_nlp.claim.metrics.lexicon import Word
from ecomlink_nlp.claim.metrics.order import sentence_so_far
from ecomlink_nlp.claim.metrics.quantities import Quantity, as_percent, coordinated, own_sign
from ecomlink_nlp.claim.metrics.report_periods import Period
from ecomlink_nlp.claim.metrics.subject import Subject
from ecomlink_nlp.claim.metrics.window import Reading, Window
from ecomlink_nlp.text.document import Entity, Time

_BETWEEN = re.compile(r"(?:年|[”’」』》\s])*(?:、|和|与|及|以及|跟|，|,|/)?(?:[“‘「『《\s]|其|在)*")
_SEPARATOR = re.compile("、|和|与|及|以及|跟")
# 其中运动、户外两个品类的成交额(分别…)
_NOUN_LIST = re.compile(
    r"(?:其中|而|，|,)*(?P<list>(?:(?![的和与及跟])[一-鿿A-Za-z0-9]){2,8}?(?:(?:、|和|与|及|以及|跟)(?:(?![的和与及跟])[一-鿿A-Za-z0-9]){2,8}?)+?)"
    r"(?:[两二三四五]?(?:大|个|类|种)+(?:品类|类目|行业|板块|赛道|业务|市场|城市|地区|渠道|平台|领域|省份|产品|系列|人群)|品类|类目|行业|类商品|商品)?"
    r"(?:的?(?:同比|环比)|的[^，。；、]{2,8}|则|也|均)*"
)
_Placed = TypeVar("_Placed", Entity, Word, Time)
_PARTIES = frozenset({"PLATFORM", "ORG", "PRODUCT", "LOC"})


@dataclass(frozen=True, slots=True)
class Pairing:
    """What each figure of a list belongs to; at most one of the lists is filled."""

    parties: list[Entity] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    metrics: list[Reading] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    nouns: list[Subject] = field(default_factory=list)

    def subject(self, index: int) -> Subject | None:
        """Return the party of the figure at ``index``, None where the list is not one of parties."""
        if self.nouns:
            return self.nouns[index]
        if not self.parties:
            return None
        entity = self.parties[index]
        return Subject(entity.name, entity.start, entity.end, "stated", named=entity.type != "LOC")

    def time(self, index: int) -> Period | None:
        """Return the time of the figure at ``index``."""
        if not self.times:
            return None
        time = self.times[index]
        return Period(time.timex, "stated", time)

    def member(self, index: int, reading: Reading, members: list[Quantity], text: str) -> Reading:
        """Return the reading of the figure at ``index`` after that of the first."""
        quantity = members[index]
        sign = _sign(reading.quantity, members[0])
        if index and (own := own_sign(text, members[index - 1], quantity)) is not None:
            sign = own
        figure = as_percent(quantity)
        if sign < 0 and figure.value is not None:
            figure = replace(figure, value=-figure.value)
        word, metric = reading.word, reading.metric
        if self.metrics:
            word, metric = self.metrics[index].word, self.metrics[index].metric
        elif self.words:
            word, metric = self.words[index], self.words[index].metric
        return replace(reading, quantity=figure, word=word, metric=metric)


def groups(text: str, found: list[Quantity]) -> list[list[Quantity]]:
    """Split the figures of a clause into lists: 6.4亿和3.6亿 is one of two."""
    result: list[list[Quantity]] = []
    for quantity in found:
        if result and coordinated(text, result[-1][-1], quantity):
            result[-1].append(quantity)
        else:
            result.append([quantity])
    return result


def pair(
    discourse: Discourse, window: Window, members: list[Quantity], earlier: list[Reading], reading: Reading
) -> Pairing:
    """Return what the figures ``members`` belong to; ``earlier`` are the levels read before in the sentence."""
    count, clause, start = len(members), window.clause, window.quantity.start
    text = discourse.text
    parties = _run([e for e in clause.entities if e.type in _PARTIES and e.end <= start], text, count)
    if parties:
        return Pairing(parties=parties)
    if "分别" in window.before and (previous := discourse.clause_before(clause)) is not None:
        named = [e for e in previous.entities if e.type in _PARTIES]
        if len(named) == count and _run(named, text, count):
            return Pairing(parties=named)
    words = [w for w in window.words if clause.start <= w.start and w.end <= start and w.form != "verbs"]
    listed = _run(words, text, count)
    if listed and len({word.metric.id for word in listed}) == count:
        return Pairing(words=listed)
    if nouns := _listed_nouns(window, text, count):
        return Pairing(nouns=nouns)
    times = [t for c in _until(discourse, window) for t in c if t.end <= start and t.type != "DURATION"]
    if run := _run(times, text, count):
        return Pairing(times=run)
    different: list[Reading] = []
    for level in reversed(earlier):
        if level.metric.id not in {d.metric.id for d in different}:
            different.append(level)
    if reading.word is None and len(different) >= count:
        return Pairing(metrics=different[:count][::-1])
    return Pairing()


def sharing(window: Window) -> list[Subject]:
    """The parties that one figure is of, each (京东和饿了么各占两成), none where it is of one."""
    each = constructions().each_end.search(window.text, window.start, window.quantity.start)
    if each is None:
        return []
    found: list[Entity] = []
    for entity in window.clause.entities:
        if entity.end > each.start() or entity.type not in _PARTIES:
            continue
        joined = found and _BETWEEN.fullmatch(window.text, found[-1].end, entity.start)
        found = [*found, entity] if joined else [entity]
    if len(found) < 2 or any(v.start > found[-1].end for v in window.clause.values if v.end <= each.start()):
        return []
    return [Subject(e.name, e.start, e.end, "stated", named=e.type != "LOC") for e in found]


def _listed_nouns(window: Window, text: str, count: int) -> list[Subject]:
    """The described parts of 其中运动、户外两个品类分别增长…, one for each figure."""
    start = window.clause.start
    apart = text.find("分别", start, window.quantity.start)
    match = None if apart < 0 else _NOUN_LIST.fullmatch(text, start, apart)
    if match is None:
        return []
    found, position = [], match.start("list")
    for piece in _SEPARATOR.split(match["list"]):
        start = text.index(piece, position)
        position = start + len(piece)
        found.append(Subject(piece, start, position, "stated", named=False))
    return found if len(found) == count else []


def _until(discourse: Discourse, window: Window) -> list[list[Time]]:
    return [clause.times for clause in sentence_so_far(discourse, window.clause)]


def _run(found: list[_Placed], text: str, count: int) -> list[_Placed]:
    """The last ``count`` of ``found`` where they stand in one list, else none."""
    for end in range(len(found), count - 1, -1):
        run = found[end - count : end]
        if all(_BETWEEN.fullmatch(text, a.end, b.start) for a, b in pairwise(run)):
            return run
    return []


def _sign(changed: Quantity, original: Quantity) -> int:
    if changed.value is None or original.value is None:
        return 1
    return -1 if changed.value < 0 <= original.value else 1
