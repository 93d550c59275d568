"""Infers the date of a document from its text, never from the computer's clock.

Notes for a newcomer. A dateline (``2022年8月15日 文/…``, ``发布于…``) settles it. Without one, a reader argues in two
steps. The year: a text that says 今年 or 去年 and also numbers a year M in passing (2021年的GMV) speaks of M as
gone, so it was written in M+1; numbered only with month and day, M may be the current year. What was N years
ago (十四年前…2009年), or which weekday a date was, settles the year before that. The month: the last one of that
year that the text tells of as past; an announcement (3月1日起将…) dates the text shortly before. A day is
given only where the text itself counts days (上周日, 昨天): then it follows the last one told of.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from ecomlink_nlp.tag.times.find import find_times
from ecomlink_nlp.tag.times.grammar import before_pattern, narrow, pattern
from ecomlink_nlp.text.document import Time

HEAD, TAIL = 600, 300
"""How far from its ends a document may carry a dateline, in characters."""
LINE = 60
"""The longest line that is a dateline, in characters."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_YEAR = re.compile(r"\d{4}$")
_MONTH = re.compile(r"(\d{4})(?:-(\d\d))?")
_NUMBERED = re.compile(r"(?:1[89]|20)\d\d")
_SENTENCE = re.compile(r"[。！？\n]")
_CLAUSE = re.compile(r"[，,；;：:]")
_SECTION = "document_date"


@dataclass(frozen=True, slots=True)
class _Mention:
    """A time of the text with the sentence around it."""

    time: Time
    text: str
    before: str
    after: str

    @property
    def is_numbered(self) -> bool:
        """Whether its year stands there in digits."""
        return bool(_NUMBERED.match(self.text) and _NUMBERED.match(self.time.timex))

    @property
    def year(self) -> int:
        return int(self.time.timex[:4])

    @property
    def is_forecast(self) -> bool:
        """Whether it is announced or expected."""
        if self.time.mod == "BEFORE" or before_pattern("markers", "coming_before").search(self.before[-12:]):
            return True
        after = self.after if self.time.mod == "START" else _CLAUSE.split(self.after)[0]
        return bool(pattern(_SECTION, "forecast").search(_CLAUSE.split(self.before)[-1][-10:] + after[:20]))


def infer_document_date(text: str) -> str | None:
    """Return the date of ``text`` as a partial ISO date, as exactly as the text tells it, or None.

    >>> infer_document_date("平台换挡\\n2022年8月15日 文/沈南乔\\n去年12月,…")
    '2022-08-15'
    >>> infer_document_date("2021年GMV为100亿元。去年11月,快手发文:2022年3月1日起将无法上架。")
    '2022-02'
    """
    text = narrow(text)
    times = find_times(text, None)
    if found := _dateline(text, times):
        return found
    mentions = list(_mentions(text, times))
    year = _year(text, mentions)
    if year is None:
        return None
    return _within(text, year)


def _dateline(text: str, times: list[Time]) -> str | None:
    """The date of a byline near the top or the end."""
    for time in sorted(times, key=lambda time: time.start >= HEAD):
        if HEAD <= time.start < len(text) - TAIL or not _DAY.match(time.timex) or "/" in time.timex:
            continue
        if not _NUMBERED.match(text, time.start) or time.mod is not None:
            continue
        start = text.rfind("\n", 0, time.start) + 1
        end = text.find("\n", time.end)
        line_before, line_after = text[start : time.start], text[time.end : end if end >= 0 else len(text)]
        if before_pattern(_SECTION, "published").search(line_before):
            return time.timex[:10]
        rest = line_before + line_after
        if len(rest) <= LINE and not pattern(_SECTION, "prose").search(rest):
            return time.timex[:10]
    return None


def _mentions(text: str, times: list[Time]) -> Iterator[_Mention]:
    for time in times:
        before = _SENTENCE.split(text[max(0, time.start - 60) : time.start])[-1]
        after = _SENTENCE.split(text[time.end : time.end + 60])[0]
        yield _Mention(time, text[time.start : time.end], before, after)


def _year(text: str, mentions: list[_Mention]) -> int | None:
    """The year in which the text was written."""
    numbered = [m for m in mentions if m.is_numbered and "fiscal" not in m.time.rule]
    past = [m for m in numbered if not (m.is_forecast and _YEAR.match(m.time.timex))]
    if not past:
        return None
    last = max(m.year for m in past)
    pinned = _pinned(text, mentions)
    if pinned is not None and pinned >= last:
        return pinned
    if not pattern(_SECTION, "relative_year").search(text):
        return last
    told_as_gone = any(m.year == last and not _DAY.match(m.time.timex) for m in past)
    year = last + 1 if told_as_gone else last
    return _of_weekday(text, year) or year


def _pinned(text: str, mentions: list[_Mention]) -> int | None:
    """What lies so long ago and is numbered right after gives the year: 十四年前…2009年."""
    for before, after in pairwise(mentions):
        if not before.time.rule.endswith("+ago") or not after.is_numbered:
            continue
        between = text[before.time.end : after.time.start]
        ago = find_times(before.text, "2000-01-01")
        if len(_SENTENCE.findall(between)) > 1 or not ago:
            continue
        then, told = _MONTH.fullmatch(ago[0].timex), _MONTH.match(after.time.timex)
        if then is None or told is None:
            continue
        months = 12 * (2000 - int(then[1])) + (1 - int(then[2]) if then[2] else 0)
        if not then[2]:
            return after.year + months // 12
        if told[2]:
            return after.year + (int(told[2]) - 1 + months) // 12
    return None


_WEEKDAY = re.compile(r"(\d{1,2})月(\d{1,2})日.{0,6}?(?:周|星期)([一二三四五六日天])")


def _of_weekday(text: str, year: int) -> int | None:
    """The year, of this one and those beside it, in which a date falls on the weekday that the text gives it."""
    match = _WEEKDAY.search(text)
    if match is None:
        return None
    weekday = "一二三四五六日".find(match[3].replace("天", "日"))
    for candidate in (year, year + 1, year - 1):
        try:
            if date(candidate, int(match[1]), int(match[2])).weekday() == weekday:
                return candidate
        except ValueError:
            continue
    return None


def _within(text: str, year: int) -> str:
    """The month, and the day where the text counts days, within the year."""
    mentions = list(_mentions(text, find_times(text, str(year))))
    told = [m for m in mentions if m.time.timex.startswith(f"{year}-") and m.time.timex[5:7].isdecimal()]
    past = [m for m in told if not m.is_forecast]
    if not past:
        coming = [m.time.timex for m in told if _DAY.match(m.time.timex)]
        return _before_announcement(min(coming)) if coming else str(year)
    last = max(m.time.timex.split("/")[-1][:10] for m in past)
    month = last[:7]
    if numbered := pattern(_SECTION, "numbered_day").search(text):
        return _numbered_day(month, numbered) or month
    if pattern(_SECTION, "relative_day").search(text) and len(last) == 10:
        # A text that says 昨天 of something else names only earlier days by their numbers.
        return _next_day(_next_day(last)) if pattern(_SECTION, "yesterday").search(text) else _next_day(last)
    return month


def _before_announcement(day: str) -> str:
    """The month of the day before what is announced."""
    return (datetime.fromisoformat(day[:10]) - timedelta(days=1)).date().isoformat()[:7]


def _next_day(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _numbered_day(month: str, match: re.Match[str]) -> str | None:
    if not match["yesterday"] and not match["today"]:
        return None
    named = f"{month[:4]}-{int(match['month']):02d}" if match["month"] else month
    day = f"{named}-{int(match['day']):02d}"
    try:
        return _next_day(day) if match["yesterday"] else date.fromisoformat(day).isoformat()
    except ValueError:
        return None
