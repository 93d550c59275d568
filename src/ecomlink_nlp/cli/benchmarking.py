"""``ecomlink benchmark``: what was measured, as tables or JSON."""

import json
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table

from ecomlink_nlp.cli.output import Messages
from ecomlink_nlp.errors import ReadError
from ecomlink_nlp.score.benchmark import run_benchmark
from ecomlink_nlp.text.reading import read_file

_CHECKOUT = ("seeds", "benchmarks/dev", "benchmarks/heldout")
_WIDTH_IN_A_PIPE = 100


def benchmark_texts(folder: Path | None, as_json: bool, messages: Messages, out: TextIO) -> None:
    """Measure on the texts of a folder, or of the checkout, and write the figures to ``out``."""
    folders = [folder] if folder is not None else [Path(name) for name in _CHECKOUT]
    paths = sorted(path for each in folders for path in each.glob("*.txt"))
    if not paths:
        raise ReadError("no .txt files to measure on. Run it in a checkout, or name a folder with --texts.")
    sources = [read_file(path, path.name, None).text for path in paths]
    result = run_benchmark(sources, str(paths[0]), lambda part: messages.note(f"measuring: {part}"))
    if as_json:
        out.write(json.dumps(result, ensure_ascii=False, indent=2) + "\n")
        return
    console = Console(file=out, width=None if out.isatty() else _WIDTH_IN_A_PIPE)
    machine = result["machine"]
    console.print(", ".join(f"{key} {value}" for key, value in machine.items()), highlight=False)
    for title, rows in _tables(result):
        table = Table(title=title, title_justify="left")
        for column in rows[0]:
            table.add_column(column.replace("_", " "), justify="right")
        for row in rows:
            table.add_row(*(f"{v:,}" if isinstance(v, int) else str(v) for v in row.values()))
        console.print(table)


def _tables(result: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    stages = [{"stage": name, "characters_per_second": rate} for name, rate in result["stages"].items()]
    tables = [
        ("Stages, one process", stages),
        ("Length of a document", result["by_length"]),
        ("Number of documents", result["by_count"]),
        ("Processes", result["by_jobs"]),
        ("Latency of a document", [result["latency"]]),
    ]
    optional = (
        ("Cold start of extract", "cold_start"),
        ("OpenCC + spaCy + jieba + dateparser, no claims", "naive"),
    )
    return tables + [(title, [result[key]]) for title, key in optional if result.get(key)]
