"""Resolves partial dates against the document's date and the text before.

Notes for a newcomer. A date is rarely complete: 11月15日晚 has no year, 12日 no month, 三季度 no year, 次日 nothing
at all. Three sources fill it up, in this order: what the expression itself says (2021年, 去年); what the
text spoke of before, for anaphors (同年, 次日, 四个月后) and for the months of a story that is under way
(2013年4月29日 … 11月22日); and the document's date. A deictic word (去年, 上周, 昨日) always counts from the
document's date, an anaphoric one from the last `Anchor` of `Memory`. What cannot be known stays open: the
TIMEX3 value then has ``X`` in the unknown places and there is no interval.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ecomlink_nlp.tag.times import calendars, fallback, period
from ecomlink_nlp.tag.times.duration import Duration
from ecomlink_nlp.tag.times.grammar import before_pattern, pattern
from ecomlink_nlp.tag.times.memory import Anchor, Memory
from ecomlink_nlp.tag.times.partial import PartialDate, Shift
from ecomlink_nlp.tag.times.period import FINE, Period
from ecomlink_nlp.text.document import Entity

WEEKDAYS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 7, "天": 7}
WEEKS = {"上上": -2, "上": -1, "本": 0, "这": 0, "今": 0, "下": 1, "下下": 2}
LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}
SEASON_CODES = {"春": "SP", "夏": "SU", "秋": "FA", "冬": "WI"}
SEASON_WORDS = {"spring": "SP", "summer": "SU", "autumn": "FA", "winter": "WI"}
AFTERNOON = frozenset({"下午", "午后", "傍晚", "晚上", "晚间", "晚", "夜间", "夜里", "深夜", "半夜", "晏昼"})
NOON = frozenset({"中午", "午间", "正午"})
AHEAD = timedelta(days=184)
"""A month and day without a year that lies further ahead than this is last year's, unless announced."""
FESTIVAL_REACH = 4
"""How near before an anaphor a festival has to stand, in characters, for the anaphor to count from it."""
RECENT = timedelta(days=45)
"""A date so shortly before the document's is the document's year's, even where a story of another year runs."""


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


def _is_one_day(anchor: Anchor) -> bool:
    """A day on which something happened, not the days over which something was measured."""
    return anchor.period.fineness >= FINE["day"] and anchor.period.last is None and not anchor.compared


def _month_number(said: int | str | None) -> int:
    number = LUNAR_MONTHS.get(said) if isinstance(said, str) else said
    if number is None or not 1 <= number <= 12:
        raise Unresolved("XXXX")
    return number


class Unresolved(Exception):
    """The context does not tell; the argument is the value with X in the unknown places."""


class Resolver:
    """Resolves the expressions of one text, in order."""

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

    def resolve(self, partial: PartialDate) -> Period:
        """The period of the expression; raises `Unresolved` where the context does not tell."""
        try:
            first = self._single(partial, None)
            if partial.until is None:
                return first
            last = self._single(partial.until, first)
            if last.stop <= first.start:
                last = self._past_the_turn(first, last)
            return first.to(last)
        except (OverflowError, ValueError) as error:
            raise Unresolved("XXXX") from error

    @staticmethod
    def _past_the_turn(first: Period, last: Period) -> Period:
        """8月至2月: the end lies in the year after."""
        moved = period.same_but_years(last, 1) if last.grain != "clock" else last
        if moved.stop <= first.start:
            raise Unresolved(first.label)
        return moved

    def _single(self, partial: PartialDate, first: Period | None) -> Period:
        if (
            first is not None
            and first.grain == "clock"
            and partial.part is None
            and partial.kinds == ["clock"]
        ):
            # 下午两点到四点: the end takes its half of the day from the start.
            on = period.day(first.moment)
            late = partial.hour is not None and partial.hour < 12 <= first.start.hour
            return period.clock(on, (partial.hour or 0) + 12 * late, partial.minute, partial.second)
        found = self._calendar(partial, first)
        if partial.has_clock:
            return self._clock(partial, found)
        return found

    # The calendar part, from coarse to fine.

    def _calendar(self, partial: PartialDate, first: Period | None) -> Period:
        if partial.odd is not None:
            found = fallback.parse(partial.odd)
            if found is None:
                raise Unresolved("XXXX")
            return found
        if partial.festival is not None:
            return self._festival(partial, first)
        if partial.decade is not None or partial.century is not None:
            return self._decade(partial)
        if partial.same_period:
            return self._same_period(partial)
        base = self._base(partial, first)
        if partial.fiscal:
            return self._fiscal(partial, base)
        return self._within(partial, base, first)

    def _base(self, partial: PartialDate, first: Period | None) -> Period | None:
        """The year that the expression names, in numbers or by a shift."""
        if partial.year is not None:
            number = partial.year + 2000 if partial.fiscal and partial.year < 100 else partial.year
            found = period.year(number)
            return found.to(period.year(partial.year_to)) if partial.year_to else found
        if partial.yy is not None:
            return period.year(partial.yy + (2000 if partial.yy < 50 else 1900))
        if shift := partial.shift("year"):
            return self.shifted(shift, partial)
        says_date = partial.month or partial.half or partial.quarter or partial.season
        if first is not None and says_date and not partial.shifts:
            return period.year((first.last or first).year)
        return None

    def _within(self, partial: PartialDate, base: Period | None, first: Period | None) -> Period:
        if partial.half is not None:
            half = partial.half
            return self._of_year(partial, base, lambda year: period.half(year, half))
        if partial.quarter is not None and not partial.has_clock:
            which = partial.quarter
            whole = self._of_year(partial, base, lambda year: period.quarter(year, which))
            return self._portion(partial, whole) if partial.portion else whole
        if partial.season is not None:
            code = SEASON_CODES[partial.season]
            return self._of_year(partial, base, lambda year: period.season(year, code))
        for named in partial.shifts:
            if named.unit in SEASON_WORDS:
                return period.season(self._now_year() + named.offset, SEASON_WORDS[named.unit])
            if named.unit in ("half", "quarter", "now"):
                return self.shifted(named, partial)
        found: Period | None = self._month(partial, base, first)
        if partial.portion is not None:
            return self._portion(partial, found)
        if partial.nth_week is not None:
            return self._nth_week(partial.nth_week, found)
        if partial.nth is not None or partial.nth_last:
            weekday = WEEKDAYS[partial.weekday or "一"]
            return period.day(
                calendars.nth_weekday(
                    self._must(found), weekday, -1 if partial.nth_last else partial.nth or 1
                )
            )
        if shift := partial.shift("week"):
            found = self.shifted(shift, partial)
        if partial.nth_day is not None:
            whole = self._must(found)
            after = whole.start + timedelta(days=partial.nth_day) if partial.nth_day else whole.stop
            return period.day(after - timedelta(days=1))
        if partial.lunar:
            return self._must(found)
        if partial.day is not None:
            return self._day(partial, found, base)
        if shift := partial.shift("day"):
            return self.shifted(shift, partial)
        if partial.weekend or partial.weekday is not None or partial.week is not None:
            return self._weekday(partial)
        if found is None and (partial.of_year or partial.within_year):
            found = self._year_of_context(partial)
        if found is None and partial.of_month:
            found = self._month_of_context(partial)
        if found is None and (partial.has_clock or partial.part):
            return self._day_of_context(first, partial)
        return self._must(found)

    @staticmethod
    def _must(found: Period | None) -> Period:
        if found is None:
            raise Unresolved("XXXX")
        return found

    # Years.

    def _now_year(self) -> int:
        if self.reference is not None:
            return self.reference.period.year
        if anchor := self.memory.last():
            return anchor.period.year
        raise Unresolved("XXXX")

    def _year_of_context(self, partial: PartialDate) -> Period:
        """年初, 年底 without a year: the year that the sentence is about, else the document's."""
        anchor = self.memory.last(self.memory.sentence(partial.start), lambda a: a.period.grain == "year")
        return period.year(anchor.period.year if anchor else self._now_year())

    def _of_year(self, partial: PartialDate, base: Period | None, make: Callable[[int], Period]) -> Period:
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
        return self._near(partial, make)

    def _near(self, partial: PartialDate, make: Callable[[int], Period]) -> Period:
        """The candidate of the document's year, or of a year beside it where that fits better."""
        assert self.reference is not None
        year = self.reference.period.year
        found: Period = make(year)
        if self.looks_ahead:
            return found
        coming = self._is_coming(partial)
        if found.start >= self.reference.period.end:
            far = found.start - self.reference.period.end > AHEAD
            past = not coming and (far or self._is_past(partial))
            return make(year - 1) if past else found
        if self._is_announced(partial) and found.stop + RECENT < self.reference.period.start:
            return make(year + 1)
        return found

    def _clause(self, partial: PartialDate) -> tuple[str, str]:
        before_text = self.text[max(0, partial.start - 12) : partial.start]
        after_text = self.text[partial.end : partial.end + 16]
        for mark in "，,。；;：:！？\n“”":
            before_text = before_text.rpartition(mark)[2]
            after_text = after_text.partition(mark)[0]
        return before_text, after_text

    def _is_coming(self, partial: PartialDate) -> bool:
        """Whether the clause announces the date: 将于3月, 预计7月, 8月将."""
        _, after_text = self._clause(partial)
        return self._is_announced(partial) or bool(pattern("markers", "coming_after").match(after_text))

    def _is_announced(self, partial: PartialDate) -> bool:
        """Whether a word of announcement stands right before; 将 behind a date may also mean 把."""
        before_text, _ = self._clause(partial)
        return bool(before_pattern("markers", "coming_before").search(before_text))

    def _is_past(self, partial: PartialDate) -> bool:
        _, after_text = self._clause(partial)
        return bool(pattern("markers", "past").search(after_text))

    # Months.

    def _month(self, partial: PartialDate, base: Period | None, first: Period | None) -> Period | None:
        if partial.month is not None:
            which, day_number = _month_number(partial.month), partial.day

            def make(year: int) -> Period:
                if (which, day_number) == (2, 29):
                    year = next(leap for leap in range(year, year - 9, -1) if period.valid_day(leap, 2, 29))
                if day_number is not None and not period.valid_day(year, which, day_number):
                    return period.month(year, which)
                return (
                    period.day(datetime(year, which, day_number)) if day_number else period.month(year, which)
                )

            if partial.lunar:
                return self._lunar(partial, base)
            known = make(base.year) if base is not None else self._month_without_year(partial, make)
            month = period.month(known.year, which)
            return month.to(period.month(month.year, partial.month_to)) if partial.month_to else month
        if shift := partial.shift("month"):
            found = self.shifted(shift, partial)
            return (
                period.month(base.year, found.start.month)
                if base is not None and partial.shift("year")
                else found
            )
        if base is None and first is not None and partial.day is not None:
            anchor = first.last or first
            return period.month(anchor.year, anchor.start.month)
        if first is not None and partial.day is not None and not partial.shifts and partial.year is None:
            return period.month(first.year, (first.last or first).start.month)
        return base

    def _lunar(self, partial: PartialDate, base: Period | None) -> Period:
        """A month or day of the lunar calendar, in the year named or near the document's date."""
        which, day_number = _month_number(partial.month), partial.day

        def make(year: int) -> Period:
            first = calendars.lunar_day(year, which, day_number or 1)
            if first is None:
                raise Unresolved("XXXX")
            if day_number:
                return period.day(first)
            following = calendars.lunar_day(year + which // 12, which % 12 + 1, 1)
            return period.day(first).to(period.day((following or first) - timedelta(days=1)))

        return make(base.year) if base is not None else self._near(partial, make)

    def _month_without_year(self, partial: PartialDate, make: Callable[[int], Period]) -> Period:
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
            return self._near(partial, make)
        story: Period = make(anchor.period.year)
        if self.reference is None:
            return story
        near = self._near(partial, make)
        if story.stop <= anchor.period.start or self._is_coming(partial):
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

    def _month_of_context(self, partial: PartialDate) -> Period:
        anchor = self.memory.last(
            self.memory.sentence(partial.start),
            lambda a: a.period.fineness >= FINE["month"] and not a.compared,
        )
        if anchor is not None:
            return period.month(anchor.period.year, anchor.period.start.month)
        if self.reference is None or not self.reference.has_month:
            raise Unresolved("XXXX-XX")
        return period.month(self.reference.period.year, self.reference.period.start.month)

    # Days and weeks.

    def _day(self, partial: PartialDate, found: Period | None, base: Period | None) -> Period:
        assert partial.day is not None
        if found is not None and found.grain == "month":
            number, which = found.year, found.start.month
            if partial.month is None and found is base:
                raise Unresolved(found.label)
        elif found is not None:
            raise Unresolved(found.label)
        else:
            number, which = self._month_of_bare_day(partial)
        if not period.valid_day(number, which, partial.day):
            raise Unresolved(f"{number:04d}-{which:02d}")
        first = period.day(datetime(number, which, partial.day))
        if partial.day_to is None:
            return first
        if not period.valid_day(number, which, partial.day_to):
            raise Unresolved(first.label)
        return first.to(period.day(datetime(number, which, partial.day_to)))

    def _month_of_bare_day(self, partial: PartialDate) -> tuple[int, int]:
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
        if self.looks_ahead or not later or self._is_coming(partial) or self._names_deadline(partial):
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

    def _weekday(self, partial: PartialDate) -> Period:
        reference = self._reference_for("week")
        week = WEEKS.get(partial.week or "")
        if week is not None:
            whole = period.shift(reference.period, "week", week)
            if partial.weekend:
                return period.weekend(whole.start)
            if partial.weekday is None:
                return whole
            return period.day(whole.start + timedelta(days=WEEKDAYS[partial.weekday] - 1))
        # 周三 alone is the last one, today included, or the coming one where it is announced.
        weekday = WEEKDAYS[partial.weekday or "一"]
        here = reference.period.start
        if self.looks_ahead:
            return period.day(here + timedelta(days=(weekday - here.isoweekday() - 1) % 7 + 1))
        if self._is_coming(partial):
            return period.day(here + timedelta(days=(weekday - here.isoweekday()) % 7))
        return period.day(here - timedelta(days=(here.isoweekday() - weekday) % 7))

    def _reference_for(self, unit: str) -> Reference:
        if self.reference is None or not self.reference.covers(unit):
            raise Unresolved(self.reference.period.label if self.reference else "XXXX")
        return self.reference

    def _nth_week(self, number: int, found: Period | None) -> Period:
        """The n-th ISO week of a year, or the n-th week that begins in a month."""
        whole = self._must(found)
        if whole.grain == "year":
            return period.week(datetime.fromisocalendar(whole.year, number, 1))
        return period.week(calendars.nth_weekday(whole, 1, number))

    def _day_of_context(self, first: Period | None, partial: PartialDate) -> Period:
        """晚8点 alone: the day of the text before, in the sentence, else the document's."""
        if first is not None:
            return period.day((first.last or first).start)
        if event := self._festival_before(partial):
            return event
        anchor = self.memory.last(
            self.memory.sentence(partial.start), lambda a: a.period.fineness >= FINE["day"], True
        )
        if anchor is not None:
            return period.day((anchor.period.last or anchor.period).moment)
        if self.reference is None or not self.reference.has_day:
            raise Unresolved("XXXX-XX-XX")
        return period.day(self.reference.period.start)

    # Shifts.

    def shifted(self, shift: Shift, partial: PartialDate) -> Period:
        """The period that a relative word names."""
        if shift.anchor != "deictic":
            since = self.memory.paragraph(partial.start) if shift.anchor == "contextual" else 0
            anchor = self._anchor_of(shift, partial, since)
            if anchor is not None:
                last = anchor.last or anchor
                return period.shift(
                    last if shift.unit in ("quarter", "day") else anchor, shift.unit, shift.offset
                )
            if self.reference is None:
                raise Unresolved("XXXX")
        if shift.unit == "now" and self.reference is not None:
            return period.now(self.reference.now)
        if self.reference is None:
            raise Unresolved(
                {"year": "XXXX", "month": "XXXX-XX", "week": "XXXX-WXX"}.get(shift.unit, "XXXX-XX-XX")
            )
        if not self.reference.covers(shift.unit):
            raise Unresolved(self.reference.period.label)
        return period.shift(self.reference.period, shift.unit, shift.offset)

    def _anchor_of(self, shift: Shift, partial: PartialDate, since: int) -> Period | None:
        if shift.unit == "day":
            if event := self._festival_before(partial):
                return event
            anchor = self.memory.last(since, _is_one_day)
        elif shift.unit in ("month", "week"):
            grain = "month" if shift.unit == "month" else "day"
            anchor = self.memory.last(since, lambda a: a.period.fineness >= FINE[grain])
        elif shift.unit == "quarter" and shift.anchor == "contextual":
            anchor = self.memory.last(since, lambda a: a.period.grain == "quarter")
        elif shift.unit == "quarter":
            anchor = self.memory.last(since, lambda a: a.period.fineness >= FINE["quarter"])
        else:
            anchor = self.memory.last(since, lambda a: not a.compared)
        return anchor.period if anchor else None

    # Lengths counted from a date.

    def counted(
        self, length: Duration, partial: PartialDate, sign: int, from_then: bool, since_event: bool
    ) -> Period:
        """三年前, 四个月后: back from the document's date (or 在此 from the text's), on from the text's."""
        moment = self._count_from(length, partial, sign, from_then)
        if since_event and sign > 0:
            anchor = self.memory.last(self.memory.sentence(partial.start), lambda a: a.period.grain == "year")
            if anchor is not None:
                return anchor.period
        end = length.add(moment, sign)
        if end is None:
            raise Unresolved("XXXX")
        return length.period_at(end)

    def _count_from(self, length: Duration, partial: PartialDate, sign: int, from_then: bool) -> datetime:
        if sign > 0 or from_then:
            if event := self._festival_before(partial):
                return event.start
            finest = length.amounts[-1][0]
            least = {"Y": "year", "Q": "month", "M": "month"}.get(finest, "day")
            paragraph = self.memory.paragraph(partial.start)
            anchor = self.memory.last(
                paragraph, lambda a: a.period.fineness >= FINE[least] and not a.compared
            )
            if anchor is not None and not self._is_coming(partial):
                return anchor.period.moment
        reference = self._reference_for({"Y": "year", "Q": "month", "M": "month"}.get(length.unit, "day"))
        return reference.now

    # The same period of another year; festivals; decades; portions; fiscal years; the clock.

    def _same_period(self, partial: PartialDate) -> Period:
        """去年同期: the period just measured, one year earlier; the year alone where none was."""
        paragraph = self.memory.paragraph(partial.start)
        measured = self.memory.last(paragraph, lambda a: not a.compared)
        shift = partial.shift("year")
        if measured is not None and (
            measured.period.last or measured.period.grain not in ("day", "clock", "week")
        ):
            if shift is None and partial.year is None:
                return measured.period
            if partial.year is not None:
                return period.same_but_years(measured.period, partial.year - measured.period.year)
            if shift is not None and measured.period.grain != "year":
                return period.same_but_years(measured.period, shift.offset)
        if partial.year is not None:
            return period.year(partial.year)
        if shift is None:
            raise Unresolved("XXXX")
        return self.shifted(shift, partial)

    def _festival_before(self, partial: PartialDate) -> Period | None:
        """The day of a festival that stands right before: 618结束四天后, 双11当晚."""
        anchor = self.memory.festival
        near = anchor is not None and 0 <= partial.start - anchor.end <= FESTIVAL_REACH
        return anchor.period if anchor is not None and near else None

    def _festival(self, partial: PartialDate, first: Period | None) -> Period:
        assert partial.festival is not None
        rule = partial.festival
        base = self._base(partial, None) or first
        if base is not None:
            found = calendars.festival(rule, base.year)
        elif self.reference is None:
            found = None
        else:
            found = self._near(partial, lambda year: calendars.festival(rule, year) or period.year(year))
            if self.looks_ahead and found.stop <= self.reference.period.start:
                found = calendars.festival(rule, found.year + 1)
        return self._must(found)

    def _decade(self, partial: PartialDate) -> Period:
        century = partial.century
        if century in ("上", "本"):
            century = self._now_year() // 100 + (0 if century == "上" else 1)
        if partial.decade is None:
            first = (int(century or 20) - 1) * 100
            return period.years(first, 100, f"{first // 100:02d}")
        if century is None:
            century = 21 if partial.decade < 30 else 20
        first = (int(century) - 1) * 100 + partial.decade
        return period.years(first, 10, f"{first // 10:03d}")

    def _portion(self, partial: PartialDate, found: Period | None) -> Period:
        """前三季度, 前5个月, 前10天: so many units from the start (or end) of the year or month."""
        count, unit = partial.portion or 1, partial.portion_unit
        last = partial.side in ("后", "最后")
        whole = found or period.year(self._portion_year(partial))
        names = {"quarter": 4, "month": 12}
        if unit in names and whole.grain == "year":
            total = names[unit]
            if count > total:
                raise Unresolved(whole.label)
            make = period.quarter if unit == "quarter" else period.month
            low, high = (total - count + 1, total) if last else (1, count)
            return make(whole.year, low) if low == high else make(whole.year, low).to(make(whole.year, high))
        step = {"天": "day", "日": "day", "周": "week", "星期": "week", "年": "year", "月": "month"}.get(
            unit or "", "day"
        )
        if step == "week" and whole.grain == "year":
            begin = period.week(datetime.fromisocalendar(whole.year, 1, 1))
        elif last:
            begin = period.shift(period.day(whole.stop), step, -count)
        else:
            begin = period.shift(period.day(whole.start), step, 0)
        return begin if count == 1 else begin.to(period.shift(begin, step, count - 1))

    def _portion_year(self, partial: PartialDate) -> int:
        anchor = self.memory.last(self.memory.sentence(partial.start), lambda a: a.period.grain == "year")
        if anchor is not None:
            return anchor.period.year
        return self._now_year()

    def _fiscal(self, partial: PartialDate, base: Period | None) -> Period:
        last_month = calendars.fiscal_year_end(partial.start, self.entities)
        if partial.quarter is None:
            return calendars.fiscal_year(self._must(base).year, last_month)
        if base is not None:
            return calendars.fiscal_quarter(base.year, partial.quarter, last_month)
        anchor = self.memory.last(self.memory.sentence(partial.start), lambda a: bool(a.period.last))
        if anchor is not None and anchor.period.last is not None:
            return calendars.fiscal_quarter(
                anchor.period.last.year, partial.quarter, anchor.period.last.start.month
            )
        # The last such quarter that was over at the document's date.
        reference = self._reference_for("year")
        candidates = [
            calendars.fiscal_quarter(reference.period.year + add, partial.quarter, last_month)
            for add in (1, 0, -1)
        ]
        return next((found for found in candidates if found.stop <= reference.period.end), candidates[-1])

    def _clock(self, partial: PartialDate, on: Period) -> Period:
        if on.grain != "day":
            raise Unresolved(on.label)
        assert partial.hour is not None
        hour, part = partial.hour, partial.part
        pm = (partial.pm or "").lower().startswith("p")
        if ((part in AFTERNOON or pm) and hour < 12) or (part in NOON and hour < 3):
            hour += 12
        if hour > 24 or (hour == 24 and partial.minute):
            raise Unresolved(on.label)
        found = period.clock(on, hour, partial.minute, partial.second)
        if partial.hour_from is None:
            return found
        begin = partial.hour_from + 12 * (hour > 12 and partial.hour_from < 12 and hour != partial.hour)
        return period.clock(on, begin, None, None).to(found)
