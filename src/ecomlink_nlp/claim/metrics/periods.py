"""The period that a figure's own sentence tells: the time beside it, else one before it, else the campaign it speaks of."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from ecomlink_nlp.claim.discourse import Clause, Discourse
from ecomlink_nlp.claim.metrics.constructions import constructions
from ecomlink_nlp.claim.metrics.order import clauses_back
from ecomlink_nlp.claim.metrics.quantities import Quantity
from ecomlink_nlp.claim.metrics.report_periods import Period, Reports
from ecomlink_nlp.text.document import Time

_COMPARED = re.compile(r"(?:较|比|与|同|跟|相比|相较于?|高于|低于|对比|相对)(?:于)?$")
_ADJACENT = re.compile(r"(?:的|为|是|约|近|还有|还是|仅|已|达|则|有|收入|了|\s)*$")
_MULTIPLE = re.compile(
    "(?:全年|同期|全天)?的[了约近超逾过将不足到]*[\\d.,一二三四五六七八九十两几]+(?:多?倍|多?成(?!交)|分之)"
)
_OF = re.compile("的[近约超过了逾]*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_POINT = re.compile(r"\d{4}-(?:\d{2}|W\d{2})(?:-\d{2})?(?:T.*)?")
_MONTHS = re.compile(r"P(\d+)M")
_MONTH = re.compile(r"\d{4}-\d{2}")
_YEAR = re.compile(r"\d{4}")
_PERIOD_ENDS = re.compile("止的?(?P<part>(?:财政|财务|会计)?(?:年度|财年)|季度|财季|半年)")
_MONTHS_OF = {"年度": 12, "财年": 12, "季度": 3, "财季": 3, "半年": 6}
_BEHIND = 12  # characters between a figure and the time that follows it
_PUBLISHING_REACH = 12  # characters between a day and the verb of publishing


class Periods:
    """Finds the period of figures in one document."""

    def __init__(self, discourse: Discourse, reports: Reports) -> None:
        self._discourse = discourse
        self._text = discourse.text
        self._starts = [time.start for time in discourse.document.times]
        self._reports = reports

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

    def of(
        self, clause: Clause, quantity: Quantity, *, compared: bool, reported: bool = False
    ) -> Period | None:
        """Return the period of the figure that its sentence tells, or None.

        ``compared`` says that the figure is a change, so that 去年同期 is its base and no period; ``reported`` that it
        is of a company's accounts, so that the day of its publication is no period either.
        """
        published: Period | None = None
        contrasted: Period | None = None
        apart = False
        for earlier in clauses_back(self._discourse, clause):
            if earlier.sentence != clause.sentence:
                break
            apart = apart or (earlier is not clause and self._text[earlier.end - 1] in "；;")
            limit = quantity.start if earlier is clause else earlier.end
            found = self._in_clause(earlier, limit, quantity, compared, apart)
            named = self._reports.named(earlier.start, limit)
            if named is not None and (found is None or found.time is None or found.time.end <= named.start):
                return named
            if found is not None and not self._opens(earlier, clause, found) and self._is_contrast(found):
                contrasted = contrasted or found  # 去年为8亿元，净利润…: dates only its own clause
                continue
            if found is not None and self._is_contrast(found):
                return self._year_before(found, clause) or replace(found, how="contrast")
            if found is not None and contrasted is not None and found.timex[:4] < contrasted.timex[:4]:
                return contrasted  # 2019年还有1160万；去年只剩480万，…: the later one is what is told
            if found is not None:
                return self._year_before(found, clause) or found
            if constructions().present.search(self._text, earlier.start, limit):
                return Period("", "present")
            match = constructions().campaign.search(self._text, earlier.start, limit)
            if match is not None and (campaign := self._campaign(earlier.start, match[0])) is not None:
                return campaign
            published = published or self._published_in(earlier, limit)
        behind = self._behind(clause, quantity)
        if behind is not None and not compared:
            return behind
        if published is not None and reported and _DAY.match(published.timex):
            return self._campaign(clause.start, "季")
        return contrasted or published

    @staticmethod
    def _opens(earlier: Clause, clause: Clause, found: Period) -> bool:
        """True where the period is the clause's own: in it, or alone right before it (2021年同期，公司亏损…)."""
        if earlier is clause:
            return True
        alone = (
            found.time is not None
            and found.time.start <= earlier.start + 1
            and found.time.end + 3 >= earlier.end
        )
        return alone and earlier.index == clause.index - 1

    def _is_contrast(self, found: Period) -> bool:
        """True for a last year that only the clause's own figure is of (去年为8亿元, 一年前还亏损2000万元)."""
        time = found.time
        if time is None:
            return False
        words, text = constructions(), self._text
        if text[time.start : time.end + len("同期")].endswith("同期") or text[time.start : time.end].endswith(
            "同期"
        ):
            return True
        if words.contrast.match(text, time.end) is None:
            return False
        adversative = text[time.start - 1 : time.start] == "而" or text.startswith(
            ("还", "才", "尚"), time.end
        )
        return adversative or words.last_year.fullmatch(text, time.start, time.end) is not None

    def _year_before(self, found: Period, clause: Clause) -> Period | None:
        """The period of 一年前, 去年这个时候: that of the sentence, a year earlier."""
        time = found.time
        if time is None or constructions().same_time.match(self._text, time.start) is None:
            return None
        for other in self._times_back(time.start):
            if self._discourse.clause_at(other.start).sentence < clause.sentence - 1:
                return None
            if self._is_base(other, True):
                continue
            closing = self._closing([*islice(self._times_back(other.start), 1)], other)
            if other.type != "DURATION" or closing is not None:
                earlier = year_before(closing.timex if closing else other.timex)
                return None if earlier is None else Period(earlier, found.how, time)
        return None

    def _in_clause(
        self, clause: Clause, limit: int, quantity: Quantity, compared: bool, apart: bool
    ) -> Period | None:
        for index in range(len(clause.times) - 1, -1, -1):
            time = clause.times[index]
            if time.end > limit or (time.start, time.end) == (quantity.start, quantity.end):
                continue
            if time.type == "DURATION" and self._is_before(time):
                continue
            if time.type == "DURATION":
                lasting = limit == quantity.start and self._takes(time)
                if not apart and not time.timex.startswith("PT") and (lasting or self._measures(time)):
                    return self._closing(clause.times[:index], time) or Period(time.timex, "stated", time)
                continue
            opens = limit == quantity.start and time.start <= clause.start + 2
            if self._is_base(time, compared or not opens):
                continue
            alone = time.end + 1 >= clause.end  # 一年前，增速还有29%
            if not (opens or alone) and constructions().same_time.match(self._text, time.start):
                continue
            if compared and _OF.fullmatch(self._text, time.end, quantity.start):
                continue  # 是去年的近两倍
            if self._publishes(clause, time):
                continue
            year = self._closing_year(time)
            return Period(year or time.timex, "stated" if limit == quantity.start else "sentence", time)
        return None

    def _closing_year(self, time: Time) -> str | None:
        """The year or quarter of 截至6月30日止年度, 截至12月31日止的季度."""
        match = _PERIOD_ENDS.match(self._text, time.end)
        return None if match is None else closing_period(time.timex, _MONTHS_OF[match["part"][-2:]])

    def _is_before(self, time: Time) -> bool:
        """True for a duration that only says how long ago (一年前的两倍)."""
        return self._text.startswith(("前", "之前", "以前"), time.end) or self._text.endswith(
            "前", time.start, time.end
        )

    def _measures(self, time: Time) -> bool:
        words, text = constructions(), self._text
        surface = text[time.start : time.end]
        return bool(
            surface.startswith(("过去", "近", "最近", "前", "头", "首"))
            or surface.endswith(("来", "内", "间"))
            or words.period_before_end.search(text, max(0, time.start - 3), time.start)
            or text[time.start - 1 : time.start] == "止"
            or words.period_after.match(text, time.end)
        )

    def _takes(self, time: Time) -> bool:
        """True for how long it took, which is of its own clause only (一周涨粉600万，粉丝总量来到1456万)."""
        return time.timex != "P1D" and constructions().period_verb.match(self._text, time.end) is not None

    def _closing(self, earlier: list[Time], duration: Time) -> Period | None:
        """The period of 截至6月30日的三个月: the quarter, half or year that ends there."""
        months = _MONTHS.fullmatch(duration.timex)
        if not earlier or months is None:
            return None
        end = earlier[-1]
        if not self._text[max(0, end.start - 2) : end.start].startswith("截") or end.end + 4 < duration.start:
            return None
        return Period(closing_period(end.timex, int(months[1])) or end.timex, "stated", end)

    def _is_base(self, time: Time, compared: bool) -> bool:
        before = self._text[max(0, time.start - 4) : time.start]
        if _COMPARED.search(before):
            return True
        if before.endswith(("从", "由")) and self._text[time.end : time.end + 1] == "的":
            return True  # 由2019年的50万跌至20万: dates only the first figure
        if _MULTIPLE.match(self._text, time.end):
            return True  # 是2019年的6.4倍
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
        if reach == clause.end and _DAY.match(time.timex):
            following = self._discourse.clause_behind(clause)
            if following is not None:
                reach = min(following.end, following.start + _PUBLISHING_REACH)
                return constructions().publishing.search(self._text, following.start, reach) is not None
        return False

    def _behind(self, clause: Clause, quantity: Quantity) -> Period | None:
        """The time behind a figure that dates what is told of it (17个前置仓已于4月1日关闭)."""
        for time in clause.times:
            if time.start < quantity.end or time.type == "DURATION":
                continue
            near = time.start - quantity.end <= _BEHIND
            if near and self._text[time.start - 1] in "于在":
                return Period(time.timex, "stated", time)
            return None
        return None

    def _published_in(self, clause: Clause, limit: int) -> Period | None:
        for time in clause.times:
            if time.end <= limit and time.type != "DURATION" and not self._is_base(time, True):
                return Period(time.timex, "publication", time)
        return None

    def _campaign(self, offset: int, word: str) -> Period | None:
        """The last period named before that ``word`` (报告期内, 当月) can mean."""
        for time in self._times_back(offset):
            if self._is_base(time, True) or time.mod == "START":
                continue
            if "月" in word and _MONTH.fullmatch(time.timex):
                return Period(time.timex, "campaign", time)
            if "月" not in word and ("/" in time.timex or "-Q" in time.timex or "-H" in time.timex):
                return Period(time.timex, "campaign", time)
        return None


def year_before(timex: str) -> str | None:
    """Return the same period a year earlier, None for a value without a year.

    >>> year_before("2023-Q2"), year_before("2023-06-01/2023-06-18"), year_before("P1Y")
    ('2022-Q2', '2022-06-01/2022-06-18', None)
    """
    parts = timex.split("/")
    if not all(_YEAR.match(part) for part in parts):
        return None
    return "/".join(f"{int(part[:4]) - 1}{part[4:]}" for part in parts)


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
