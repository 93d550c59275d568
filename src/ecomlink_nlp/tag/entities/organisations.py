"""Where an organisation's name begins: from its head (…证券, …研究院) leftwards."""

import re
from collections.abc import Callable

from ecomlink_nlp.segment.words import common_words
from ecomlink_nlp.tag.entities.persons import plain_words

_LONGEST_CORE = 8
_LONGEST_PLAIN_CORE = 4
# Characters that hold sentences together and hardly ever stand in the core of an organisation's name.
_STOP = re.compile(
    r"[^\u4e00-\u9fff]|[的了着些过和与及或在从向对把被将由为是有据按给让使于以而但也都还又就才只并跟同称说找去来到等其该此这那某每各两几一二三四五六七八九十个家位名款项次场种类前后]"
)


def core_start(
    text: str, head_start: int, blocked: Callable[[int], bool], ordinary: bool = False
) -> int | None:
    """Return where the name whose head starts at ``head_start`` begins, or None for a generic noun.

    Goes left over at most eight characters until punctuation, a function word or a character that ``blocked`` says
    belongs to another name; then drops ordinary words from the left (零售咨询公司启川…, 研究机构沉舟…). What remains must
    have two to four characters and not itself be an ordinary word, unless ``ordinary`` allows that (南岭, 潮汐).

    >>> core_start("据海岳证券预计", 3, lambda position: False)
    1
    >>> core_start("一家互联网公司表示", 5, lambda position: False) is None
    True
    """
    start = head_start
    while (
        start > max(0, head_start - _LONGEST_CORE)
        and not blocked(start - 1)
        and not _STOP.match(text[start - 1])
    ):
        start -= 1
    start = _after_ordinary_words(text, start, head_start)
    core = text[start:head_start]
    if not 2 <= len(core) <= _LONGEST_PLAIN_CORE or has_plain_word(core):
        return None
    if core in common_words() and not ordinary:
        return None
    return start


def has_plain_word(name: str) -> bool:
    """True when ``name`` holds a word that is no part of a name, or a function word.

    >>> has_plain_word("官方"), has_plain_word("的年活"), has_plain_word("海岳")
    (True, True, False)
    """
    if any(_STOP.match(character) for character in name):
        return True
    return any(
        name[start : start + length] in plain_words()
        for length in (2, 3)
        for start in range(len(name) - length + 1)
    )


def _after_ordinary_words(text: str, start: int, end: int) -> int:
    """Skip frequent words at the left as long as two characters are left."""
    while True:
        for length in (3, 2):
            if text[start : start + length] in common_words() and end - start - length >= 2:
                start += length
                break
        else:
            return start
