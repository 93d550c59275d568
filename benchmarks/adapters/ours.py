"""This library."""

import re
from datetime import datetime

from adapters.found import Found, moment
from ecomlink_nlp.repair.script import traditional_to_simplified
from ecomlink_nlp.tag.times import find_times
from ecomlink_nlp.tag.values import find_values
from ecomlink_nlp.tag.values.occurrences import find_numerals

VALUE_TYPES = {"percent": "PERCENT", "money": "MONEY", "dimension": "QUANTITY", "ordinal": "ORDINAL"}
SECONDS = {"Y": 365 * 86400, "M": 365 * 7200, "W": 7 * 86400, "D": 86400, "H": 3600, "TM": 60, "S": 1}
NO_DATE = "2020-01-01"


def find(text: str, reference: datetime | None, kind: str) -> list[Found]:
    """Find what of ``kind`` stands in ``text``."""
    if kind == "number":
        return [
            Found(n.start, n.end, (n.value,) if n.high is None else (n.value, n.high))
            for n in find_numerals(text)
        ]
    if kind in VALUE_TYPES:
        return [
            Found(
                v.start,
                v.end,
                (v.value,) if v.value is not None else (v.low or 0, v.high or 0),
                v.unit,
                v.mod,
            )
            for v in find_values(text)
            if v.type == VALUE_TYPES[kind]
        ]
    # The cases are short messages, and the pipeline tags simplified text; the conversion keeps the length.
    simplified = traditional_to_simplified().convert(text)
    found = []
    for time in find_times(simplified, reference.isoformat() if reference else NO_DATE, genre="message"):
        # 近三年 is a length whose place is known, so a period too.
        placed = kind == "period" and time.interval is not None
        if (time.type == "DURATION") != (kind == "duration") and not placed:
            continue
        interval = None
        if time.interval:
            low, high = time.interval
            interval = (moment(low) if low else None, moment(high) if high else None)
        found.append(Found(time.start, time.end, interval=interval, seconds=seconds(time.timex)))
    return found


def seconds(timex: str) -> float | None:
    """The length of an ISO 8601 duration, a year of 365 days, a month its twelfth; of a range the lower end."""
    timex = timex.partition("/")[0]
    if not re.fullmatch(r"P[\d.YMWDTHS]+", timex):
        return None
    days, _, clock = timex[1:].partition("T")
    total = sum(float(n) * SECONDS[u] for n, u in re.findall(r"([\d.]+)([YMWD])", days))
    return total + sum(
        float(n) * SECONDS["TM" if u == "M" else u] for n, u in re.findall(r"([\d.]+)([HMS])", clock)
    )
