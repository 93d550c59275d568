"""How names sound: their syllables without tones, and whether two names are heard as one."""

from functools import lru_cache
from unicodedata import combining, normalize

from ecomlink_nlp.repair.glosses import readings

_SHORT = 2


@lru_cache(maxsize=4096)
def reading(name: str) -> tuple[str, ...]:
    """The syllables of a name without tones.

    >>> reading("笑古") == reading("小顾")
    True
    """
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(name))


def _blurred(syllable: str) -> str:
    """The syllable without the distinctions that speakers and engines blur."""
    for whole, blurred in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if syllable.startswith(whole):
            syllable = blurred + syllable[2:]
    if syllable.startswith("l") and len(syllable) > 1:
        syllable = "n" + syllable[1:]
    return syllable[:-1] if syllable.endswith("ng") else syllable


@lru_cache(maxsize=4096)
def _syllables(char: str, blurred: bool) -> frozenset[str]:
    """All syllables that a character may be read as: what has none in common need not be read in its phrase.

    The table of phrases, which `reading` needs, costs a tenth of a second and 50 MB.
    """
    plain = {
        "".join(letter for letter in normalize("NFD", syllable) if not combining(letter))
        for syllable in readings(char)
    }
    return frozenset(map(_blurred, plain) if blurred else plain)


def sounds_like(heard: str, name: str, *, blurred: bool = False) -> bool:
    """True where two names of equal length have the same syllables.

    >>> sounds_like("白牙", "白鸦"), sounds_like("陈垒", "程磊"), sounds_like("陈垒", "程磊", blurred=True)
    (True, False, True)
    """
    if len(heard) != len(name) or not all(
        _syllables(a, blurred) & _syllables(b, blurred) for a, b in zip(heard, name, strict=True)
    ):
        return False
    # 梁长林 may be read like 梁昌霖; of two characters, such a choice of readings would fit too many names.
    if len(name) > _SHORT:
        return True
    first, second = reading(heard), reading(name)
    if first == second:
        return True
    return blurred and tuple(map(_blurred, first)) == tuple(map(_blurred, second))


def surname_sounds(name: str) -> set[str]:
    """Return how the first character of a name is read, by itself and in the name.

    >>> surname_sounds("俞敏洪")
    {'yu'}
    """
    return {reading(name[0])[0], reading(name)[0]}
