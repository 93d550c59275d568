"""Finds names and terms that were translated part by part: 美丽团体 is 美+团, Box Horse is 盒+马.

Notes for a newcomer. A lexicon cannot list what every round trip makes of every name, but a round trip works on
parts: each part comes back as a synonym (`translation_senses.tsv`), as an English word, as its reading or as it was.
So the search goes from such parts, `Step` by step, through the prefixes of the known names; where a whole name has
been spelled with at least one part replaced, the span is a candidate. Most combinations are ordinary Chinese, so a
candidate must not cut a word, must stand where a name may stand, and is believed by the document's evidence only.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick

from ecomlink_nlp.resources import data_text, read_toml, read_tsv
from ecomlink_nlp.text.light import light_dataclass

_NAME_FILES = ("parties.tsv", "parties_abroad.tsv", "products.tsv")
_LATIN_RUN = re.compile(r"[A-Za-z][A-Za-z.&’']*(?:[ -]{1,2}[A-Za-z][A-Za-z.&’']*)*")
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z.&’']*")
# A cheap sieve for words that may be readings, before the table of readings is built.
_MAY_BE_READING = re.compile(r"(?:(?:[bpmfdtnlgkhjqxryw]|[zcs]h?)?[aeiouv]{1,3}(?:ng|n|r)?){1,6}")
_LONGEST_PHRASE = 4
_LONGEST_RUN = 8
_LONGEST_NAME = 8
# A whole form of so few characters is an everyday word more often than not.
_SHORT = 2
_FILLERS = ("的", "之")
# After these a word begins.
_FUNCTION_WORDS = frozenset("的和与在对向给被把由从到是让及或将而但则也")
_PLACING = frozenset("在到从于往")
_LATIN_FILLERS = frozenset({"the", "of", "a", "to", "for", "and"})


@light_dataclass(frozen=True, slots=True)
class Composed:
    """``text[start:end]`` spells ``name`` with parts replaced.

    ``latin`` where the span holds no Chinese. ``sort`` says how likely it is ordinary language: ``latin_parts``,
    ``latin_word``, ``reading``, ``mixed``, ``han``, ``han_plain`` for names; ``term``, ``term_plain`` for terms.
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


@dataclass(frozen=True, slots=True)
class Parts:
    """The names and terms with their prefixes, and what becomes of their parts: by automaton or by English phrase.

    ``listed`` are the forms that rows of the lexicon judge, ``foreign`` the names that are Latin by right.
    """

    names: dict[str, str]
    prefixes: frozenset[str]
    automaton: AhoCorasick
    sources: tuple[tuple[str, ...], ...]
    latin: dict[str, tuple[str, ...]]
    listed: frozenset[str]
    canonicals: frozenset[str]
    foreign: frozenset[str]
    everyday: frozenset[str]


def read_parts(rows: Iterable[tuple[str, dict[str, str]]], senses: Iterable[dict[str, str]]) -> Parts:
    """Put together the parts from the ``rows`` of the lexicon (kind and row) and of `translation_senses.tsv`.

    Forms that a row lists without conditions count as parts too, so that they are found inside longer names.
    """
    rules = read_toml("translation.toml")["composition"]
    names: dict[str, str] = {}
    han: dict[str, set[str]] = {}
    latin: dict[str, set[str]] = {}
    listed: set[str] = set()
    canonicals: set[str] = set()
    for kind, row in rows:
        if is_han(row["canonical"]):
            names.setdefault(row["canonical"], kind)
        canonicals.add(row["canonical"])
        forms = row["forms"].split("|")
        listed.update(form.lower() for form in forms)
        if not row["before"] and not row["after"]:
            for form in forms:
                if is_latin(form):
                    latin.setdefault(form.lstrip("=").lower(), set()).add(row["canonical"])
                elif is_han(form):
                    han.setdefault(form, set()).add(row["canonical"])
    for row in senses:
        for form in filter(None, row["han"].split("|")):
            han.setdefault(form, set()).add(row["id"])
        for form in filter(None, row["latin"].split("|")):
            latin.setdefault(form, set()).add(row["id"])
    kinds_left_out = frozenset(rules["kinds_left_out"])
    foreign: set[str] = set()
    for name in _party_names(kinds_left_out):
        if is_han(name):
            names[name] = "mt_brand"
        else:
            foreign.add(name)
    for name in rules["names_left_out"]:
        names.pop(name, None)
    return Parts(
        names,
        frozenset(name[:length] for name in names for length in range(1, len(name) + 1)),
        AhoCorasick(list(han)),
        tuple(tuple(sorted(sources)) for sources in han.values()),
        {form: tuple(sorted(sources)) for form, sources in latin.items()},
        frozenset(listed),
        frozenset(canonicals),
        frozenset(foreign),
        frozenset(rules["everyday"]),
    )


def _party_names(kinds_left_out: frozenset[str]) -> Iterator[str]:
    """The names of parties and products in any script, and their Chinese aliases."""
    for file in _NAME_FILES:
        for row in read_tsv(file, ("id", "name", "kind", "aliases")):
            if row["kind"] not in kinds_left_out:
                yield row["name"]
                yield from filter(_is_han_name, row["aliases"].split("|"))


def _is_han_name(alias: str) -> bool:
    return len(alias) > 1 and is_han(alias)


def is_latin(text: str) -> bool:
    """True for a form without Chinese characters."""
    return text.isascii() or not any("\u3400" <= character <= "\u9fff" for character in text)


def is_han(text: str) -> bool:
    """True for a text of Chinese characters only."""
    return bool(text) and all("\u4e00" <= character <= "\u9fff" for character in text)


@cache
def common_words() -> frozenset[str]:
    """The everyday words of two and three characters."""
    lines = data_text("common_words.txt").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    """The stretches of names by how they read, in Latin letters without tones."""
    from pypinyin import lazy_pinyin

    found: dict[str, set[str]] = {}
    kinds_left_out = frozenset(read_toml("translation.toml")["composition"]["kinds_left_out"])
    for name in _party_names(kinds_left_out):
        if len(name) > _LONGEST_NAME or not is_han(name):
            continue
        syllables = lazy_pinyin(name)
        for start in range(len(syllables)):
            # One syllable alone reads like too many characters.
            for end in range(start + 2, len(syllables) + 1):
                found.setdefault("".join(syllables[start:end]), set()).add(name[start:end])
    return {reading: tuple(sorted(stretches)) for reading, stretches in found.items()}


def cuts_word(text: str, start: int, end: int) -> bool:
    """True where an edge of the span lies within an everyday word (快速手 in 快速手术).

    >>> cuts_word("快速手术", 0, 3), cuts_word("快速手的", 0, 3), cuts_word("在东京都", 2, 3)
    (True, False, True)
    """
    words = common_words()
    before, after = text[start - 1 : start], text[end : end + 1]
    if before and before not in _FUNCTION_WORDS and before + text[start] in words:
        return True
    if after in _FUNCTION_WORDS or text[end : end + 2] in _words_after_names():
        return False
    if after == "上" and (before in _PLACING or text[end + 1 : end + 2] == "的"):  # 在小红皮书上
        return False
    return any(text[at : end + 1] in words for at in (end - 1, end - 2) if at >= start - 1)


@cache
def _words_after_names() -> frozenset[str]:
    return frozenset(read_toml("translation.toml")["composition"]["words_after_names"])


def compose(text: str, lowered: str, parts: Parts, *, readings: bool) -> list[Composed]:
    """Return what spells a known name or term in translated parts, longest first at each place.

    ``readings`` says whether Latin words are tried as readings of Chinese characters too.

    >>> parts = read_parts([], read_tsv("translation_senses.tsv", ("id", "han", "latin")))
    >>> text = "美丽团体与盒子马"
    >>> [(found.start, found.end, found.name) for found in compose(text, text, parts, readings=False)]
    [(0, 4, '美团'), (0, 3, '美团'), (5, 8, '盒马')]
    """
    steps: dict[int, list[_Step]] = {}
    for index, start, end in parts.automaton.find_matches_as_indexes(lowered, overlapping=True):
        for source in parts.sources[index]:
            steps.setdefault(start, []).append(_Step(end, source, False))
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
                    for source in _readings().get(joined, ()):
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
    for _ in range(_LONGEST_NAME - 1):
        if not at or not "\u4e00" <= text[at - 1] <= "\u9fff":
            return
        at -= 1
        yield at


def _on(text: str, path: _Path, steps: dict[int, list[_Step]], parts: Parts) -> Iterator[Composed]:
    """Go on from where ``path`` has come."""
    at, spelled = path.end, path.spelled
    if spelled in parts.names and (composed := _composed(text, path, parts)):
        yield composed
    if at >= len(text) or path.replaced + path.kept > _LONGEST_NAME:
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
    if (
        path.spelled in surface
        or surface in parts.names
        or surface in parts.foreign
        or (whole and surface.lower() in parts.listed)
    ):
        return None
    kind = parts.names[path.spelled]
    latin = is_latin(surface)
    plain = surface in parts.everyday or surface in common_words() or (whole and len(surface) == _SHORT)
    if kind == "mt_term":
        sort = "term_plain" if plain and not latin else "term"
    elif latin:
        sort = "reading" if path.read else "latin_word" if surface.isalpha() else "latin_parts"
    elif not is_han(surface):
        sort = "mixed"
    else:
        sort = "han_plain" if plain else "han"
    return Composed(path.start, path.end, path.spelled, kind, latin, sort)
