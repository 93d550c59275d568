"""The period that a company report covers: told by its name (2024年半年报), or by the time before 财报."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from ecomlink_nlp.claim.discourse import Clause, Discourse
from ecomlink_nlp.claim.metrics.constructions import constructions
from ecomlink_nlp.text.document import Time

_YEAR = re.compile(r"\d{4}")
_POINT = re.compile(r"\d{4}-(?:\d{2}|W\d{2})(?:-\d{2})?(?:T.*)?")
_MAX_SENTENCE = 600  # characters of a sentence that are looked through
_REACH = 4  # sentences over which a report's period carries on
_TO_REPORT = 8  # characters between a period and the word for the report
_YEAR_TO_NAME = 2  # characters between a year and the report's name (2024年度半年报)


@dataclass(frozen=True, slots=True)
class Period:
    """A TIMEX3 value, how it was found, and the tag it came from; ``""`` where the text says 目前."""

    timex: str
    how: str
    time: Time | None = None
    start: int = -1
    """Where the words stand that tell it, where there is no tag."""


class Reports:
    """Finds the periods of reports in one document."""

    def __init__(self, discourse: Discourse) -> None:
        self._discourse = discourse
        self._text = discourse.text
        self._times = discourse.document.times
        self._ending = {time.end: time for time in self._times}
        self._starts = [time.start for time in self._times]

    def named(self, start: int, end: int) -> Period | None:
        """Return the period of the last report called by name in ``[start, end)`` (三季报, 2023年年报)."""
        found = None
        for match in constructions().report_name.finditer(self._text, start, end):
            found = match
        if found is None:
            return None
        part = constructions().report_names[found[0]]
        year = self._year_before(found.start()) or self._last_year_with(part)
        if year is None:
            return None
        return Period(f"{year}-{part}" if part else year, "report", start=found.start())

    def before(self, clause: Clause) -> Period | None:
        """Return the period of the report that the sentences before open (发布2021年财报。全年营收…)."""
        document = self._discourse.document
        for sentence in range(clause.sentence, max(-1, clause.sentence - _REACH - 1), -1):
            start, end = document.sentences[sentence]
            if (found := self.within(start, min(end, clause.start))) is not None:
                return found
        return None

    def within(self, start: int, end: int) -> Period | None:
        """Return the period of the last report spoken of in ``[start, end)``, near its end where that is long."""
        start = max(start, end - _MAX_SENTENCE)
        named = self.named(start, end)
        for time in reversed([t for t in self.times(start, end) if self._covers(t)]):
            if named is None or time.start > named.start:
                return Period(time.timex, "report", time)
        return named

    def times(self, start: int, end: int) -> list[Time]:
        """Return the times that start in ``[start, end)``, in order."""
        return self._times[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _covers(self, time: Time) -> bool:
        if _POINT.fullmatch(time.timex) or time.type == "DURATION":
            return False
        return constructions().report.search(self._text, time.end, time.end + _TO_REPORT) is not None

    def _year_before(self, offset: int) -> str | None:
        for gap in range(_YEAR_TO_NAME + 1):
            time = self._ending.get(offset - gap)
            if time is not None:
                year = _YEAR.match(time.timex)
                return year[0] if year and len(time.timex) == len("2024") else None
        return None

    def _last_year_with(self, part: str) -> str | None:
        """The year of the last such period that is over on the document's date."""
        date = self._discourse.document.date
        if date is None or len(date) < len("2024-01"):
            return None
        year, month = int(date[:4]), int(date[5:7])
        last_month = {"Q1": 3, "Q2": 6, "H1": 6, "Q3": 9, "Q4": 12, "H2": 12, "": 12}[part]
        return str(year if month > last_month else year - 1)
