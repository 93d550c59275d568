"""Names made of a known name and a head: 得物支付, 小红书小店, 美团研究院."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ecomlink_nlp.resources import read_tsv
from ecomlink_nlp.text.document import Entity

_OWNERS = frozenset({"PLATFORM", "ORG"})


@cache
def _heads() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The rows of ``name_compounds.tsv`` as (type, pattern)."""
    rows = read_tsv("name_compounds.tsv", ("id", "type", "heads", "not_after"))
    return tuple(
        (row["type"], re.compile(f"(?:{row['heads'].replace(' ', '|')})(?!{row['not_after'] or '(?!)'})"))
        for row in rows
    )


def compounds(text: str, known: Sequence[Entity]) -> Iterator[Entity]:
    """Yield the compounds that the platforms and organisations among ``known`` make with the word after them.

    >>> text = "得物支付上线"
    >>> [(e.name, e.type) for e in compounds(text, [Entity(0, 2, "PLATFORM", "得物")])]
    [('得物支付', 'PRODUCT')]
    """
    for entity in known:
        if entity.type in _OWNERS:
            for kind, heads in _heads():
                head = heads.match(text, entity.end)
                if head:
                    name = entity.name + head[0]
                    yield Entity(entity.start, head.end(), kind, name, None, "compound", 0.8)
