"""The period a figure measures: the time beside it, else of its sentence, else the campaign or period before."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from ecomlink_nlp.claim.discourse import Clause, Discourse
from ecomlink_nlp.claim.metrics.constructions import constructions
from ecomlink_nlp.claim.metrics.order import clauses_back
from ecomlink_nlp.claim.metrics.quantities import Quantity
from ecomlink_nlp.claim.metrics.subject import is_season
from ecomlink_nlp.text.document import Time

_COMPARED = re.compile(r"(?:较|比|与|同|跟|相比|相较于?|高于|低于|对比|相对)(?:于)?$")
_ADJACENT = re.compile(r"(?:的|为|是|约|近|还有|还是|仅|已|达|则|有|收入|了|\s)*$")
_OF = re.compile("的[近约超过了逾]*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_POINT = re.compile(r"\d{4}-(?:\d{2}|W\d{2})(?:-\d{2})?(?:T.*)?")
_MONTHS = re.compile(r"P(\d+)M")
_YEAR = re.compile(r"\d{4}")
_REPORT_REACH = 4  # sentences
_PUBLISHING_REACH = 12  # characters between a day and the verb of publishing


@dataclass(frozen=True, slots=True)
class Period:
    """A TIMEX3 value, how it was found, and the tag it came from; ``""`` where the text says 目前."""

    timex: str
    how: str
    time: Time | None = None


class Periods:
    """Finds the period of figures in one document."""

    def __init__(self, discourse: Discourse) -> None:
        self._discourse = discourse
        self._text = discourse.text
        self._starts = [time.start for time in discourse.document.times]

    def _times_back(self, offset: int) -> Iterator[Time]:
        """The times before ``offset``, nearest first."""
        for index in range(bisect_left(self._starts, offset) - 1, -1, -1):
            yield self._discourse.document.times[index]

    def beside(self, clause: Clause, quantity: Quantity) -> Period | None:
        """Return the time right before the figure (比五年前的28%), which dates it whatever else the clause says."""
        for time in reversed(clause.times):
            if time.end <= quantity.start:
                if time.type != "DURATION" and _ADJACENT.fullmatch(self._text, time.end, quantity.start):
                    return Period(time.timex, "stated", time)
                return None
        return None

    def of(self, clause: Clause, quantity: Quantity, anchor: int, *, compared: bool) -> Period | None:
        """Return the period of the figure, or None.

        ``anchor`` is the start of the measure's word (全年 before it makes the year of the time found). ``compared``
        says that the figure is a change, so that 去年同期 is its base and no period.
        """
        published: Period | None = None
        for earlier in clauses_back(self._discourse, clause):
            if earlier.sentence != clause.sentence:
                break
            limit = quantity.start if earlier is clause else earlier.end
            found = self._in_clause(earlier, limit, quantity, compared)
            if found is not None:
                return self._whole_year(clause, anchor, found) or found
            if constructions().present.search(self._text, earlier.start, limit):
                return Period("", "present")
            if constructions().campaign.search(self._text, earlier.start, limit):
                campaign = self._campaign(earlier.start)
                if campaign is not None:
                    return campaign
            published = published or self._published_in(earlier, limit)
        if published is not None:
            return self._whole_year(clause, anchor, published) or published
        return None

    def _in_clause(self, clause: Clause, limit: int, quantity: Quantity, compared: bool) -> Period | None:
        for index in range(len(clause.times) - 1, -1, -1):
            time = clause.times[index]
            if time.end > limit or (time.start, time.end) == (quantity.start, quantity.end):
                continue
            if time.type == "DURATION":
                if not time.timex.startswith("PT") and self._measures(time):
                    return self._closing(clause.times[:index], time) or Period(time.timex, "stated", time)
                continue
            if self._is_base(time, compared or limit != quantity.start or time.start > clause.start + 2):
                continue
            if compared and _OF.fullmatch(self._text, time.end, quantity.start):
                continue  # 是去年的近两倍
            if self._publishes(clause, time):
                continue
            return Period(time.timex, "stated" if limit == quantity.start else "sentence", time)
        return None

    def _measures(self, time: Time) -> bool:
        words, text = constructions(), self._text
        surface = text[time.start : time.end]
        return bool(
            surface.startswith(("过去", "近", "最近", "前", "头", "首"))
            or surface.endswith(("来", "内", "间"))
            or words.period_before_end.search(text, max(0, time.start - 3), time.start)
            or words.period_after.match(text, time.end)
        )

    def _closing(self, earlier: list[Time], duration: Time) -> Period | None:
        """The period of 截至6月30日的三个月: the quarter, half or year that ends there."""
        months = _MONTHS.fullmatch(duration.timex)
        if not earlier or months is None:
            return None
        end = earlier[-1]
        if not self._text[max(0, end.start - 2) : end.start].startswith("截") or end.end + 3 < duration.start:
            return None
        return Period(closing_period(end.timex, int(months[1])) or end.timex, "stated", end)

    def _is_base(self, time: Time, compared: bool) -> bool:
        before = self._text[max(0, time.start - 4) : time.start]
        if _COMPARED.search(before):
            return True
        if before.endswith(("从", "由")) and self._text[time.end : time.end + 1] == "的":
            return True  # 由2019年的50万跌至20万: dates only the first figure
        return compared and self._discourse.is_base(time)

    def _publishes(self, clause: Clause, time: Time) -> bool:
        if _POINT.fullmatch(time.timex) is None or self._text[time.end : time.end + 1] == "起":
            return False
        reach = min(clause.end, time.end + _PUBLISHING_REACH)
        for other in clause.times:
            if other.start >= time.end:
                reach = min(reach, other.start)
        if constructions().publishing.search(self._text, time.end, reach):
            return True
        # 7月3日,淘宝宣布: a day alone in its clause belongs to the next one
        if reach == clause.end and clause.index + 1 < len(self._discourse.clauses) and _DAY.match(time.timex):
            following = self._discourse.clauses[clause.index + 1]
            if following.sentence == clause.sentence:
                reach = min(following.end, following.start + _PUBLISHING_REACH)
                return constructions().publishing.search(self._text, following.start, reach) is not None
        return False

    def _published_in(self, clause: Clause, limit: int) -> Period | None:
        for time in clause.times:
            if time.end <= limit and time.type != "DURATION" and not self._is_base(time, True):
                return Period(time.timex, "publication", time)
        return None

    def reported(self, clause: Clause) -> Period | None:
        """Return the period of the report that the sentences before open (发布2021年财报。全年营收…)."""
        for time in self._times_back(clause.start):
            if clause.sentence - self._discourse.clause_at(time.start).sentence > _REPORT_REACH:
                return None
            if _POINT.fullmatch(time.timex) or time.type == "DURATION":
                continue
            if constructions().report.search(self._text, time.end, time.end + 8):
                return Period(time.timex, "report", time)
        return None

    def festive(self, clause: Clause) -> Period | None:
        """Return the document's year where this sentence or the one before places the figures in a festival."""
        date = self._discourse.document.date
        if date is None:
            return None
        for earlier in clauses_back(self._discourse, clause):
            if earlier.sentence < clause.sentence - 1 or earlier.paragraph != clause.paragraph:
                return None
            if any(entity.type == "EVENT" and is_season(entity.name) for entity in earlier.entities):
                return Period(date[:4], "festival")
        return None

    def _campaign(self, offset: int) -> Period | None:
        """The last period with two ends, quarter, half or year named before."""
        for time in self._times_back(offset):
            if "/" in time.timex or "-Q" in time.timex or "-H" in time.timex:
                return Period(time.timex, "campaign", time)
        return None

    def _whole_year(self, clause: Clause, anchor: int, found: Period) -> Period | None:
        words = constructions()
        last = None
        for match in words.whole_year.finditer(self._text, clause.start, anchor):
            last = match
        if last is None or (found.time is not None and found.time.start > last.start()):
            return None
        year = _YEAR.match(found.timex)
        return Period(year[0], "year", found.time) if year else None


def closing_period(end: str, months: int) -> str | None:
    """Return the TIMEX3 value of the ``months`` months that close with the day or month ``end``.

    >>> closing_period("2022-06-30", 3), closing_period("2022-12-31", 12), closing_period("2021-06-30", 12)
    ('2022-Q2', '2022', '2020-07/2021-06')
    """
    if not re.match(r"\d{4}-\d{2}", end):
        return None
    year, month = int(end[:4]), int(end[5:7])
    if months == 3 and month % 3 == 0:
        return f"{year}-Q{month // 3}"
    if months == 6 and month % 6 == 0:
        return f"{year}-H{month // 6}"
    if months == 12 and month == 12:
        return f"{year}"
    if months == 1:
        return f"{year}-{month:02d}"
    first = year * 12 + month - months
    return f"{first // 12}-{first % 12 + 1:02d}/{year}-{month:02d}"
