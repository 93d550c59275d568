"""Spoiled names of persons without a role before them, in documents that are damaged beyond doubt."""

import re
from collections.abc import Iterator
from functools import cache

from ecomlink_nlp.repair.translation.candidates import sentence_around
from ecomlink_nlp.repair.translation.known_people import FREE_LENGTH, People, people
from ecomlink_nlp.repair.translation.parts import common_words, cuts_word, is_han
from ecomlink_nlp.repair.translation.sounds import reading, sounds_like, surname_sounds
from ecomlink_nlp.resources import read_tsv
from ecomlink_nlp.text.edits import Edit

_LATIN_PERSON = re.compile(r"(?<![A-Za-z])(?<![A-Za-z] )([A-Z][a-z]+) ([A-Z][a-z]+)(?! ?[A-Za-z])")
# What may stand between an organisation and the name of one of its people.
_OF = ("", "的", "方面的")


def free_names(text: str, groups: set[str], at_end: dict[int, str], known: People) -> Iterator[Edit]:
    """Spoiled names without a role before them: the person belongs to the document.

    ``at_end`` tells the group of the organisation that is named right before an offset.
    """
    for match in _surname_characters().finditer(text):
        start = match.start()
        for name, group in _by_surname_sound()[match[0]]:
            end = start + len(name)
            heard = text[start:end]
            if heard == name or group not in groups or not is_han(heard):
                continue
            # 俞明洪 for 俞敏洪: with the surname and the organisation, much the same sound is enough.
            sure = bool(group) and len(name) >= FREE_LENGTH and heard[0] == name[0]
            if not sounds_like(heard, name, blurred=sure):
                continue
            if heard in known.names or heard in common_words() or cuts_word(text, start, end):
                continue
            behind = {at_end.get(start - len(word)) for word in _OF if text.endswith(word, 0, start)}
            if (
                (group and group in behind)
                or _stands_like(text, start, end, name, group, known)
                or (heard[0] == name[0] and _is_told_of(text, start, end, group, at_end, known))
            ):
                yield Edit(start, end, heard, name, "mt_person", "person_by_sound", 0.75)
                break


def _stands_like(text: str, start: int, end: int, name: str, group: str, known: People) -> bool:
    """True where a name may be that of the person it sounds like.

    Three characters with the right surname, or of someone whose organisation the document names, are enough; else
    streamers must sell, and executives take or leave an office.
    """
    if len(name) >= FREE_LENGTH and (group or text[start] == name[0]):
        return True
    if group:
        before = known.office_before.search(text, max(0, start - 6), start)
        return bool(before or known.office_after.match(text, end))
    before = known.short_before.search(text, max(0, start - 6), start)
    return bool(before or known.short_after.match(text, end))


def _is_told_of(text: str, start: int, end: int, group: str, at_end: dict[int, str], known: People) -> bool:
    """True where a sentence of which a name ends clearly names the person's organisation too (程威…做出了滴滴打车)."""
    if not group or not known.end.match(text, end):
        return False
    left, right = sentence_around(text, start, end)
    return any(left < place <= right and told == group for place, told in at_end.items())


@cache
def _by_surname_sound() -> dict[str, tuple[tuple[str, str], ...]]:
    """Known persons by every surname that sounds like theirs."""
    surnames = {
        char for row in read_tsv("surnames.tsv", ("id", "surnames")) for char in row["surnames"].split()
    }
    by_sound: dict[str, list[tuple[str, str]]] = {}
    for pairs in people().by_surname.values():
        for pair in pairs:
            for sound in surname_sounds(pair[0]):
                by_sound.setdefault(sound, []).append(pair)
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for surname in sorted(surnames | people().by_surname.keys()):
        if alike := by_sound.get(reading(surname)[0]):
            found[surname] = tuple(alike)
    return found


@cache
def _surname_characters() -> re.Pattern[str]:
    return re.compile("[" + "".join(char for char in _by_surname_sound() if len(char) == 1) + "]")


def free_latin_names(text: str, groups: set[str]) -> Iterator[Edit]:
    """Names written by their reading, the surname first or last, of persons who belong to the document."""
    for match in _LATIN_PERSON.finditer(text):
        first, second = match[1].lower(), match[2].lower()
        for joined in (first + second, second + first):
            name, group = _by_reading().get(joined, ("", ""))
            if name and group in groups:
                yield Edit(*match.span(), match[0], name, "mt_person", "person_by_reading", 0.85)
                break


@cache
def _by_reading() -> dict[str, tuple[str, str]]:
    """Known persons and their organisations' groups by reading, but for readings that several share."""
    found: dict[str, set[tuple[str, str]]] = {}
    for held in people().by_surname.values():
        for name, group in held:
            found.setdefault("".join(reading(name)), set()).add((name, group))
    return {read: next(iter(names)) for read, names in found.items() if len(names) == 1}
