"""Events: from triggers to who did what to whom.

Notes for a newcomer. `find_events` walks over the frames' words in the text. Each hit's clause is sorted into roles
(`roles.assign_roles`), the trigger's construction picks subject and objects from them, and what the clause
does not say is taken from the discourse. Constructions are functions of the same shape, looked up by name.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from ecomlink_nlp.claim.discourse import Clause, Discourse, Mention
from ecomlink_nlp.claim.factuality import Factuality, assess
from ecomlink_nlp.claim.frames import FrameSet, Hit
from ecomlink_nlp.claim.phrases import amount_of, channels_in, described_object
from ecomlink_nlp.claim.roles import Roles, assign_roles
from ecomlink_nlp.text.document import Argument, EventClaim, Time

Owner = Callable[[str], str | None]

# What each inference costs a claim's score.
_COST = {"stated": 1.0, "described": 0.95, "anaphor": 0.9, "owner": 0.85, "carried": 0.85, "elsewhere": 0.75}
_INCLUDING = ("包括", "其中包括", "其中就包括", "例如", "比如", "分别是", "即", "涉及")


@dataclass(frozen=True, slots=True)
class Frameful:
    """A hit with the roles of its clause: what a construction works on."""

    discourse: Discourse
    clause: Clause
    hit: Hit
    roles: Roles
    owner: Owner


@dataclass(frozen=True, slots=True)
class Filled:
    """Subjects (empty: nobody is named) and objects of an event."""

    subjects: list[Argument]
    objects: list[Argument]


def find_events(discourse: Discourse, frames: FrameSet, owner: Owner) -> list[EventClaim]:
    """Return the events of a document; ``owner`` gives the company that a product or platform belongs to."""
    claims: list[EventClaim] = []
    for hit in frames.hits(discourse.text):
        clause = discourse.clause_at(hit.start)
        if hit.end > clause.end or _inside_name(clause, hit) or not _admits(discourse, clause, hit):
            continue
        roles = assign_roles(discourse, clause, hit.start, hit.end)
        situation = Frameful(discourse, clause, hit, roles, owner)
        filled = _CONSTRUCTIONS[hit.trigger.construction](situation)
        if filled is not None and filled.objects:
            claims += _claims(situation, filled)
    return claims


def _inside_name(clause: Clause, hit: Hit) -> bool:
    return any(e.start < hit.end and e.end > hit.start for e in clause.entities)


def _admits(discourse: Discourse, clause: Clause, hit: Hit) -> bool:
    """Check the trigger's conditions on its clause."""
    text, trigger = discourse.text, hit.trigger
    words = text[clause.start : clause.end]
    if trigger.needs is not None and not trigger.needs.search(words):
        return False
    if trigger.without is not None and trigger.without.search(words):
        return False
    return trigger.after is None or trigger.after.match(text, hit.end) is not None


# Constructions


def _active(s: Frameful) -> Filled | None:
    roles = s.roles
    if roles.passive:
        return _passive(s)
    objects = _first(s, roles.disposed) or _first(s, _marked(s)) or _first(s, roles.after) or _described(s)
    objects = objects or _listed_next(s)
    if not objects:
        return None
    return Filled(_subjects(s, objects), objects)


def _passive(s: Frameful) -> Filled | None:
    """The unmarked mention is the object, the one behind 被 the subject."""
    agents = [a for group in s.roles.agents for a in _arguments(s, group, s.hit.frame.subject)]
    objects = _first(s, s.roles.subjects) or _first(s, s.roles.disposed)
    if not objects:
        carried = s.discourse.subject_of(s.clause, s.clause.start) or []
        objects = [replace(a, role="object") for a in carried if a.name not in {b.name for b in agents}]
    return Filled([replace(a, role="subject") for a in agents], objects)


def _capability(s: Frameful) -> Filled | None:
    """O 不能在 S 发布; in S 不能挂 O; S 不再支持 O."""
    roles = s.roles
    behind = _first(s, roles.disposed) or _first(s, roles.after) or _described(s)
    places = _place_subject(s)
    if behind:
        return Filled(places or _subjects(s, behind), behind)
    before = _first(s, roles.subjects)
    if not before and s.hit.trigger.described is not None:
        found = described_object(s.discourse.text, s.clause.start, s.hit.start, s.hit.trigger.described)
        before = [found] if found else []
    if not before:
        carried = s.discourse.subject_of(s.clause, s.clause.start) or []
        before = [replace(a, role="object") for a in carried]
    if not before:
        return None
    names = {a.name for a in before}
    places = [a for a in places if a.name not in names]
    return Filled(places or _other_party(s, names), before)


def _self(s: Frameful) -> Filled | None:
    """The subject of the verb is what is launched or shut down; its owner does it."""
    if _first(s, s.roles.after) or _first(s, s.roles.disposed):
        return None
    groups = s.roles.subjects
    objects = [a for group in groups[-1:] for a in _arguments(s, group, s.hit.frame.objects)]
    if not objects:
        carried = s.discourse.subject_of(s.clause, s.clause.start)
        types = _types(s.discourse, carried or [])
        objects = [
            replace(a, role="object") for a in carried or [] if types.get(a.name) in s.hit.frame.objects
        ]
    if not objects:
        return None
    subjects = [a for group in groups[-2:-1] for a in _arguments(s, group, s.hit.frame.subject)]
    if not subjects:
        owner = s.owner(objects[0].name)
        subjects = [Argument("subject", owner, how="owner")] if owner else []
    if not subjects:
        subjects = [a for a in _other_party(s, {o.name for o in objects}) if a.how == "carried"]
    return Filled(subjects, [replace(a, role="object") for a in objects])


def _reciprocal(s: Frameful) -> Filled | None:
    """S 与 O 合作; S 和 O, or 双方, as one subject."""
    subjects = s.discourse.explicit_subject(s.clause, s.hit.start) or []
    subjects = [a for a in subjects if _accepts(s, a)]
    objects = _first(s, _marked(s)) or _first(s, s.roles.after)
    if not objects and len(subjects) >= 2:
        return Filled(subjects[:1], [replace(a, role="object") for a in subjects[1:]])
    if not objects:
        return None
    return Filled(_subjects(s, objects), objects)


def _content(s: Frameful) -> Filled | None:
    """S 要求 O 做…: the object stands right behind the verb."""
    objects = [
        a
        for group in s.roles.after[:1]
        if group[0].start - s.hit.end <= 6
        for a in _arguments(s, group, s.hit.frame.objects)
    ]
    objects = objects or _described(s)
    return Filled(_subjects(s, objects), objects) if objects else None


def _naming(s: Frameful) -> Filled | None:
    """Old name – 更名为 – new name; the old name is the subject."""
    old = _first(s, s.roles.disposed) or _first(s, s.roles.subjects)
    if not old:
        old = s.discourse.subject_of(s.clause, s.clause.start) or []
    new = _first(s, s.roles.after)
    if not new:
        found = _quoted_after(s)
        new = [found] if found else []
    if not old or not new:
        return None
    text = s.discourse.text
    subjects = []
    for a in old[:1]:
        surface = text[a.start : a.end] if a.start is not None and a.end is not None else a.name
        name = surface.removesuffix("App") if a.name == new[0].name else a.name
        subjects.append(replace(a, role="subject", name=name))
    return Filled(subjects, [replace(a, role="object") for a in new[:1]])


_CONSTRUCTIONS: dict[str, Callable[[Frameful], Filled | None]] = {
    "active": _active,
    "capability": _capability,
    "self": _self,
    "reciprocal": _reciprocal,
    "content": _content,
    "naming": _naming,
}


# Filling roles


def _marked(s: Frameful) -> list[list[Mention]]:
    return [group for mark, group in s.roles.marked if mark in s.hit.trigger.markers]


def _first(s: Frameful, groups: Iterable[list[Mention]]) -> list[Argument]:
    """The objects of the first group that has any acceptable one."""
    for group in groups:
        arguments = _arguments(s, group, s.hit.frame.objects)
        if arguments:
            return [replace(a, role="object") for a in arguments]
    return []


def _arguments(s: Frameful, group: list[Mention], types: frozenset[str]) -> list[Argument]:
    found: list[Argument] = []
    for mention in group:
        if mention.kind == "group" and "group" not in types:
            continue
        if mention.entity is not None and mention.entity.type not in types:
            continue
        found += s.discourse.resolve(mention)
    return found


def _accepts(s: Frameful, argument: Argument) -> bool:
    return _types(s.discourse, [argument]).get(argument.name, "group") in s.hit.frame.subject


def _types(discourse: Discourse, arguments: list[Argument]) -> dict[str, str]:
    wanted = {argument.name for argument in arguments}
    return {entity.name: entity.type for entity in discourse.document.entities if entity.name in wanted}


def _subjects(s: Frameful, objects: list[Argument]) -> list[Argument]:
    """The clause's own subject, else the carried one, without the objects."""
    names = {a.name for a in objects}
    groups = s.roles.subjects
    for position, group in enumerate(groups):
        following = groups[position + 1] if position + 1 < len(groups) else None
        if following and _apposed(s.discourse.text[group[-1].end : following[0].start]):
            continue
        own = [a for a in _arguments(s, group, s.hit.frame.subject) if a.name not in names]
        if own:
            return own
    own_names = {m.text for group in groups for m in group if m.kind == "group"}
    carried = s.discourse.subject_of(s.clause, s.clause.start) or []
    types = _types(s.discourse, carried)
    kept = [
        a
        for a in carried
        if a.name not in names | own_names and types.get(a.name, "group") in s.hit.frame.subject
    ]
    return kept or _other_party(s, names)


def _apposed(between: str) -> bool:
    """True where the words between two names say that the second is the one meant: 阿里旗下淘小铺."""
    return between.lstrip("的").startswith(
        ("旗下", "母公司", "子公司", "创始人", "公司", "集团旗下", "董事长", "首席")
    )


def _place_subject(s: Frameful) -> list[Argument]:
    for group in s.roles.places:
        arguments = _arguments(s, group, s.hit.frame.subject)
        if arguments:
            return arguments
    return []


def _other_party(s: Frameful, names: set[str]) -> list[Argument]:
    """The nearest earlier subject who is not among ``names``, in this sentence or the three before."""
    for earlier in reversed(s.discourse.clauses[: s.clause.index]):
        if earlier.sentence < s.clause.sentence - 3:
            break
        found = s.discourse.explicit_subject(earlier)
        kept = [a for a in found or [] if a.name not in names and _accepts(s, a)]
        if kept:
            how = "carried" if earlier.sentence == s.clause.sentence else "elsewhere"
            return [replace(a, how=how) for a in kept]
    return []


def _described(s: Frameful) -> list[Argument]:
    """An object without a name, behind the verb or between 将 or 把 and the verb."""
    head = s.hit.trigger.described
    if head is None:
        return []
    text = s.discourse.text
    found = None
    if s.roles.disposal_start is not None:
        found = described_object(text, s.roles.disposal_start, s.hit.start, head)
    found = found or described_object(text, s.hit.end, s.clause.end, head)
    return [found] if found else []


def _listed_next(s: Frameful) -> list[Argument]:
    """Objects that the next clause lists: 切断外链权限,其中就包括淘宝天猫与小红书的商城链接."""
    index = s.clause.index + 1
    if index >= len(s.discourse.clauses):
        return []
    following = s.discourse.clauses[index]
    if not s.discourse.text.startswith(_INCLUDING, following.start):
        return []
    arguments = [
        a for m in following.mentions if m.kind == "entity" for a in _arguments(s, [m], s.hit.frame.objects)
    ]
    return [replace(a, role="object") for a in arguments]


def _quoted_after(s: Frameful) -> Argument | None:
    text = s.discourse.text
    begin = (
        s.hit.end
        + len(text[s.hit.end : s.clause.end])
        - len(text[s.hit.end : s.clause.end].lstrip("“‘「『《 "))
    )
    end = begin
    while end < s.clause.end and text[end] not in "”’」』》,，。;；!?！？、":
        end += 1
    return Argument("object", text[begin:end], begin, end, "described") if 1 <= end - begin <= 12 else None


# Claims


def _claims(s: Frameful, filled: Filled) -> list[EventClaim]:
    discourse, clause, hit = s.discourse, s.clause, s.hit
    found = discourse.time_of(clause, hit.start)
    time, time_how = found if found else (None, "")
    future = time is not None and discourse.is_future(time)
    factuality = assess(discourse, clause, hit.start, time_is_future=future)
    if factuality.void:
        return []
    subjects: list[Argument | None] = [*filled.subjects] or [None]
    return [_claim(s, filled.objects, subject, factuality, time, time_how) for subject in subjects]


def _claim(
    s: Frameful,
    objects: list[Argument],
    subject: Argument | None,
    facts: Factuality,
    time: Time | None,
    how: str,
) -> EventClaim:
    discourse, clause, hit = s.discourse, s.clause, s.hit
    sentence = discourse.document.sentences[clause.sentence]
    evidence = [sentence]
    if subject is not None and subject.start is not None and not sentence[0] <= subject.start < sentence[1]:
        evidence.append(discourse.document.sentences[discourse.clause_at(subject.start).sentence])
    polarity = facts.polarity
    if hit.trigger.polarity == "negated":
        polarity = "affirmed" if polarity == "negated" else "negated"
    claim = EventClaim(
        evidence,
        rule=f"{hit.frame.predicate}.{hit.trigger.id}/{hit.trigger.construction}",
        polarity=polarity,
        status=hit.trigger.status or facts.status,
        time=time.timex if time else None,
        time_how=how,
        predicate=hit.frame.predicate,
        subject=subject.name if subject else None,
        objects=list(dict.fromkeys(a.name for a in objects if subject is None or a.name != subject.name)),
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
    if hit.trigger.construction == "content" and objects[-1].end is not None:
        claim.content = discourse.text[objects[-1].end : clause.end].strip("，,。；; ") or None
    claim.score = 0.95
    for argument in claim.arguments:
        claim.score *= _COST.get(argument.how, 1.0)
    return claim
