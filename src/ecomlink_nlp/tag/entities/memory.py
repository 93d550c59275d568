"""Names once found are found everywhere in the document, also in the short forms that texts fall into."""

import re
from collections.abc import Iterable, Iterator

from ecomlink_nlp.segment.words import common_words
from ecomlink_nlp.tag.entities.ambiguity import has_clean_edges
from ecomlink_nlp.tag.entities.persons import surnames
from ecomlink_nlp.text.document import Entity


def recurrences(text: str, found: Iterable[Entity]) -> list[Entity]:
    """Return further occurrences of ``found`` names: full ones that a pattern found, and short forms.

    Short forms: a person's given name of two characters (仉立群 … 立群), and the number of a numbered campaign
    (116品质购物节 … 116).

    >>> text = "仉立群守着店。立群不爱刷手机。"
    >>> [(e.start, e.name) for e in recurrences(text, [Entity(0, 3, "PERSON", "仉立群")])]
    [(0, '仉立群'), (7, '仉立群')]
    """
    sought: dict[str, tuple[Entity, str]] = {}
    covers: dict[str, str] = {}
    for entity in found:
        surface = text[entity.start : entity.end]
        if not entity.rule.startswith(("gazetteer", "compound")):
            # The gazetteer has judged each occurrence of its own names and compounds already.
            sought.setdefault(surface, (entity, "memory:same"))
        short = _short_form(entity.name, entity.type)
        if short:
            sought.setdefault(short, (entity, "memory:short"))
            covers[short] = surface
    return list(_occurrences(text, sought, covers)) if sought else []


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


def _occurrences(
    text: str, sought: dict[str, tuple[Entity, str]], covers: dict[str, str]
) -> Iterator[Entity]:
    """All places of the surfaces in one pass, short forms inside their full ones left out."""
    from ahocorasick_rs import AhoCorasick

    surfaces = list(sought)
    for pattern, start, end in AhoCorasick(surfaces).find_matches_as_indexes(text, overlapping=True):
        surface = surfaces[pattern]
        entity, rule = sought[surface]
        full = covers.get(surface, "")
        if full and (text.endswith(full, 0, end) or text.startswith(full, start)):
            continue
        if has_clean_edges(text, start, end):
            yield Entity(start, end, entity.type, entity.name, entity.id, rule, 0.7)
