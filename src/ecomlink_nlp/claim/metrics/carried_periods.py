"""The period of a figure whose sentence tells none: that of the same party before, of the report, question or headline."""

import re
from itertools import islice

from ecomlink_nlp.claim.discourse import Clause, Discourse
from ecomlink_nlp.claim.metrics.constructions import constructions
from ecomlink_nlp.claim.metrics.order import clauses_back
from ecomlink_nlp.claim.metrics.periods import Periods
from ecomlink_nlp.claim.metrics.report_periods import Period, Reports
from ecomlink_nlp.claim.metrics.state import State
from ecomlink_nlp.claim.metrics.subject import Subject, is_season
from ecomlink_nlp.claim.metrics.window import Reading, Window

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEAR = re.compile(r"\d{4}")
_LEAD = 3  # sentences below a headline
_MEMORY = 2  # sentences over which the period of the same subject carries on
_QUESTION_REACH = 2  # sentences between a question and the figures that answer it
_RECENT = 5  # subjects among which the owner of one is sought
_REPORTING_MONTHS = 5  # of a year in which 全年 is the year before


class CarriedPeriods:
    """Finds the period of each figure of one document in turn, and remembers those it was told."""

    def __init__(self, discourse: Discourse) -> None:
        self._discourse = discourse
        self._text = discourse.text
        self._reports = Reports(discourse)
        self._periods = Periods(discourse, self._reports)
        self._last: dict[str, tuple[int, str]] = {}
        self._latest: tuple[int, int, str] | None = None

    def find(
        self, window: Window, reading: Reading, subject: Subject, state: State, name: str
    ) -> Period | None:
        """Return the period of a figure of the metric ``name``; None where nothing tells it or the text says 目前."""
        clause, figure = window.clause, window.quantity
        compared = reading.measure not in {"level", "share"}
        if (not compared or reading.nearest) and (beside := self._periods.beside(clause, figure)) is not None:
            return beside
        if window.opens_change and "全年" not in self._text[clause.start : figure.start]:
            return None
        found = self._found(window, reading, subject, state, name, compared)
        return found if found is not None and found.timex else None

    def keep(self, clause: Clause, subject: Subject, timex: str) -> None:
        """Remember a period that the clause tells of the subject's figure."""
        self._last[subject.name] = (clause.sentence, timex)
        self._latest = (clause.sentence, clause.paragraph, timex)

    def _found(
        self, window: Window, reading: Reading, subject: Subject, state: State, name: str, compared: bool
    ) -> Period | None:
        clause, word = window.clause, reading.word
        if word is None and state.year is not None and not clause.times:
            return state.year
        reported = name in constructions().reported
        period = self._periods.of(clause, window.quantity, compared=compared, reported=reported)
        period = period or self._remembered(clause, subject) or self._reports.before(clause)
        if period is None and name not in constructions().momentary:
            period = self._of_paragraph(clause)
        if period is None and reported:
            period = self._announced(clause)
        anchor = word.start if word and word.start < reading.quantity.start else reading.quantity.start
        period = self._whole_year(clause, anchor, period or self._asked(clause)) or state.year
        if period is not None and period.how == "year":
            state.year = period
        if period is None and name not in constructions().terms:
            period = self._festive(clause)
        return period

    def _remembered(self, clause: Clause, subject: Subject) -> Period | None:
        found = self._last.get(subject.name)
        if found is None:  # 唯品会超级VIP after 唯品会
            recent = islice(reversed(self._last), _RECENT)
            owner = next((name for name in recent if subject.name.startswith(name)), None)
            found = self._last[owner] if owner is not None else None
        if found is None or clause.sentence - found[0] > _MEMORY:
            return None
        return Period(found[1], "before")

    def _of_paragraph(self, clause: Clause) -> Period | None:
        """The period of the sentence before in the paragraph, whoever it was about."""
        if self._latest is None:
            return None
        sentence, paragraph, timex = self._latest
        near = clause.paragraph == paragraph and clause.sentence - sentence <= _MEMORY
        return Period(timex, "before") if near else None

    def _whole_year(self, clause: Clause, anchor: int, found: Period | None) -> Period | None:
        """The year where 全年 stands before ``anchor``: that of the period ``found``, else of the document."""
        last = None
        for match in constructions().whole_year.finditer(self._text, clause.start, anchor):
            last = match
        if last is None or (
            found is not None and found.time is not None and found.time.start > last.start() >= 0
        ):
            return found
        if found is not None and (year := _YEAR.match(found.timex)) is not None:
            return Period(year[0], "year", found.time)
        return found or self._fiscal_year(clause)

    def _fiscal_year(self, clause: Clause) -> Period | None:
        """The year of a bare 全年: the one that is over early in the year, the running one in a forecast."""
        date = self._discourse.document.date
        if date is None or len(date) < len("2024-01"):
            return None
        words = constructions()
        start = self._discourse.document.sentences[clause.sentence][0]
        ahead = any(
            pattern.search(self._text, start, clause.end) for pattern in (words.possible, words.expected)
        )
        if ahead:
            return Period(date[:4], "year")
        return Period(str(int(date[:4]) - 1), "year") if int(date[5:7]) <= _REPORTING_MONTHS else None

    def _asked(self, clause: Clause) -> Period | None:
        """The period that the question or heading right before speaks of (第一季的數字怎麼樣？答：…)."""
        sentences = self._discourse.document.sentences
        for sentence in range(clause.sentence - 1, max(-1, clause.sentence - 1 - _QUESTION_REACH), -1):
            start, end = sentences[sentence]
            if self._text[end - 1] not in "？?":
                continue
            for time in reversed(self._reports.times(start, end)):
                if time.type != "DURATION" and not _DAY.match(time.timex):
                    return Period(time.timex, "asked", time)
        return None

    def _announced(self, clause: Clause) -> Period | None:
        """The period of the report that the lead below a headline speaks of, for the headline's own figures."""
        if clause.paragraph or (clause.index and self._discourse.clauses[0].sentence != clause.sentence):
            return None
        sentences = self._discourse.document.sentences
        for start, end in sentences[clause.sentence + 1 : clause.sentence + 1 + _LEAD]:
            if (found := self._reports.within(start, end)) is not None:
                return found
        return None

    def _festive(self, clause: Clause) -> Period | None:
        """The document's year where this sentence or the one before places the figures in a festival."""
        date = self._discourse.document.date
        if date is None:
            return None
        for earlier in clauses_back(self._discourse, clause):
            if earlier.sentence < clause.sentence - 1 or earlier.paragraph != clause.paragraph:
                return None
            if any(entity.type == "EVENT" and is_season(entity.name) for entity in earlier.entities):
                return Period(date[:4], "festival")
        return None
