"""Parquet files, a few rows at a time (pyarrow, extra ``arrow``)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ecomlink_nlp.errors import ExtraError, ReadError
from ecomlink_nlp.sources.rows import BadRow, SourceRow, Table, missing_column

_BATCH = 64  # rows


def read_parquet(table: Table) -> Iterator[SourceRow | BadRow]:
    """Yield the rows of a Parquet file, numbered from 1; only the wanted columns are read."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise ExtraError(
            "pyarrow is not installed. Install it with: pip install 'ecomlink-nlp[arrow]'"
        ) from error
    number = 0
    try:
        with parquet.ParquetFile(table.path) as file:
            size, total = Path(table.path).stat().st_size, max(file.metadata.num_rows, 1)
            present = file.schema_arrow.names
            columns = _wanted(table, present)
            if table.columns.text not in present:
                yield table.bad(0, missing_column(table.columns.text, present, "--text-column"))
                return
            for batch in file.iter_batches(_BATCH, columns=columns):
                for index in range(batch.num_rows):
                    number += 1
                    fields = {name: value_of(batch.column(name)[index]) for name in columns}
                    yield table.row(number, fields, size * number // total)
    except (pyarrow.ArrowException, OSError) as error:
        place = f"row {number + 1} and all that follow" if number else "it"
        raise ReadError(f"{table.path}: {place} cannot be read: {error}. Fetch the file again.") from error


def _wanted(table: Table, present: list[str]) -> list[str]:
    """The columns to read, each once; what is not there is told by the row."""
    names = (table.columns.text, table.columns.id or "id", table.columns.date or "date")
    return [name for name in dict.fromkeys(names) if name in present]


def value_of(scalar: Any) -> Any:
    """Return an Arrow scalar as a Python value; text that is no UTF-8 as its bytes."""
    try:
        return scalar.as_py()
    except UnicodeDecodeError:
        return scalar.as_buffer().to_pybytes()
