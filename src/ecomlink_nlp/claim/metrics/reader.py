"""Reads the figures of a document in order and makes claims of them."""

import re
from dataclasses import replace

from ecomlink_nlp.claim.discourse import Clause, Discourse
from ecomlink_nlp.claim.metrics.carried_periods import CarriedPeriods
from ecomlink_nlp.claim.metrics.changes import phrase_changes
from ecomlink_nlp.claim.metrics.claim_book import ClaimBook
from ecomlink_nlp.claim.metrics.constructions import constructions
from ecomlink_nlp.claim.metrics.lexicon import Metric, MetricLexicon, Word, metrics
from ecomlink_nlp.claim.metrics.openings import opened_focus, opened_share
from ecomlink_nlp.claim.metrics.outlook import Outlook
from ecomlink_nlp.claim.metrics.owners import Owners
from ecomlink_nlp.claim.metrics.pairing import groups, pair, sharing
from ecomlink_nlp.claim.metrics.quantities import Quantity, is_vague, quantities
from ecomlink_nlp.claim.metrics.readings import read
from ecomlink_nlp.claim.metrics.report_periods import Period
from ecomlink_nlp.claim.metrics.sentence_words import sentence_words, with_line, words_between
from ecomlink_nlp.claim.metrics.state import State
from ecomlink_nlp.claim.metrics.subject import Subject
from ecomlink_nlp.claim.metrics.window import Focus, Reading, Window
from ecomlink_nlp.text.document import MetricClaim

_ACCOUNT_REACH = 2  # sentences over which revenue stays what is spoken of
_ACCOUNTS = re.compile("财报|业绩|[一二三四中年]季?报[里中显披，]|招股书")
_FORFEITED = re.compile("没收|冻结|扣押|各扣|扣了|不予退还|不予返还|不退还|扣除|扣罚|被扣")


class Reader:
    """Makes the metric claims of one document."""

    def __init__(self, discourse: Discourse, lexicon: MetricLexicon) -> None:
        self._lexicon = lexicon
        self._discourse = discourse
        self._text = discourse.text
        self._periods = CarriedPeriods(discourse)
        self._outlook = Outlook(discourse)
        self._owners = Owners(discourse, self._outlook)
        self._book = ClaimBook(discourse, self._outlook)
        self._state = State()
        self._question: tuple[int, Focus, Subject] | None = None
        self._accounts = -_ACCOUNT_REACH  # the last sentence that spoke of revenue

    def read(self) -> list[MetricClaim]:
        """Return the claims in the order of the text, equal ones merged with all their evidence."""
        sentence: int | None = None
        pending: list[Clause] = []
        for clause in self._discourse.clauses:
            if clause.sentence != sentence:
                self._sentence(pending)
                sentence, pending = clause.sentence, []
            pending.append(clause)
        self._sentence(pending)
        return self._book.claims()

    def _sentence(self, clauses: list[Clause]) -> None:
        if not any(clause.values or clause.times for clause in clauses):
            self._ask(clauses)
            return
        start, end = clauses[0].start, clauses[-1].end
        found = {
            clause.index: quantities(self._text, clause.values, clause.times, clause.end)
            for clause in clauses
        }
        phrases = phrase_changes(self._text, start, end)
        if not phrases and not any(found.values()):
            return
        words = sentence_words(self._lexicon, self._text, clauses)
        state = State(before=self._state.topic or self._state.subject or self._state.before)
        if constructions().correction.search(self._text, start, end):
            # 有人纠正说，是450万: the figure put right is that of the sentence before
            state.foci, state.subject = self._state.foci[-1:], self._state.subject
        if self._question is not None and self._question[0] == clauses[0].sentence - 1:
            _, focus, asked = self._question
            state.foci, state.subject = [focus], asked
        self._state = state
        if _ACCOUNTS.search(self._text, start, end):
            self._accounts = clauses[0].sentence
        for clause in clauses:
            self._clause(
                clause,
                found[clause.index],
                [p for p in phrases if clause.start <= p.start < clause.end],
                words,
                state,
            )

    def _ask(self, clauses: list[Clause]) -> None:
        """Keep the measure that a question asks for, and whose: 直播带货的退货率有多高？…在60%左右."""
        if not clauses or self._text[clauses[-1].end - 1] not in "？?":
            return
        clause = clauses[-1]
        words = words_between(self._lexicon, self._text, clause.start, clause.end)
        word = next((w for w in words if w.form == "words" and len(w.metric.takes) == 1), None)
        if word is None:
            return
        focus = Focus(word.metric, "level", next(iter(word.metric.takes)))
        subject = self._owners.asked(clause, word)
        if subject is not None:
            self._question = (clause.sentence, focus, subject)

    def _clause(
        self, clause: Clause, found: list[Quantity], phrases: list[Quantity], words: list[Word], state: State
    ) -> None:
        if clause.sentence - self._accounts <= _ACCOUNT_REACH:
            words = with_line(self._text, clause, words)
        if "相比" in self._text[clause.start : clause.end] and not found:
            state.yoy = any(self._discourse.is_base(time) for time in clause.times)
        if not found and not phrases and (focus := opened_focus(self._text, clause, words)) is not None:
            state.foci.append(focus)
            opened = self._owners.opened(clause, focus, words)
            state.subject = opened or state.subject
        if not found and not phrases:
            self._owners.turn(clause, state)
        if not found and (share := opened_share(self._text, clause, state.foci)) is not None:
            focus, (start, end) = share
            state.foci.append(focus)
            state.subject = Subject(self._text[start:end], start, end, "stated", named=False)
        measured = sorted([*found, *phrases], key=lambda quantity: quantity.start)
        left = clause.start
        for members in groups(self._text, measured):
            first = members[0]
            stop = next(
                (q.start for q in measured if q.start > first.start and q.kind != "duration"), clause.end
            )
            following = next((q for q in measured if q.start > first.start), None)
            window = Window(self._text, clause, left, first, stop, words, following)
            reading = read(window, state.foci)
            if reading is not None and not self._outlook.claims_nothing(clause, first):
                if len(members) > 1:
                    self._several(window, members, reading, state)
                else:
                    for subject in sharing(window) or (None,):
                        self._one(window, reading, state, subject=subject)
            if first.kind != "duration" or reading is not None:
                left = members[-1].end
            if reading is not None and reading.word is not None and reading.word.start >= members[-1].end:
                spent = reading.word  # what a figure counts is no measure of the next one
                words = [word for word in words if word.start != spent.start]

    def _several(self, window: Window, members: list[Quantity], reading: Reading, state: State) -> None:
        pairing = pair(self._discourse, window, members, [w for w, _ in state.levels], reading)
        subjects = [s for _, s in state.levels]
        for index, quantity in enumerate(members):
            single = Window(self._text, window.clause, window.start, quantity, quantity.end, window.words)
            own = pairing.member(index, reading, members, self._text)
            if pairing.words:
                own = replace(own, anchor=pairing.words[0].start)
            subject = pairing.subject(index)
            if subject is None and pairing.metrics and subjects:
                subject = subjects[-1]
            self._one(single, own, state, subject=subject, time=pairing.time(index))

    def _one(
        self,
        window: Window,
        reading: Reading,
        state: State,
        *,
        subject: Subject | None = None,
        time: Period | None = None,
    ) -> None:
        clause = window.clause
        head = self._owners.head(window, reading)
        if head is not None and not self._owners.tells(window, head):
            return
        if reading.metric.name == "deposit" and _FORFEITED.search(self._text, clause.start, clause.end):
            return  # 保证金200万元一并没收: a penalty
        subject = subject or head or self._owners.of(window, reading, state)
        if subject is None:
            state.foci.append(Focus(reading.metric, reading.measure, window.quantity.kind))
            return
        measure, metric, name = reading.measure, reading.metric, reading.metric.name
        counted = reading.word is not None and self._text.endswith("件量", 0, reading.word.end)
        if counted and name == "items" and constructions().courier.search(subject.name):
            metric, name = metrics()["parcels"], "parcels"  # 申通的件量
        inherits = state.yoy or any(focus.measure == "yoy_growth" for focus in state.foci)
        if reading.rule.endswith("rate") and state.shifted and not constructions().yoy.search(window.before):
            measure = "growth"  # 从20元涨到25元，涨幅25%
        elif measure == "growth" and inherits and not self._other_base(window):
            measure = "yoy_growth"
        if measure == "share" and reading.rule == "share" and self._is_market_part(reading, subject, state):
            measure, name = "level", "market_share"
        period = time
        if period is None:
            own = replace(reading, measure=measure)
            period = self._periods.find(window, own, subject, state, name)
        if not (is_vague(self._text, window.quantity) and window.opens_change):  # 从几十万冲到2700万
            new = self._book.enter(window, reading, subject, measure, name, period)
            if new and period is not None and self._lasts(window, period):
                self._periods.keep(clause, subject, period.timex)
        if name == "market_share":
            metric = metrics()["market-share"]
        self._remember(state, window, reading, subject, metric, measure)

    def _other_base(self, window: Window) -> bool:
        clause = window.clause
        return constructions().other_base.search(self._text, clause.start, window.quantity.end) is not None

    def _lasts(self, window: Window, period: Period) -> bool:
        """True where later figures of the subject are of the period too: it is told, and no day or base of a comparison."""
        if len(period.timex) == len("2020-01-01") or window.opens_change:
            return False
        if period.time is None:
            return period.how == "year"
        told = period.how in {"stated", "sentence", "campaign", "year"}
        return told and not self._discourse.is_base(period.time)

    def _is_market_part(self, reading: Reading, subject: Subject, state: State) -> bool:
        """A party's part of a described market's sales is its market share."""
        whole = state.subject
        relative = reading.quantity.unit == "%"
        return relative and reading.word is None and subject.named and whole is not None and not whole.named

    def _remember(
        self, state: State, window: Window, reading: Reading, subject: Subject, metric: Metric, measure: str
    ) -> None:
        if reading.rule != "counted" or not state.foci:
            kind = "percent" if measure in {"share", "yoy_growth", "growth"} else window.quantity.kind
            state.foci.append(Focus(metric, measure, kind))
        holder = metric.name == "stake" and self._text[(subject.start or 0) - 1 : subject.start] == "由"
        among = "其中" in self._text[window.clause.start : window.quantity.start]
        if (
            reading.rule == "part" or holder or (among and measure == "share")
        ):  # 由京东持股53%: the shareholder is not what the text is about
            return
        if not reading.nearest and not (metric.name == "market_share" and reading.word is None):
            state.subject = subject
            if subject.named or (among and not subject.counted):
                state.topic = subject
        if metric.name.endswith("revenue"):
            self._accounts = window.clause.sentence
        state.shifted = state.shifted or window.opens_change
        if measure == "level":
            state.levels.append((reading, subject))


def find_metrics(discourse: Discourse, lexicon: MetricLexicon | None = None) -> list[MetricClaim]:
    """Return what the document says was measured: one claim a figure, equal ones merged.

    Offsets are into the repaired text. Claims carry no ``source``; ``time`` is TIMEX3 or None.
    """
    return Reader(discourse, lexicon or MetricLexicon.default()).read()
