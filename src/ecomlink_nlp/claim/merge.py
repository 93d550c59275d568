"""One claim once: the same event, metric or statement found again only adds its evidence."""

from collections.abc import Iterable, Iterator
from heapq import merge
from operator import itemgetter

from ecomlink_nlp.text.document import Claim, EventClaim, MetricClaim, StatementClaim

_DAY = len("2022-03-01")
# Quotes are found again by the stretches of text that they touch, each of so many characters.
_BLOCK = 200


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
        self._events: dict[tuple[str, str, str], dict[int, EventClaim]] = {}
        self._metrics: dict[tuple[object, ...], list[MetricClaim]] = {}
        self._quotes: dict[tuple[str, int], dict[int, StatementClaim]] = {}
        # The evidence of a claim by its identity: a claim that is repeated thousands of times has as much of it.
        self._evidence: dict[int, set[tuple[int, int]]] = {}

    def add_event(self, claim: EventClaim) -> None:
        for name in claim.objects:
            self._events.setdefault((claim.predicate, claim.polarity, name), {})[len(self.claims)] = claim
        self.claims.append(claim)

    def events_like(self, claim: EventClaim) -> Iterator[EventClaim]:
        """Those that share an object, or of a partnership a party, in order."""
        names = dict.fromkeys(claim.objects)
        if claim.predicate == "partner" and claim.subject is not None:
            names[claim.subject] = None
        sharing = [self._events.get((claim.predicate, claim.polarity, name), {}) for name in names]
        last = -1
        for position, other in merge(*(found.items() for found in sharing), key=itemgetter(0)):
            if position > last:
                yield other
                last = position

    def add_metric(self, claim: MetricClaim) -> None:
        self._metrics.setdefault(_content(claim), []).append(claim)
        self.claims.append(claim)

    def metrics_like(self, claim: MetricClaim) -> list[MetricClaim]:
        """Those of equal content, in order."""
        return self._metrics.get(_content(claim), [])

    def add_statement(self, claim: StatementClaim) -> None:
        self._find_by_quote(claim, len(self.claims))
        self.claims.append(claim)

    def statement_like(self, claim: StatementClaim) -> tuple[int, StatementClaim] | None:
        """Return the first with the same speaker and an overlapping quote, with its position."""
        found: dict[int, StatementClaim] = {}
        for block in _blocks(claim):
            found.update(self._quotes.get((claim.speaker, block), {}))
        start, end = claim.quote
        overlapping = (at for at, other in found.items() if other.quote[0] < end and start < other.quote[1])
        first = min(overlapping, default=None)
        return None if first is None else (first, found[first])

    def lengthen(self, position: int, claim: StatementClaim, quote: tuple[int, int]) -> None:
        claim.quote = quote
        self._find_by_quote(claim, position)

    def add_evidence(self, claim: Claim, repeated: Claim) -> None:
        """Add the evidence of a repetition."""
        known = self._evidence.get(id(claim))
        if known is None:
            known = self._evidence[id(claim)] = set(claim.evidence)
        new = [span for span in repeated.evidence if span not in known]
        claim.evidence += new
        known.update(new)

    def _find_by_quote(self, claim: StatementClaim, position: int) -> None:
        for block in _blocks(claim):
            self._quotes.setdefault((claim.speaker, block), {})[position] = claim


def _content(claim: MetricClaim) -> tuple[object, ...]:
    content = (claim.subject, claim.metric, claim.measure, claim.unit)
    return (*content, claim.value, claim.low, claim.high, claim.polarity)


def _blocks(claim: StatementClaim) -> range:
    """Return the numbers of the stretches of text that the quote touches."""
    start, end = claim.quote
    return range(start // _BLOCK, end // _BLOCK + 1)


def _merge_event(claim: EventClaim, kept: _Kept) -> None:
    remaining = list(claim.objects)
    for other in kept.events_like(claim):
        if not remaining:
            return
        if not _same_event(claim, other):
            continue
        shared = [name for name in remaining if _says(other, claim.subject, name)]
        if shared:
            kept.add_evidence(other, claim)
            _learn(other, claim)
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


def _learn(other: EventClaim, claim: EventClaim) -> None:
    """Add what a repeated mention knows better: a time, a subject, an amount, channels."""
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
    for other in kept.metrics_like(claim):
        if compatible_times(claim, other):
            kept.add_evidence(other, claim)
            if other.time is None:
                other.time, other.time_how = claim.time, claim.time_how
            other.source = other.source or claim.source
            other.score = max(other.score, claim.score)
            return
    kept.add_metric(claim)


def _merge_statement(claim: StatementClaim, kept: _Kept) -> None:
    found = kept.statement_like(claim)
    if found is None:
        kept.add_statement(claim)
        return
    position, other = found
    kept.add_evidence(other, claim)
    kept.lengthen(position, other, max((other.quote, claim.quote), key=lambda quote: quote[1] - quote[0]))
