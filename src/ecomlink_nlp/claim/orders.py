"""What an authority tells somebody to do: S 要求 O 做…."""

import re
from dataclasses import replace

from ecomlink_nlp.claim import (
    earlier_claims,
    fillers,
    unknown_names,
    unnamed,
    unsaid_objects,
    unsaid_subjects,
)
from ecomlink_nlp.claim.clauses import Mention
from ecomlink_nlp.claim.situation import Filled, Situation
from ecomlink_nlp.text.document import Argument

_COUNTED_PARTIES = re.compile(r"(?:上述|这)?[两三四五六七八九十]家(?:平台|公司|企业|机构|业者|电商)")
_MAX_GAP = 6  # characters between a verb of ordering and the one who is ordered


def content(s: Situation) -> Filled | None:
    """S 要求 O 做…: the object stands right behind the verb; 其 and 它们 are the last ones dealt with."""
    objects: list[Argument] = []
    if s.roles.passive and not s.roles.agents and (stated := fillers.first(s, fillers.heads(s))):
        own = earlier_claims.earlier_authority(s)  # 其中韵达还被责令停运整顿
        return Filled(own, stated) if own else None
    if s.roles.passive and (own := fillers.agents(s)):
        told_to = fillers.first(s, reversed(fillers.heads(s))) or unsaid_objects.carried_objects(
            s, {a.name for a in own}
        )
        return Filled(own, told_to) if told_to else None
    for group in s.roles.after[:1]:
        if group[0].start - s.hit.end <= _MAX_GAP:
            if group[0].kind == "topic":
                objects = earlier_claims.remembered_objects(s) or earlier_claims.dealt_with(s)
                objects = objects or unsaid_objects.last_party(s, _names(s.roles.subjects))
            objects = objects or earlier_claims.side_of_suit(s, group[0].text)
            phrase = unnamed.described(s) if group[0].start > s.hit.end else []
            if not objects and phrase and (phrase[0].end or 0) <= group[0].start:
                objects = phrase  # 责成应用商店下架豆瓣
            objects = objects or fillers.arguments(s, group, s.hit.trigger.objects)
    if not objects and _COUNTED_PARTIES.match(s.discourse.text, s.hit.end):
        objects = earlier_claims.dealt_with(s)  # 约谈快手和微博,责令两家平台…
    objects = (
        [replace(a, role="object") for a in objects]
        or fillers.first(s, fillers.marked(s))
        or unnamed.described(s)
    )
    if not objects and (fillers.rest_is_long(s) is False or s.hit.noun):
        objects = unsaid_objects.obliged_next(s)
    return (
        Filled(unknown_names.opener(s) or unsaid_subjects.subjects(s, objects), objects) if objects else None
    )


def _names(groups: list[list[Mention]]) -> set[str]:
    return {mention.text for group in groups for mention in group}
