"""The role of a person who speaks: the title right before the name, with the organisation it belongs to."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from ecomlink_nlp.claim.discourse import Discourse
from ecomlink_nlp.claim.speaker_words import speaker_words
from ecomlink_nlp.text.document import Entity

_AFFILIATION = frozenset({"PLATFORM", "ORG", "PRODUCT", "LOC"})
_MAX_ROLE = 24  # characters between the beginning of a role and its person
_MAX_TITLE = 14  # characters of a title behind the name of the organisation
_MAX_PLAIN = 8  # characters before 的 that still name an affiliation: 快消品牌的负责人
REFERRING = frozenset({"topic", "authority", "platform"})
QUANTIFIER = re.compile(r"(?<=的)?(?:一|两|三|几|多|数|某|有|那|这|另一)(?:位|名|个|家)")
_VERBAL = re.compile(r"[后时从将把被找见采联访]|离职|出身|曾|经营|做")


def entities_between(entities: Sequence[Entity], start: int, end: int) -> list[Entity]:
    """Return those of the sorted ``entities`` that lie within ``[start, end)``."""
    first = bisect_left(entities, start, key=lambda entity: entity.start)
    found: list[Entity] = []
    for entity in entities[first:end]:
        if entity.start >= end:
            break
        if entity.end <= end:
            found.append(entity)
    return found


def role_of(discourse: Discourse, person: Entity, start: int) -> str | None:
    """Return the role and affiliation right before a person, names in canonical form (抖音电商总裁); None for none."""
    text = discourse.text
    begin = max(start, person.start - _MAX_ROLE)
    for offset in range(person.start - 1, begin - 1, -1):
        if text[offset] in "，,。；;：:！？!?\n、“”「」":
            begin = offset + 1
            break
    for time in discourse.clause_at(person.start).times:
        if begin <= time.start and time.end < person.start:
            begin = time.end
    words = text[begin : person.start]
    affiliation = [
        e
        for e in entities_between(discourse.document.entities, begin, person.start)
        if e.type in _AFFILIATION and person.start - e.end <= _MAX_TITLE
    ]
    for mention in discourse.clause_at(person.start).mentions:
        if mention.kind in REFERRING and begin <= mention.start < person.start and not affiliation:
            resolved = discourse.resolve(mention)
            if resolved:
                return _title(text[mention.end : person.start], resolved[0].name)
    for entity in affiliation:
        title = text[entity.end : person.start]
        if not _VERBAL.search(title):
            inner = [e for e in affiliation if e.start > entity.start]
            for other in inner:
                title = title.replace(text[other.start : other.end], other.name)
            return _title(title, entity.name)
    return _title(speaker_words().lead.sub("", words), "")


def _title(words: str, affiliation: str) -> str | None:
    """A title of itself: without quantifiers and long relative clauses; None where the words are none."""
    words = QUANTIFIER.sub("", words.split("(")[0].split("（")[0]).strip(" 　")
    before, mark, last = words.rpartition("的")
    if mark and (affiliation or len(before) <= _MAX_PLAIN) and not _VERBAL.search(before):
        words = before.replace("的", "") + last
    elif mark:
        words, affiliation = last, ""
    return affiliation + words if speaker_words().role_end.search(words) else None
