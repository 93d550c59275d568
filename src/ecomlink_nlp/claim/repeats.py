"""Following suit: 两个月后,QQ也如法炮制 claims of QQ what was just claimed of somebody else."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ecomlink_nlp.claim.discourse import Discourse
from ecomlink_nlp.claim.factuality import assess
from ecomlink_nlp.claim.roles import assign_roles
from ecomlink_nlp.resources import read_toml
from ecomlink_nlp.text.document import EventClaim

_REACH = 1  # sentences


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(read_toml("discourse.toml")["repeats"]["words"])
    return re.compile(rf"(?:{words})(?=了?(?:[，,。；;！!？?”\s]|$)|了?(?:此举|这一|这种|同样))")


def find_repeats(discourse: Discourse, events: Sequence[EventClaim]) -> list[EventClaim]:
    """Return the claims made by words that only say that another party did, or did not do, the same."""
    found: list[EventClaim] = []
    for match in _pattern().finditer(discourse.text):
        clause = discourse.clause_at(match.start())
        agents = assign_roles(discourse, clause, match.start(), match.end()).agents
        subjects = [a for group in agents for m in group for a in discourse.resolve(m)]
        subjects = subjects or discourse.explicit_subject(clause, match.start()) or []
        oldest = discourse.document.sentences[max(0, clause.sentence - _REACH)][0]
        models = [e for e in events if oldest <= e.evidence[0][0] and e.evidence[0][0] <= clause.start]
        models = [
            e
            for e in models
            if any(a.role == "trigger" and (a.start or 0) < clause.start for a in e.arguments)
        ]
        if not subjects or not models:
            continue
        facts = assess(discourse, clause, match.start())
        model = models[-1]
        if facts.void or subjects[0].name in {model.subject, *model.objects}:
            continue
        time = discourse.time_of(clause, match.start())
        sentence = discourse.document.sentences[clause.sentence]
        found.append(
            replace(
                model,
                evidence=[sentence, *(span for span in model.evidence if span != sentence)],
                rule=f"{model.rule}+repeat",
                polarity=facts.polarity,
                status=facts.status,
                subject=subjects[0].name,
                objects=list(model.objects),
                channel=[],
                time=time[0].timex if time else None,
                time_how=time[1] if time else "",
                score=round(model.score * 0.85, 4),
                arguments=[
                    subjects[0],
                    *(replace(a, how="carried") for a in model.arguments if a.role in {"trigger", "object"}),
                ],
            )
        )
    return found
