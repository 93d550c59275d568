"""Names once found are found everywhere in the document, also in the short forms that texts fall into."""

import re
from collections.abc import Iterable, Iterator

from ecomlink_nlp.segment.words import common_words, word_frequency
from ecomlink_nlp.tag.entities.ambiguity import has_clean_edges
from ecomlink_nlp.tag.entities.persons import surnames
from ecomlink_nlp.text.document import Entity

_TRADE = re.compile(
    "(?:股份|集团|控股|科技|网络|传媒|文化|传播|食品|咖啡|茶饮|餐饮|物流|快运|速运|速递|快递|数科|供应链|服饰|珠宝|家纺|乳业|酒业|药业|智能|电子|软件|影业|资本|创投)$"
)


def recurrences(text: str, found: Iterable[Entity]) -> list[Entity]:
    """Return further occurrences of ``found`` names: full ones that a pattern found, and short forms.

    Short forms: a person's given name of two characters (仉立群 … 立群), the number of a numbered campaign
    (116品质购物节 … 116), and a new company's name without the noun of its trade (星泽传媒 … 星泽).

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
        short = _short_form(entity.name, entity.type) or _core(entity)
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


def _core(entity: Entity) -> str | None:
    """The name of an organisation that no list holds without its trade, where that is no word of its own."""
    if entity.type != "ORG" or entity.id is not None:
        return None
    trade = _TRADE.search(entity.name)
    core = entity.name[: trade.start()] if trade else ""
    rare = len(core) in (2, 3) and core not in common_words() and not word_frequency(core)
    return core if rare else None


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
