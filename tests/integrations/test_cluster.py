"""2,000 documents on Spark and on Ray: the same claims and ids as one process. Skipped where the engine is missing."""

import importlib.util
import os
import sys
from pathlib import Path

import pyarrow
import pytest

from ecomlink_nlp.integrations.arrow import extract_batches

sys.path.insert(0, str(Path(__file__).parent))
from corpus import documents

COUNT = 2000
BAD = {"id": "bad", "text": None, "date": None}


def needs(package):
    reason = f"{package} is not installed: pip install 'ecomlink-nlp[{'spark' if package == 'pyspark' else package}]'"
    return pytest.mark.skipif(importlib.util.find_spec(package) is None, reason=reason)


@pytest.fixture(scope="module")
def rows():
    return [*documents(COUNT), BAD]


@pytest.fixture(scope="module")
def expected(rows):
    found = extract_batches([pyarrow.RecordBatch.from_pylist(rows)])
    return keys(row for batch in found for row in batch.to_pylist())


def keys(rows):
    return sorted((row["doc"], row["id"] or "", row["error"] or "", repr(row["evidence"])) for row in rows)


@needs("pyspark")
def test_spark(rows, expected):
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    from ecomlink_nlp.integrations.spark import extract_frame

    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        frame = spark.createDataFrame(rows, "id string, text string, date string").repartition(4)
        found = extract_frame(frame).toArrow().to_pylist()
    finally:
        spark.stop()
    assert keys(found) == expected


@needs("ray")
def test_ray(rows, expected):
    import ray

    from ecomlink_nlp.integrations.ray import extract_dataset

    ray.init(num_cpus=2, include_dashboard=False, logging_level="ERROR")
    try:
        table = pyarrow.Table.from_pylist(rows)
        found = extract_dataset(ray.data.from_arrow(table).repartition(4)).take_all()
    finally:
        ray.shutdown()
    assert keys(found) == expected
