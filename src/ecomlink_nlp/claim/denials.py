"""Denials: a rumour is a possible claim, and its denial by a party concerned a second, negated one.

X denies what the nearest earlier clauses report as possible: 市场传出叮咚买菜有意接手每日优鲜;叮咚买菜次日否认. The denied claim is
the last `possible` (or attributed and planned) event of this or the sentence before in which the denier takes
part, directly or through a company that it belongs to.
"""

from collections.abc import Sequence
from dataclasses import replace

from ecomlink_nlp.claim.discourse import Clause, Discourse
from ecomlink_nlp.claim.factuality import is_denial
from ecomlink_nlp.claim.situation import Owner
from ecomlink_nlp.text.document import Argument, EventClaim

_REACH = 2  # sentences between a rumour and its denial


def find_denials(discourse: Discourse, events: Sequence[EventClaim], owner: Owner) -> list[EventClaim]:
    """Return the negated claims that denials make of earlier possible ones."""
    found: list[EventClaim] = []
    done: set[int] = set()
    uncertain = [e for e in events if e.status in {"possible", "planned"} and e.polarity == "affirmed"]
    for clause in discourse.clauses:
        if not is_denial(discourse.text, clause.start, clause.end):
            continue
        denier = _denier(discourse, clause)
        for event in reversed(uncertain):
            if id(event) in done or not _can_be_denied(discourse, event, clause):
                continue
            if denier is not None and not _takes_part(denier.name, event, owner):
                continue
            done.add(id(event))
            found.append(_denial(discourse, event, clause, denier))
            break
    return found


def _denier(discourse: Discourse, clause: Clause) -> Argument | None:
    subject = discourse.subject_of(clause, clause.end)
    return replace(subject[0], role="source") if subject else None


def _can_be_denied(discourse: Discourse, event: EventClaim, clause: Clause) -> bool:
    start = event.evidence[0][0]
    sentence = discourse.clause_at(start).sentence
    trigger = next(a for a in event.arguments if a.role == "trigger")
    earlier = trigger.start is not None and trigger.start < clause.start
    return earlier and clause.sentence - sentence <= _REACH


def _takes_part(name: str, event: EventClaim, owner: Owner) -> bool:
    parties = {event.subject, *event.objects}
    related = parties | {owner(party) for party in parties if party}
    return name in related or owner(name) in parties


def _denial(discourse: Discourse, event: EventClaim, clause: Clause, denier: Argument | None) -> EventClaim:
    sentence = discourse.document.sentences[clause.sentence]
    return replace(
        event,
        evidence=[sentence, *(span for span in event.evidence if span != sentence)],
        rule=f"{event.rule}+denial",
        polarity="negated",
        status="actual" if event.status == "possible" else event.status,
        source=denier,
        score=round(event.score * 0.9, 4),
        objects=list(event.objects),
        channel=list(event.channel),
        arguments=[*event.arguments, *([denier] if denier else [])],
    )
