"""Reads the figures of a document in order and makes claims of them."""

import re
from dataclasses import replace

from ecomlink_nlp.claim.discourse import Clause, Discourse
from ecomlink_nlp.claim.metrics.changes import phrase_changes
from ecomlink_nlp.claim.metrics.constructions import constructions
from ecomlink_nlp.claim.metrics.lexicon import Metric, MetricLexicon, Word, metrics
from ecomlink_nlp.claim.metrics.outlook import Outlook
from ecomlink_nlp.claim.metrics.owners import Owners
from ecomlink_nlp.claim.metrics.pairing import groups, pair
from ecomlink_nlp.claim.metrics.periods import Periods
from ecomlink_nlp.claim.metrics.quantities import Quantity, is_vague, opens_change, quantities
from ecomlink_nlp.claim.metrics.readings import opened_focus, opened_share, read
from ecomlink_nlp.claim.metrics.report_periods import Period
from ecomlink_nlp.claim.metrics.state import State
from ecomlink_nlp.claim.metrics.subject import Subject
from ecomlink_nlp.claim.metrics.window import Focus, Reading, Window
from ecomlink_nlp.text.document import Argument, MetricClaim

_SCORES = {"carried": 0.9, "anaphor": 0.9, "affiliation": 0.85, "title": 0.9, "parent": 0.9}
_TIME_SCORES = {
    "sentence": 0.98,
    "campaign": 0.9,
    "before": 0.85,
    "publication": 0.8,
    "report": 0.85,
    "festival": 0.7,
    "year": 0.95,
    "asked": 0.9,
}
_MEMBERS = re.compile("(?:会员|用户|粉丝|商家|门店)$")
_MEMORY = 2  # sentences over which the period of the same subject carries on


class Reader:
    """Makes the metric claims of one document."""

    def __init__(self, discourse: Discourse, lexicon: MetricLexicon) -> None:
        self._lexicon = lexicon
        self._discourse = discourse
        self._text = discourse.text
        self._periods = Periods(discourse)
        self._outlook = Outlook(discourse)
        self._owners = Owners(discourse, self._outlook)
        self._state = State()
        self._claims: dict[tuple[object, ...], MetricClaim] = {}
        self._last: dict[str, tuple[int, str]] = {}
        self._latest: tuple[int, int, str] | None = None
        self._question: tuple[int, Focus, Subject] | None = None

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
        return self._without_repeats()

    def _without_repeats(self) -> list[MetricClaim]:
        """Fold figures of titles and leads, which tell no time, into those of the body that do."""
        dated = {key[:-1]: claim for key, claim in self._claims.items() if key[-1] is not None}
        kept = []
        for key, claim in self._claims.items():
            body = dated.get(key[:-1]) if key[-1] is None else None
            if body is None or body.status != claim.status:
                kept.append(claim)
            else:
                body.evidence += [span for span in claim.evidence if span not in body.evidence]
        return kept

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
        names = [
            (entity.start, entity.end)
            for clause in clauses
            for entity in clause.entities
            if entity.id is not None or not self._is_measure(entity.start, entity.end)
        ]
        words: list[Word] = []
        position = start
        for left, right in [*sorted(names), (end, end)]:
            words += self._words(position, left)  # 京东物流收入 is no 物流收入
            if (tail := _MEMBERS.search(self._text, left, right)) is not None and tail.start() > left:
                words += self._lexicon.find_words(self._text, tail.start(), right)  # 88VIP会员
            position = max(position, right)
        state = State(before=self._state.topic or self._state.subject or self._state.before)
        if constructions().correction.search(self._text, start, end):
            # 有人纠正说，是450万: the figure put right is that of the sentence before
            state.foci, state.subject = self._state.foci[-1:], self._state.subject
        if self._question is not None and self._question[0] == clauses[0].sentence - 1:
            _, focus, asked = self._question
            state.foci, state.subject = [focus], asked
        self._state = state
        for clause in clauses:
            self._clause(
                clause,
                found[clause.index],
                [p for p in phrases if clause.start <= p.start < clause.end],
                words,
                state,
            )

    def _is_measure(self, start: int, end: int) -> bool:
        """True where a name that only its form suggests is a measure's word (公司营收)."""
        found = self._lexicon.find_words(self._text, start, end)
        return any(word.start == start and word.end == end and word.form == "words" for word in found)

    def _ask(self, clauses: list[Clause]) -> None:
        """Keep the measure that a question asks for, and whose: 直播带货的退货率有多高？…在60%左右."""
        if not clauses or self._text[clauses[-1].end - 1] not in "？?":
            return
        clause = clauses[-1]
        words = self._words(clause.start, clause.end)
        word = next((w for w in words if w.form == "words" and len(w.metric.takes) == 1), None)
        if word is None:
            return
        focus = Focus(word.metric, "level", next(iter(word.metric.takes)))
        subject = self._owners.asked(clause, word)
        if subject is not None:
            self._question = (clause.sentence, focus, subject)

    def _words(self, start: int, end: int) -> list[Word]:
        """The metric words of a stretch, with the fees and rates that no lexicon lists (年审费, 复诊率)."""
        found = self._lexicon.find_words(self._text, start, end)
        for match in constructions().fee.finditer(self._text, start, end):
            if not any(word.start < match.end() and match.start() < word.end for word in found):
                metric = metrics()["price" if match["kind"] == "费" else "rate"]
                found.append(Word(match.start(), match.end(), metric, "words"))
        return sorted(found, key=lambda word: word.start)

    def _clause(
        self, clause: Clause, found: list[Quantity], phrases: list[Quantity], words: list[Word], state: State
    ) -> None:
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
                    self._one(window, reading, state)
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
        clause, quantity = window.clause, reading.quantity
        head = self._owners.head(window, reading)
        if head is not None and not self._owners.tells(window, head):
            return
        subject = subject or head or self._owners.of(window, reading, state)
        if subject is None:
            return
        measure, metric, name = reading.measure, reading.metric, reading.metric.name
        inherits = state.yoy or any(focus.measure == "yoy_growth" for focus in state.foci)
        if reading.rule.endswith("rate") and state.shifted and not constructions().yoy.search(window.before):
            measure = "growth"  # 从20元涨到25元，涨幅25%
        elif measure == "growth" and inherits and not self._other_base(window):
            measure = "yoy_growth"
        if measure == "share" and reading.rule == "share" and self._is_market_part(reading, subject, state):
            measure, name = "level", "market_share"
        compared = measure not in {"level", "share"}
        anchor = (
            reading.word.start if reading.word and reading.word.start < quantity.start else quantity.start
        )
        period = time
        if period is None and (not compared or reading.nearest):
            period = self._periods.beside(clause, window.quantity)
        opens = self._opens_change(window) and "全年" not in self._text[clause.start : window.quantity.start]
        if period is None and not opens:
            period = self._period(window, reading, subject, state, name, anchor, compared)
        if period is not None and not period.timex:
            period = None
        if not (is_vague(self._text, window.quantity) and self._opens_change(window)):  # 从几十万冲到2700万
            self._emit(window, reading, subject, measure, name, period)
        if name == "market_share":
            metric = metrics()["market-share"]
        self._remember(state, window, reading, subject, metric, measure)

    def _period(
        self,
        window: Window,
        reading: Reading,
        subject: Subject,
        state: State,
        name: str,
        anchor: int,
        compared: bool,
    ) -> Period | None:
        """The period of a figure: its sentence's, else the one carried over from the sentences before."""
        clause, periods = window.clause, self._periods
        if reading.word is None and state.year is not None and not clause.times:
            return state.year
        reported = name in constructions().reported
        period = periods.of(clause, window.quantity, compared=compared, reported=reported)
        period = period or self._remembered(clause, subject) or periods.reported(clause)
        if period is None and (reported or not subject.named):
            period = self._of_paragraph(clause)
        if period is None and reported:
            period = periods.announced(clause)
        period = periods.whole_year(clause, anchor, period or periods.asked(clause)) or state.year
        if period is not None and period.how == "year":
            state.year = period
        if period is None and name not in constructions().terms:
            period = periods.festive(clause)
        return period

    def _other_base(self, window: Window) -> bool:
        clause = window.clause
        return constructions().other_base.search(self._text, clause.start, window.quantity.end) is not None

    def _opens_change(self, window: Window) -> bool:
        """True for the first figure of 从15%升到30%, which held before the period spoken of."""
        start, end = window.quantity.start, window.quantity.end
        return opens_change(self._text, window.start, start, end, window.clause.end)

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
        state.shifted = state.shifted or self._opens_change(window)
        if measure == "level":
            state.levels.append((reading, subject))

    def _remembered(self, clause: Clause, subject: Subject) -> Period | None:
        found = self._last.get(subject.name)
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

    def _emit(
        self,
        window: Window,
        reading: Reading,
        subject: Subject,
        measure: str,
        name: str,
        period: Period | None,
    ) -> None:
        clause, quantity = window.clause, reading.quantity
        unit = quantity.unit
        if (
            unit is None
            and reading.metric.unit
            and quantity.kind == "count"
            and measure in {"level", "net_increase", "share"}
        ):
            unit = reading.metric.unit
        evidence = self._discourse.document.sentences[clause.sentence]
        timex = period.timex if period else None
        key = (subject.name, name, measure, quantity.value, quantity.low, quantity.high, unit, timex)
        if (known := self._claims.get(key)) is not None:
            if evidence not in known.evidence:
                known.evidence.append(evidence)
            return
        arguments = [subject.argument()]
        if reading.word is not None:
            word = reading.word
            arguments.append(Argument("metric", self._text[word.start : word.end], word.start, word.end))
        figure = window.quantity
        arguments.append(Argument("value", self._text[figure.start : figure.end], figure.start, figure.end))
        score = _SCORES.get(subject.how, 1.0) * (1.0 if reading.word else 0.9)
        if period is not None:
            score *= _TIME_SCORES.get(period.how, 1.0)
            time = period.time
            start, end = (time.start, time.end) if time else (None, None)
            arguments.append(Argument("time", period.timex, start, end, period.how))
            lasting = len(period.timex) != len("2020-01-01") and (
                period.how == "year" if time is None else not self._discourse.is_base(time)
            )
            if (
                lasting
                and not self._opens_change(window)
                and period.how in {"stated", "sentence", "campaign", "year"}
            ):
                self._last[subject.name] = (clause.sentence, period.timex)
                self._latest = (clause.sentence, clause.paragraph, period.timex)
        # what a change starts from is reached, unless it is itself a range of guidance
        reached = quantity.low is None and self._opens_change(window)
        status = "actual" if reached else self._outlook.status(clause, figure, subject)
        if status == "actual" and not reached and period and period.time:
            status = "planned" if self._discourse.is_future(period.time) else "actual"
        self._claims[key] = MetricClaim(
            evidence=[evidence],
            rule=f"{reading.metric.id}/{reading.rule}",
            polarity=self._outlook.polarity(clause, figure),
            status=status,
            time=timex,
            time_how=period.how if period else "",
            score=round(score, 3),
            arguments=arguments,
            subject=subject.name,
            metric=name,
            measure=measure,
            value=quantity.value,
            low=quantity.low,
            high=quantity.high,
            unit=unit,
            mod=quantity.mod,
        )


def find_metrics(discourse: Discourse, lexicon: MetricLexicon | None = None) -> list[MetricClaim]:
    """Return what the document says was measured: one claim a figure, equal ones merged.

    Offsets are into the repaired text. Claims carry no ``source``; ``time`` is TIMEX3 or None.
    """
    return Reader(discourse, lexicon or MetricLexicon.default()).read()
