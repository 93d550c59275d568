"""Denials: a rumour is a possible claim, and its denial by a party concerned a second, negated one.

X denies what the nearest earlier clauses report as possible: 市场传出叮咚买菜有意接手每日优鲜;叮咚买菜次日否认. The denied claim is
the last `possible` (or attributed and planned) event of this or the sentence before in which the denier takes
part, directly, through a company that it belongs to or, for a person, through the employer. A verb of denying says so, or an
answer that only says no (京东回复称“没有报价的打算”). What is denied by whom it concerns was a rumour, whoever reported it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ecomlink_nlp.claim.discourse import Clause, Discourse
from ecomlink_nlp.claim.factuality import is_denial, is_negative_answer
from ecomlink_nlp.claim.situation import Owner
from ecomlink_nlp.text.document import Argument, EventClaim, StatementClaim

_REACH = 2  # sentences between a rumour and its denial
_MAX_ANSWER = 40  # characters; longer words say more than no
_FIRST_CLAUSE = re.compile(r"[^，,。；;！!]+")
# Described sources whose reports a denial makes a rumour: 媒体, 外媒, 知情人士, 网友.
_HEARSAY = re.compile(r"媒体?$|报道|传闻|传言|人士|消息|网友|博主|截图|猜测|市场|爆料|坊间|自媒体|论坛")


@dataclass(frozen=True, slots=True)
class _No:
    """Where somebody says no: the clause, and the one who says it where that is known."""

    clause: Clause
    denier: Argument | None


def find_denials(
    discourse: Discourse, events: Sequence[EventClaim], statements: Sequence[StatementClaim], owner: Owner
) -> list[EventClaim]:
    """Return the negated claims that denials make of earlier ones; what is denied becomes `possible`."""
    found: list[EventClaim] = []
    done: set[int] = set()
    deniable = [e for e in events if e.polarity == "affirmed" and (e.status != "actual" or _is_hearsay(e))]
    if not deniable:
        return []
    for no in _denials(discourse, events, statements):
        for event in reversed(deniable):
            if id(event) in done or not _can_be_denied(discourse, event, no.clause):
                continue
            if no.denier is not None and not _takes_part(discourse, no.denier.name, event, owner):
                continue
            done.add(id(event))
            if event.status == "actual" or _is_hearsay(event):
                event.status = "possible"
            found.append(_denial(discourse, event, no))
            break
    return found


def _denials(
    discourse: Discourse, events: Sequence[EventClaim], statements: Sequence[StatementClaim]
) -> Iterator[_No]:
    """Clauses that deny, by their verb or as an answer that only says no, in reading order."""
    answers = {discourse.clause_at(s.quote[0]).index: s for s in statements}
    for clause in discourse.clauses:
        if is_denial(discourse.text, clause.start, clause.end):
            subject = discourse.subject_of(clause, clause.end)
            yield _No(clause, replace(subject[0], role="source") if subject else None)
        elif (answer := answers.get(clause.index)) is not None and _says_no(discourse, events, answer):
            yield _No(clause, replace(answer.arguments[0], role="source", name=answer.speaker))


def _says_no(discourse: Discourse, events: Sequence[EventClaim], answer: StatementClaim) -> bool:
    """True for words that claim no event of their own and whose first clause is a negation."""
    start, end = answer.quote
    words = _FIRST_CLAUSE.match(discourse.text, start, end)
    if (
        words is None
        or end - start > _MAX_ANSWER
        or not is_negative_answer(discourse.text, start, words.end())
    ):
        return False
    triggers = (a.start for e in events for a in e.arguments if a.role == "trigger")
    return not any(t is not None and start <= t < end for t in triggers)


def _is_hearsay(event: EventClaim) -> bool:
    return event.source is not None and _HEARSAY.search(event.source.name) is not None


def _can_be_denied(discourse: Discourse, event: EventClaim, clause: Clause) -> bool:
    start = event.evidence[0][0]
    sentence = discourse.clause_at(start).sentence
    trigger = next(a for a in event.arguments if a.role == "trigger")
    earlier = trigger.start is not None and trigger.start < clause.start
    return earlier and clause.sentence - sentence <= _REACH


def _takes_part(discourse: Discourse, name: str, event: EventClaim, owner: Owner) -> bool:
    parties = {event.subject, *event.objects}
    related = parties | {owner(party) for party in parties if party}
    related |= {discourse.parent(party) for party in parties if party}
    return name in related or owner(name) in parties or discourse.employer(name) in related - {None}


def _denial(discourse: Discourse, event: EventClaim, no: _No) -> EventClaim:
    sentence = discourse.document.sentences[no.clause.sentence]
    return replace(
        event,
        evidence=[sentence, *(span for span in event.evidence if span != sentence)],
        rule=f"{event.rule}+denial",
        polarity="negated",
        status="actual" if event.status == "possible" else event.status,
        source=no.denier,
        score=round(event.score * 0.9, 4),
        objects=list(event.objects),
        channel=list(event.channel),
        arguments=[*event.arguments, *([no.denier] if no.denier else [])],
    )
