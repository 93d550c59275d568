"""Finds the parties of the knowledge base in a text: one automaton pass, then a decision for each hit."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from ecomlink_nlp.tag.entities.ambiguity import (
    Condition,
    conditions,
    has_clean_edges,
    is_asserted,
    is_ruled_out,
    is_supported,
    strictest_first,
)
from ecomlink_nlp.tag.entities.apposed import apposed_names
from ecomlink_nlp.tag.entities.bare_persons import bare_persons
from ecomlink_nlp.tag.entities.compounds import compounds
from ecomlink_nlp.tag.entities.memory import recurrences
from ecomlink_nlp.tag.entities.names_in_use import names_in_use
from ecomlink_nlp.tag.entities.overlaps import without_overlaps
from ecomlink_nlp.tag.entities.parties import Party, checked_parties, shipped_parties
from ecomlink_nlp.tag.entities.patterns import pattern_candidates
from ecomlink_nlp.tag.entities.recurring import recurring_names
from ecomlink_nlp.text.document import Entity

_HAN = re.compile(r"[\u4e00-\u9fff]")
_PLAIN = Condition("plain")
# What a registered name adds to the name that people use: 阿里巴巴集团控股有限公司.
_LEGAL_FORM = re.compile(
    r"(?:[（(][\u4e00-\u9fff]{2,4}[）)])?(?:集团|控股|网络|信息|科技|技术|电子商务|商业|文化|传媒|发展|服务|股份){0,4}(?:有限责任|有限|股份有限)公司$"
)
# What joins the members of an enumeration.
_JOIN = re.compile(r"、|和|与|及|以及|或|跟|/|,|，")


@dataclass(frozen=True, slots=True)
class _Reading:
    """One party that an alias may stand for."""

    party: Party
    alias: str
    condition: Condition


class Gazetteer:
    """An immutable set of parties with the automaton over all their names.

    >>> gazetteer = Gazetteer.default()
    >>> [(e.name, e.type) for e in gazetteer.find_entities("淘宝天猫与京东物流")]
    [('淘宝', 'PLATFORM'), ('天猫', 'PLATFORM'), ('京东物流', 'ORG')]
    >>> gazetteer.lookup("鹅厂").name
    '腾讯'
    """

    def __init__(self, extra: Iterable[Party] = ()) -> None:
        """Build the automaton over the packaged parties and ``extra`` ones (see `read_parties`).

        An extra row with the id of a packaged one replaces it.
        """
        extra = tuple(extra)
        replaced = {party.id for party in extra}
        shipped = [party for party in shipped_parties() if party.id not in replaced]
        self._parties = {party.id: party for party in checked_parties((*shipped, *extra), "the lexicon")}
        self._readings: list[tuple[_Reading, ...]] = []
        self._by_name: dict[str, Party] = {}
        self._automaton = self._built()

    @classmethod
    def default(cls) -> "Gazetteer":
        """Return the gazetteer of the packaged parties, built once a process."""
        return _default()

    def _built(self) -> Any:
        from ahocorasick_rs import AhoCorasick, Implementation

        named = conditions()
        readings: dict[str, list[_Reading]] = defaultdict(list)
        for party in self._parties.values():
            own = dict(party.ambiguous)
            for alias in party.names:
                condition = named.get((alias, party.id)) or named.get((alias, "")) or _PLAIN
                if alias in own:
                    condition = Condition(own[alias])
                readings[alias.lower()].append(_Reading(party, alias, condition))
                self._by_name.setdefault(alias, party)
            if party.type != "LOC":
                # A company's alias beats a place's name (阿里): who asks by name asks about parties.
                self._by_name[party.name] = party
        for group in readings.values():
            order = strictest_first(reading.condition.mode for reading in group)
            self._readings.append(tuple(group[at] for at in order))
        return AhoCorasick(list(readings), implementation=Implementation.ContiguousNFA)

    def lookup(self, name: str) -> Party | None:
        """Return the party with this canonical name or, failing that, this alias."""
        return self._by_name.get(name)

    def party(self, identifier: str) -> Party | None:
        """Return the party with this id."""
        return self._parties.get(identifier)

    def parent(self, party: Party) -> Party | None:
        """Return the party that owns or employs ``party``."""
        return self._parties.get(party.parent) if party.parent else None

    def children(self, party: Party) -> tuple[Party, ...]:
        """Return the parties whose parent is ``party``, in file order."""
        return tuple(other for other in self._parties.values() if other.parent == party.id)

    def find_entities(
        self, text: str, extra: Iterable[Entity] = (), *, restored: Set[tuple[int, int]] = frozenset()
    ) -> list[Entity]:
        """Return the mentions in ``text`` (repaired, simplified): known parties and names that patterns show.

        Sorted and disjoint by the rule of `overlaps`. ``extra`` are candidates from elsewhere (the neural tagger),
        which lose against equally long ones; ``restored`` the spans of names that repair put back (快的).
        """
        known = self.known(text, restored)
        covered = bytearray(len(text))
        for entity in known:
            covered[entity.start : entity.end] = b"\1" * (entity.end - entity.start)

        def blocked(position: int) -> bool:
            return bool(covered[position])

        candidates = (
            *pattern_candidates(text, blocked),
            *apposed_names(text, blocked),
            *bare_persons(text, blocked),
            *extra,
        )
        shown = [self._canonical(entity) for entity in candidates]
        found = self._with_recurring(text, without_overlaps((*known, *shown)))
        found = without_overlaps((*found, *recurrences(text, found)))
        return names_in_use(text, found, self.party)

    @staticmethod
    def _with_recurring(text: str, found: list[Entity]) -> list[Entity]:
        """Add the companies that only the document's own repetitions show."""
        covered = bytearray(len(text))
        for entity in found:
            covered[entity.start : entity.end] = b"\1" * (entity.end - entity.start)
        return without_overlaps((*found, *recurring_names(text, lambda position: bool(covered[position]))))

    def _canonical(self, entity: Entity) -> Entity:
        """Give a name that a pattern found the row it belongs to, where there is one."""
        party = self._by_name.get(entity.name) or self._by_name.get(_LEGAL_FORM.sub("", entity.name))
        if party is None or party.type != entity.type:
            return entity
        return replace(entity, name=party.name, id=party.id)

    def known(self, text: str, restored: Set[tuple[int, int]] = frozenset()) -> list[Entity]:
        """Return all mentions of parties of the knowledge base, overlapping ones included."""
        lowered = text.lower()
        if len(lowered) != len(text):
            # A few letters (İ) grow when lowered, which would move every offset.
            lowered = text
        accepted: list[Entity] = []
        pending: list[tuple[int, int, _Reading]] = []
        for pattern, start, end in self._automaton.find_matches_as_indexes(lowered, overlapping=True):
            for reading in self._readings[pattern]:
                sure = (start, end) in restored and reading.party.type != "LOC"
                verdict = sure or _verdict(reading, text, start, end)
                if verdict is None:
                    pending.append((start, end, reading))
                elif verdict:
                    accepted.append(_entity(start, end, reading))
                    break
        accepted.extend(_attested(text, pending, accepted))
        accepted.extend(compounds(text, accepted))
        return accepted


@cache
def _default() -> Gazetteer:
    return Gazetteer()


def _verdict(reading: _Reading, text: str, start: int, end: int) -> bool | None:
    """True or False where the words around decide; None where only the rest of the document can."""
    condition = reading.condition
    if text[start:end] != reading.alias and (condition.mode == "case" or not _beside_han(text, start, end)):
        # In running English, wish and target are words, whatever their capitals.
        return False
    if is_ruled_out(condition, text, start, end):
        return False
    if is_asserted(condition, text, start, end):
        return True
    if not has_clean_edges(text, start, end):
        return False
    # Business words beside a place say nothing for the place (阿里|方面).
    business = condition.mode == "context" and reading.party.type != "LOC"
    if condition.mode in ("context", "strict") and not is_supported(condition, text, start, end, business):
        return None if condition.mode == "context" else False
    return True


def _beside_han(text: str, start: int, end: int) -> bool:
    """True when a Chinese character stands before or after the span, a space aside."""
    return bool(_HAN.search(text[max(0, start - 2) : start]) or _HAN.search(text[end : end + 2]))


def _attested(
    text: str, pending: list[tuple[int, int, _Reading]], accepted: list[Entity]
) -> Iterator[Entity]:
    """Those undecided hits whose party the document names elsewhere beyond doubt, or that are listed with parties."""
    known = {entity.id for entity in accepted}
    taken = {(entity.start, entity.end) for entity in accepted}
    parties = [entity for entity in accepted if entity.type in ("ORG", "PLATFORM", "PRODUCT")]
    starts = {entity.start for entity in parties}
    ends = {entity.end for entity in parties}
    for start, end, reading in pending:
        listed = reading.party.type in ("ORG", "PLATFORM") and (
            any((join := _JOIN.match(text, end, end + at)) and join.end() in starts for at in (1, 2))
            or any(start - at in ends and _JOIN.fullmatch(text, start - at, start) for at in (1, 2))
        )
        if (listed or reading.party.id in known) and (start, end) not in taken:
            taken.add((start, end))
            yield _entity(start, end, reading)


def _entity(start: int, end: int, reading: _Reading) -> Entity:
    party = reading.party
    score = 1.0 if reading.condition.mode == "plain" else 0.9
    return Entity(start, end, party.type, party.name, party.id, f"gazetteer:{reading.condition.mode}", score)
