"""Reads the data files under ``data/`` (and users' own files of the same form).

Two forms only: TSV with a header line (``#`` starts a comment line) for lexicons, TOML for rules
and frames. Both are parsed as plain data, never executed.
"""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from ecomlink_nlp.errors import ResourceError

MAX_BYTES = 20_000_000


def data_text(name: str) -> str:
    """Return the text of the packaged data file ``name`` (a path below ``data/``).

    >>> data_text("README.md").startswith("# Data")
    True
    """
    return (files("ecomlink_nlp") / "data" / name).read_text(encoding="utf-8")


def read_toml(name: str) -> dict[str, Any]:
    """Parse a packaged TOML file."""
    return parse_toml(data_text(name), name)


def parse_toml(text: str, origin: str) -> dict[str, Any]:
    """Parse TOML text; ``origin`` names the file in the error.

    >>> parse_toml("a = 1", "x.toml")
    {'a': 1}
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ResourceError(f"{origin}: not valid TOML: {error}. Mend the line it names.") from error


def read_tsv(name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Parse a packaged TSV file that must have ``columns``."""
    return list(parse_tsv(data_text(name), columns, name))


def read_user_file(path: Path) -> str:
    """Return the text of a user's own lexicon or rule file, with a size limit."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ResourceError(f"{path}: larger than {MAX_BYTES} bytes; split the file.")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ResourceError(f"{path}: cannot be read: {error.strerror}. Check the path.") from error
    except UnicodeDecodeError as error:
        raise ResourceError(f"{path}: not UTF-8 (byte {error.start}). Save it as UTF-8.") from error


def parse_tsv(text: str, columns: tuple[str, ...], origin: str) -> Iterator[dict[str, str]]:
    """Yield one dict a row; columns left empty at the end of a row are ``""``.

    Raises `ResourceError` naming the line for an unknown or missing column, a row that is too long or a
    repeated ``id``.

    >>> list(parse_tsv("id\\tname\\n# note\\nks\\t快手\\n", ("id", "name"), "x.tsv"))
    [{'id': 'ks', 'name': '快手'}]
    """
    header: list[str] | None = None
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = [cell.strip() for cell in cells]
            missing = [column for column in columns if column not in header]
            if missing:
                raise ResourceError(f"{origin}:{number}: the header lacks {', '.join(missing)}.")
            continue
        if len(cells) > len(header):
            raise ResourceError(
                f"{origin}:{number}: {len(cells)} cells, but the header has {len(header)}; remove the extra tab."
            )
        row = dict(zip(header, map(str.strip, cells), strict=False))
        for column in header[len(cells) :]:
            row[column] = ""
        if identifier := row.get("id"):
            if identifier in seen:
                raise ResourceError(f"{origin}:{number}: the id {identifier!r} stands twice; choose another.")
            seen.add(identifier)
        yield row
