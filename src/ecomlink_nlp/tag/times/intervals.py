"""The stretch of time that a date with its modifier stands for, half-open, None for an open end."""

from datetime import datetime, timedelta

from ecomlink_nlp.tag.times.grammar import rules
from ecomlink_nlp.tag.times.partial import PartialDate
from ecomlink_nlp.tag.times.period import Period, iso, month

Interval = tuple[str | None, str | None]


def interval_of(found: Period, partial: PartialDate, how: str, text: str) -> Interval:
    """The stretch that the date and its modifier stand for."""
    start, stop = found.interval()
    name, _, included = how.partition(" ")
    edge = (partial.until or partial).edge
    if name == "before":
        return None, iso(
            _edge(found, edge, text[partial.end - 1] == "旬")[1]
        ) if edge else stop if included else start
    if name == "after":
        return (start if included or found.grain == "clock" else stop), None
    if name == "start":
        return start, None
    if name == "edge" and found.last is None:
        low, high = _edge(found, edge or "", text[partial.end - 1] == "旬")
        return iso(low), iso(high)
    if partial.part and found.grain == "day" and found.last is None:
        low, high = rules()["parts"][partial.part]
        return iso(found.start + timedelta(hours=low)), iso(found.start + timedelta(hours=high))
    return start, stop


def _edge(found: Period, edge: str, ten_days: bool) -> tuple[datetime, datetime]:
    """The usual reach of 初, 中 and 底: a sixth of a year at its ends, five days of a month, ten for 旬."""
    if found.grain == "month":
        first, last = (10, 20) if ten_days else (5, 24)
        low, high = found.start + timedelta(days=first), found.start + timedelta(days=last)
    elif found.grain == "quarter":
        low, high = (
            month(found.year, found.start.month + 1).start,
            month(found.year, found.start.month + 2).start,
        )
    elif found.grain == "year":
        low, high = datetime(found.year, 3, 1), datetime(found.year, 11, 1)
    elif found.grain == "decade":
        count = 3 if found.stop.year - found.start.year <= 10 else 20
        low = datetime(found.start.year + count, 1, 1)
        high = datetime(found.stop.year - count, 1, 1)
    else:
        third = (found.stop - found.start) / 3
        low, high = found.start + third, found.stop - third
    if edge == "START":
        return found.start, low
    return (high, found.stop) if edge == "END" else (low, high)
