"""The name a party goes by in a document: 瑞幸 where the text never writes 瑞幸咖啡.

The knowledge base knows one official short name a party. A text that only ever writes the name without the noun of
its trade (丰网 for 丰网速运), or only a name that has since been given up (同程艺龙) or is another official one (贵州茅台), means no other: that is then the
name of its records, with the party's id unchanged.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from ecomlink_nlp.tag.entities.parties import Party
from ecomlink_nlp.text.document import Entity

# Nouns of a trade or a legal form that an official name has and everyday use leaves out.
_TRADE = re.compile(
    r"(?:咖啡|茶饮|奶茶|快递|速递|速运|快运|物流|科技|网络|集团|控股|股份|传媒|文化|商城|超市|便利店?|食品|饮料|乳业|航空|汽车|电器|电子|家居|服饰|鞋业|零售|百货|影业|影视|体育|生物|医药|证券|资本|基金|信息|教育|旅行|旅游|出行|直播|供应链|酒业|化妆品|美妆|珠宝|火锅|餐饮|烘焙)+"
)


def names_in_use(
    text: str, entities: Sequence[Entity], party_of: Callable[[str], Party | None]
) -> list[Entity]:
    """Return ``entities`` with the names that the document uses; ``party_of`` looks a party up by id.

    >>> party = Party("luckin", "ORG", "瑞幸咖啡", aliases=("瑞幸",))
    >>> found = names_in_use("瑞幸涨价。", [Entity(0, 2, "ORG", "瑞幸咖啡", "luckin")], lambda identifier: party)
    >>> found[0].name
    '瑞幸'
    """
    surfaces: dict[str, set[str]] = defaultdict(set)
    for entity in entities:
        if entity.id is not None and entity.name != text[entity.start : entity.end]:
            surfaces[entity.id].add(text[entity.start : entity.end])
    official = {entity.id for entity in entities if entity.name == text[entity.start : entity.end]}
    in_use = {
        identifier: name
        for identifier, forms in surfaces.items()
        if identifier not in official and (party := party_of(identifier)) and (name := _name(party, forms))
    }
    return [replace(entity, name=in_use[entity.id]) if entity.id in in_use else entity for entity in entities]


def _name(party: Party, forms: set[str]) -> str | None:
    """The longest form that is a name, where the others only shorten it (网易考拉, 考拉)."""
    name = max((form for form in forms if _is_name(party, form)), key=len, default=None)
    return name if name is not None and all(form in name for form in forms) else None


def _is_name(party: Party, form: str) -> bool:
    """True where the form is a name in its own right: the official one without its trade, or a further official one.

    Capitals throughout are a matter of taste (ZARA, Zara).
    """
    if form in party.former or (form.isupper() and form == party.name.upper()):
        return True
    return party.name.startswith(form) and _TRADE.fullmatch(party.name, len(form)) is not None
