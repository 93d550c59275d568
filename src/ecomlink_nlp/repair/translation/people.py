"""Repairs names of executives that translation turned into other characters of the same sound.

A name is judged right after an executive's role (负责人小顾) whose organisation stands before it
(快手电商负责人小顾): there, two or three characters that sound like the known holder of such a role are his name. In
a document that is damaged beyond doubt, three characters that sound like a known streamer or like someone of an
organisation that the document names are enough (李佳奇的直播间, 于敏洪), two where one takes or leaves an office (戴山卸任).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ecomlink_nlp.repair.translation.candidates import sentence_around
from ecomlink_nlp.repair.translation.free_names import free_latin_names, free_names
from ecomlink_nlp.repair.translation.known_people import People, group_of, people
from ecomlink_nlp.repair.translation.parts import cuts_word, is_han
from ecomlink_nlp.repair.translation.sounds import reading, sounds_like
from ecomlink_nlp.text.edits import Edit

_LATIN_NAME = re.compile(r" ?([A-Z][a-z]+[ ·-][A-Z][a-z]+(?: [A-Z][a-z]+)?)(?![A-Za-z])")
_REACH = 300


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
        at_end = {end: group_of(party, known.parents) for end, party in mentions}
        groups = {*at_end.values(), ""}
        for role in roles:
            if role.end() not in edits and (edit := _office_holder(text, role, groups, known)):
                edits[edit.start] = edit
        for edit in (*free_names(text, groups, at_end, known), *free_latin_names(text, groups)):
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
    group = group_of(party, known.parents)
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


def _office_holder(text: str, role: re.Match[str], groups: set[str], known: People) -> Edit | None:
    """The repair of the name after a role that stands far from its organisation, one of those that the text names.

    It must sound just like the holder of just that role.
    """
    start = role.end()
    held = known.role_names.get(role[0], role[0])
    for name, kind in (person for group in sorted(groups) for person in known.by_group.get(group, ())):
        heard = text[start : start + len(name)]
        if held not in kind or heard in known.names or not is_han(heard):
            continue
        if sounds_like(heard, name) and known.end.match(text, start + len(name)):
            return Edit(start, start + len(name), heard, name, "mt_person", "person_by_role", 0.8)
    return None


def _latin_name(match: re.Match[str], group: str, known: People) -> Edit | None:
    """The repair of a name in Latin letters: a known foreign name, or the name's own reading."""
    written = match[1]
    name, parent = known.latin.get(written.lower(), ("", ""))
    if not name or group_of(parent, known.parents) != group:
        syllables = re.sub(r"[ ·-]", "", written).lower()
        name = next((n for n, _ in known.by_group.get(group, ()) if "".join(reading(n)) == syllables), "")
    if not name:
        return None
    return Edit(match.start(1), match.end(1), written, name, "mt_person", "person_latin_by_role", 0.9)


def _repeated(text: str, edit: Edit, known: People) -> Iterator[Edit]:
    """The same spoiled name elsewhere in the document, where it stands like a name."""
    for match in re.finditer(re.escape(edit.before), text):
        before = text[match.start() - 1 : match.start()]
        starts = not before or not before.isalnum() or before in "和与对由被给向据而但"
        if match.start() != edit.start and starts and known.end.match(text, match.end()):
            yield Edit(*match.span(), edit.before, edit.after, "mt_person", "person_repeated", edit.score)
