"""Which of the tagger's names are let in: those that the words around them or their own form confirm."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from ecomlink_nlp.segment.words import common_words
from ecomlink_nlp.tag.entities.ambiguity import has_cue
from ecomlink_nlp.tag.entities.memory import recurrences
from ecomlink_nlp.tag.entities.organisations import has_plain_word
from ecomlink_nlp.tag.entities.overlaps import without_overlaps
from ecomlink_nlp.tag.entities.persons import is_person_name
from ecomlink_nlp.tag.neural.cues import (
    after_person,
    before_person,
    doubtful_clauses,
    listed,
    listed_words,
    organisation_end,
)
from ecomlink_nlp.tag.neural.tagger import TaggedName, tag_names
from ecomlink_nlp.text.document import Entity

_SCORE = 0.7
_SIDE = 8
_ENOUGH = 2
_HAN_ONLY = re.compile(r"[\u4e00-\u9fff]+")
# A body of a place (宁海县|消费者|协会) may have ordinary words in its name.
_LOCAL = re.compile(r"[\u4e00-\u9fff]{2,6}?[省市县区州镇]")
_TYPES = {"PER": "PERSON", "LOC": "LOC", "ORG": "ORG"}


def with_open_names(
    text: str,
    sentences: Sequence[tuple[int, int]],
    entities: Sequence[Entity],
    is_known: Callable[[str], bool],
) -> list[Entity]:
    """Return ``entities`` with the names added that only the neural tagger finds, everywhere they recur.

    Nothing is added where ``entities`` (sorted, disjoint) already stand, nor a name for which ``is_known`` is true: the
    knowledge base has judged its occurrences.

    >>> text = "店主秦牧野在义乌开店。"
    >>> [(e.type, e.name) for e in with_open_names(text, [(0, 11)], [], lambda name: False)]
    [('PERSON', '秦牧野'), ('LOC', '义乌')]
    """
    covered = bytearray(len(text))
    for entity in entities:
        covered[entity.start : entity.end] = b"\1" * (entity.end - entity.start)
    doubtful = doubtful_clauses(text, sentences, covered)
    tagged = tag_names([text[start:end] for start, end in doubtful])
    placed = [
        TaggedName(start + name.start, start + name.end, name.kind)
        for (start, _), names in zip(doubtful, tagged, strict=True)
        for name in names
        if not any(covered[start + name.start : start + name.end])
    ]
    found = [entity for entity in confirmed(text, placed) if not is_known(entity.name)]
    if not found:
        return list(entities)
    again = [entity for entity in recurrences(text, found) if not any(covered[entity.start : entity.end])]
    return without_overlaps((*entities, *found, *again))


def confirmed(text: str, names: Iterable[TaggedName]) -> list[Entity]:
    """Return as entities those names that their form and the words around them confirm.

    A person has the form of a Chinese name and stands by a role or a verb of saying, or is tagged twice. A
    place touches a word of place (在…, …当地) or ends like one. An organisation ends like one, or touches a business word.
    """
    names = list(names)
    often = Counter(text[name.start : name.end] for name in names if name.kind == "PER")
    checks = {
        "PER": lambda start, end: _is_person(text, start, end, often[text[start:end]] >= _ENOUGH),
        "LOC": lambda start, end: _is_place(text, start, end),
        "ORG": lambda start, end: _is_organisation(text, start, end),
    }
    return [
        Entity(name.start, name.end, _TYPES[name.kind], surface, None, f"lac:{name.kind}", _SCORE)
        for name in names
        if (surface := text[name.start : name.end])
        and _HAN_ONLY.fullmatch(surface)
        and surface not in listed_words("not_names")
        and checks[name.kind](name.start, name.end)
    ]


def _is_person(text: str, start: int, end: int, often: bool) -> bool:
    name = text[start:end]
    # A given name may be a word (致远), but surname and given name must not make one.
    if not is_person_name(name) or name[:2] in common_words():
        return False
    beside = after_person().match(text, end) or before_person().search(text[max(0, start - _SIDE) : start])
    return bool(beside) or (often and is_person_name(name, strict=True))


def _is_place(text: str, start: int, end: int) -> bool:
    name = text[start:end]
    if len(name) < 2 or has_plain_word(name) or name[-1] in listed_words("place_not_end"):
        return False
    if len(name) >= 3 and name[-1] in listed_words("place_suffix"):
        return True
    before = re.search(
        f"(?:{listed('place_before')}|{listed('place_between')})$", text[max(0, start - _SIDE) : start]
    )
    return bool(
        before or re.match(f"{listed('place_after')}|{listed('place_between')}", text[end : end + _SIDE])
    )


def _is_organisation(text: str, start: int, end: int) -> bool:
    name = text[start:end]
    ending = organisation_end().search(name)
    core = name[: ending.start()] if ending else name
    if ending and _LOCAL.match(core):
        return True
    if len(core) < 2 or core in common_words() or has_plain_word(core):
        return False
    return bool(ending) or has_cue(text, start, end)
