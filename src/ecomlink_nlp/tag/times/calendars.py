"""Festivals, the Chinese lunar calendar, and fiscal years that differ from calendar years."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cache

from ecomlink_nlp.resources import read_tsv
from ecomlink_nlp.tag.times.period import Period, day, half, month, quarter, years
from ecomlink_nlp.tag.times.period import year as calendar_year
from ecomlink_nlp.text.document import Entity

LUNAR_FILE = "times_lunar.tsv"
FISCAL_FILE = "times_fiscal.tsv"
NEAR = 400
"""How far before a fiscal year, in characters, the company may stand whose year it is."""


@cache
def _lunar_years() -> dict[int, int]:
    rows = read_tsv(LUNAR_FILE, ("year", "code"))
    return {int(row["year"]): int(row["code"], 16) for row in rows}


@cache
def _new_years() -> dict[int, datetime]:
    """The first day of each lunar year, counted on from the first of the table."""
    codes = _lunar_years()
    first = min(codes)
    start = datetime(1970, 2, 6)
    starts = {}
    for number in range(first, max(codes) + 1):
        starts[number] = start
        start += timedelta(days=sum(_month_lengths(codes[number])))
    return starts


def _month_lengths(code: int) -> list[int]:
    """The lengths of the months of a lunar year, the leap month in its place."""
    lengths = [30 if code & (0x10000 >> number) else 29 for number in range(1, 13)]
    if leap := code & 0xF:
        lengths.insert(leap, 30 if code & 0x10000 else 29)
    return lengths


def lunar_day(year: int, month_number: int, day_number: int) -> datetime | None:
    """The solar date of a day of the lunar calendar; None outside the table. 12-30 is the year's last day.

    >>> lunar_day(2021, 1, 1), lunar_day(2023, 8, 15)
    (datetime.datetime(2021, 2, 12, 0, 0), datetime.datetime(2023, 9, 29, 0, 0))
    """
    code = _lunar_years().get(year)
    if code is None:
        return None
    lengths = _month_lengths(code)
    leap = code & 0xF
    index = month_number - 1 + (1 if leap and month_number > leap else 0)
    if (month_number, day_number) == (12, 30):
        index, day_number = len(lengths) - 1, lengths[-1]
    return _new_years()[year] + timedelta(days=sum(lengths[:index]) + day_number - 1)


def festival_day(rule: str, year: int) -> datetime | None:
    """The day of a festival in a year, after its rule in ``times_festivals.tsv``.

    >>> festival_day("06 7 3", 2017), festival_day("black_friday", 2021)
    (datetime.datetime(2017, 6, 18, 0, 0), datetime.datetime(2021, 11, 26, 0, 0))
    """
    if rule == "qingming":
        return datetime(year, 4, _qingming(year))
    if rule == "black_friday":
        thanksgiving = festival_day("11 4 4", year)
        return None if thanksgiving is None else thanksgiving + timedelta(days=1)
    if rule.startswith("lunar "):
        month_number, day_number = rule[6:].split("-")
        found = lunar_day(year, int(month_number), int(day_number))
        if (
            found is not None and found.year > year
        ):  # 除夕 of 2020 is in January 2020, the end of the lunar 2019
            return lunar_day(year - 1, int(month_number), int(day_number))
        return found
    if " " in rule:
        month_number, weekday, nth = rule.split()
        return nth_weekday(month(year, int(month_number)), int(weekday), int(nth))
    month_number, day_number = rule.split("-")
    return datetime(year, int(month_number), int(day_number))


def _qingming(year: int) -> int:
    """The day in April: the usual formula [Y·D + C] − [Y/4], good for 1901 to 2099."""
    place = year % 100
    return int(place * 0.2422 + (4.81 if year >= 2000 else 5.59)) - place // 4


def nth_weekday(whole: Period, weekday: int, nth: int) -> datetime:
    """The n-th ISO weekday of a period; -1 is the last one."""
    if nth < 0:
        end = whole.end - timedelta(days=1)
        return end - timedelta(days=(end.isoweekday() - weekday) % 7)
    return whole.start + timedelta(days=(weekday - whole.start.isoweekday()) % 7 + 7 * (nth - 1))


def decade(century: int | str | None, decade_number: int | None, now_year: Callable[[], int]) -> Period:
    """A decade of a century (上世纪90年代), or a century alone; 上 and 本 count from the year that ``now_year`` gives.

    >>> decade(20, 80, lambda: 2021).timex, decade("上", None, lambda: 2021).timex
    ('198', '19')
    """
    if century in ("上", "本"):
        century = now_year() // 100 + (0 if century == "上" else 1)
    if decade_number is None:
        first = (int(century or 20) - 1) * 100
        return years(first, 100, f"{first // 100:02d}")
    if century is None:
        century = 21 if decade_number < 30 else 20
    first = (int(century) - 1) * 100 + decade_number
    return years(first, 10, f"{first // 10:03d}")


def festival(rule: str, year: int) -> Period | None:
    """The festival's day as a period."""
    found = festival_day(rule, year)
    return None if found is None else day(found)


@cache
def _fiscal_ends() -> dict[str, int]:
    return {
        row["name"]: int(row["last_month"]) for row in read_tsv(FISCAL_FILE, ("id", "name", "last_month"))
    }


def fiscal_year_end(position: int, entities: Sequence[Entity]) -> int:
    """The last month of the fiscal year of the company that is named last before ``position``; 12 by default.

    >>> fiscal_year_end(9, [Entity(0, 4, "ORG", "阿里巴巴")])
    3
    """
    ends = _fiscal_ends()
    for entity in reversed(entities):
        if entity.end <= position and position - entity.end <= NEAR and entity.type in ("ORG", "PLATFORM"):
            return ends.get(entity.name, 12)
    return 12


def fiscal_year(number: int, last_month: int) -> Period:
    """The fiscal year that ends in ``last_month`` of the year of its name.

    >>> fiscal_year(2023, 3).timex, fiscal_year(2023, 12).timex
    ('2022-04/2023-03', '2023')
    """
    if last_month == 12:
        return calendar_year(number)
    return month(number, last_month - 11).to(month(number, last_month))


def fiscal_quarter(number: int, which: int, last_month: int) -> Period:
    """A quarter of such a year, as a calendar quarter where it is one.

    >>> fiscal_quarter(2023, 4, 3).timex, fiscal_quarter(2023, 1, 1).timex
    ('2023-Q1', '2022-02/2022-04')
    """
    return quarter_from(month(number, last_month - 11 + 3 * (which - 1)))


def quarter_from(first: Period) -> Period:
    """Three months from ``first`` on, as a calendar quarter where they are one."""
    if first.start.month % 3 == 1:
        return quarter(first.year, (first.start.month + 2) // 3)
    return first.to(month(first.year, first.start.month + 2))


def fiscal_half(number: int, which: int, last_month: int) -> Period:
    """A half of such a year, as a calendar half where it is one.

    >>> fiscal_half(2023, 1, 12).timex, fiscal_half(2023, 1, 3).timex
    ('2023-H1', '2022-04/2022-09')
    """
    first = month(number, last_month - 11 + 6 * (which - 1))
    if first.start.month % 6 == 1:
        return half(first.year, 1 + first.start.month // 7)
    return first.to(month(first.year, first.start.month + 5))
