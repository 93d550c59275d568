"""Whom a penalty hits where its clause tells only what was taken, and whether an authority tells it."""

import re
from dataclasses import replace

from ecomlink_nlp.claim.authorities import is_authority
from ecomlink_nlp.claim.clauses import Clause
from ecomlink_nlp.claim.eligibility import type_of
from ecomlink_nlp.claim.situation import Filled, Situation
from ecomlink_nlp.text.document import Argument

_FINDS = re.compile(r"(?:认定|查明|查实|发现|查出|指出|认为|指|确认|裁定)[“「]?")


def convicted(s: Situation) -> Filled | None:
    """Who punishes whom, where the clauses before say what was found: 市场监管局认定它虚假宣传,罚款45万元.

    The finding may be a clause of its own, about the one who is then punished: 公平会决议,虾皮标示不实,处180万元罚款.
    """
    if s.clause.mentions:
        return None
    punished: list[Argument] = []
    for earlier in s.discourse.before(s.clause, 0):
        if s.discourse.text[earlier.end - 1] in "；;":
            return None
        own = s.discourse.own_subject(earlier)
        if own and is_authority(own[0].name):
            punished = punished or _found_guilty(s, earlier, own[-1].end or earlier.start)
            return Filled([replace(a, how="carried") for a in own[:1]], punished) if punished else None
        punished = punished or [replace(a, role="object", how="carried") for a in own if _fits(s, a)]
    return None


def _found_guilty(s: Situation, clause: Clause, start: int) -> list[Argument]:
    """Whom the clause finds guilty, right behind its verb of finding."""
    match = _FINDS.search(s.discourse.text, start, clause.end)
    behind = [m for m in clause.mentions if match is not None and m.start == match.end()]
    found = [a for m in behind for a in s.discourse.resolve(m) if _fits(s, a) and not is_authority(a.name)]
    return [replace(a, role="object", how="carried") for a in found]


def _fits(s: Situation, party: Argument) -> bool:
    return type_of(s, party.name) in s.hit.trigger.objects


def authority_acts(s: Situation) -> bool:
    """True where the clause's own subject is an authority."""
    return any(is_authority(a.name) for a in s.discourse.explicit_subject(s.clause, s.hit.start) or [])
