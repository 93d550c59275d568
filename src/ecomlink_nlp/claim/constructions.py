"""The constructions that verbs take: from a clause's roles to subjects and objects.

Notes for a newcomer. A construction is a function of one `Situation` (a trigger's hit, its clause, the roles around
it) that returns `Filled`, or None where it does not apply. ``CONSTRUCTIONS`` names them as the frames do. What the
clause leaves out comes from the discourse: `unsaid_subjects`, `unsaid_objects`, `earlier_claims`, `unnamed`.
"""

from collections.abc import Callable

from ecomlink_nlp.claim import actives, namings, orders, own_things, passives, role_nouns, ties, transfers
from ecomlink_nlp.claim.situation import Filled, Situation

CONSTRUCTIONS: dict[str, Callable[[Situation], Filled | None]] = {
    "active": actives.active,
    "capability": actives.capability,
    "self": own_things.self_,
    "reciprocal": ties.reciprocal,
    "mutual": ties.mutual,
    "content": orders.content,
    "naming": namings.naming,
    "suffer": passives.suffer,
    "formerly": namings.formerly,
    "from_old": namings.from_old,
    "replacement": transfers.replacement,
    "moved": transfers.moved,
    "offered": transfers.offered,
    "successor": transfers.successor,
    "copular": own_things.copular,
    "receive": passives.receive,
    "into": passives.into,
    "relation": ties.relation,
    "doer": role_nouns.doer,
    "target": role_nouns.target,
    "new_owner": role_nouns.new_owner,
    "told": role_nouns.told,
    "heeded": role_nouns.heeded,
    "obliged": role_nouns.obliged,
}
