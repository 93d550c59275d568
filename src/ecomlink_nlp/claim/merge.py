"""One claim once: the same event, metric or statement found again only adds its evidence."""

from collections.abc import Iterable

from ecomlink_nlp.text.document import Claim, EventClaim, MetricClaim, StatementClaim


def merge_claims(claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims in order, each once, with the evidence of all its mentions.

    Events merge object by object: a later claim keeps only the objects that no earlier claim with the same
    predicate, subject and polarity has at a compatible time. Metrics merge on equal content; statements on an
    equal speaker and overlapping quotes, where the longer quote stays.
    """
    kept: list[Claim] = []
    for claim in claims:
        if isinstance(claim, EventClaim):
            _merge_event(claim, kept)
        elif isinstance(claim, MetricClaim):
            _merge_metric(claim, kept)
        elif isinstance(claim, StatementClaim):
            _merge_statement(claim, kept)
    return kept


def _merge_event(claim: EventClaim, kept: list[Claim]) -> None:
    remaining = list(claim.objects)
    for other in kept:
        if not isinstance(other, EventClaim) or not _same_event(claim, other):
            continue
        shared = [name for name in remaining if _has_object(other, name)]
        if shared:
            _absorb(other, claim)
            remaining = [name for name in remaining if name not in shared]
    if remaining:
        claim.objects = remaining
        kept.append(claim)


def _same_event(a: EventClaim, b: EventClaim) -> bool:
    if a.predicate != b.predicate or a.polarity != b.polarity or not compatible_times(a, b):
        return False
    if a.predicate == "partner":
        return {a.subject, *a.objects} & {b.subject} != set() or a.subject in b.objects
    return a.subject == b.subject or a.subject is None or b.subject is None


def _has_object(other: EventClaim, name: str) -> bool:
    return name in other.objects or (other.predicate == "partner" and name == other.subject)


def compatible_times(a: Claim, b: Claim) -> bool:
    """True where the times do not contradict: one is missing, inferred, or the beginning of the other."""
    if a.time is None or b.time is None or "stated" not in {a.time_how} & {b.time_how}:
        return True
    short, long = sorted((a.time, b.time), key=len)
    return long.startswith(short)


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


def _merge_metric(claim: MetricClaim, kept: list[Claim]) -> None:
    for other in kept:
        if (
            isinstance(other, MetricClaim)
            and (claim.subject, claim.metric, claim.measure, claim.unit)
            == (other.subject, other.metric, other.measure, other.unit)
            and (claim.value, claim.low, claim.high, claim.polarity)
            == (other.value, other.low, other.high, other.polarity)
            and compatible_times(claim, other)
        ):
            other.evidence += [span for span in claim.evidence if span not in other.evidence]
            if other.time is None:
                other.time, other.time_how = claim.time, claim.time_how
            other.source = other.source or claim.source
            other.score = max(other.score, claim.score)
            return
    kept.append(claim)


def _merge_statement(claim: StatementClaim, kept: list[Claim]) -> None:
    for other in kept:
        if (
            isinstance(other, StatementClaim)
            and other.speaker == claim.speaker
            and other.quote[0] < claim.quote[1]
            and claim.quote[0] < other.quote[1]
        ):
            longer = max((other.quote, claim.quote), key=lambda quote: quote[1] - quote[0])
            other.quote = longer
            other.evidence += [span for span in claim.evidence if span not in other.evidence]
            return
    kept.append(claim)
