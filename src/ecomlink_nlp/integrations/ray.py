"""Ray Data: a data set of texts to a data set of claims, with ``map_batches`` (ray, extra ``ray``)."""

from collections.abc import Iterator
from typing import Any

from ecomlink_nlp.integrations.arrow import Extraction, extract_batches, result_schema


def extract_dataset(dataset: Any, extraction: Extraction | None = None, batch_size: int = 256) -> Any:
    """Return a Ray data set with the columns of `integrations.arrow.result_schema`.

    Ray does not promise the order of the rows; ``doc`` says where each belongs.
    """
    return dataset.map_batches(
        _extract,
        fn_kwargs={"extraction": extraction or Extraction()},
        batch_format="pyarrow",
        batch_size=batch_size,
    )


def _extract(table: Any, extraction: Extraction) -> Iterator[Any]:
    import pyarrow

    schema = result_schema(extraction.rows)
    for batch in extract_batches(table.to_batches(), extraction):
        yield pyarrow.Table.from_batches([batch], schema=schema)
