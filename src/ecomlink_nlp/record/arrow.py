"""Arrow tables, Parquet files and data frames with a fixed schema.

pyarrow (extra ``arrow``), pandas and polars are imported when first needed.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO, Literal, get_args

from ecomlink_nlp.errors import ExtraError, FormatError
from ecomlink_nlp.record.models import SCHEMA_VERSION, DocumentRecord

Rows = Literal["claims", "documents", "repairs", "entities", "values", "times"]
Library = Literal["pandas", "polars"]

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_PLACE = {"start": "int64", "end": "int64", "text": "string", "norm_start": "int64", "norm_end": "int64"}
_MADE = {"rule": "string", "score": "float64"}
_QUANTITY = {"value": "float64", "low": "float64", "high": "float64", "unit": "string", "mod": "string"}
# A type is a name of Arrow's, a struct as a dict, or a list as a list of its one item type.
_COLUMNS: dict[str, dict[str, Any]] = {
    "repairs": {**_PLACE, "clean": "string", "kind": "string", **_MADE},
    "entities": {**_PLACE, "type": "string", "name": "string", "id": "string", **_MADE},
    "values": {**_PLACE, "type": "string", **_QUANTITY, **_MADE},
    "times": {**_PLACE, "type": "string", "timex": "string", "mod": "string", "interval": ["string"], **_MADE},
    "claims": {
        "doc": "string", "id": "string", "kind": "string", "polarity": "string", "status": "string",
        "source": "string", "time": "string", "time_how": "string", "subject": "string", "predicate": "string",
        "objects": ["string"], "channel": ["string"], "amount": _QUANTITY, "content": "string",
        "metric": "string", "measure": "string", **_QUANTITY,
        "speaker": "string", "role": "string", "quote": ["int64"], "norm_quote": ["int64"], "quote_text": "string",
        "evidence": [["int64"]], "norm_evidence": [["int64"]], "evidence_text": ["string"],
        "arguments": [{"role": "string", "name": "string", **_PLACE, "how": "string"}], **_MADE,
    },
}  # fmt: skip
_COLUMNS["documents"] = {
    "schema_version": "string", "doc": "string", "sha256": "string", "date": "string", "date_source": "string",
    "text": "string", **{layer: [_COLUMNS[layer]] for layer in ("repairs", "entities", "values", "times", "claims")},
}  # fmt: skip
for _layer in ("repairs", "entities", "values", "times"):
    _COLUMNS[_layer] = {"doc": "string", **_COLUMNS[_layer]}
_BATCH = 256  # documents a row group


def arrow_schema(rows: Rows = "claims") -> Any:
    """Return the ``pyarrow.Schema`` of a table with one claim, document or annotation a row.

    It is the same for every input, so that files of different runs can be read as one data set; the version of the
    record stands in its metadata. Raises `ExtraError` without pyarrow.
    """
    arrow = _pyarrow()
    fields = [arrow.field(name, _arrow_type(kind)) for name, kind in _COLUMNS[rows].items()]
    return arrow.schema(fields, metadata={"ecomlink.schema_version": SCHEMA_VERSION})


def _arrow_type(kind: Any) -> Any:
    arrow = _pyarrow()
    if isinstance(kind, list):
        return arrow.list_(_arrow_type(kind[0]))
    if isinstance(kind, dict):
        return arrow.struct([arrow.field(name, _arrow_type(inner)) for name, inner in kind.items()])
    return getattr(arrow, kind)()


def records_to_table(records: Iterable[DocumentRecord], rows: Rows = "claims") -> Any:
    """Return a ``pyarrow.Table`` with the schema `arrow_schema`."""
    return _pyarrow().Table.from_pylist(list(record_rows(records, rows)), schema=arrow_schema(rows))


def write_parquet(records: Iterable[DocumentRecord], out: BinaryIO, rows: Rows = "claims") -> None:
    """Write a Parquet file, a few hundred documents at a time in memory."""
    _pyarrow()
    from pyarrow import parquet

    remaining = iter(records)
    with parquet.ParquetWriter(out, arrow_schema(rows), compression="zstd") as writer:
        while batch := list(islice(remaining, _BATCH)):
            writer.write_table(records_to_table(batch, rows))


def records_to_frame(
    records: Iterable[DocumentRecord], rows: Rows = "claims", library: Library = "pandas"
) -> Any:
    """Return a pandas or polars data frame with the columns of `arrow_schema`, also where there are no rows.

    Raises `ExtraError` when the library is not installed. pandas needs no pyarrow here.
    """
    if library not in get_args(Library):
        raise FormatError(f"{library!r} is no library for frames; take {' or '.join(get_args(Library))}")
    found = list(record_rows(records, rows))
    columns = list(_COLUMNS[rows])
    try:
        if library == "polars":
            import polars

            return polars.DataFrame(
                found, schema={name: _polars_type(kind) for name, kind in _COLUMNS[rows].items()}
            )
        import pandas
    except ImportError as error:
        raise ExtraError(f"{library} is not installed. Install it with: pip install {library}") from error
    frame = pandas.DataFrame.from_records(found, columns=columns)
    numbers = {name: kind for name, kind in _COLUMNS[rows].items() if kind in ("float64", "int64")}
    return frame.astype(numbers)


def _polars_type(kind: Any) -> Any:
    import polars

    if isinstance(kind, list):
        return polars.List(_polars_type(kind[0]))
    if isinstance(kind, dict):
        return polars.Struct({name: _polars_type(inner) for name, inner in kind.items()})
    return {"int64": polars.Int64, "float64": polars.Float64, "string": polars.String}[kind]


def record_rows(records: Iterable[DocumentRecord], rows: Rows) -> Iterator[dict[str, Any]]:
    """Yield one plain dict a row, with every column of the schema. Raises `FormatError` for unknown rows."""
    if rows not in get_args(Rows):
        raise FormatError(f"{rows!r} are no rows; take one of {', '.join(get_args(Rows))}")
    for record in records:
        fields = _encodable(record.model_dump(mode="json"))
        if rows == "documents":
            yield _fitted(fields, _COLUMNS["documents"])
        else:
            for item in fields[rows]:
                yield _fitted(item | {"doc": fields["doc"]}, _COLUMNS[rows])


def _fitted(value: Any, kind: Any) -> Any:
    """Return the value with every field of its type, numbers as floats where the column holds floats."""
    if value is None:
        return None
    if isinstance(kind, list):
        return [_fitted(item, kind[0]) for item in value]
    if isinstance(kind, dict):
        return {name: _fitted(value.get(name), inner) for name, inner in kind.items()}
    return float(value) if kind == "float64" else value


def _encodable(value: Any) -> Any:
    """Return the value without halves of characters, which UTF-8 cannot hold."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    if isinstance(value, dict):
        return {key: _encodable(item) for key, item in value.items()}
    return value


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise ExtraError(
            "pyarrow is not installed. Install it with: pip install 'ecomlink-nlp[arrow]'"
        ) from error
    return pyarrow
