"""Spark: a data frame of texts to a data frame of claims, with ``mapInArrow`` (pyspark, extra ``spark``)."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from ecomlink_nlp.integrations.arrow import Extraction, extract_batches, result_schema


def extract_frame(frame: Any, extraction: Extraction | None = None) -> Any:
    """Return a Spark data frame with the columns of `integrations.arrow.result_schema`.

    The workers need this package: ``PYSPARK_PYTHON`` names the Python of an environment that has it.
    """
    from pyspark.sql.pandas.types import from_arrow_schema

    wanted = extraction or Extraction()
    return frame.mapInArrow(
        partial(_extract, extraction=wanted), from_arrow_schema(result_schema(wanted.rows))
    )


def _extract(batches: Iterator[Any], extraction: Extraction) -> Iterator[Any]:
    return extract_batches(batches, extraction)
