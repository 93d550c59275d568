"""The lexicon of what machine translation makes of names and terms, compiled for one pass over a text.

Notes for a newcomer. A row of one of the files `artefact*.tsv` lists the forms of one damaged word. A
row of `[[families]]` in `translation.toml` is a pattern for spellings too many to list. Both become an
`Artefact`; all listed forms are found by one Aho-Corasick automaton over the lower-cased text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ahocorasick_rs import AhoCorasick

from ecomlink_nlp.errors import ResourceError
from ecomlink_nlp.repair.translation.parts import Parts, is_latin, read_parts
from ecomlink_nlp.resources import read_toml, read_tsv

_COLUMNS = ("id", "canonical", "weight", "need", "flags", "forms", "before", "after", "against")
_FILES = (
    ("artefacts.tsv", "mt_brand"),
    ("artefact_people.tsv", "mt_person"),
    ("artefact_terms.tsv", "mt_term"),
)
_SENSES = "translation_senses.tsv"
_GAP = re.compile(r"[ -]")
# Every way to write the gap between the words of a Latin form.
_GAPS = (" ", "-", "", "  ")
# A form of ordinary Chinese words proves half as much as a foreign one in a Chinese sentence.
_HAN_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Artefact:
    """One damaged word: what it stands for, what it proves and what it needs (see `artefacts.tsv`).

    The patterns are kept as written and compiled by `compiled` when first met: few rows ever are.
    """

    id: str
    kind: str
    canonical: str
    weight: float
    need: float
    flags: tuple[str, ...]
    before: str
    after: str
    against: str


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which an artefact is written; ``exact`` is its case-sensitive spelling or None."""

    artefact: Artefact
    exact: str | None
    weight: float
    latin: bool


@dataclass(frozen=True, slots=True)
class Family:
    """A pattern of spellings, tried only where the trigger stands in the lower-cased text."""

    artefact: Artefact
    trigger: str
    pattern: re.Pattern[str]

    @property
    def latin(self) -> bool:
        """True for the families of names, which are Latin at least in part."""
        return self.artefact.kind == "mt_brand"


@dataclass(frozen=True, slots=True)
class Split:
    """A name torn apart: the group ``loose`` goes, the group ``name`` becomes the canonical name."""

    id: str
    trigger: str
    pattern: re.Pattern[str]
    canonical: str
    need: float


@dataclass(frozen=True, slots=True)
class Ending:
    """What may follow a repaired name as a part of it (a Store, an Alliance)."""

    id: str
    pattern: re.Pattern[str]
    after: str
    canonicals: frozenset[str]

    def fits(self, canonical: str) -> bool:
        """True where the name may take this ending."""
        return not self.canonicals or canonical in self.canonicals


@dataclass(frozen=True, slots=True)
class Context:
    """Words that speak against a reading, in the sentence or in the document."""

    pattern: re.Pattern[str]
    in_document: bool
    hits: int
    extra_need: float | None


@dataclass(frozen=True, slots=True)
class PartRule:
    """What a sort of forms composed of translated parts proves and needs (see `Artefact`)."""

    weight: float
    need: float
    before: str
    after: str
    against: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All of it, ready to match."""

    automaton: AhoCorasick
    forms: tuple[tuple[Form, ...], ...]
    families: tuple[Family, ...]
    splits: tuple[Split, ...]
    endings: tuple[Ending, ...]
    contexts: dict[str, Context]
    parts: Parts
    by_parts: dict[str, PartRule | None]
    domain_words: AhoCorasick
    domain_minimum: int


def written(form: str) -> Iterator[tuple[str, str | None]]:
    """Yield every spelling of a form of the data file in lower case, with the exact spelling where case counts.

    >>> list(written("tao bao"))
    [('tao bao', None), ('tao-bao', None), ('taobao', None), ('tao  bao', None)]
    >>> list(written("=Zan")), list(written("魔法筷子"))
    ([('zan', 'Zan')], [('魔法筷子', None)])
    """
    if form.startswith("="):
        yield form[1:].lower(), form[1:]
        return
    spellings = [form, *(_GAP.sub(gap, form) for gap in _GAPS)] if _GAP.search(form) else [form]
    for spelling in dict.fromkeys(spellings):
        yield spelling.lower(), None


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of a row once; raises ResourceError where the row is wrong."""
    try:
        return re.compile(pattern)
    except re.error as error:
        raise ResourceError(f"the lexicon's pattern {pattern!r}: {error}. Mend its row.") from error


@cache
def lexicon() -> Lexicon:
    """Read and compile the data files, once."""
    return build_lexicon()


def shipped_rows() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield file, kind and row of the packaged lexicon."""
    for name, kind in _FILES:
        for row in read_tsv(name, _COLUMNS):
            yield name, kind, row


def build_lexicon(own: Iterable[dict[str, str]] = (), origin: str = "own rows") -> Lexicon:
    """Compile the data files and a user's ``own`` rows (see `parse_artefacts`); those replace rows with their ids."""
    rules = read_toml("translation.toml")
    flags = frozenset(rules["contexts"])
    own = list(own)
    replaced = {row["id"] for row in own}
    rows = [shipped for shipped in shipped_rows() if shipped[2]["id"] not in replaced]
    rows += [(origin, row["kind"], row) for row in own]
    forms: dict[str, list[Form]] = {}
    for name, kind, row in rows:
        artefact = _artefact(row, kind, flags, name)
        for listed in filter(None, row["forms"].split("|")):
            for spelling, exact in written(listed):
                latin = is_latin(spelling)
                weight = artefact.weight * (1.0 if latin else _HAN_WEIGHT)
                forms.setdefault(spelling, []).append(Form(artefact, exact, weight, latin))
    families = tuple(
        Family(
            _artefact(row, row.get("kind", "mt_brand"), flags, "translation.toml"),
            row["trigger"],
            re.compile(row["pattern"]),
        )
        for row in rules["families"]
    )
    return Lexicon(
        AhoCorasick(list(forms)),
        tuple(tuple(found) for found in forms.values()),
        families,
        tuple(
            Split(row["id"], row["trigger"], re.compile(row["pattern"]), row["canonical"], row["need"])
            for row in rules["splits"]
        ),
        tuple(
            Ending(row["id"], re.compile(row["pattern"]), row["after"], frozenset(row.get("canonicals", ())))
            for row in rules["endings"]
        ),
        {
            name: Context(
                re.compile(row["pattern"]), row["scope"] == "document", row["hits"], row.get("extra_need")
            )
            for name, row in rules["contexts"].items()
        },
        read_parts(((kind, row) for _, kind, row in rows), read_tsv(_SENSES, ("id", "han", "latin"))),
        {
            sort: PartRule(
                row["weight"],
                row["need"],
                f"(?:{row['before']})$" if "before" in row else "",
                row.get("after", ""),
                row.get("against", ""),
            )
            if row
            else None
            for sort, row in rules["composition"]["sorts"].items()
        },
        AhoCorasick(rules["domain"]["words"]),
        rules["domain"]["minimum_words"],
    )


def _artefact(row: dict[str, Any], kind: str, known_flags: frozenset[str], origin: str) -> Artefact:
    """Check and compile one row."""
    flags = row["flags"].split() if isinstance(row["flags"], str) else row["flags"]
    if unknown := set(flags) - known_flags:
        raise ResourceError(f"{origin}: row {row['id']!r}: unknown flags {', '.join(sorted(unknown))}.")
    try:
        weight, need = float(row["weight"]), float(row["need"])
    except ValueError as error:
        raise ResourceError(f"{origin}: row {row['id']!r}: {error}. Write a number.") from error
    before = row.get("before", "")
    return Artefact(
        row["id"],
        kind,
        row["canonical"],
        weight,
        need,
        tuple(flags),
        f"(?:{before})$" if before else "",
        row.get("after", ""),
        row.get("against", ""),
    )
