"""Resolves partial dates against the document's date and the text before.

Notes for a newcomer. A date is rarely complete: 11月15日晚 has no year, 12日 no month, 三季度 no year, 次日 nothing
at all. Three sources fill it up, in this order: what the expression itself says (2021年, 去年); what the
text spoke of before, for anaphors (同年, 次日, 四个月后) and for the months of a story that is under way
(2013年4月29日 … 11月22日); and the document's date. A deictic word (去年, 上周, 昨日) always counts from the
document's date, an anaphoric one from the last `Anchor` of `Memory`. What cannot be known stays open: the
TIMEX3 value then has ``X`` in the unknown places and there is no interval.
"""

from datetime import datetime, timedelta

from ecomlink_nlp.tag.times import calendars, fallback, period, weeks
from ecomlink_nlp.tag.times.anaphora import same_period, shifted
from ecomlink_nlp.tag.times.context import Context, Unresolved
from ecomlink_nlp.tag.times.fiscal import fiscal
from ecomlink_nlp.tag.times.partial import PartialDate
from ecomlink_nlp.tag.times.period import Period

LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}
SEASON_CODES = {"春": "SP", "夏": "SU", "秋": "FA", "冬": "WI"}
SEASON_WORDS = {"spring": "SP", "summer": "SU", "autumn": "FA", "winter": "WI"}
AFTERNOON = frozenset({"下午", "午后", "傍晚", "晚上", "晚间", "晚", "夜间", "夜里", "深夜", "半夜", "晏昼"})
NIGHT = frozenset({"晚", "晚上", "晚间", "夜间", "夜里", "深夜", "半夜", "午夜"})
NOON = frozenset({"中午", "午间", "正午"})


def _month_number(said: int | str | None) -> int:
    number = LUNAR_MONTHS.get(said) if isinstance(said, str) else said
    if number is None or not 1 <= number <= 12:
        raise Unresolved("XXXX")
    return number


class Resolver:
    """Resolves the expressions of one text, in order."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def resolve(self, partial: PartialDate) -> Period:
        """The period of the expression; raises `Unresolved` where the context does not tell."""
        try:
            first = self._single(partial, None)
            if first.last is not None and first.last.start < first.start:
                raise Unresolved(first.label)
            if partial.until is None:
                return first
            if partial.is_edge_of_year:
                first = period.edge_month(first, partial.edge)
            last = self._single(partial.until, first)
            if partial.until.is_edge_of_year:
                last = period.edge_month(last, partial.until.edge)
            if last.stop <= first.start:
                last = self._past_the_turn(first, last)
            return first.to(last)
        except (OverflowError, ValueError) as error:
            raise Unresolved("XXXX") from error

    @staticmethod
    def _past_the_turn(first: Period, last: Period) -> Period:
        """8月至2月: the end lies in the year after."""
        if last.grain == "clock":  # 晚8点到凌晨2点
            on = period.shift(period.day(last.moment), "day", 1)
            moved = period.clock(on, last.start.hour, last.start.minute, last.start.second or None)
        else:
            moved = period.same_but_years(last, 1)
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

    def _calendar(self, partial: PartialDate, first: Period | None) -> Period:
        if partial.odd is not None:
            found = fallback.parse(partial.odd)
            if found is None:
                raise Unresolved("XXXX")
            return found
        if partial.festival is not None:
            return self._festival(partial, first)
        if partial.decade is not None or partial.century is not None:
            return calendars.decade(partial.century, partial.decade, self.context.now_year)
        if partial.same_period:
            return same_period(self.context, partial)
        base = self._base(partial, first)
        if partial.fiscal:
            return fiscal(self.context, partial, base)
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
            return shifted(self.context, shift, partial)
        says_date = partial.month or partial.half or partial.quarter or partial.season
        if first is not None and says_date and not partial.shifts:
            return period.year((first.last or first).year)
        return None

    def _within(self, partial: PartialDate, base: Period | None, first: Period | None) -> Period:
        if partial.half is not None:
            half = partial.half
            return self.context.of_year(partial, base, lambda year: period.half(year, half))
        if partial.quarter is not None and not partial.has_clock:
            which = partial.quarter
            whole = self.context.of_year(partial, base, lambda year: period.quarter(year, which))
            if partial.quarter_to:
                return whole.to(period.quarter(whole.year, partial.quarter_to))
            return self._portion(partial, whole) if partial.portion else whole
        if partial.season is not None:
            code = SEASON_CODES[partial.season]
            return self.context.of_year(partial, base, lambda year: period.season(year, code))
        for named in partial.shifts:
            if named.unit in SEASON_WORDS:
                return period.season(self.context.now_year() + named.offset, SEASON_WORDS[named.unit])
            if named.unit in ("half", "quarter", "now", "year_pair", "day_pair"):
                return shifted(self.context, named, partial)
        found: Period | None = self._month(partial, base, first)
        if partial.portion is not None:
            return self._portion(partial, found)
        if partial.nth_week is not None:
            return weeks.nth_week(partial.nth_week, self._must(found))
        if partial.nth is not None or partial.nth_last:
            weekday = weeks.WEEKDAYS[partial.weekday or "一"]
            return period.day(
                calendars.nth_weekday(
                    self._must(found), weekday, -1 if partial.nth_last else partial.nth or 1
                )
            )
        if shift := partial.shift("week"):
            found = shifted(self.context, shift, partial)
        if partial.nth_day is not None:
            whole = self._must(found)
            after = whole.start + timedelta(days=partial.nth_day) if partial.nth_day else whole.stop
            return period.day(after - timedelta(days=1))
        if partial.lunar:
            return self._must(found)
        if partial.day is not None:
            return self._day(partial, found, base)
        if shift := partial.shift("day"):
            found = shifted(self.context, shift, partial)
            return found if base is None else period.same_but_years(found, base.year - found.year)
        if partial.weekend or partial.weekday is not None or partial.week is not None:
            return weeks.weekday(self.context, partial)
        if found is None and (partial.of_year or partial.within_year):
            found = self.context.year_of_context(partial)
        if found is None and partial.of_month:
            found = self.context.month_of_context(partial)
        if found is None and (partial.has_clock or partial.part):
            return self.context.day_of_context(first, partial)
        return self._must(found)

    @staticmethod
    def _must(found: Period | None) -> Period:
        if found is None:
            raise Unresolved("XXXX")
        return found

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
            known = make(base.year) if base is not None else self.context.month_without_year(partial, make)
            month = period.month(known.year, which)
            if not partial.month_to:
                return month
            return month.to(period.month(month.year + (partial.month_to < which), partial.month_to))
        if shift := partial.shift("month"):
            found = shifted(self.context, shift, partial)
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

        if base is not None:
            return make(base.year)
        if self.context.reference is None:
            raise Unresolved("XXXX")
        return self.context.near(partial, make)

    def _day(self, partial: PartialDate, found: Period | None, base: Period | None) -> Period:
        assert partial.day is not None
        if found is not None and found.grain == "month":
            number, which = found.year, found.start.month
            if partial.month is None and found is base:
                raise Unresolved(found.label)
        elif found is not None:
            raise Unresolved(found.label)
        else:
            number, which = self.context.month_of_bare_day(partial)
        if not period.valid_day(number, which, partial.day):
            raise Unresolved(f"{number:04d}-{which:02d}")
        first = period.day(datetime(number, which, partial.day))
        if partial.day_to is None:
            return first
        if not period.valid_day(number, which, partial.day_to):
            raise Unresolved(first.label)
        return first.to(period.day(datetime(number, which, partial.day_to)))

    def _festival(self, partial: PartialDate, first: Period | None) -> Period:
        assert partial.festival is not None
        rule = partial.festival
        base = self._base(partial, None) or first
        if base is not None:
            found = calendars.festival(rule, base.year)
        elif self.context.reference is None:
            found = None
        else:
            found = self.context.near(
                partial, lambda year: calendars.festival(rule, year) or period.year(year)
            )
            if self.context.looks_ahead and found.stop <= self.context.reference.period.start:
                found = calendars.festival(rule, found.year + 1)
        return self._must(found)

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
        anchor = self.context.memory.last(
            self.context.memory.sentence(partial.start), lambda a: a.period.grain == "year"
        )
        if anchor is not None:
            return anchor.period.year
        return self.context.now_year()

    def _clock(self, partial: PartialDate, on: Period) -> Period:
        if on.grain != "day":
            raise Unresolved(on.label)
        assert partial.hour is not None
        hour, part = partial.hour, partial.part
        pm = (partial.pm or "").lower().startswith("p")
        if ((part in AFTERNOON or pm) and hour < 12) or (part in NOON and hour < 3):
            hour += 12
        elif part in NIGHT and hour == 12:
            hour = 24
        if hour > 24 or (hour == 24 and partial.minute):
            raise Unresolved(on.label)
        found = period.clock(on, hour, partial.minute, partial.second)
        if partial.hour_from is None:
            return found
        begin = partial.hour_from + 12 * (hour > 12 and partial.hour_from < 12 and hour != partial.hour)
        return period.clock(on, begin, None, None).to(found)
