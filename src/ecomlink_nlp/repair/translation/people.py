"""Repairs names of executives that translation turned into other characters of the same sound.

A name is judged right after an executive's role (负责人小顾) whose organisation stands before it
(快手电商负责人小顾): there, two or three characters that sound like the known holder of such a role are his name. In
a document that is damaged beyond doubt, three characters that sound like a known streamer or like someone of an
organisation that the document names are enough (李佳奇的直播间, 于敏洪), two where one takes or leaves an office (戴山卸任).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ahocorasick_rs import AhoCorasick, MatchKind

from ecomlink_nlp.repair.translation.candidates import sentence_around
from ecomlink_nlp.repair.translation.composition import common_words, cuts_word, is_han
from ecomlink_nlp.repair.translation.sounds import reading, sounds_like, surname_sounds_like
from ecomlink_nlp.resources import read_toml, read_tsv
from ecomlink_nlp.text.edits import Edit

_PARTY_FILES = ("parties.tsv", "parties_abroad.tsv", "products.tsv")
_PARTY_COLUMNS = ("id", "name", "parent", "aliases")
_LATIN_NAME = re.compile(r" ?([A-Z][a-z]+[ ·-][A-Z][a-z]+(?: [A-Z][a-z]+)?)(?![A-Za-z])")
_LATIN_PERSON = re.compile(r"(?<![A-Za-z])(?<![A-Za-z] )([A-Z][a-z]+) ([A-Z][a-z]+)(?! ?[A-Za-z])")
_REACH = 300
_FREE_LENGTH = 3


@dataclass(frozen=True, slots=True)
class People:
    """Who is known: names, the organisation of each, and how organisations belong together."""

    names: frozenset[str]
    by_group: dict[str, tuple[tuple[str, str], ...]]
    latin: dict[str, tuple[str, str]]
    parties: AhoCorasick
    party_ids: tuple[str, ...]
    id_of_name: dict[str, str]
    parents: dict[str, str]
    role: re.Pattern[str]
    role_names: dict[str, str]
    end: re.Pattern[str]
    pronoun: re.Pattern[str]
    window: int
    fuzzy_need: float
    free_need: float
    short_before: re.Pattern[str]
    short_after: re.Pattern[str]
    office_before: re.Pattern[str]
    office_after: re.Pattern[str]
    by_surname: dict[str, tuple[tuple[str, str], ...]]


@cache
def people() -> People:
    """Read the people and their organisations, once."""
    rules: dict[str, Any] = read_toml("translation.toml")["people"]
    parents: dict[str, str] = {}
    id_of_name: dict[str, str] = {}
    for file in _PARTY_FILES:
        for row in read_tsv(file, _PARTY_COLUMNS):
            parents[row["id"]] = row["parent"]
            for name in (row["name"], *row["aliases"].split("|")):
                if len(name) > 1:
                    id_of_name.setdefault(name, row["id"])
    names: set[str] = set()
    by_group: dict[str, list[tuple[str, str]]] = {}
    latin: dict[str, tuple[str, str]] = {}
    by_surname: dict[str, list[tuple[str, str]]] = {}
    for row in read_tsv("people.tsv", (*_PARTY_COLUMNS, "kind")):
        names.add(row["name"])
        streams = any(word in row["kind"] for word in rules["streamers"])
        if len(row["name"]) == _FREE_LENGTH or (
            len(row["name"]) < _FREE_LENGTH and (streams or row["parent"])
        ):
            group = "" if streams else _group(row["parent"], parents)
            by_surname.setdefault(row["name"][0], []).append((row["name"], group))
        for alias in filter(None, row["aliases"].split("|")):
            if alias.isascii():
                latin[alias.lower()] = (row["name"], row["parent"])
            else:
                names.add(alias)
        if row["parent"]:
            spoken = [n for n in (row["name"], *row["aliases"].split("|")) if n and not n.isascii()]
            held = by_group.setdefault(_group(row["parent"], parents), [])
            held.extend((name, row["kind"]) for name in spoken)
    roles = sorted(rules["roles"], key=len, reverse=True)
    return People(
        frozenset(names),
        {group: tuple(found) for group, found in by_group.items()},
        latin,
        AhoCorasick(list(id_of_name), matchkind=MatchKind.LeftmostLongest),
        tuple(id_of_name.values()),
        id_of_name,
        parents,
        re.compile("(?:" + "|".join(map(re.escape, roles)) + ")"),
        rules["role_names"],
        re.compile(rules["end"]),
        re.compile(rules["pronoun"]),
        rules["window"],
        rules["fuzzy_need"],
        rules["free_need"],
        re.compile(f"(?:{rules['short_before']})$"),
        re.compile(rules["short_after"]),
        re.compile(f"(?:{rules['office_before']})$"),
        re.compile(rules["office_after"]),
        {surname: tuple(found) for surname, found in by_surname.items()},
    )


def _group(party: str, parents: dict[str, str]) -> str:
    """The topmost owner of a party."""
    seen = set()
    while party not in seen and (parent := parents.get(party)):
        seen.add(party)
        party = parent
    return party


def find_people(text: str, repaired: Sequence[Edit], evidence: float) -> list[Edit]:
    """Return the edits of misheard names.

    ``repaired`` are the accepted edits of brands over the same text, sorted; ``evidence`` is the document's.
    """
    known = people()
    roles = list(known.role.finditer(text))
    if not roles and evidence < known.free_need:
        return []
    mentions = _mentions(text, repaired, known)
    edits: dict[int, Edit] = {}
    for role in roles:
        party = _affiliation(text, role.start(), mentions, known)
        if party is None:
            continue
        if edit := _name_after(text, role, party, evidence, known):
            edits[edit.start] = edit
    if evidence >= known.free_need:
        groups = {_group(party, known.parents) for _, party in mentions} | {""}
        for edit in (*_free_names(text, groups, known), *_free_latin(text, groups)):
            edits.setdefault(edit.start, edit)
    for edit in {edit.before: edit for edit in edits.values()}.values():
        for again in _repeated(text, edit, known):
            edits.setdefault(again.start, again)
    return [edits[start] for start in sorted(edits)]


def covered(text: str, edits: Sequence[Edit]) -> bytearray:
    """A mark for each character of the text that an edit covers."""
    marks = bytearray(len(text))
    for edit in edits:
        marks[edit.start : edit.end] = b"\1" * (edit.end - edit.start)
    return marks


def _mentions(text: str, repaired: Sequence[Edit], known: People) -> list[tuple[int, str]]:
    """Where organisations are named: (end, party id), in order."""
    spoiled = covered(text, repaired)
    found = [
        (end, known.party_ids[index])
        for index, start, end in known.parties.find_matches_as_indexes(text)
        if not any(spoiled[start:end])
    ]
    found += [(e.end, known.id_of_name[e.after]) for e in repaired if e.after in known.id_of_name]
    return sorted(found)


def _affiliation(text: str, role: int, mentions: Sequence[tuple[int, str]], known: People) -> str | None:
    """The organisation that a role at an offset belongs to."""
    index = bisect_left(mentions, (role + 1, "")) - 1
    if index < 0:
        return None
    end, party = mentions[index]
    sentence, _ = sentence_around(text, role, role)
    if end >= sentence and role - end <= known.window and not re.search("[，,、：:]", text[end:role]):
        return party
    before = re.sub(known.role.pattern + "|兼|、|和", "", text[max(sentence, role - known.window) : role])
    if known.pronoun.search(before) and role - end <= _REACH:
        return party
    return None


def _name_after(text: str, role: re.Match[str], party: str, evidence: float, known: People) -> Edit | None:
    """The repair of the name after a role, where it is a spoiled form of a person of the organisation.

    In a document that shows no other damage the person must be known for just that role.
    """
    start = role.end()
    group = _group(party, known.parents)
    held = known.role_names.get(role[0], role[0])
    if (match := _LATIN_NAME.match(text, start)) and evidence >= known.fuzzy_need:
        return _latin_name(match, group, known)
    for length in (3, 2, 4):
        heard = text[start : start + length]
        if len(heard) < length or not all("\u4e00" <= c <= "\u9fff" for c in heard):
            continue
        blurred = evidence >= known.fuzzy_need
        if not known.end.match(text, start + length) and (
            not blurred or cuts_word(text, start, start + length)
        ):
            continue
        if heard in known.names:
            return None
        for name, kind in known.by_group.get(group, ()):
            if (blurred or held in kind) and sounds_like(heard, name, blurred=blurred):
                score = 0.95 if sounds_like(heard, name) else 0.8
                return Edit(start, start + length, heard, name, "mt_person", "person_by_role", score)
    return None


def _latin_name(match: re.Match[str], group: str, known: People) -> Edit | None:
    """The repair of a name in Latin letters: a known foreign name, or the name's own reading."""
    written = match[1]
    name, parent = known.latin.get(written.lower(), ("", ""))
    if not name or _group(parent, known.parents) != group:
        syllables = re.sub(r"[ ·-]", "", written).lower()
        name = next((n for n, _ in known.by_group.get(group, ()) if "".join(reading(n)) == syllables), "")
    if not name:
        return None
    return Edit(match.start(1), match.end(1), written, name, "mt_person", "person_latin_by_role", 0.9)


def _free_names(text: str, groups: set[str], known: People) -> Iterator[Edit]:
    """Spoiled names without a role before them: the person belongs to the document."""
    for match in _surname_characters().finditer(text):
        start = match.start()
        for name, group in _by_surname_sound()[match[0]]:
            end = start + len(name)
            heard = text[start:end]
            if heard == name or group not in groups or not is_han(heard) or not sounds_like(heard, name):
                continue
            if heard in known.names or heard in common_words() or cuts_word(text, start, end):
                continue
            if _stands_like(text, start, end, name, group, known):
                yield Edit(start, end, heard, name, "mt_person", "person_by_sound", 0.75)
                break


def _stands_like(text: str, start: int, end: int, name: str, group: str, known: People) -> bool:
    """True where a name may be that of the person it sounds like.

    Three characters with the right surname, or of someone whose organisation the document names, are enough; else
    streamers must sell, and executives take or leave an office.
    """
    if len(name) >= _FREE_LENGTH and (group or text[start] == name[0]):
        return True
    if group:
        before = known.office_before.search(text, max(0, start - 6), start)
        return bool(before or known.office_after.match(text, end))
    before = known.short_before.search(text, max(0, start - 6), start)
    return bool(before or known.short_after.match(text, end))


@cache
def _by_surname_sound() -> dict[str, tuple[tuple[str, str], ...]]:
    """Known persons by every surname that sounds like theirs."""
    surnames = {
        char for row in read_tsv("surnames.tsv", ("id", "surnames")) for char in row["surnames"].split()
    }
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    held = [pair for pairs in people().by_surname.values() for pair in pairs]
    for surname in sorted(surnames | people().by_surname.keys()):
        alike = tuple(pair for pair in held if surname_sounds_like(surname, pair[0]))
        if alike:
            found[surname] = alike
    return found


@cache
def _surname_characters() -> re.Pattern[str]:
    return re.compile("[" + "".join(char for char in _by_surname_sound() if len(char) == 1) + "]")


def _free_latin(text: str, groups: set[str]) -> Iterator[Edit]:
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


def _repeated(text: str, edit: Edit, known: People) -> Iterator[Edit]:
    """The same spoiled name elsewhere in the document, where it stands like a name."""
    for match in re.finditer(re.escape(edit.before), text):
        before = text[match.start() - 1 : match.start()]
        starts = not before or not before.isalnum() or before in "和与对由被给向据而但"
        if match.start() != edit.start and starts and known.end.match(text, match.end()):
            yield Edit(*match.span(), edit.before, edit.after, "mt_person", "person_repeated", edit.score)
