"""Finds time expressions in a repaired text and resolves them.

>>> [(time.timex, time.mod) for time in find_times("2022年3月1日起,快手不再接入;去年11月,…历时38.9小时。", "2022-02")]
[('2022-03-01', 'START'), ('2021-11', None), ('PT38.9H', None)]
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from ecomlink_nlp.tag.times.context import Context, Reference, Unresolved
from ecomlink_nlp.tag.times.grammar import Atom, atoms_of, before_pattern, narrow, pattern
from ecomlink_nlp.tag.times.intervals import interval_of
from ecomlink_nlp.tag.times.lengths import Lengths
from ecomlink_nlp.tag.times.memory import Anchor, Festival
from ecomlink_nlp.tag.times.partial import PartialDate, partial_dates, suffix
from ecomlink_nlp.tag.times.resolve import Resolver
from ecomlink_nlp.tag.times.short_years import short_year
from ecomlink_nlp.text.document import Entity, Time

Genre = Literal["article", "message"]
_COMPARED = re.compile(r"(?:比|较|相较|相比|对照|与|和|同)(?:于|着)?[ \u00a0]*$")
_LOOK_BACK = 8
_WHOLE_YEARS = (["this_year"], ["next_year"])
_WITHIN = re.compile("内(?![部容])")
_A_LITTLE = frozenset({"晚一点", "早一点"})
_LISTED = re.compile("[、和及与或]")
_POINTS_BACK = frozenset("，,。；;：:！？、“” \n在从自就于到是也而正的")
_CLOCK_AFTER = frozenset("在于到至从")


def find_times(
    text: str, date: str | None, *, entities: Sequence[Entity] = (), genre: Genre = "article"
) -> list[Time]:
    """Return the time expressions of ``text``, sorted and disjoint, resolved against ``date``.

    ``date`` is the document's date, a partial ISO date (``2022-02``) or None: then only what is absolute or
    follows from the text itself is resolved, and the rest has ``X`` in the unknown places. ``entities`` (sorted)
    keep the digits of names apart and tell whose fiscal year is meant. An article looks back: a bare 周三 is the
    last one, and festivals are events. A message (``genre``) looks ahead: it is the next one, and festivals and words for
    now are times too.

    >>> find_times("次日,微信回应。", None)
    []
    """
    text = narrow(text)
    finder = _Finder(text, Reference.parse(date), entities, genre)
    atoms = finder.own_atoms(atoms_of(text))
    times: list[Time] = []
    for partial in partial_dates(text, atoms):
        time = finder.time(partial)
        # 三年前 may reach into what comes next (前三季度): the earlier one keeps its 前.
        if time is not None and (not times or times[-1].end <= time.start):
            times.append(time)
    return times


def _edge(partial: PartialDate) -> str | None:
    """The edge that is left to say: that of a year at the end of a range is a month already."""
    last = partial.until or partial
    return None if partial.until is not None and last.is_edge_of_year else last.edge


class _Finder:
    """One run over one text."""

    def __init__(
        self, text: str, reference: Reference | None, entities: Sequence[Entity], genre: Genre
    ) -> None:
        self.text = text
        self.reference = reference
        self.entities = entities
        self.message = genre == "message"
        self.context = Context(text, reference, entities, looks_ahead=self.message)
        self.resolver = Resolver(self.context)
        self.lengths = Lengths(self.context, self.message)
        self.memory = self.context.memory
        self.recurring_end = -1

    def own_atoms(self, atoms: Iterable[Atom]) -> Iterator[Atom]:
        """Leave out atoms that share characters with a name; festivals may be names themselves."""
        index = 0
        for atom in atoms:
            while index < len(self.entities) and self.entities[index].end <= atom.start:
                index += 1
            inside = index < len(self.entities) and self.entities[index].start < atom.end
            if atom.kind == "festival" and not self.message:
                self.memory.festivals.append(Festival(atom.start, atom.end, atom.fields["festival"]))
            elif not inside and (self.message or atom.fields.get("anchor") != "message"):
                yield atom

    def time(self, partial: PartialDate) -> Time | None:
        """The annotation of one expression, or None where it is none that the guide annotates."""
        if partial.is_duration or self._counts_days(partial):
            year = short_year(self.context, partial)
            return self.lengths.read(partial) if year is None else self._date(year)
        if self._recurs(partial):
            self.recurring_end = partial.end
            return None
        if partial.kinds == ["inner_portion"]:
            return self.lengths.bare_portion(partial)
        if not self._is_annotated(partial):
            return None
        return self._date(partial)

    # Dates.

    def _is_annotated(self, partial: PartialDate) -> bool:
        if partial.until is not None:
            # 周一至周五 are the days of any week
            return self.message or not partial.kinds == partial.until.kinds == ["weekday"]
        if self.text[partial.start] == "那" and not self._is_told(partial):
            return False
        if partial.kinds in (["part"], ["season"]):
            return False
        if partial.rules == ["han_day"] and partial.end - partial.start == 2:
            return False  # 一日 and 三日 count days rather than name one
        if partial.kinds == ["clock"] and not self._is_clock(partial):
            return False
        if partial.rules[0].startswith("single_quarter") and self._quarter_is_named(partial):
            return False  # 公布第三季财报，单季营收…
        if partial.rules == ["that_very_week"] and self._is_named_before(partial):
            return False  # 12月2日至8日这一周
        if partial.kinds == ["same_period"]:
            if self.text[partial.start - 1] == "年":
                return False  # 近四年同期, 历年同期
            return self.memory.last(self.memory.paragraph(partial.start)) is not None
        anaphoric = [shift for shift in partial.shifts if shift.anchor == "anaphoric"]
        return (
            not anaphoric
            or bool(self.memory.anchors)
            or bool(self.context.festival_before(partial))
            or self.reference is not None
        )

    def _recurs(self, partial: PartialDate) -> bool:
        """Whether it names no one time: 每周三, and 周五 in 每周三、周五."""
        window = self.text[max(0, partial.start - _LOOK_BACK) : partial.start]
        if before_pattern("modifiers", "recurring_before").search(window):
            return True
        return self.recurring_end >= 0 and bool(
            _LISTED.fullmatch(self.text, self.recurring_end, partial.start)
        )

    def _quarter_is_named(self, partial: PartialDate) -> bool:
        last = self.memory.last(self.memory.sentence(partial.start))
        return last is not None and last.period.grain == "quarter"

    def _is_named_before(self, partial: PartialDate) -> bool:
        """Whether the dates of the period stand right before it."""
        last = self.memory.last(0, pending=True)
        return last is not None and last.end == partial.start

    def _is_told(self, partial: PartialDate) -> bool:
        """Whether 那天, 那一年 points back into the text: not 生日那天, nor ahead (那一年他26岁。2004年…)."""
        before = self.text[max(0, partial.start - 1) : partial.start]
        return bool(self.memory.anchors) and (not before or before in _POINTS_BACK)

    def _is_clock(self, partial: PartialDate) -> bool:
        """Whether a clock time alone is one: 一点就通 and 晚一点 are none, 一点半 and 在三点 are."""
        if self.text[partial.start : partial.end] in _A_LITTLE:
            return False
        if partial.part or partial.minute is not None or self.text[partial.start].isascii():
            return True
        return (
            self.text[partial.end - 1] in "整钟"
            or self.text[max(0, partial.start - 1) : partial.start] in _CLOCK_AFTER
        )

    def _date(self, partial: PartialDate) -> Time | None:
        kind = (
            "TIME" if partial.has_clock or (partial.until is not None and partial.until.has_clock) else "DATE"
        )
        if partial.rules in _WHOLE_YEARS and _WITHIN.match(self.text, partial.end):
            partial.end += 1  # 今年内
        mod, how = self._modifier(partial)
        try:
            found = self.resolver.resolve(partial)
        except Unresolved as unknown:
            return Time(partial.start, partial.end, kind, str(unknown), mod, None, partial.rule)
        announced = self.reference is not None and found.start >= self.reference.period.end
        compared = partial.same_period or bool(
            _COMPARED.search(self.text, max(0, partial.start - 4), partial.start)
        )
        self.memory.add(
            Anchor(
                partial.start,
                partial.end,
                found,
                pending=announced or how == "before",
                deictic=bool(partial.shifts),
                compared=compared,
            )
        )
        interval = interval_of(found, partial, how, self.text)
        return Time(partial.start, partial.end, kind, found.timex, mod, interval, partial.rule)

    def _modifier(self, partial: PartialDate) -> tuple[str | None, str]:
        """``(mod, how)``: how is the modifier's name in the grammar, ``edge``, or ``before included``."""
        text, end = self.text, partial.end
        for name, mod in (("before", "BEFORE"), ("start", "START"), ("after", "AFTER"), ("middle", "MID")):
            if match := suffix(text, end, name):
                included = pattern("modifiers", "included").match(match[0])
                edge = _edge(partial)
                if edge and match[0] == "以来":
                    return edge, name  # 8月中旬以来: where in the month says more
                return mod, f"{name} included" if included else name
        window = text[max(0, partial.start - _LOOK_BACK) : partial.start]
        if before_pattern("modifiers", "before_before").search(window):
            return "BEFORE", "before included"
        if before_pattern("modifiers", "start_before").search(window):
            return "START", "start"
        edge = _edge(partial)
        if edge:
            return edge, "edge"
        if suffix(text, end, "approximate") or before_pattern("modifiers", "approximate_before").search(
            window
        ):
            return "APPROX", ""
        return None, ""

    # Lengths.

    def _counts_days(self, partial: PartialDate) -> bool:
        """Whether a bare N日 counts days: 为期10日, 连续3日."""
        if partial.kinds != ["day"] or partial.until is not None or self.text[partial.end - 1] != "日":
            return False
        window = self.text[max(0, partial.start - 4) : partial.start]
        if not before_pattern("duration.context", "counts_days").search(window):
            return False
        if recent := before_pattern("duration.context", "recent_days").search(window):
            partial.start -= len(recent[0])  # 近7日 is the span, as 近7天 is
        return True
