"""Names of speakers that no tag gives: 研究所所长傅明远, 在虎门做女装的秦素珍, 做饰品的黄女士."""

import re
from dataclasses import dataclass
from functools import cache

from ecomlink_nlp.resources import read_toml
from ecomlink_nlp.tag.entities.persons import surnames

_NO_NAME = frozenset(
    "的了是在和与对将被把就也都不说称则却还曾又并而但这那其及向让给用以为于从到算告透笑补写答坦指认强叹摇"
)
_NO_SURNAME = frozenset("向于方万常时成有计都还单应明相原初全连经从同和")  # as often other words
_MAX_GIVEN = 2  # characters of a given name


@dataclass(frozen=True, slots=True)
class _Names:
    polite: re.Pattern[str]
    before: re.Pattern[str]
    surname: re.Pattern[str]
    acts: re.Pattern[str]
    full: re.Pattern[str]


@cache
def _names() -> _Names:
    speakers = read_toml("speech.toml")["speakers"]
    single = "".join(sorted(surnames().common - _NO_SURNAME))
    compound = "|".join(sorted(surnames().compound))
    surname = f"(?:{compound}|[{single}])"
    polite = "|".join(sorted(speakers["polite"], key=len, reverse=True))
    heads = "|".join(sorted(set(speakers["heads"]), key=len, reverse=True))
    return _Names(
        re.compile(f"(?P<role>.{{1,40}}?)的?(?P<name>{surname}某?(?:{polite}))$"),
        re.compile(f"(?:{heads})|的"),
        re.compile(surname),
        re.compile(speakers["acts"]),
        re.compile(
            f"{surname}(?:(?![{''.join(sorted(_NO_NAME))}])[一-鿿]){{2}}(?=[在对向说表坦直称告回透强指认])"
        ),
    )


def polite_name(phrase: str) -> str:
    """Return the polite name that ends a noun phrase without its description.

    >>> polite_name("在义乌做饰品的黄女士"), polite_name("虾皮卖家林小姐"), polite_name("女装店老板")
    ('黄女士', '林小姐', '女装店老板')
    """
    match = _names().polite.fullmatch(phrase)
    return phrase if match is None else match["name"]


def untagged_names(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where an untagged name may stand in ``[start, end)``: behind a title or a relative clause, longest first.

    >>> text = "研究所所长傅明远的回答"
    >>> [text[slice(*span)] for span in untagged_names(text, 0, 8)]
    ['傅明远', '傅明']
    """
    found = []
    opening = start + len(text[start:end]) - len(text[start:end].lstrip("，,。； “”「」"))
    if (name := _names().full.match(text, opening, end)) is not None:
        found.append(name.span())  # 罗敬尧在记者会上坦言
    for before in _names().before.finditer(text, start, end):
        surname = _names().surname.match(text, before.end(), end)
        if surname is None:
            continue
        for length in range(_MAX_GIVEN, 0, -1):
            stop = surname.end() + length
            given = text[surname.end() : stop]
            if stop <= end and not _NO_NAME.intersection(given) and re.fullmatch("[一-鿿]+", given):
                found.append((surname.start(), stop))
    return found


def opening_name(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where an untagged name opens the sentence ``[start, end)`` as its subject; None for anything else.

    >>> opening_name("沈鹏做过八年采购。", 0, 9), opening_name("高兴的是", 0, 4)
    ((0, 2), None)
    """
    surname = _names().surname.match(text, start, end)
    if surname is None:
        return None
    for length in range(1, _MAX_GIVEN + 1):
        stop = surname.end() + length
        given = text[surname.end() : stop]
        if _NO_NAME.intersection(given) or not re.fullmatch("[一-鿿]+", given):
            return None
        if _names().acts.match(text, stop, end):
            return start, stop
    return None
