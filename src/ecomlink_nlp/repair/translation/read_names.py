"""Which stretches of known names are read like a Latin word: zan is 赞, taobao 淘宝.

Notes for a newcomer. How a name is read is known for certain only with pypinyin's table of phrases, which costs a fifth
of a second to load and to ask for every name. So the characters are asked first, each by itself: the table is needed
only for a stretch with a character of several readings (乐, 重) that fits by one of them.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from unicodedata import combining, normalize

from ecomlink_nlp.repair.glosses import readings
from ecomlink_nlp.repair.translation.parts import LONGEST_NAME, is_han, party_names
from ecomlink_nlp.repair.translation.sounds import reading

_LONGEST_SYLLABLE = 6
_UMLAUT = "u\N{COMBINING DIAERESIS}"


@lru_cache(maxsize=4096)
def stretches_read(word: str) -> tuple[str, ...]:
    """Return the stretches of names that read like ``word``, in Latin letters without tones; sorted.

    A stretch of one character is of use beside parts that are translated (Shake Yin).

    >>> stretches_read("taobao"), stretches_read("auto")
    (('淘宝',), ())
    """
    found: set[str] = set()
    for length in range(1, _LONGEST_SYLLABLE + 1):
        for name, start in _places().get(word[:length], ()):
            found.update(
                name[start:end] for end in _ends(word, name, start) if _is_read(word, name, start, end)
            )
    return tuple(sorted(found))


@cache
def _places() -> dict[str, list[tuple[str, int]]]:
    """Where in the names stands a character that may be read as a syllable."""
    places: dict[str, list[tuple[str, int]]] = {}
    for name in party_names():
        if len(name) <= LONGEST_NAME and is_han(name):
            for start, char in enumerate(name):
                for syllable in _syllables(char):
                    places.setdefault(syllable, []).append((name, start))
    return places


def _ends(word: str, name: str, start: int) -> Iterator[int]:
    """Where a stretch of ``name`` from ``start`` ends that may read like ``word``."""
    rests = {word}
    for place in range(start, len(name)):
        rests = {
            rest[len(syllable) :]
            for rest in rests
            for syllable in _syllables(name[place])
            if rest.startswith(syllable)
        }
        if "" in rests:
            yield place + 1
        if not rests:
            return


def _is_read(word: str, name: str, start: int, end: int) -> bool:
    if all(len(_syllables(char)) == 1 for char in name[start:end]):
        return True
    return "".join(reading(name)[start:end]) == word


@cache
def _syllables(char: str) -> frozenset[str]:
    """All readings of a character as pypinyin writes them without tones: ü is v."""
    return frozenset(
        "".join(
            letter for letter in normalize("NFD", syllable).replace(_UMLAUT, "v") if not combining(letter)
        )
        for syllable in readings(char)
    )
