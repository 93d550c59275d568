"""Who is known: founders, executives and streamers, their organisations, and where a name may stand.

Read from `people.tsv` and the files of parties; the patterns are those of `[people]` in `translation.toml`.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from ahocorasick_rs import AhoCorasick, MatchKind

from ecomlink_nlp.resources import read_toml, read_tsv

FREE_LENGTH = 3
"""Names of so many characters may be known without a role."""

_PARTY_FILES = ("parties.tsv", "parties_abroad.tsv", "products.tsv")
_PARTY_COLUMNS = ("id", "name", "parent", "aliases")


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
        if len(row["name"]) == FREE_LENGTH or (len(row["name"]) < FREE_LENGTH and (streams or row["parent"])):
            group = "" if streams else group_of(row["parent"], parents)
            by_surname.setdefault(row["name"][0], []).append((row["name"], group))
        for alias in filter(None, row["aliases"].split("|")):
            if alias.isascii():
                latin[alias.lower()] = (row["name"], row["parent"])
            else:
                names.add(alias)
        if row["parent"]:
            spoken = [n for n in (row["name"], *row["aliases"].split("|")) if n and not n.isascii()]
            held = by_group.setdefault(group_of(row["parent"], parents), [])
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


def group_of(party: str, parents: dict[str, str]) -> str:
    """The topmost owner of a party."""
    seen = set()
    while party not in seen and (parent := parents.get(party)):
        seen.add(party)
        party = parent
    return party
