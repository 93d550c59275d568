"""The knowledge base: who and what can be named, read from the TSV files under ``data/``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ecomlink_nlp.errors import ResourceError
from ecomlink_nlp.resources import data_text, parse_tsv, read_user_file

TYPES = ("PLATFORM", "ORG", "PRODUCT", "PERSON", "LOC", "EVENT", "WORK")
MODES = ("plain", "word", "context", "strict", "case")
FILES = ("parties.tsv", "parties_abroad.tsv", "products.tsv", "campaigns.tsv", "people.tsv", "places.tsv")
COLUMNS = ("id", "type", "name")
_OPTIONAL = ("kind", "parent", "roles", "aliases", "ambiguous", "former")


@dataclass(frozen=True, slots=True)
class Party:
    """One row of the knowledge base.

    ``name`` is the official short name in simplified Chinese. ``kind`` is a Chinese descriptor a text may refer to
    the party by (短视频平台, 快递公司; of a person, the role). ``parent`` is the id of the owner, of a product's
    platform or of a person's employer. ``roles`` are English keys (marketplace, logistics, regulator, …).
    ``ambiguous`` holds (alias, mode) pairs; `ambiguity` explains the modes. ``former`` are further official
    names: given up since, longer or shorter; a document that uses no other goes by them.
    """

    id: str
    type: str
    name: str
    kind: str = ""
    parent: str | None = None
    roles: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    ambiguous: tuple[tuple[str, str], ...] = ()
    former: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The canonical name, all aliases and all former names."""
        return (self.name, *self.aliases, *self.former)


@cache
def shipped_parties() -> tuple[Party, ...]:
    """Return the packaged knowledge base, in file order."""
    rows = (row for name in FILES for row in parse_parties(data_text(name), name))
    return checked_parties(rows, "the packaged knowledge base")


def read_parties(path: Path) -> tuple[Party, ...]:
    """Read a user's own TSV of parties; it needs the columns ``id``, ``type`` and ``name``.

    Further columns: kind, parent, roles, aliases and ambiguous (lists separated by ``|``). Raises
    `ResourceError` naming file and row.
    """
    return tuple(parse_parties(read_user_file(path), str(path)))


def parse_parties(text: str, origin: str) -> list[Party]:
    """Parse the TSV text of parties; ``origin`` names the file in errors.

    >>> parse_parties("id\\ttype\\tname\\taliases\\nks\\tPLATFORM\\t快手\\tKuaishou|快手App\\n", "x.tsv")[0].names
    ('快手', 'Kuaishou', '快手App')
    """
    return [party_from_row(row, origin) for row in parse_tsv(text, COLUMNS, origin)]


def party_from_row(row: Mapping[str, str], origin: str) -> Party:
    """Make a `Party` of one row, checking its cells.

    >>> party_from_row({"id": "x", "type": "SHOP", "name": "某店"}, "my.tsv")
    Traceback (most recent call last):
    ...
    ecomlink_nlp.errors.ResourceError: my.tsv: row 'x': type 'SHOP' is none of PLATFORM, ORG, PRODUCT, \
PERSON, LOC, EVENT, WORK.
    """
    identifier = row.get("id", "")
    where = f"{origin}: row {identifier!r}"
    if not identifier:
        raise ResourceError(f"{origin}: the row of {row.get('name')!r} has no id; give it one.")
    if not row.get("name"):
        raise ResourceError(f"{where} has no name; fill the column 'name'.")
    if row.get("type") not in TYPES:
        raise ResourceError(f"{where}: type {row.get('type')!r} is none of {', '.join(TYPES)}.")
    kind, parent, roles, aliases, ambiguous, former = (row.get(column, "") for column in _OPTIONAL)
    return Party(
        identifier,
        row["type"],
        row["name"],
        kind,
        parent or None,
        _cells(roles),
        _cells(aliases),
        tuple(_mode(cell, where) for cell in _cells(ambiguous)),
        _cells(former),
    )


def checked_parties(parties: Iterable[Party], origin: str) -> tuple[Party, ...]:
    """Return ``parties`` after checking what only shows across rows: ids are unique and parents exist."""
    by_id: dict[str, Party] = {}
    for party in parties:
        if party.id in by_id:
            raise ResourceError(f"{origin}: the id {party.id!r} stands twice; choose another.")
        by_id[party.id] = party
    for party in by_id.values():
        if party.parent and party.parent not in by_id:
            raise ResourceError(
                f"{origin}: row {party.id!r}: no row has the id of its parent {party.parent!r}."
            )
    return tuple(by_id.values())


def _cells(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip()) if cell else ()


def _mode(cell: str, where: str) -> tuple[str, str]:
    alias, _, mode = cell.rpartition(":")
    if not alias or mode not in MODES:
        raise ResourceError(f"{where}: {cell!r} is not alias:mode with a mode of {', '.join(MODES)}.")
    return alias, mode
