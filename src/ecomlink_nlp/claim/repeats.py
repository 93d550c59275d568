"""Repeats: words that only say that somebody did, or suffered, the same as was just claimed of another.

两个月后,QQ也如法炮制 claims of QQ what was claimed of the party before (`actor`); 天猫也未能幸免 and 芬香暂未受波及 say of
whom else it was done, or was not (`patient`, `spared`). The words are in `data/discourse.toml`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ecomlink_nlp.claim.discourse import Clause, Discourse
from ecomlink_nlp.claim.factuality import Factuality, assess
from ecomlink_nlp.claim.phrases import channels_in
from ecomlink_nlp.claim.roles import assign_roles
from ecomlink_nlp.resources import read_toml
from ecomlink_nlp.text.document import Argument, EventClaim

# What is launched or closed is one's own: nobody else can be spared it.
_OWN_AFFAIRS = frozenset({"launch", "shut_down", "rename"})
_DENIES = "没未并拒不"  # 没有参与 denies by itself
_REACH = 1  # sentences


@cache
def _pattern() -> re.Pattern[str]:
    data = read_toml("discourse.toml")["repeats"]
    actor, patient, spared = ("|".join(data[kind]) for kind in ("actor", "patient", "spared"))
    return re.compile(
        rf"(?P<spared>{spared})|(?P<patient>{patient})"
        rf"|(?P<actor>{actor})(?=了?(?:[，,。；;！!？?”\s]|$)|了?(?:此举|这一|这种|同样))"
    )


def find_repeats(discourse: Discourse, events: Sequence[EventClaim]) -> list[EventClaim]:
    """Return the claims made by words that only say that another party did, or suffered, the same, or did not."""
    found: list[EventClaim] = []
    for match in _pattern().finditer(discourse.text):
        clause = discourse.clause_at(match.start())
        model = _model(discourse, events, clause)
        parties = _parties(discourse, clause, match.start(), match.end())
        facts = assess(discourse, clause, match.start())
        if model is None or facts.void:
            continue
        surfaces = channels_in(discourse, clause, clause.start, match.start())
        if match["spared"] and not parties and surfaces and model.polarity == "affirmed":
            # 直播间不在此列: the same parties, elsewhere
            found.append(
                replace(
                    _repeat(discourse, clause, model, Factuality("negated"), [], []),
                    channel=[a.name for a in surfaces],
                )
            )
            continue
        if not parties:
            continue
        if {a.name for a in parties} & {model.subject, *model.objects} or _is_told(events, match):
            continue
        if match["spared"] and _is_shared(events, model):
            facts = Factuality("negated", "actual")  # 京东、美团都接入了数字人民币,拼多多不在其中
            found.append(_repeat(discourse, clause, model, facts, [replace(parties[0], role="subject")], []))
        elif match["actor"]:
            if match[0][0] in _DENIES:
                facts = Factuality("negated", facts.status)
            found.append(_repeat(discourse, clause, model, facts, [replace(parties[0], role="subject")], []))
        elif (
            model.polarity == "affirmed"
            and model.predicate not in _OWN_AFFAIRS
            and all(_is_like(discourse, model, a) for a in parties)
        ):
            if match["spared"]:
                facts = Factuality("negated", "actual")
            objects = [replace(a, role="object") for a in parties]
            found.append(_repeat(discourse, clause, model, facts, [], objects))
    return found


def _is_shared(events: Sequence[EventClaim], model: EventClaim) -> bool:
    """True where others are told to have done the same as the model's subject: then to be left out is not to have done it."""
    return any(
        e.subject != model.subject
        and (e.predicate, e.objects, e.evidence[0]) == (model.predicate, model.objects, model.evidence[0])
        for e in events
    )


def _is_told(events: Sequence[EventClaim], match: re.Match[str]) -> bool:
    """True where the words were read as a claim of their own: 不在被罚之列."""
    triggers = (a for e in events for a in e.arguments if a.role == "trigger")
    return any(a.start is not None and match.start() <= a.start < match.end() for a in triggers)


def _model(discourse: Discourse, events: Sequence[EventClaim], clause: Clause) -> EventClaim | None:
    """The last event told before the clause, in its sentence or the one before."""
    oldest = discourse.document.sentences[max(0, clause.sentence - _REACH)][0]
    earlier = [
        e
        for e in events
        if oldest <= e.evidence[0][0] <= clause.start
        and any(a.role == "trigger" and (a.start or 0) < clause.start for a in e.arguments)
    ]
    return earlier[-1] if earlier else None


def _parties(discourse: Discourse, clause: Clause, start: int, end: int) -> list[Argument]:
    roles = assign_roles(discourse, clause, start, end)
    found = [a for group in roles.agents for m in group for a in discourse.resolve(m)]
    beside = [
        a for mark, group in roles.marked if mark in {"对", "向"} for m in group for a in discourse.resolve(m)
    ]
    return found or discourse.explicit_subject(clause, start) or beside  # 对阿里巴巴则没有


def _is_like(discourse: Discourse, model: EventClaim, party: Argument) -> bool:
    """True where the party is of a kind with the model's objects: named, if they are."""
    named = any(name in discourse.types for name in model.objects)
    return party.name in discourse.types or not named


def _repeat(
    discourse: Discourse,
    clause: Clause,
    model: EventClaim,
    facts: Factuality,
    subject: list[Argument],
    objects: list[Argument],
) -> EventClaim:
    """The model's claim with another subject, or other objects."""
    time = discourse.time_of(clause, clause.end)
    sentence = discourse.document.sentences[clause.sentence]
    carried = [
        replace(a, how="carried")
        for a in model.arguments
        if a.role == "trigger"
        or (a.role == "object" and not objects)
        or (a.role == "subject" and not subject)
    ]
    return replace(
        model,
        evidence=[sentence, *(span for span in model.evidence if span != sentence)],
        rule=f"{model.rule}+repeat",
        polarity=facts.polarity,
        status=facts.status,
        subject=subject[0].name if subject else model.subject,
        objects=[a.name for a in objects] or list(model.objects),
        channel=[],
        amount=None if objects else model.amount,
        time=time[0].timex if time else None,
        time_how=time[1] if time else "",
        score=round(model.score * 0.85, 4),
        arguments=[*subject, *objects, *carried],
    )
