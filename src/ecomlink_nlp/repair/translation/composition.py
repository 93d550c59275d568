"""Finds names and terms that were translated part by part: 美丽团体 is 美+团, Box Horse is 盒+马.

Notes for a newcomer. A lexicon cannot list what every round trip makes of every name, but a round trip works on
parts: each part comes back as a synonym (`translation_senses.tsv`), as an English word, as its reading or as it was.
So the search goes from such parts, `Step` by step, through the prefixes of the known names; where a whole name has
been spelled with at least one part replaced, the span is a candidate. Most combinations are ordinary Chinese, so a
candidate must not cut a word, must stand where a name may stand, and is believed by the document's evidence only.
"""

import re
from collections.abc import Iterator

from ecomlink_nlp.repair.translation.parts import (
    LONGEST_NAME,
    Parts,
    common_words,
    is_han,
    is_latin,
)
from ecomlink_nlp.repair.translation.read_names import stretches_read
from ecomlink_nlp.text.light import light_dataclass

_LATIN_RUN = re.compile(r"[A-Za-z][A-Za-z.&’']*(?:[ -]{1,2}[A-Za-z][A-Za-z.&’']*)*")
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z.&’']*")
_DOUBLED = re.compile(r"([\u4e00-\u9fff])\1(?!\1)")
# A cheap sieve for words that may be readings, before the names are asked for theirs.
_MAY_BE_READING = re.compile(r"(?:(?:[bpmfdtnlgkhjqxryw]|[zcs]h?)?[aeiouv]{1,3}(?:ng|n|r)?){1,6}")
_LONGEST_PHRASE = 4
_LONGEST_RUN = 8
# A whole form of so few characters is an everyday word more often than not.
_SHORT = 2
_FILLERS = ("的", "之")
_LATIN_FILLERS = frozenset({"the", "of", "a", "to", "for", "and"})


@light_dataclass(frozen=True, slots=True)
class Composed:
    """``text[start:end]`` spells ``name`` with parts replaced.

    ``latin`` where the span holds no Chinese. ``sort`` says how likely it is ordinary language: ``latin_parts``,
    ``latin_word``, ``reading``, ``mixed``, ``han``, ``han_plain``, ``han_grown`` (the whole name and a bit, 东方甄选择) for
    names; ``term``, ``term_plain`` for terms.
    """

    start: int
    end: int
    name: str
    kind: str
    latin: bool
    sort: str


@light_dataclass(frozen=True, slots=True)
class _Step:
    end: int
    source: str
    latin: bool
    read: bool = False


@light_dataclass(frozen=True, slots=True)
class _Path:
    """``text[start:end]`` has spelled ``spelled`` so far; ``read``: by readings only."""

    start: int
    end: int
    spelled: str
    replaced: int
    kept: int
    read: bool

    def replace(self, step: _Step) -> "_Path":
        """Return the path after a replaced part."""
        replaced = self.replaced + bool(step.source)
        return _Path(
            self.start, step.end, self.spelled + step.source, replaced, self.kept, self.read and step.read
        )

    def keep(self, place: int, kept: str) -> "_Path":
        """Return the path after a character that was kept."""
        return _Path(self.start, place + 1, self.spelled + kept, self.replaced, self.kept + 1, self.read)


def compose(text: str, lowered: str, parts: Parts, *, readings: bool) -> list[Composed]:
    """Return what spells a known name or term in translated parts, longest first at each place.

    ``readings`` says whether Latin words are tried as readings of Chinese characters too.

    >>> from ecomlink_nlp.repair.translation.parts import read_parts
    >>> from ecomlink_nlp.resources import read_tsv
    >>> parts = read_parts([], read_tsv("translation_senses.tsv", ("id", "han", "latin")))
    >>> text = "美丽团体与盒子马"
    >>> [(found.start, found.end, found.name) for found in compose(text, text, parts, readings=False)]
    [(0, 4, '美团'), (0, 3, '美团'), (5, 8, '盒马')]
    """
    steps: dict[int, list[_Step]] = {}
    for index, start, end in parts.automaton.find_matches_as_indexes(lowered, overlapping=True):
        for source in parts.sources[index]:
            steps.setdefault(start, []).append(_Step(end, source, False))
    for match in _DOUBLED.finditer(text):
        steps.setdefault(match.start(), []).append(_Step(match.end(), match[1], False))
    for start, step in _latin_steps(lowered, parts, readings=readings):
        steps.setdefault(start, []).append(step)
    spans: dict[tuple[int, int], dict[str, Composed]] = {}
    for start in steps:
        for composed in _from(text, start, steps, parts):
            spans.setdefault((composed.start, composed.end), {}).setdefault(composed.name, composed)
    chosen = [best for found in spans.values() if (best := _unambiguous(list(found.values()), parts))]
    return sorted(chosen, key=lambda composed: (composed.start, -composed.end))


def _unambiguous(found: list[Composed], parts: Parts) -> Composed | None:
    """The one reading of a span, or of several the one that the lexicon knows to be damaged often."""
    if len(found) > 1:
        found = [composed for composed in found if composed.name in parts.canonicals]
    return found[0] if len(found) == 1 else None


def _latin_steps(lowered: str, parts: Parts, *, readings: bool) -> Iterator[tuple[int, _Step]]:
    """The words of each short Latin run, and its phrases, by what they may translate."""
    for run in _LATIN_RUN.finditer(lowered):
        words = list(_LATIN_WORD.finditer(lowered, *run.span()))
        if len(words) > _LONGEST_RUN:
            continue
        for i, first in enumerate(words):
            phrase = ""
            for word in words[i : i + _LONGEST_PHRASE]:
                phrase = f"{phrase} {word[0]}" if phrase else word[0]
                end = word.end()
                if phrase in _LATIN_FILLERS:
                    yield first.start(), _Step(end, "", True)
                for source in _sources(phrase, parts):
                    yield first.start(), _Step(end, source, True)
                if readings and _MAY_BE_READING.fullmatch(joined := phrase.replace(" ", "")):
                    whole = (first.start(), end) == run.span()
                    for source in stretches_read(joined):
                        # One character reads like too many others, but beside a word it may be one (Shake Yin).
                        if len(source) > 1 or not whole:
                            yield first.start(), _Step(end, source, True, True)


def _sources(phrase: str, parts: Parts) -> tuple[str, ...]:
    """What an English phrase may translate; a plural counts as its singular."""
    phrase = phrase.rstrip(".'’")
    known = parts.latin.get(phrase)
    if known is None and phrase.endswith("s"):
        known = parts.latin.get(phrase[:-1])
    return known or ()


def _from(text: str, first: int, steps: dict[int, list[_Step]], parts: Parts) -> Iterator[Composed]:
    """Every name whose first replaced part begins at ``first``."""
    for step in steps[first]:
        for start in _kept_before(text, first):
            head = text[start:first].rstrip(" -")
            if head + step.source in parts.prefixes:
                path = _Path(start, step.end, head + step.source, 1, len(head), step.read)
                yield from _on(text, path, steps, parts)


def _kept_before(text: str, first: int) -> Iterator[int]:
    """Where a name may begin that keeps its first characters before the first replaced part."""
    yield first
    at = first
    if at and text[at - 1] in " -" and text[at].isascii():
        at -= 1
    for _ in range(LONGEST_NAME - 1):
        if not at or not "\u4e00" <= text[at - 1] <= "\u9fff":
            return
        at -= 1
        yield at


def _on(text: str, path: _Path, steps: dict[int, list[_Step]], parts: Parts) -> Iterator[Composed]:
    """Go on from where ``path`` has come."""
    at, spelled = path.end, path.spelled
    if spelled in parts.names and (composed := _composed(text, path, parts)):
        yield composed
    if at >= len(text) or path.replaced + path.kept > LONGEST_NAME:
        return
    places = [at]
    # 老虎牙的直播 is 虎牙 and what it does: no 的 within a name that is whole already.
    filler = (
        text[at] in _FILLERS
        and is_han(text[at - 1 : at + 2])
        and spelled + text[at] not in parts.prefixes
        and spelled not in parts.names
    )
    if filler or text[at] in " -":
        places.append(at + 1)
    for place in places:
        for step in steps.get(place, ()):
            if spelled + step.source in parts.prefixes:
                yield from _on(text, path.replace(step), steps, parts)
        kept = text[place : place + 1]
        if kept and spelled + kept in parts.prefixes:
            yield from _on(text, path.keep(place, kept), steps, parts)


def _composed(text: str, path: _Path, parts: Parts) -> Composed | None:
    """The finished name, unless the span is a name itself or a form that a row of the lexicon judges."""
    surface = text[path.start : path.end]
    whole = path.replaced == 1 and not path.kept
    kind = parts.names[path.spelled]
    # 东方甄选择: the end of the name has grown into a word.
    grown = (
        kind != "mt_term"
        and is_han(surface)
        and path.replaced == 1
        and path.kept > 0
        and surface.startswith(path.spelled)
    )
    if (
        (path.spelled in surface and not grown)
        or surface in parts.names
        or surface in parts.foreign
        or (whole and surface.lower() in parts.listed)
    ):
        return None
    latin = is_latin(surface)
    plain = surface in parts.everyday or surface in common_words() or (whole and len(surface) == _SHORT)
    if kind == "mt_term":
        sort = "term_plain" if plain and not latin else "term"
    elif latin:
        sort = "reading" if path.read else "latin_word" if surface.isalpha() else "latin_parts"
    elif not is_han(surface):
        sort = "mixed"
    elif grown:
        sort = "han_grown"
    else:
        sort = "han_plain" if plain else "han"
    return Composed(path.start, path.end, path.spelled, kind, latin, sort)
