"""One claim once: the same event, metric or statement found again only adds its evidence."""

from collections.abc import Iterable

from ecomlink_nlp.text.document import Claim, EventClaim, MetricClaim, StatementClaim

_DAY = len("2022-03-01")


def merge_claims(claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims in order, each once, with the evidence of all its mentions.

    Events merge object by object: a later claim keeps only the objects that no earlier claim with the same
    predicate, subject and polarity has at a compatible time. Metrics merge on equal content; statements on an
    equal speaker and overlapping quotes, where the longer quote stays.
    """
    kept = _Kept()
    for claim in claims:
        if isinstance(claim, EventClaim):
            _merge_event(claim, kept)
        elif isinstance(claim, MetricClaim):
            _merge_metric(claim, kept)
        elif isinstance(claim, StatementClaim):
            _merge_statement(claim, kept)
    return kept.claims


class _Kept:
    """The claims so far, found again by what a repetition must share, so that long documents stay linear."""

    def __init__(self) -> None:
        self.claims: list[Claim] = []
        self.events: dict[tuple[str, str, str], dict[int, EventClaim]] = {}
        self.metrics: dict[tuple[object, ...], list[MetricClaim]] = {}
        self.statements: dict[str, list[StatementClaim]] = {}

    def add_event(self, claim: EventClaim) -> None:
        for name in claim.objects:
            self.events.setdefault((claim.predicate, claim.polarity, name), {})[len(self.claims)] = claim
        self.claims.append(claim)

    def events_like(self, claim: EventClaim) -> list[EventClaim]:
        """Those that share an object, or of a partnership a party, in order."""
        names = [*claim.objects]
        if claim.predicate == "partner" and claim.subject is not None:
            names.append(claim.subject)
        found: dict[int, EventClaim] = {}
        for name in names:
            found.update(self.events.get((claim.predicate, claim.polarity, name), {}))
        return [found[position] for position in sorted(found)]


def _merge_event(claim: EventClaim, kept: _Kept) -> None:
    remaining = list(claim.objects)
    for other in kept.events_like(claim):
        if not _same_event(claim, other):
            continue
        shared = [name for name in remaining if _says(other, claim.subject, name)]
        if shared:
            _absorb(other, claim)
            remaining = [name for name in remaining if name not in shared]
    if remaining:
        claim.objects = remaining
        kept.add_event(claim)


def _same_event(a: EventClaim, b: EventClaim) -> bool:
    if a.predicate != b.predicate or a.polarity != b.polarity or not compatible_times(a, b):
        return False
    return a.predicate == "partner" or a.subject == b.subject or a.subject is None or b.subject is None


def _says(other: EventClaim, subject: str | None, name: str) -> bool:
    """True where ``other`` already has this object, for a partnership with this subject in either direction."""
    if other.predicate != "partner":
        return name in other.objects
    return any({subject, name} == {other.subject, partner} for partner in other.objects)


def compatible_times(a: Claim, b: Claim) -> bool:
    """True where the times do not contradict: one is missing or inferred, or they share the day or the year."""
    if a.time is None or b.time is None or {a.time_how, b.time_how} - {"stated", "sentence"}:
        return True
    if len(a.time) >= _DAY and len(b.time) >= _DAY and {a.time_how, b.time_how} == {"stated"}:
        return a.time[:_DAY] == b.time[:_DAY]
    return a.time[:4] == b.time[:4]


def _absorb(other: EventClaim, claim: EventClaim) -> None:
    """Add what a repeated mention knows better: its evidence, a time, a subject, an amount, channels."""
    other.evidence += [span for span in claim.evidence if span not in other.evidence]
    better_time = other.time is None or (
        claim.time is not None and other.time_how != "stated" == claim.time_how
    )
    if better_time:
        other.time, other.time_how = claim.time or other.time, claim.time_how
    other.subject = other.subject or claim.subject
    other.amount = other.amount or claim.amount
    other.content = other.content or claim.content
    other.channel += [channel for channel in claim.channel if channel not in other.channel]
    other.score = max(other.score, claim.score)


def _merge_metric(claim: MetricClaim, kept: _Kept) -> None:
    content = (claim.subject, claim.metric, claim.measure, claim.unit)
    key = (*content, claim.value, claim.low, claim.high, claim.polarity)
    same = kept.metrics.setdefault(key, [])
    for other in same:
        if compatible_times(claim, other):
            other.evidence += [span for span in claim.evidence if span not in other.evidence]
            if other.time is None:
                other.time, other.time_how = claim.time, claim.time_how
            other.source = other.source or claim.source
            other.score = max(other.score, claim.score)
            return
    same.append(claim)
    kept.claims.append(claim)


def _merge_statement(claim: StatementClaim, kept: _Kept) -> None:
    same = kept.statements.setdefault(claim.speaker, [])
    for other in same:
        if other.quote[0] < claim.quote[1] and claim.quote[0] < other.quote[1]:
            longer = max((other.quote, claim.quote), key=lambda quote: quote[1] - quote[0])
            other.quote = longer
            other.evidence += [span for span in claim.evidence if span not in other.evidence]
            return
    same.append(claim)
    kept.claims.append(claim)
