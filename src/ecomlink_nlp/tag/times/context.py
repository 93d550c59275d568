"""What the context fills in: the document's date, the clause around a date, and the story under way.

Notes for a newcomer. A date without its year or month takes it from the time that its sentence or paragraph
speaks of, where the story goes on from there, and else from the document's date: the year's own, unless the date would
lie far ahead. Words of announcement (将于, 预计) point ahead of the document's date, words of report (宣布) back.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ecomlink_nlp.tag.times import calendars, period
from ecomlink_nlp.tag.times.grammar import before_pattern, pattern
from ecomlink_nlp.tag.times.memory import ANCHORS, Anchor, Memory
from ecomlink_nlp.tag.times.partial import PartialDate
from ecomlink_nlp.tag.times.period import FINE, FIRST_YEAR, Period
from ecomlink_nlp.text.document import Entity

AHEAD = timedelta(days=92)
"""A month and day without a year that lies further ahead than this is last year's, unless announced."""
FESTIVAL_REACH = 4
"""How near before an anaphor a festival has to stand, in characters, for the anaphor to count from it."""
RECENT = timedelta(days=45)
"""A date so shortly before the document's is the document's year's, even where a story of another year runs."""


SENTENCE_REACH = 80
"""How far behind a date its sentence is looked through, in characters."""
_CLAUSE_MARKS = frozenset("，,。；;：:！？\n“”")
_TO_CLAUSE_MARK = re.compile("[^，,。；;：:！？\n“”]{0,16}")


def is_one_day(anchor: Anchor) -> bool:
    """A day on which something happened, not the days over which something was measured."""
    return anchor.period.fineness >= FINE["day"] and anchor.period.last is None and not anchor.compared


class Unresolved(Exception):
    """The context does not tell; the argument is the value with X in the unknown places."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The document's date: a `Period` as exact as it is known, and the moment it stands for."""

    period: Period
    now: datetime

    @classmethod
    def parse(cls, date: str | None) -> "Reference | None":
        """Read a partial ISO date or date and time.

        >>> Reference.parse("2022-02").period.interval()
        ('2022-02-01', '2022-03-01')
        """
        if not date:
            return None
        parts = [int(part) for part in date[:10].split("-")]
        if len(parts) == 1:
            whole = period.year(parts[0])
        elif len(parts) == 2:
            whole = period.month(parts[0], parts[1])
        else:
            whole = period.day(datetime(parts[0], parts[1], parts[2]))
        return cls(whole, datetime.fromisoformat(date) if len(date) > 10 else whole.start)

    @property
    def has_month(self) -> bool:
        """Whether at least the month is known."""
        return self.period.grain != "year"

    @property
    def has_day(self) -> bool:
        """Whether the day is known."""
        return self.period.grain == "day"

    def covers(self, unit: str) -> bool:
        """Whether units of this grain can be counted from it."""
        return self.period.fineness >= FINE.get(unit, 9) or (self.has_month and FINE.get(unit, 9) <= 4)


class Context:
    """The text so far, seen from the expression that is to be resolved."""

    def __init__(
        self,
        text: str,
        reference: Reference | None,
        entities: Sequence[Entity] = (),
        *,
        looks_ahead: bool = False,
    ) -> None:
        self.text = text
        self.reference = reference
        self.entities = entities
        self.looks_ahead = looks_ahead
        self.memory = Memory(text)

    def now_year(self) -> int:
        if self.reference is not None:
            return self.reference.period.year
        if anchor := self.memory.last():
            return anchor.period.year
        raise Unresolved("XXXX")

    def is_now(self, moment: datetime) -> bool:
        """Whether it is the moment of the document."""
        return self.reference is not None and moment == self.reference.now

    def year_of_context(self, partial: PartialDate) -> Period:
        """年初, 年底 without a year: the year that the sentence is about, else the document's.

        Unless it is announced, it may be the year of the sentence's last date (2018年10月开张,…到年底扩至5家).
        """
        sentence = self.memory.sentence(partial.start)
        anchor = self.memory.last(sentence, lambda a: a.period.grain == "year")
        if anchor is None and not self.is_coming(partial):
            anchor = self.memory.last(sentence, lambda a: not a.compared)
        return period.year(anchor.period.year if anchor else self.now_year())

    def of_year(self, partial: PartialDate, base: Period | None, make: Callable[[int], Period]) -> Period:
        """A half, quarter or season of the year named, else of the year of the sentence, else near the document."""
        if base is not None:
            return make(base.year)
        sentence = self.memory.sentence(partial.start)
        anchor = self.memory.last(
            sentence, lambda a: not a.compared and a.period.grain == "year" and not a.period.last
        )
        if anchor is not None and not (anchor.deictic and anchor.pending):
            return make(anchor.period.year)
        if self.reference is None:
            earlier = self.memory.last()
            if earlier is None:
                raise Unresolved("XXXX")
            return make(earlier.period.year)
        return self.near(partial, make)

    def near(self, partial: PartialDate, make: Callable[[int], Period]) -> Period:
        """The candidate of the document's year, or of a year beside it where that fits better."""
        assert self.reference is not None
        year = self.reference.period.year
        found: Period = make(year)
        if self.looks_ahead:
            return found
        coming = self.is_coming(partial) or self._names_deadline(partial)
        if found.start >= self.reference.period.end:
            far = found.start - self.reference.period.end > AHEAD * (2 if found.grain == "half" else 1)
            past = not coming and (far or self._is_past(partial))
            return make(max(year - 1, FIRST_YEAR)) if past else found
        if self._is_announced(partial) and found.stop + RECENT < self.reference.period.start:
            return make(year + 1)
        return found

    def _clause_before(self, partial: PartialDate) -> str:
        start = partial.start
        low = max(0, start - 12)
        while start > low and self.text[start - 1] not in _CLAUSE_MARKS:
            start -= 1
        return self.text[start : partial.start]

    def _clause_after(self, partial: PartialDate) -> str:
        match = _TO_CLAUSE_MARK.match(self.text, partial.end)
        return match[0] if match else ""

    def is_coming(self, partial: PartialDate) -> bool:
        """Whether the clause announces the date: 将于3月, 预计7月, 8月将."""
        return self._is_announced(partial) or bool(
            pattern("markers", "coming_after").match(self._clause_after(partial))
        )

    def _is_announced(self, partial: PartialDate) -> bool:
        """Whether a word of announcement stands right before; 将 behind a date may also mean 把."""
        return bool(before_pattern("markers", "coming_before").search(self._clause_before(partial)))

    def _is_past(self, partial: PartialDate) -> bool:
        return bool(pattern("markers", "past").search(self._clause_after(partial)))

    def month_without_year(self, partial: PartialDate, make: Callable[[int], Period]) -> Period:
        """The year of the story under way in this paragraph, else near the document's date.

        The story's year holds where the month goes on from its last date (2013年4月29日 … 11月22日), not where a
        shortly past date of the document's own year fits as well (a bare year is a weaker thread than a date).
        """
        paragraph = self.memory.paragraph(partial.start)
        anchor = self.memory.last(paragraph, lambda a: not a.compared)
        if anchor is None and self.reference is None:
            anchor = self.memory.last()
        if anchor is None:
            if self.reference is None:
                raise Unresolved("XXXX")
            return self.near(partial, make)
        story: Period = make(anchor.period.year)
        if self.reference is None:
            return story
        near = self.near(partial, make)
        if story.stop <= anchor.period.start or self.is_coming(partial):
            return near
        sentence = self.memory.sentence(partial.start)
        if (
            anchor.start < sentence
            and self.reference.period.start - RECENT <= near.start < self.reference.period.end
        ):
            return near
        if anchor.period.grain == "year" and not self._heads_clause(anchor):
            return near
        return story

    def _heads_clause(self, anchor: Anchor) -> bool:
        """Whether a year stands at the head of its clause and so sets the scene: 2018年,….

        A bare year inside a clause (自2018年, 2018年的) only mentions it.
        """
        after = self.text[anchor.end : anchor.end + 1]
        before_text = self.text[max(0, anchor.start - 1) : anchor.start]
        return after in "，,：:" and (not before_text or before_text in "。！？\n；;，,“ \u3000")

    def month_of_context(self, partial: PartialDate) -> Period:
        anchor = self.memory.last(
            self.memory.sentence(partial.start),
            lambda a: a.period.fineness >= FINE["month"] and not a.compared,
        )
        if anchor is not None:
            return period.month(anchor.period.year, anchor.period.start.month)
        if self.reference is None or not self.reference.has_month:
            raise Unresolved("XXXX-XX")
        return period.month(self.reference.period.year, self.reference.period.start.month)

    def month_of_bare_day(self, partial: PartialDate) -> tuple[int, int]:
        """12日: the month of the last date in the sentence, else the document's month or the one before."""
        assert partial.day is not None
        anchor = self.memory.last(
            self.memory.sentence(partial.start),
            lambda a: a.period.fineness >= FINE["month"] and a.period.grain not in ("week", "weekend"),
            pending=True,
        )
        if anchor is not None:
            last = anchor.period.last or anchor.period
            return last.year, last.start.month
        if self.reference is None or not self.reference.has_month:
            paragraph = self.memory.last(0, lambda a: a.period.fineness >= FINE["month"])
            if paragraph is None:
                raise Unresolved(f"XXXX-XX-{partial.day:02d}")
            return paragraph.period.year, paragraph.period.start.month
        here = self.reference.period.start
        later = self.reference.has_day and partial.day > here.day
        if self.looks_ahead or not later or self.is_coming(partial) or self._names_deadline(partial):
            return here.year, here.month
        earlier = (period.month(here.year, here.month - back) for back in (1, 2, 3))
        found = next(
            month for month in earlier if period.valid_day(month.year, month.start.month, partial.day or 1)
        )
        return found.year, found.start.month

    def _names_deadline(self, partial: PartialDate) -> bool:
        return bool(pattern("modifiers", "start").match(self.text, partial.end)) or bool(
            pattern("modifiers", "before").match(self.text, partial.end)
        )

    def day_of_context(self, first: Period | None, partial: PartialDate) -> Period:
        """晚8点 alone: the day of the text before, in the sentence, else the document's."""
        if first is not None:
            return period.day((first.last or first).start)
        if event := self.festival_before(partial):
            return event
        anchor = self.memory.last(
            self.memory.sentence(partial.start), lambda a: a.period.fineness >= FINE["day"], True
        )
        if anchor is not None:
            return period.day((anchor.period.last or anchor.period).moment)
        if self.reference is None or not self.reference.has_day:
            raise Unresolved("XXXX-XX-XX")
        return period.day(self.reference.period.start)

    def reference_for(self, unit: str) -> Reference:
        if self.reference is None or not self.reference.covers(unit):
            raise Unresolved(self.reference.period.label if self.reference else "XXXX")
        return self.reference

    def festival_before(self, partial: PartialDate) -> Period | None:
        """The day of a festival that stands right before: 618结束四天后, 双11当晚, 2020年双11次日."""
        before = (festival for festival in reversed(self.memory.festivals) if festival.end <= partial.start)
        festival = next(before, None)
        if festival is None or partial.start - festival.end > FESTIVAL_REACH:
            return None
        rule = festival.rule
        anchor = self.memory.last(festival.start - 8, lambda a: a.end <= festival.start <= a.end + 1, True)
        if anchor is not None:
            return calendars.festival(rule, anchor.period.year)
        if self.reference is None:
            return None
        place = PartialDate(festival.start, festival.end)
        found = self.near(place, lambda year: calendars.festival(rule, year) or period.year(year))
        if (
            found.start >= self.reference.period.end
            and not self.is_coming(partial)
            and not self.is_coming(place)
        ):
            return calendars.festival(rule, found.year - 1)  # 除夕当晚 told in December is last winter's
        return found

    def party_day(self, partial: PartialDate) -> Period | None:
        """快手同日: the last day that the text told of 快手, where it stands right before."""
        index = bisect_right(self.entities, partial.start, key=lambda entity: entity.end) - 1
        if index < 0 or partial.start - self.entities[index].end > 1:
            return None
        name = self.entities[index].name
        own = {(e.start, e.end) for e in self.entities[max(0, index - ANCHORS) : index] if e.name == name}

        def is_told_of_it(anchor: Anchor) -> bool:
            begin = self.memory.sentence(anchor.start)
            stop = anchor.end + SENTENCE_REACH
            end = min(
                (p for mark in "。！？\n" if (p := self.text.find(mark, anchor.end, stop)) >= 0), default=stop
            )
            return is_one_day(anchor) and any(begin <= start and last <= end for start, last in own)

        found = self.memory.last(0, is_told_of_it)
        return found.period if found is not None else None
