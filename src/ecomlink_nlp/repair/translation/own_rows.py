"""A user's own rows of damage: what a text writes, and the name or word that was meant."""

import re
from collections.abc import Mapping

from ecomlink_nlp.errors import ResourceError
from ecomlink_nlp.repair.translation.lexicon import written
from ecomlink_nlp.resources import parse_tsv, read_toml

_NEEDED = ("id", "canonical", "forms")
_DEFAULTS = {
    "kind": "mt_brand",
    "weight": "1",
    "need": "0",
    "flags": "",
    "before": "",
    "after": "",
    "against": "",
}
_KINDS = ("mt_brand", "mt_person", "mt_term")


def parse_artefacts(text: str, origin: str) -> list[dict[str, str]]:
    """Parse the TSV text of a user's own artefacts; ``origin`` names the file in errors.

    The columns ``id``, ``canonical`` and ``forms`` (separated by ``|``) are needed. Those of `artefacts.tsv` and
    ``kind`` (mt_brand, mt_person, mt_term) are optional; without ``need`` a form is repaired wherever it stands.

    >>> rows = parse_artefacts("id\\tcanonical\\tforms\\nxc\\t喜茶\\tHappy Tea|快乐茶\\n", "own.tsv")
    >>> rows[0]["canonical"], rows[0]["need"]
    ('喜茶', '0')
    >>> parse_artefacts("id\\tcanonical\\tforms\\nxc\\t喜茶\\t\\n", "own.tsv")
    Traceback (most recent call last):
    ...
    ecomlink_nlp.errors.ResourceError: own.tsv: row 'xc' has no forms; say how the text writes 喜茶.
    """
    rows = [_row(cells, origin) for cells in parse_tsv(text, _NEEDED, origin)]
    for row in rows:
        for form in row["forms"].split("|"):
            for spelling, _ in written(form):
                holder = next((other for other in rows if spelling in other["canonical"].lower()), None)
                if holder is not None:
                    raise ResourceError(
                        f"{origin}: row {row['id']!r}: the form {form!r} stands in {holder['canonical']!r}, which a"
                        " repair writes; it would be repaired again and again. Take the form out."
                    )
    return rows


def _row(cells: Mapping[str, str], origin: str) -> dict[str, str]:
    identifier = cells["id"]
    if not identifier:
        raise ResourceError(f"{origin}: the row of {cells['canonical']!r} has no id; give it one.")
    where = f"{origin}: row {identifier!r}"
    if unknown := sorted(set(cells) - {*_NEEDED, *_DEFAULTS}):
        known = ", ".join((*_NEEDED, *_DEFAULTS))
        raise ResourceError(f"{origin}: unknown column {', '.join(unknown)}; known are {known}.")
    if not cells["canonical"]:
        raise ResourceError(f"{where} has no canonical; fill in the name that is meant.")
    forms = [form.strip() for form in cells["forms"].split("|")]
    if not any(forms):
        raise ResourceError(f"{where} has no forms; say how the text writes {cells['canonical']}.")
    if not all(form.lstrip("=") for form in forms):
        raise ResourceError(f"{where}: an empty form between two |; take it out.")
    given = {column: cell for column in _DEFAULTS if (cell := cells.get(column, ""))}
    row = {**_DEFAULTS, **given, "id": identifier, "canonical": cells["canonical"], "forms": "|".join(forms)}
    if row["kind"] not in _KINDS:
        raise ResourceError(f"{where}: kind {row['kind']!r} is none of {', '.join(_KINDS)}.")
    for column in ("weight", "need"):
        if not re.fullmatch(r"\d+(\.\d+)?", row[column]):
            raise ResourceError(f"{where}: {column} {row[column]!r} is no number such as 1.5.")
    contexts = read_toml("translation.toml")["contexts"]
    if wrong := [flag for flag in row["flags"].split() if flag not in contexts]:
        raise ResourceError(f"{where}: flag {wrong[0]!r} is none of {', '.join(contexts)}.")
    for column in ("before", "after", "against"):
        try:
            re.compile(row[column])
        except re.error as error:
            raise ResourceError(f"{where}: {column} is no regular expression: {error}. Mend it.") from error
    return row
