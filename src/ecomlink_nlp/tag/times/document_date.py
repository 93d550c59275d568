"""Infers the date of a document from its text, never from the computer's clock.

Notes for a newcomer. A dateline (``2022年8月15日 文/…``, ``发布于…``) settles it, and a lead's own day (``11月12日消息``)
needs only the year. Without one, a reader argues in two steps. The year: see `document_year`. The month: the last one of
that year that the text tells of as past; an announcement (3月1日起将…) dates the text shortly before. A day is
given only where the text itself counts days (上周日, 昨天): then it follows the last one told of.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from ecomlink_nlp.tag.times import fallback
from ecomlink_nlp.tag.times.document_year import before, infer_year, pattern
from ecomlink_nlp.tag.times.find import find_times
from ecomlink_nlp.tag.times.grammar import narrow
from ecomlink_nlp.tag.times.mention import Mention, mentions
from ecomlink_nlp.text.document import Entity, Time

HEAD, TAIL = 600, 300
"""How far from its ends a document may carry a dateline, in characters."""
LEAD = 300
"""How far from its start a document may carry a lead with its own day."""
LINE = 60
"""The longest line that is a dateline, in characters."""
CLOSING = 40
"""How far from its end a document may carry a closing date."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_BARE_MONTH = re.compile(r"(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月")
_NUMBERED = re.compile(r"(?:1[89]|20)\d\d|[一二][〇零○九八七]")


def infer_document_date(text: str, *, entities: Sequence[Entity] = ()) -> str | None:
    """Return the date of ``text`` as a partial ISO date, as exactly as the text tells it, or None.

    ``entities`` (sorted) tell whose fiscal year is meant.

    >>> infer_document_date("平台换挡\\n2022年8月15日 文/沈南乔\\n去年12月,…")
    '2022-08-15'
    >>> infer_document_date("2021年GMV为100亿元。去年11月,快手发文:2022年3月1日起将无法上架。")
    '2022-02'
    """
    text = narrow(text)
    times = find_times(text, None, entities=entities)
    if found := _dateline(text, times) or _closing(text):
        return found
    lead = pattern("dateline", "lead").search(text, 0, LEAD)
    if lead and lead["year"]:
        return _valid(int(lead["year"]), int(lead["month"]), int(lead["day"]))
    if found := _address(text):
        return found
    year = infer_year(text, list(mentions(text, times)))
    if year is None:
        return None
    if own := lead or pattern("dateline", "as_of_press").search(text):
        return _valid(year, int(own["month"]), int(own["day"])) or str(year)
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
        if before("dateline", "published").search(line_before):
            return time.timex[:10]
        rest = line_before + line_after
        if len(rest) <= LINE and not pattern("dateline", "prose").search(rest):
            return time.timex[:10]
    return None


def _closing(text: str) -> str | None:
    """A date that closes a notice, or an English one on a line of its own at the top."""
    if match := pattern("dateline", "closing").search(text.rstrip(), max(0, len(text.rstrip()) - CLOSING)):
        year, month, day = (int(number) for number in re.findall(r"\d+", match["text"]))
        return _valid(year, month, day)
    if match := pattern("dateline", "english").search(text, 0, HEAD):
        found = fallback.parse(match["text"])
        return found.timex if found is not None and found.grain == "day" else None
    return None


def _address(text: str) -> str | None:
    """The day in the address of the page, near the top or the end."""
    for start, end in ((0, HEAD), (max(0, len(text) - TAIL), len(text))):
        if match := pattern("dateline", "address").search(text, start, end):
            return _valid(int(match["year"]), int(match["month"]), int(match["day"]))
    return None


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _within(text: str, year: int) -> str:
    """The month, and the day where the text counts days, within the year."""
    found = list(mentions(text, find_times(text, str(year))))
    told = [m for m in found if m.time.timex.startswith(f"{year}-") and m.time.timex[5:7].isdecimal()]
    past = [m for m in told if not m.is_forecast]
    if not past:
        coming = [m.time.timex for m in told if _DAY.match(m.time.timex)]
        return _before_announcement(min(coming)) if coming else str(year)
    # of a story told from year to year a month without its year dates nothing
    dated = [m for m in past if not _is_of_story(text, found, m, year)] or past
    last = max(m.time.timex.split("/")[-1][:10] for m in dated)
    month = last[:7]
    if numbered := pattern("day", "numbered").search(text):
        return _numbered_day(month, numbered) or month
    if pattern("day", "relative").search(text) and len(last) == 10:
        # A text that says 昨天 of something else names only earlier days by their numbers.
        return _next_day(_next_day(last)) if pattern("day", "yesterday").search(text) else _next_day(last)
    return month


def _is_of_story(text: str, found: Sequence[Mention], mention: Mention, year: int) -> bool:
    """Whether a bare month goes on from a date of an earlier year in its paragraph: 2021年5月…。到了12月,…."""
    if not _BARE_MONTH.match(mention.text):
        return False
    paragraph = text.rfind("\n", 0, mention.time.start) + 1
    told = [
        m for m in found if paragraph <= m.time.start < mention.time.start and m.shape in {"month", "day"}
    ]
    return bool(told) and told[-1].year < year and told[-1].is_numbered


def _before_announcement(day: str) -> str:
    """The month of the day before what is announced."""
    return (datetime.fromisoformat(day[:10]) - timedelta(days=1)).date().isoformat()[:7]


def _next_day(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _numbered_day(month: str, match: re.Match[str]) -> str | None:
    yesterday, today = match["yesterday"] or match["yesterday_2"], match["today"] or match["today_2"]
    if not yesterday and not today:
        return None
    named_month = match["month"] or match["month_2"]
    named = f"{month[:4]}-{int(named_month):02d}" if named_month else month
    day = f"{named}-{int(match['day'] or match['day_2']):02d}"
    try:
        return _next_day(day) if yesterday else date.fromisoformat(day).isoformat()
    except ValueError:
        return None
