"""Arrow record batches in, Arrow record batches out, with a fixed schema: what Spark and Ray both take.

A document that fails is a row with its ``doc`` and an ``error``; all other columns of that row are null. pyarrow (extra
``arrow``) is imported when first needed.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ecomlink_nlp.errors import EcomlinkError, FormatError
from ecomlink_nlp.own_rules import OwnRules
from ecomlink_nlp.record.arrow import Rows, arrow_schema, record_rows
from ecomlink_nlp.record.build import build_record
from ecomlink_nlp.sources.parquet import value_of
from ecomlink_nlp.sources.rows import Columns, iso_date, missing_column
from ecomlink_nlp.text.reading import decode

_DOCUMENTS = 256  # documents a batch that goes out: keeps memory constant whatever comes in


@dataclass(frozen=True, slots=True)
class Extraction:
    """What to read and what to give, with which files of the user; plain data, which travels to the workers."""

    columns: Columns = field(default_factory=Columns)
    rows: Rows = "claims"
    date: str | None = None
    own: OwnRules = field(default_factory=OwnRules)


def result_schema(rows: Rows = "claims") -> Any:
    """Return the ``pyarrow.Schema`` of the batches that come out: `record.arrow.arrow_schema` and ``error``."""
    import pyarrow

    return arrow_schema(rows).append(pyarrow.field("error", pyarrow.string()))


def extract_batches(batches: Iterable[Any], extraction: Extraction | None = None) -> Iterator[Any]:
    """Yield record batches with one claim (or document, repair, entity, value, time) a row, in order.

    A batch that comes in has a text column (string or binary) and may have columns of ids and dates, as a file that
    `sources.read_source` reads; where a row has no id, the beginning of its text's SHA-256 stands for it. Raises
    `FormatError` for a column that is not there.

    >>> import pyarrow
    >>> batch = pyarrow.RecordBatch.from_pylist([{"id": "a", "text": "2022年3月1日,快手切断了淘宝联盟的链接。"}])
    >>> [(row["doc"], row["predicate"], row["error"]) for row in next(extract_batches([batch])).to_pylist()]
    [('a', 'block_link', None)]
    """
    import pyarrow

    wanted = extraction or Extraction()
    schema = result_schema(wanted.rows)
    for batch in batches:
        _check(batch.schema.names, wanted.columns)
        for start in range(0, batch.num_rows, _DOCUMENTS):
            part = batch.slice(start, _DOCUMENTS)
            rows = [row for index in range(part.num_rows) for row in _rows(part, index, wanted)]
            yield pyarrow.RecordBatch.from_pylist(rows, schema=schema)


def _check(present: list[str], columns: Columns) -> None:
    for name, option in ((columns.text, "text"), (columns.id, "id"), (columns.date, "date")):
        if name is not None and name not in present:
            raise FormatError(missing_column(name, present, f"Columns({option}=…)"))


def _rows(batch: Any, index: int, wanted: Extraction) -> list[dict[str, Any]]:
    text = _value(batch, index, wanted.columns.text)
    name = _value(batch, index, wanted.columns.id or "id")
    if name is None:
        name = hashlib.sha256(
            text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text or b""
        ).hexdigest()[:16]
    doc = str(name)
    try:
        if text is None:
            raise FormatError("the row has no text")
        raw = text if isinstance(text, str) else decode(text, doc)[0]
        date = _value(batch, index, wanted.columns.date or "date")
        given = iso_date(date) if date not in (None, "") else wanted.date
        record = build_record(wanted.own.pipeline().annotate(raw, name=doc, date=given))
        return [{**row, "error": None} for row in record_rows([record], wanted.rows)]
    except EcomlinkError as error:
        return [{"doc": doc, "error": str(error)}]
    # One document must not fail the job of a hundred million; its row says what happened.
    except Exception as error:
        return [{"doc": doc, "error": f"internal error: {error!r}"}]


def _value(batch: Any, index: int, name: str) -> Any:
    return value_of(batch.column(name)[index]) if name in batch.schema.names else None
