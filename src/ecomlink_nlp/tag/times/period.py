"""Periods of the calendar: what a resolved time expression stands for.

A `Period` is a half-open stretch of time of one grain (a year, a month, a day, …) or, with ``last``, a
range from one period to another. It knows its TIMEX3 value (ISO 24617-1) and its interval.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from ecomlink_nlp.text.light import light_dataclass

FINE = {
    "decade": 0,
    "year": 1,
    "half": 2,
    "season": 3,
    "quarter": 3,
    "month": 4,
    "week": 5,
    "weekend": 6,
    "day": 7,
}
"""Grains from coarse to fine; a moment of the clock is finer than all of them."""
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
FIRST_YEAR, LAST_YEAR = 1, 9998


@light_dataclass(frozen=True, slots=True)
class Period:
    """``[start, end)`` of one ``grain``; ``timex`` is its value; ``last`` the other end of a range.

    >>> quarter(2021, 3).timex, quarter(2021, 3).interval()
    ('2021-Q3', ('2021-07-01', '2021-10-01'))
    """

    grain: str
    start: datetime
    end: datetime
    label: str
    last: "Period | None" = None

    @property
    def timex(self) -> str:
        """The TIMEX3 value; the two ends of a range joined by a slash."""
        return self.label if self.last is None else f"{self.label}/{self.last.label}"

    @property
    def stop(self) -> datetime:
        """The moment after the whole period; 两点到四点 ends at four sharp."""
        if self.last is None:
            return self.end
        return self.last.start if self.last.grain == "clock" else self.last.end

    @property
    def year(self) -> int:
        """The calendar year in which the period starts."""
        return self.start.year

    @property
    def moment(self) -> datetime:
        """The start, in whose day the period is named: 24:00 belongs to the day that it ends."""
        return datetime.fromisoformat(self.label[:10]) if self.grain == "clock" else self.start

    @property
    def fineness(self) -> int:
        """A number that is the greater the finer the grain is."""
        return FINE.get(self.grain, 9)

    def interval(self) -> tuple[str, str]:
        """``(from, to)`` in ISO 8601, to the day where both fall on midnight, else to the minute or second."""
        return iso(self.start), iso(self.stop)

    def to(self, last: "Period") -> "Period":
        """The range from this period to the end of ``last``."""
        return replace(self, last=last.last or last)


@lru_cache(maxsize=4096)
def iso(moment: datetime) -> str:
    """Write a moment in ISO 8601 as shortly as it allows.

    >>> iso(datetime(2021, 6, 18)), iso(datetime(2021, 6, 18, 20)), iso(datetime(2021, 6, 18, 20, 0, 5))
    ('2021-06-18', '2021-06-18T20:00', '2021-06-18T20:00:05')
    """
    moment = moment.replace(microsecond=0)
    if moment.second:
        return moment.isoformat()
    return moment.isoformat(timespec="minutes") if moment.hour or moment.minute else moment.date().isoformat()


def _first(year: int, month: int = 1) -> datetime:
    """The first day of a month, which may be 13 or more of the year before."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return datetime(year, month, 1)


def years(first: int, count: int, label: str) -> Period:
    """``count`` whole years under one label: a decade, a century."""
    return Period("decade", _first(max(first, 1)), _first(first + count), label)


@lru_cache(maxsize=1024)
def year(number: int) -> Period:
    """A calendar year."""
    return Period("year", _first(number), _first(number + 1), f"{number:04d}")


@lru_cache(maxsize=1024)
def half(number: int, which: int) -> Period:
    """Half a calendar year."""
    month = 6 * which - 5
    return Period("half", _first(number, month), _first(number, month + 6), f"{number:04d}-H{which}")


@lru_cache(maxsize=1024)
def quarter(number: int, which: int) -> Period:
    """A calendar quarter."""
    month = 3 * which - 2
    return Period("quarter", _first(number, month), _first(number, month + 3), f"{number:04d}-Q{which}")


@lru_cache(maxsize=1024)
def season(number: int, which: str) -> Period:
    """A meteorological season: ``SP``, ``SU``, ``FA``, ``WI``; the winter ends in the year after."""
    month = SEASONS[which]
    return Period("season", _first(number, month), _first(number, month + 3), f"{number:04d}-{which}")


@lru_cache(maxsize=1024)
def month(number: int, which: int) -> Period:
    """A calendar month; ``which`` may lie outside 1 to 12 and then counts into other years.

    >>> month(2021, 14).timex
    '2022-02'
    """
    start = _first(number, which)
    return Period("month", start, _first(number, which + 1), f"{start.year:04d}-{start.month:02d}")


def week(inside: datetime) -> Period:
    """The ISO week that holds a moment.

    >>> week(datetime(2021, 6, 18)).timex
    '2021-W24'
    """
    start = _midnight(inside) - timedelta(days=inside.weekday())
    number, which, _ = start.isocalendar()
    return Period("week", start, start + timedelta(days=7), f"{number:04d}-W{which:02d}")


def weekend(inside: datetime) -> Period:
    """The Saturday and Sunday of the ISO week that holds a moment."""
    whole = week(inside)
    return Period("weekend", whole.start + timedelta(days=5), whole.end, f"{whole.label}-WE")


def day(moment: datetime | date) -> Period:
    """A calendar day."""
    return _day(moment.year, moment.month, moment.day)


@lru_cache(maxsize=4096)
def _day(number: int, which: int, day_number: int) -> Period:
    start = datetime(number, which, day_number)
    return Period("day", start, start + timedelta(days=1), start.date().isoformat())


def clock(on: Period, hour: int, minute: int | None, second: int | None) -> Period:
    """A moment on the clock of a day, as long as its precision; 24:00 keeps its day and its name.

    >>> clock(day(datetime(2021, 11, 15)), 24, 0, None).timex
    '2021-11-15T24:00'
    """
    start = on.start + timedelta(hours=hour, minutes=minute or 0, seconds=second or 0)
    length = (
        timedelta(hours=1)
        if minute is None
        else timedelta(minutes=1)
        if second is None
        else timedelta(seconds=1)
    )
    label = f"{on.label}T{hour:02d}:{minute or 0:02d}" + ("" if second is None else f":{second:02d}")
    return Period("clock", start, start + length, label)


def now(moment: datetime) -> Period:
    """The second of a moment."""
    moment = moment.replace(microsecond=0)
    return Period("clock", moment, moment + timedelta(seconds=1), moment.isoformat())


def shift(period: Period, unit: str, count: int) -> Period:
    """The period of grain ``unit`` that lies ``count`` units after the one at the start of ``period``.

    >>> shift(day(datetime(2021, 4, 10)), "month", 3).timex
    '2021-07'
    """
    start = period.moment
    if unit == "year":
        return year(start.year + count)
    if unit == "half":
        index = start.year * 2 + (start.month > 6) + count
        return half(index // 2, index % 2 + 1)
    if unit == "quarter":
        index = start.year * 4 + (start.month - 1) // 3 + count
        return quarter(index // 4, index % 4 + 1)
    if unit == "month":
        return month(start.year, start.month + count)
    if unit == "week":
        return week(start + timedelta(days=7 * count))
    if unit == "weekend":
        return weekend(start + timedelta(days=7 * count))
    return day(start + timedelta(days=count))


def edge_month(period: Period, edge: str | None) -> Period:
    """The first or last month of a year, as the end of a range that its beginning or end is (2021年底至2022年初).

    >>> edge_month(year(2021), "END").timex
    '2021-12'
    """
    return month(period.year, 12 if edge == "END" else 1) if period.grain == "year" else period


def same_but_years(period: Period, count: int) -> Period:
    """The like period ``count`` years later: the same quarter, the same dates.

    >>> same_but_years(day(datetime(2024, 2, 29)).to(day(datetime(2024, 3, 2))), -1).timex
    '2023-02-28/2023-03-02'
    """
    if period.last is not None:
        return same_but_years(replace(period, last=None), count).to(same_but_years(period.last, count))
    number = period.start.year + count
    if period.grain == "year":
        return year(number)
    if period.grain == "half":
        return half(number, 1 + (period.start.month > 6))
    if period.grain == "quarter":
        return quarter(number, (period.start.month + 2) // 3)
    if period.grain == "season":
        return season(number, period.label[-2:])
    if period.grain == "month":
        return month(number, period.start.month)
    if period.grain == "week":
        return week(period.start + timedelta(days=364 * count))
    return day(on_day(number, period.start.month, period.start.day))


def on_day(number: int, which: int, day_number: int) -> datetime:
    """A day of a month, the last one where the month is shorter."""
    last = (_first(number, which + 1) - timedelta(days=1)).day
    return datetime(number, which, min(day_number, last))


def valid_day(number: int, which: int, day_number: int) -> bool:
    """Whether the month has that day."""
    return 1 <= day_number <= (_first(number, which + 1) - timedelta(days=1)).day


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
