"""One file to its rows: which reader a suffix stands for, and what becomes of a file that breaks off."""

import codecs
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from ecomlink_nlp.errors import EcomlinkError
from ecomlink_nlp.sources.compression import unpacked_name
from ecomlink_nlp.sources.lines import read_jsonl
from ecomlink_nlp.sources.parquet import read_parquet
from ecomlink_nlp.sources.rows import BadRow, Columns, SourceRow, Table
from ecomlink_nlp.sources.tables import read_csv
from ecomlink_nlp.sources.warc import read_warc

_Reader = Callable[[Table], Iterator[SourceRow | BadRow]]


def is_table(path: str) -> bool:
    """True for a file that holds many texts by its suffix, packed or not.

    >>> [is_table(name) for name in ("a.txt", "a.jsonl.gz", "a.warc.wet.gz", "a.parquet", "a.txt.gz")]
    [False, True, True, True, False]
    """
    return _suffix(path) in (".jsonl", ".ndjson", ".csv", ".tsv", ".parquet", ".warc", ".wet")


def read_source(
    path: str, name: str | None = None, columns: Columns | None = None, encoding: str | None = None
) -> Iterator[SourceRow | BadRow]:
    """Yield the rows of a file, in its order and in constant memory; a bad row or file is a `BadRow`.

    JSONL, CSV, TSV, Parquet, WARC and WET are told by their suffix, with ``.gz`` or ``.zst`` behind it where packed;
    every other file is one text. ``name`` (default: the file's) is the id of such a text and begins the ids of rows
    that have none. ``encoding`` names that of JSONL and CSV files, as `text.reading.decode` takes it.
    """
    name = Path(path).name if name is None else name
    if not is_table(path):
        yield SourceRow(path, 0, name)
        return
    try:
        if encoding is not None:
            codecs.lookup(encoding)
        yield from _reader(path, encoding)(Table(path, name, columns or Columns()))
    except LookupError:
        yield BadRow(path, 0, f"{path}: {encoding} is no known encoding. Name one such as gb18030 or big5.")
    except EcomlinkError as error:
        yield BadRow(path, 0, str(error))


def _reader(path: str, encoding: str | None) -> _Reader:
    readers: dict[str, _Reader] = {
        ".csv": partial(read_csv, encoding=encoding),
        ".tsv": partial(read_csv, encoding=encoding, delimiter="\t"),
        ".parquet": read_parquet,
        ".warc": read_warc,
        ".wet": read_warc,
    }
    return readers.get(_suffix(path), partial(read_jsonl, encoding=encoding))


def _suffix(path: str) -> str:
    return Path(unpacked_name(path)).suffix.lower()
