"""Readings that were inserted in brackets behind characters: 個(gè) becomes 個.

Notes for a newcomer. A converter that was asked for traditional characters with readings writes `character(pinyin)`
for every character that it converts. A human author glosses too, but once, a rare character, mostly in full-width
brackets: 仉（zhǎng）立群. So a bracket goes only where its syllable is a reading of the character before it (pypinyin
knows them) *and* the document or the character says that no author put it there.
"""

import re
from collections import Counter
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

from ecomlink_nlp.errors import ResourceError
from ecomlink_nlp.repair.script import traditional_to_simplified
from ecomlink_nlp.text.edits import Edit

SYLLABLE = "[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ]{1,6}"

# The character before is asked behind the bracket, so that `re` looks for the bracket first.
_GLOSS = re.compile(rf"\((?<=[㐀-鿿]\(){SYLLABLE}\)|（(?<=[㐀-鿿]（){SYLLABLE}）")
# From this many readings on, with some character glossed twice, no author put them there.
_MANY = 8


def find_edits(text: str) -> list[Edit]:
    """Return the removals of inserted readings, of the kind ``pinyin``.

    >>> [(e.start, e.before) for e in find_edits("這個(gè)時(shí)代")]
    [(2, '(gè)'), (7, '(shí)')]
    >>> find_edits("仉（zhǎng）立群薅（hāo）羊毛,會(BBS)")
    []
    """
    glosses = [
        (match, text[match.start() - 1])
        for match in _GLOSS.finditer(text)
        if match.group()[1:-1] in readings(text[match.start() - 1])
    ]
    if not glosses:
        return []
    is_damage = _has_many([char for _, char in glosses])
    common = [(match, char) for match, char in glosses if _is_common(char)]
    style = Counter(match.group()[0] for match, _ in common).most_common(1)
    if _has_many([char for _, char in common]):
        # What put them behind common characters put them behind rare ones as well.
        common = glosses
    return [
        Edit(match.start(), match.end(), match.group(), "", "pinyin", rule)
        for match, char in common
        if match.group()[0] == style[0][0]
        and (rule := _rule(char, match.group()[0], is_damage=is_damage)) is not None
    ]


@cache
def readings(char: str) -> frozenset[str]:
    """Return all readings of a character, with tone marks, those of its simplified form included.

    >>> sorted(readings("長"))
    ['cháng', 'zhàng', 'zhǎng']
    """
    found: set[str] = set()
    for form in (char, traditional_to_simplified().convert(char)):
        found.update(_characters_readings().get(ord(form), form).split(","))
    return frozenset(found)


@cache
def _characters_readings() -> dict[int, str]:
    """Load pypinyin's table of characters alone: with its phrases the package costs 0.3 s and 50 MB."""
    package = find_spec("pypinyin")
    if package is None or package.origin is None:
        raise ResourceError("pypinyin's table of readings is missing. Install the package pypinyin.")
    spec = spec_from_file_location("_pinyin_table", Path(package.origin).parent / "pinyin_dict.py")
    if spec is None or spec.loader is None:
        raise ResourceError(
            "pypinyin's table of readings cannot be loaded. Install the package pypinyin again."
        )
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    table: dict[int, str] = module.pinyin_dict
    return table


def _has_many(chars: list[str]) -> bool:
    return len(chars) >= _MANY and len(set(chars)) < len(chars)


def _is_common(char: str) -> bool:
    """True for characters whose simplified form is in level 1 of GB 2312: nobody needs their reading."""
    try:
        return b"\xb0\xa1" <= traditional_to_simplified().convert(char).encode("gb2312") <= b"\xd7\xf9"
    except UnicodeEncodeError:
        return False


def _rule(char: str, bracket: str, *, is_damage: bool) -> str | None:
    if is_damage:
        return "reading_many"
    if bracket == "(" and traditional_to_simplified().convert(char) != char:
        return "reading_traditional"
    return None
