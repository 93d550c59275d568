"""Persons whom nothing introduces, found by their names' own form: 石家庄的|魏红霞|第一次做直播.

A name is a surname that is hardly anything else, with one or two characters of given names, one of which business text has in
names only. No two of its characters, and none of them with a neighbour, make a frequent word.
"""

import re
from collections.abc import Iterator
from functools import cache

from ecomlink_nlp.segment.words import common_words, crosses_common_word
from ecomlink_nlp.tag.entities.name_words import Blocked
from ecomlink_nlp.tag.entities.persons import given_characters, is_person_name
from ecomlink_nlp.text.document import Entity

_SCORE = 0.6


@cache
def _pattern() -> re.Pattern[str]:
    classes = given_characters()
    telling, given = classes["telling"], classes["telling"] + classes["usual"]
    return re.compile(
        f"(?P<surname>[{classes['surname']}])(?:(?P<long>[{telling}][{given}]|[{given}][{telling}])|(?P<short>[{telling}]))"
    )


def bare_persons(text: str, blocked: Blocked) -> Iterator[Entity]:
    """Yield the persons; ``blocked(i)`` says that character ``i`` belongs to a known name.

    >>> [person.name for person in bare_persons("石家庄的魏红霞和程砚在直播，吃杨梅。", lambda position: False)]
    ['魏红霞', '程砚']
    """
    for match in _pattern().finditer(text):
        start, end = match.span()
        ends = (end,) if match["short"] else (end, end - 1)
        for stop in ends:
            if _is_name(text, start, stop) and not any(blocked(position) for position in range(start, stop)):
                yield Entity(start, stop, "PERSON", text[start:stop], None, "bare", _SCORE)
                break


def _is_name(text: str, start: int, end: int) -> bool:
    name = text[start:end]
    if end - start == 2 and not _pattern().fullmatch(name):
        return False
    return (
        is_person_name(name) and name[:2] not in common_words() and not crosses_common_word(text, start, end)
    )
