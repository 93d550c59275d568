"""Names once found are found everywhere in the document, also in the short forms that texts fall into."""

import re
from collections.abc import Iterable, Iterator

from ecomlink_nlp.segment.words import common_words
from ecomlink_nlp.tag.entities.ambiguity import has_clean_edges
from ecomlink_nlp.tag.entities.persons import surnames
from ecomlink_nlp.text.document import Entity


def recurrences(text: str, found: Iterable[Entity]) -> Iterator[Entity]:
    """Yield further occurrences of ``found`` names: full ones that a pattern found, and short forms.

    Short forms: a person's given name of two characters (仉立群 … 立群), and the number of a numbered campaign
    (116品质购物节 … 116).

    >>> text = "仉立群守着店。立群不爱刷手机。"
    >>> [(e.start, e.name) for e in recurrences(text, [Entity(0, 3, "PERSON", "仉立群")])]
    [(0, '仉立群'), (7, '仉立群')]
    """
    named = {(entity.name, entity.type): entity for entity in found}
    for (name, _), entity in named.items():
        surface = text[entity.start : entity.end]
        if not entity.rule.startswith("gazetteer"):
            # The gazetteer has judged each occurrence of its own names already.
            yield from _occurrences(text, surface, entity, "memory:same")
        short = _short_form(name, entity.type)
        if short:
            for again in _occurrences(text, short, entity, "memory:short"):
                if not text.endswith(surface, 0, again.end) and not text.startswith(surface, again.start):
                    yield again


def _short_form(name: str, kind: str) -> str | None:
    if (
        kind == "PERSON"
        and len(name) == 3
        and name[0] in surnames().single
        and name[1:] not in common_words()
    ):
        return name[1:]
    if kind == "EVENT" and (number := re.match(r"\d{3}(?=[\u4e00-\u9fff])", name)):
        return number[0]
    return None


def _occurrences(text: str, surface: str, entity: Entity, rule: str) -> Iterator[Entity]:
    position = text.find(surface)
    while position >= 0:
        end = position + len(surface)
        if has_clean_edges(text, position, end):
            yield Entity(position, end, entity.type, entity.name, entity.id, rule, 0.7)
        position = text.find(surface, end)
