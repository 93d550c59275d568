"""The claims made so far: equal ones once with all their evidence, titles folded into the body."""

from ecomlink_nlp.claim.discourse import Discourse
from ecomlink_nlp.claim.metrics.outlook import Outlook
from ecomlink_nlp.claim.metrics.report_periods import Period
from ecomlink_nlp.claim.metrics.subject import Subject
from ecomlink_nlp.claim.metrics.window import Reading, Window
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


class ClaimBook:
    """Makes claims of readings and keeps them in the order of the text."""

    def __init__(self, discourse: Discourse, outlook: Outlook) -> None:
        self._discourse = discourse
        self._text = discourse.text
        self._outlook = outlook
        self._claims: dict[tuple[object, ...], MetricClaim] = {}

    def claims(self) -> list[MetricClaim]:
        """Return the claims; figures of titles and leads, which tell no time, fold into those of the body that do."""
        dated = {key[:-1]: claim for key, claim in self._claims.items() if key[-1] is not None}
        kept = []
        for key, claim in self._claims.items():
            body = dated.get(key[:-1]) if key[-1] is None else None
            if body is None or body.status != claim.status:
                kept.append(claim)
            else:
                body.evidence += [span for span in claim.evidence if span not in body.evidence]
        return kept

    def enter(
        self,
        window: Window,
        reading: Reading,
        subject: Subject,
        measure: str,
        name: str,
        period: Period | None,
    ) -> bool:
        """Make the claim of a reading, or give its evidence to the equal one; True where it is new."""
        clause, quantity, figure = window.clause, reading.quantity, window.quantity
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
            return False
        score = _SCORES.get(subject.how, 1.0) * (1.0 if reading.word else 0.9)
        score *= _TIME_SCORES.get(period.how, 1.0) if period else 1.0
        # what a change starts from is reached, unless it is itself a range of guidance
        reached = quantity.low is None and window.opens_change
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
            arguments=self._arguments(window, reading, subject, period),
            subject=subject.name,
            metric=name,
            measure=measure,
            value=quantity.value,
            low=quantity.low,
            high=quantity.high,
            unit=unit,
            mod=quantity.mod,
        )
        return True

    def _arguments(
        self, window: Window, reading: Reading, subject: Subject, period: Period | None
    ) -> list[Argument]:
        arguments = [subject.argument()]
        if (word := reading.word) is not None:
            arguments.append(Argument("metric", self._text[word.start : word.end], word.start, word.end))
        figure = window.quantity
        arguments.append(Argument("value", self._text[figure.start : figure.end], figure.start, figure.end))
        if period is not None:
            start, end = (period.time.start, period.time.end) if period.time else (None, None)
            arguments.append(Argument("time", period.timex, start, end, period.how))
        return arguments
