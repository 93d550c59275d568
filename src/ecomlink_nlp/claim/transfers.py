"""Constructions in which one party takes another's place, or a place beside it.

Notes for a newcomer. 把系统从 A 搬到 B ends one partnership and starts another, each claimed by a trigger of its own frame; whom
A was followed by may be told later (接替者是 B), and 饿了么也能点到 tells of a second shop only after the first.
"""

from ecomlink_nlp.claim import fillers, unsaid_subjects
from ecomlink_nlp.claim.earlier_claims import last_parting
from ecomlink_nlp.claim.roles import groups_of
from ecomlink_nlp.claim.situation import Filled, Situation
from ecomlink_nlp.text.document import Argument

_FROM = frozenset({"从", "由", "自"})
_GOALS = frozenset({"到", "至", "往", "向", "给"})
_MAX_GOAL = 8  # characters between the verb and where something goes


def replacement(s: Situation) -> Filled | None:
    """S 把 A 换成 O: who comes in A's place, of `end_partnership` who leaves it."""
    objects, left = fillers.first(s, s.roles.after), fillers.first(s, s.roles.disposed)
    if not objects or not left:
        return None
    if s.hit.frame.predicate == "end_partnership":
        objects = left
    return Filled(unsaid_subjects.subjects(s, objects), objects)


def moved(s: Situation) -> Filled | None:
    """S 把…从 A 搬到 B: whom S leaves stands behind 从, whom it goes to behind the verb."""
    before = [g for g in groups_of(s.discourse, s.clause) if g[-1].end <= s.hit.start]
    origin = fillers.first(
        s, [g for g in before if s.discourse.mark_of(s.clause.start, g[0].start)[0] in _FROM]
    )
    goals = [*s.roles.after, *(group for mark, group in s.roles.after_marked if mark in _GOALS)]
    goal = fillers.first(s, [g for g in goals if g[0].start - s.hit.end <= _MAX_GOAL])
    if not origin or not goal:
        return None
    objects, other = (origin, goal) if s.hit.frame.predicate == "end_partnership" else (goal, origin)
    taken = {a.name for a in other}
    subjects = [a for a in unsaid_subjects.subjects(s, objects) if a.name not in taken]
    return Filled(subjects, objects) if subjects else None


def offered(s: Situation) -> Filled | None:
    """喜茶原来只在美团上卖,饿了么也能点到: the host in the clause, whose goods they are in it or before it."""
    placed = fillers.first(s, [group for _, group in s.roles.places])
    objects = placed or fillers.first(s, s.roles.subjects[-1:])
    names = {a.name for a in objects}
    if not objects:
        return None
    for group in s.roles.subjects:
        own = [a for a in fillers.arguments(s, group, s.hit.frame.subject) if a.name not in names]
        if own:
            return Filled(own, objects)
    found = [a for a in unsaid_subjects.other_party(s, names) if a.how == "carried"]
    return Filled(found, objects) if found else None


def successor(s: Situation) -> Filled | None:
    """德邦被换了下来,接替者是极兔: who works with the party that parted with somebody just before."""
    parting = last_parting(s)
    if parting is None or parting.subject is None:
        return None
    known = {parting.subject, *parting.objects}
    groups = s.roles.after or [group for _, group in s.roles.after_marked]
    objects = [a for a in fillers.first(s, groups) if a.name not in known]
    return Filled([Argument("subject", parting.subject, how="carried")], objects) if objects else None


def rival_partner(s: Situation, names: set[str]) -> list[Argument]:
    """Who has dropped somebody where only the one dropped is named: the one told to work with it before."""
    for claim in reversed(s.earlier):
        if claim.predicate == "partner" and claim.subject is not None:
            others = [name for name in (claim.subject, *claim.objects) if name not in names]
            if len(others) < 1 + len(claim.objects):
                return [Argument("subject", name, how="carried") for name in others[:1]]
    return []
