"""Hands a span that the grammar has found, but does not read itself, to dateparser.

dateparser never searches here, and never reads relative or Chinese dates: it makes 2021年 the year 1 and 17日
seventeen days ago. It reads numeric dates in uncommon order and English dates.
"""

import re
from datetime import datetime
from functools import lru_cache
from typing import Any

from ecomlink_nlp.tag.times.period import Period, day, month

_SHORT = re.compile(r"\d\d[-/.]\d\d[-/.]\d\d")  # in Chinese the year comes first
_MONTH_AND_YEAR = re.compile(r"[A-Za-z]+\.? \d{4}")


@lru_cache(maxsize=512)
def parse(text: str) -> Period | None:
    """Read an absolute date: day first where day and month could be either, the year first of three short numbers.

    >>> parse("May 21, 2024").timex, parse("10/31/1974").timex, parse("March 2020").timex, parse("12-11-10").timex
    ('2024-05-21', '1974-10-31', '2020-03', '2012-11-10')
    """
    import dateparser

    settings: dict[str, Any] = {"REQUIRE_PARTS": ["month", "year"], "RELATIVE_BASE": datetime(2000, 1, 1)}
    orders = ("YMD", "DMY", "MDY") if _SHORT.fullmatch(text) else ("DMY", "MDY")
    for order in orders:  # releases before 1.5 hold to the order even where only the other makes a date
        found = dateparser.parse(text, languages=["en"], settings={**settings, "DATE_ORDER": order})
        if found is not None:
            return month(found.year, found.month) if _MONTH_AND_YEAR.fullmatch(text) else day(found)
    return None
