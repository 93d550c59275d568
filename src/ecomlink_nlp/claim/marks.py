"""Prepositions: which word marks a mention, and for which role.

Data in ``data/marks.toml``. A one-character preposition is none where it ends another word (使用, 可以, 成为): those
words are listed beside it.
"""

import re
from dataclasses import dataclass
from functools import cache

from ecomlink_nlp.resources import read_toml

_OPENING = "“‘「『《\\s"
_NUMBER = r"(?:[\d一二两三四五六七八九十百千几数多余]+(?:家|个|名|位|款|款|批|条|只|座)?)?"
_LISTED = re.compile(r"[^，,。；]{2,12}?(?:都|均|分别|各自|同样|也(?!就))|[^，,。；]{2,10}的是")
_CONTRAST = re.compile(r"[^，,。；]{2,16}(?:不同|相比|一样|相反|类似|相似|相仿|对比|同期|有别)[，,]")
_TIES = re.compile(r"[^，,。；]{1,14}?的[^，,。；]{0,6}(?:合作|合约|合同|协议|谈判|官司|纠纷|关系)")
_WITH = frozenset({"与", "跟", "同"})
# Characters between a preposition and the noun that says what kind of party the name behind it is.
_MAX_KIND = 9


@dataclass(frozen=True, slots=True)
class _Marks:
    pattern: re.Pattern[str]
    over_kind: re.Pattern[str]
    kinds: tuple[str, ...]
    kind: dict[str, str]
    comparing: frozenset[str]
    coordinating: frozenset[str]


@cache
def _marks() -> _Marks:
    data = read_toml("marks.toml")
    kind = {word: name for name, words in data["marks"].items() for word in words}
    unless: dict[str, str] = data["unless_after"]
    alternatives = []
    for word in sorted(kind, key=len, reverse=True):
        before = f"(?<![{unless[word]}])" if word in unless else ""
        alternatives.append(before + re.escape(word))
    return _Marks(
        re.compile(rf"({'|'.join(alternatives)})(?:了|着)?{_NUMBER}[{_OPENING}]*$"),
        re.compile(
            rf"({'|'.join(alternatives)})(?:了|着)?{_NUMBER}[^，,。；;：:、“”的了过元]{{0,{_MAX_KIND}}}"
            rf"(?:{'|'.join(data['apposed']['kinds'])})[{_OPENING}]*$"
        ),
        tuple(data["apposed"]["kinds"]),
        kind,
        frozenset(data["clause_start"]["comparing"]),
        frozenset(data["clause_start"]["coordinating"]),
    )


def mark_before(text: str, clause_start: int, offset: int) -> tuple[str, str]:
    """Return the preposition right before ``offset`` in its clause and its class; two empty strings for none.

    >>> mark_before("快手将有赞下架", 0, 3), mark_before("开始使用支付宝", 0, 4)
    (('将', 'disposal'), ('', ''))
    >>> mark_before("向茶饮供应链茗里仓注资", 0, 6)
    ('向', 'dative')
    """
    marks = _marks()
    match = marks.pattern.search(text, max(clause_start, offset - 10), offset)
    if match is None:
        # 向茶饮供应链茗里仓注资: the mark stands before what kind of party it is
        start = max(clause_start, offset - 2 * _MAX_KIND)
        if text[start:offset].rstrip("“‘「『《 ").endswith(marks.kinds):
            match = marks.over_kind.search(text, start, offset)
    if match is None or marks.kind[match[1]] == "transparent":
        return "", ""
    lead = match.start() - clause_start
    if (
        lead == 0
        and match[1] in marks.coordinating
        and (_CONTRAST.match(text, offset) or _TIES.match(text, offset))
    ):
        return match[1], marks.kind[match[1]]  # 与抖音的决绝不同,快手…; 与虾皮的合作照常进行
    if lead == 0 and match[1] in _WITH and not _LISTED.match(text, offset):
        return match[1], marks.kind[match[1]]  # 与永辉分手之后,…
    if (match[1] in marks.comparing and lead <= 2) or (match[1] in marks.coordinating and lead == 0):
        return "", ""  # 就像快手在2018年推出…: at its start the word connects clauses and marks nobody
    return match[1], marks.kind[match[1]]
