"""What somebody launches or closes of their own: S 的 O 上线, O 是 S 推出的."""

import re
from dataclasses import replace
from functools import cache

from ecomlink_nlp.claim import (
    adverbs,
    bare_names,
    earlier_claims,
    eligibility,
    fillers,
    quoted_names,
    unnamed,
    unsaid_subjects,
)
from ecomlink_nlp.claim.clauses import Mention
from ecomlink_nlp.claim.phrases import without_lead
from ecomlink_nlp.claim.situation import Filled, Situation
from ecomlink_nlp.text.document import Argument


def self_(s: Situation) -> Filled | None:
    """The subject of the verb is what is launched or shut down; its owner does it."""
    if fillers.rest_is_long(s) or fillers.first(s, s.roles.after) or s.roles.disposed:
        return None
    groups = s.roles.subjects
    if (branch := unnamed.branch_before(s)) and "PRODUCT" in s.hit.trigger.objects:
        owners = [a for group in groups[:1] for a in fillers.arguments(s, group, s.hit.frame.subject)]
        return Filled(
            [replace(a, role="subject") for a in owners] or unsaid_subjects.subjects(s, branch), branch
        )
    if s.hit.frame.predicate == "launch" and (phrase := _owned(s)):
        return phrase
    if headed := _headed(s):
        return headed
    # 京东的社区团购平台已下线 closes no 京东
    owned = [g for g in groups if not s.discourse.text.startswith(("的", "旗下", "名下"), g[-1].end)]
    if not owned and groups and s.discourse.text.startswith("的", groups[-1][-1].end):
        owned = groups[-1:]
    launched = s.hit.frame.predicate == "launch"
    near = [g for g in owned if not (launched and adverbs.stands_apart(s, g))]
    fitting = (
        fillers.arguments(s, group, s.hit.trigger.objects | _named_types(s, group))
        for group in reversed(near)
    )
    objects = next((found for found in fitting if found), [])
    if not groups and (taken := earlier_claims.short_lived(s)) and not adverbs.has_other_subject(s):
        return taken
    if not objects and not groups:
        objects = [replace(a, role="subject") for a in quoted_names.quoted_opener(s)]
    if not objects and not groups:  # 2019年上线之初,淘小铺…
        objects = [
            a
            for a in unsaid_subjects.subject_behind(s)
            if eligibility.type_of(s, a.name) in s.hit.trigger.objects
        ]
    if not objects and not groups and not adverbs.has_other_subject(s):
        # A platform that the text is about is not launched by every 上线 in it.
        barred = {"PLATFORM", "ORG"} if s.hit.frame.predicate == "launch" else set()
        objects = [
            a
            for a in s.discourse.subject_of(s.clause, s.clause.start) or []
            if (
                a.how != "topic"
                or (s.hit.frame.predicate == "shut_down" and eligibility.type_of(s, a.name) == "PRODUCT")
            )
            and eligibility.type_of(s, a.name) in s.hit.trigger.objects - barred
        ]
    if not objects and s.hit.frame.predicate == "shut_down" and groups:
        objects = unnamed.described_before(s)
        hosts = fillers.arguments(s, groups[0], s.hit.frame.subject)
        return Filled([replace(a, role="subject") for a in hosts], objects) if objects and hosts else None
    if not objects:
        return None
    upto = [g for g in groups if objects[0].start is None or g[0].start <= objects[0].start]
    owner = fillers.possessor(s, upto) or unsaid_subjects.owner_of(s, objects[0])
    if not owner and s.hit.frame.predicate == "launch":
        return None
    return Filled(owner, [replace(a, role="object") for a in objects])


def _owned(s: Situation) -> Filled | None:
    """S 的 O, a noun phrase without a name, right before a verb of appearing: 美团的无人机配送航线昨天在深圳开通."""
    for group in s.roles.subjects[:1]:
        match = _owned_phrase().match(s.discourse.text, group[-1].end, s.hit.start)
        if match is None or not bare_names.is_name_like(match["name"]):
            continue
        start, end = match.span("name")
        if any(e.start < end and e.end > start for e in s.clause.entities):
            continue
        owner = [replace(a, role="subject") for a in fillers.arguments(s, group, s.hit.frame.subject)]
        if owner and adverbs.reaches_verb(s, end):
            return Filled(owner, [Argument("object", match["name"], start, end, "described")])
    return None


@cache
def _owned_phrase() -> re.Pattern[str]:
    return re.compile(
        r"(?:App|电商|平台)?的(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,12}?)"
        rf"(?={adverbs.patterns().words}|{adverbs.patterns().not_yet}|在|于|面向|[今昨]|[本上][周月]|\d|$)"
    )


def _headed(s: Situation) -> Filled | None:
    """S 的 O, where O is a described thing right before the verb: 钱大妈北京区域的门店已全部打烊."""
    head = s.hit.trigger.described
    parties = [g for g in s.roles.subjects if g[0].entity is None or g[0].entity.type != "LOC"]
    if head is None or s.hit.frame.predicate != "shut_down" or len(parties) != 1:
        return None
    text = s.discourse.text
    last = max((m.end for m in s.clause.mentions if m.end <= s.hit.start), default=0)
    phrase = re.compile(rf"[^，,“”]{{0,12}}?的(?P<name>[^，,的等“”]{{0,4}}(?:{head.pattern}))")
    match = phrase.match(text, max(parties[0][-1].end, last), s.hit.start)
    if match is None or not adverbs.reaches_verb(s, match.end()):
        return None
    owner = [replace(a, role="subject") for a in fillers.arguments(s, parties[0], s.hit.frame.subject)]
    return Filled(owner, [without_lead(text, match.start("name"), match.end())]) if owner else None


def _named_types(s: Situation, group: list[Mention]) -> frozenset[str]:
    """三只松鼠的“小鹿蓝蓝”问世: in quotation marks behind its owner a new name is no company, whatever it looks like."""
    quoted = s.discourse.text[group[0].start - 1 : group[0].start] in {"“", "「"}
    return frozenset({"ORG"} if s.hit.frame.predicate == "launch" and quoted else ())


def copular(s: Situation) -> Filled | None:
    """O 是 S 推出的…; several of both go together in order."""
    if len(s.roles.subjects) == 1 and (called := quoted_names.quoted_defined(s, s.roles.subjects[0])):
        return Filled(fillers.arguments(s, s.roles.subjects[0], s.hit.frame.subject), called)
    if len(s.roles.subjects) < 2:
        return None
    first, second = s.roles.subjects[0], s.roles.subjects[1]
    between = s.discourse.text[first[-1].end : second[0].start]
    if between.lstrip("”」》 ").removeprefix("均").removeprefix("都") not in {"是", "是由", "为", "系"}:
        return None
    objects = [replace(a, role="object") for a in fillers.arguments(s, first, s.hit.trigger.objects)]
    owners = fillers.arguments(s, second, s.hit.frame.subject)
    if not objects or not owners:
        return None
    return Filled(owners, objects, pairwise=len(owners) == len(objects))
