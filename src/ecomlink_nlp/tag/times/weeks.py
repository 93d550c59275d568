"""Weeks and the days of weeks."""

from datetime import datetime, timedelta

from ecomlink_nlp.tag.times import calendars, period
from ecomlink_nlp.tag.times.context import Context
from ecomlink_nlp.tag.times.partial import PartialDate
from ecomlink_nlp.tag.times.period import Period

WEEKDAYS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 7, "天": 7}
WEEKS = {"上上": -2, "上": -1, "本": 0, "这": 0, "今": 0, "下": 1, "下下": 2}


def weekday(context: Context, partial: PartialDate) -> Period:
    """上周三, 上周末, 上周; 周三 alone is the last one, today included, or the coming one where it is announced."""
    reference = context.reference_for("week")
    week = WEEKS.get(partial.week or "")
    if week is not None:
        whole = period.shift(reference.period, "week", week)
        if partial.weekend:
            return period.weekend(whole.start)
        if partial.weekday is None:
            return whole
        return period.day(whole.start + timedelta(days=WEEKDAYS[partial.weekday] - 1))
    which = WEEKDAYS[partial.weekday or "一"]
    here = reference.period.start
    if context.looks_ahead:
        return period.day(here + timedelta(days=(which - here.isoweekday() - 1) % 7 + 1))
    if context.is_coming(partial):
        return period.day(here + timedelta(days=(which - here.isoweekday()) % 7))
    return period.day(here - timedelta(days=(here.isoweekday() - which) % 7))


def nth_week(number: int, whole: Period) -> Period:
    """The n-th ISO week of a year, or the n-th week that begins in a month."""
    if whole.grain == "year":
        return period.week(datetime.fromisocalendar(whole.year, number, 1))
    return period.week(calendars.nth_weekday(whole, 1, number))
