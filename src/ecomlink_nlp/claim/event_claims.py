"""From filled roles to claims: when it happened, how far the text commits itself, and what it rests on."""

import re
from dataclasses import replace

from ecomlink_nlp.claim.eligibility import is_barred
from ecomlink_nlp.claim.factuality import Factuality, assess
from ecomlink_nlp.claim.phrases import amount_of, channels_in
from ecomlink_nlp.claim.situation import Filled, Situation
from ecomlink_nlp.text.document import Argument, EventClaim, Time

# What each inference costs a claim's score.
_COST = {"described": 0.95, "anaphor": 0.9, "owner": 0.85, "carried": 0.85, "sentence": 0.95, "topic": 0.7}
_OWN = re.compile(r"(?:其|旗下的?|名下的?|自家的?|自己的?|[^，,]{0,6}的)?[“「]?")


def claims_of(s: Situation, filled: Filled) -> list[EventClaim]:
    """Return a claim for each subject, each pair or both ways; none where the text commits itself to nothing."""
    discourse, clause, hit = s.discourse, s.clause, s.hit
    found = discourse.time_of(filled.told_in) if filled.told_in else None
    found = found or discourse.time_of(clause, hit.start)
    time, time_how = found if found else (None, "")
    if (
        time is not None
        and time.start >= hit.end
        and discourse.text.startswith(
            ("后", "之后", "以后"), time.end - discourse.text[time.start : time.end].endswith("后")
        )
    ):
        time, time_how = None, ""  # 屏蔽飞书两年之后: when the next thing happened
    future = time is not None and discourse.is_future(time)
    future = (
        future and time is not None and "到了" not in discourse.text[hit.start : time.start]
    )  # 延长到了2025年
    disposed = s.roles.disposal_start
    # 将天巡收入囊中, but not 将选择与京东合作
    is_disposed = disposed is not None and any(
        a.start is not None and a.start < hit.start and _OWN.fullmatch(discourse.text, disposed, a.start)
        for a in filled.objects
    )
    # 2020年618期间也将选择与京东合作, told in 2022: only the story looks forward
    year, told = (
        time.timex[:4] if time is not None and time_how == "stated" else "",
        (discourse.document.date or "")[:4],
    )
    factuality = assess(
        discourse,
        clause,
        hit.start,
        time_is_future=future,
        time_is_past=year.isdigit() and year < told,
        disposal=disposed if is_disposed else None,
    )
    if factuality.void:
        return []
    if not filled.subjects and (not hit.frame.agentless or _is_officials(s)):
        return []
    subjects: list[Argument | None] = [*filled.subjects] or [None]
    if filled.pairwise:
        pairs = zip(filled.subjects, filled.objects, strict=True)
        return [_claim(s, [o], subject, factuality, time, time_how) for subject, o in pairs]
    claims = [_claim(s, filled.objects, subject, factuality, time, time_how) for subject in subjects]
    if filled.both_ways:
        turned = replace(filled.objects[0], role="subject")
        claims.append(_claim(s, filled.subjects, turned, factuality, time, time_how))
    return [claim for claim in claims if claim.objects]


def _claim(
    s: Situation,
    objects: list[Argument],
    subject: Argument | None,
    facts: Factuality,
    time: Time | None,
    how: str,
) -> EventClaim:
    discourse, clause, hit = s.discourse, s.clause, s.hit
    polarity = facts.polarity
    if hit.trigger.polarity == "negated":
        polarity = "affirmed" if polarity == "negated" else "negated"
    claim = EventClaim(
        _evidence(s, subject),
        rule=f"{hit.frame.predicate}.{hit.trigger.id}/{hit.trigger.construction}",
        polarity=polarity,
        status=hit.trigger.status or facts.status,
        time=time.timex if time else None,
        time_how=how,
        predicate=hit.frame.predicate,
        subject=subject.name if subject else None,
        objects=list(dict.fromkeys(a.name for a in objects if subject is None or _differs(a, subject))),
    )
    claim.arguments = [Argument("trigger", discourse.text[hit.start : hit.end], hit.start, hit.end)]
    claim.arguments += [*([replace(subject, role="subject")] if subject else []), *objects]
    if time is not None:
        claim.arguments.append(Argument("time", time.timex, time.start, time.end, how))
    channels = channels_in(discourse, clause, clause.start, clause.end)
    claim.channel = [a.name for a in channels]
    claim.arguments += channels
    if hit.frame.amount and (found := amount_of(discourse, clause, hit.start)):
        claim.amount, value = found
        claim.arguments.append(
            Argument("amount", discourse.text[value.start : value.end], value.start, value.end)
        )
    if hit.trigger.construction == "content":
        end = objects[-1].end if objects[-1].end is not None and objects[-1].end > hit.end else hit.end
        claim.content = discourse.text[end : clause.end].strip("，,。；;“”其它们 ") or None
    claim.score = 0.95
    for argument in claim.arguments:
        claim.score *= _COST.get(argument.how, 1.0)
    return claim


def _differs(a: Argument, subject: Argument) -> bool:
    """An object may carry the subject's own name only at another place (小红书 blocks links to 小红书's mall)."""
    return a.name != subject.name or (
        a.start != subject.start and a.how == "stated" and subject.how != "stated"
    )


def _evidence(s: Situation, subject: Argument | None) -> list[tuple[int, int]]:
    """The sentence of the clause, and that of a subject from elsewhere."""
    sentences = s.discourse.document.sentences
    evidence = [sentences[s.clause.sentence]]
    if subject is not None and subject.start is not None:
        other = sentences[s.discourse.clause_at(subject.start).sentence]
        if other != evidence[0]:
            evidence.append(other)
    return evidence


def _is_officials(s: Situation) -> bool:
    """True where an authority stands as the subject of a company's verb: 工信部下架106款应用 closes no product of its own."""
    acting = s.roles.agents if s.roles.passive else s.roles.subjects
    return any(is_barred(s, m.text) for group in acting for m in group)
