"""Documents and characters a second in one process, on Spark local[2] and on Ray with 2 CPUs; engines that are missing are left out.

Usage: python benchmarks/cluster.py [COUNT]. The figures of docs/scale.md. Each engine runs twice and the second, warm run
counts; the claims of all are compared.
"""

import importlib.util
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow

from ecomlink_nlp.integrations.arrow import extract_batches

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "integrations"))
from corpus import documents

Keys = list[tuple[str, str]]


def keys(rows: list[dict[str, Any]]) -> Keys:
    """The claims by document and id, in an order of their own."""
    return sorted((row["doc"], row["id"] or row["error"] or "") for row in rows)


def alone(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One process."""
    found = extract_batches([pyarrow.RecordBatch.from_pylist(rows)])
    return [row for batch in found for row in batch.to_pylist()]


def on_spark(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Spark ``local[2]``; the session stays for the next run."""
    from pyspark.sql import SparkSession

    from ecomlink_nlp.integrations.spark import extract_frame

    os.environ["PYSPARK_PYTHON"] = sys.executable
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    frame = spark.createDataFrame(rows, "id string, text string, date string").repartition(4)
    return list(extract_frame(frame).toArrow().to_pylist())


def on_ray(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Ray with 2 CPUs; the cluster stays for the next run."""
    import ray

    from ecomlink_nlp.integrations.ray import extract_dataset

    if not ray.is_initialized():
        ray.init(num_cpus=2, include_dashboard=False, logging_level="ERROR", log_to_driver=False)
    return list(
        extract_dataset(ray.data.from_arrow(pyarrow.Table.from_pylist(rows)).repartition(4)).take_all()
    )


def measure(
    name: str, run: Callable[[list[dict[str, Any]]], list[dict[str, Any]]], rows: list[dict[str, Any]]
) -> Keys:
    """Run twice, print the rate of the second run and return its claims."""
    run(rows)
    start = time.perf_counter()
    found = run(rows)
    seconds = time.perf_counter() - start
    characters = sum(len(row["text"]) for row in rows)
    print(
        f"{name}: {len(rows) / seconds:.0f} documents/s, {characters / seconds:.0f} characters/s, {len(found)} rows"
    )
    return keys(found)


def main(count: int) -> int:
    """Measure what is installed; 1 where the engines do not agree."""
    rows = documents(count)
    print(
        f"{count} documents of {sum(len(row['text']) for row in rows) / count:.0f} characters, load {os.getloadavg()[0]:.1f}"
    )
    expected = measure("one process", alone, rows)
    agree = True
    for name, package, run in (("Spark local[2]", "pyspark", on_spark), ("Ray, 2 CPUs", "ray", on_ray)):
        if importlib.util.find_spec(package) is None:
            print(f"{name}: {package} is not installed")
        elif measure(name, run, rows) != expected:
            print(f"{name}: other claims than one process")
            agree = False
    return 0 if agree else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000))
