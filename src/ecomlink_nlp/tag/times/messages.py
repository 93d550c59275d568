"""Lengths of time in messages, which are said at a moment and count from it: 还剩3小时, 15个工作日内, 前二分钟.

In an article such a length has no place of its own (退款在30天内完成 is no month of the document's date).
"""

from datetime import datetime, timedelta

from ecomlink_nlp.tag.times.duration import Duration
from ecomlink_nlp.tag.times.grammar import before_pattern, pattern
from ecomlink_nlp.tag.times.intervals import Interval
from ecomlink_nlp.tag.times.period import iso

_WEEKEND = 5
_REACH = 4


def around_now(
    text: str, start: int, end: int, length: Duration, prefix: str, now: datetime
) -> Interval | None:
    """The stretch that ends or begins now, where the words around ``text[start:end]`` say so; ``prefix`` is 前, 上, 下 or empty.

    What is to be done within some days may be done on the whole of the last one, so that 17天内 ends with that day.

    >>> from ecomlink_nlp.tag.times.duration import parse_duration
    >>> now = datetime(2019, 2, 18, 9, 30)
    >>> around_now("还剩3小时", 2, 5, parse_duration("3小时"), "", now)
    ('2019-02-18T09:30', '2019-02-18T12:30')
    >>> around_now("17天内", 0, 3, parse_duration("17天"), "", now)
    ('2019-02-18T09:30', '2019-03-08')
    """
    window = text[max(0, start - _REACH) : start]
    if prefix in ("前", "上") or before_pattern("duration.message", "gone").search(window):
        begin = length.add(now, -1)
        return None if begin is None else (iso(begin), iso(now))
    if prefix == "下" or before_pattern("duration.message", "left").search(window):
        stop = length.add(now, 1)
        return None if stop is None else (iso(now), iso(stop))
    if pattern("duration.message", "within").match(text, end):
        working = pattern("duration.message", "working_days").search(text, start, end)
        stop = _working_days_on(length, now) if working else length.add(now, 1)
        if stop is None or length.amounts[-1][0].startswith("T"):
            return None if stop is None else (iso(now), iso(stop))
        return iso(now), iso(length.period_at(stop).stop)
    return None


def _working_days_on(length: Duration, now: datetime) -> datetime | None:
    """So many days from Monday to Friday later; public holidays are not known."""
    amount = length.amounts[0][1]
    if amount is None:
        return None
    moment, left = now, int(amount)
    while left > 0:
        moment += timedelta(days=1)
        left -= moment.weekday() < _WEEKEND
    return moment
