"""Whom a penalty hits where its clause tells only what was taken, and whether an authority tells it."""

import re
from dataclasses import replace

from ecomlink_nlp.claim.authorities import is_authority
from ecomlink_nlp.claim.fillers import type_of
from ecomlink_nlp.claim.situation import Situation
from ecomlink_nlp.text.document import Argument

_FINDS = re.compile(r"(?:认定|查明|查实|发现|查出|指出|认为|指|确认|裁定)[“「]?")


def found_guilty(s: Situation) -> list[Argument]:
    """Whom the authority of the clause before finds guilty: 市场监管局认定它虚假宣传,罚款45万元."""
    index = s.clause.index - 1
    before = s.discourse.clauses[index]
    if index < 0 or before.sentence != s.clause.sentence or s.roles.subjects:
        return []
    own = s.discourse.own_subject(before)
    if not own or not is_authority(own[0].name):
        return []
    match = _FINDS.search(s.discourse.text, own[-1].end or before.start, before.end)
    behind = [m for m in before.mentions if match is not None and m.start == match.end()]
    found = [a for m in behind for a in s.discourse.resolve(m) if type_of(s, a.name) in s.hit.trigger.objects]
    return [replace(a, role="object", how="carried") for a in found if not is_authority(a.name)]


def authority_acts(s: Situation) -> bool:
    """True where the clause's own subject is an authority."""
    return any(is_authority(a.name) for a in s.discourse.explicit_subject(s.clause, s.hit.start) or [])
