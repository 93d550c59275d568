"""``ecomlink extract``: from inputs to a stream of records."""

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from ecomlink_nlp.cli.formats import other_writer
from ecomlink_nlp.cli.inputs import Input, find_inputs
from ecomlink_nlp.cli.output import Messages
from ecomlink_nlp.errors import EcomlinkError, ReadError
from ecomlink_nlp.record import writers
from ecomlink_nlp.record.models import DocumentRecord

_WIDTH_IN_A_PIPE = 140


def writer_of(emit: str, output_format: str) -> writers.Writer | None:
    """Return the writer for what is emitted in a format, None where there is none."""
    by_name: dict[tuple[str, str], writers.Writer] = {
        ("claims", "table"): _write_table,
        ("claims", "json"): writers.write_claims_json,
        ("claims", "jsonl"): writers.write_claims_jsonl,
        ("claims", "csv"): writers.write_claims_csv,
        ("document", "json"): writers.write_documents_json,
        ("document", "jsonl"): writers.write_documents_jsonl,
    }
    return by_name.get((emit, output_format)) or other_writer(emit, output_format)


def _write_table(records: Iterable[DocumentRecord], out: TextIO) -> None:
    from rich.console import Console

    from ecomlink_nlp.record.table import print_claims

    print_claims(records, Console(file=out, width=None if out.isatty() else _WIDTH_IN_A_PIPE))


def extract_inputs(
    arguments: Sequence[str], date: str | None, encoding: str | None, messages: Messages, progress: bool
) -> Iterator[DocumentRecord]:
    """Yield the record of each input, in order; an input that fails is reported and the others go on.

    ``progress`` shows a bar on a terminal's stderr (not beside records that scroll by on the same terminal).
    """
    inputs = list(find_inputs(arguments))
    steps: Iterable[Input | ReadError] = inputs
    if (
        (progress or not sys.stdout.isatty())
        and len(inputs) > 1
        and sys.stderr.isatty()
        and not messages.quiet
    ):
        steps = _with_progress(inputs)
    done = 0
    for step in steps:
        if isinstance(step, ReadError):
            messages.error(str(step))
        elif (record := _extract(step, date, encoding, messages)) is not None:
            done += 1
            yield record
    if len(inputs) > 1:
        failed = f", {messages.failures} failed" if messages.failures else ""
        messages.note(f"{done} of {len(inputs)} documents done{failed}")


def _with_progress(inputs: list[Input | ReadError]) -> Iterable[Input | ReadError]:
    from rich.console import Console
    from rich.progress import track

    return track(inputs, "extracting", console=Console(stderr=True), transient=True)


def _extract(
    source: Input, date: str | None, encoding: str | None, messages: Messages
) -> DocumentRecord | None:
    from ecomlink_nlp import extract

    started = time.perf_counter()
    try:
        read = source.read(encoding)
        record = extract(read.text, date=date, name=read.name)
    except EcomlinkError as error:
        messages.error(str(error))
        return None
    except Exception as error:
        messages.fault(source.path, error)
        return None
    if not read.text.strip():
        messages.note(f"{source.path}: holds no text")
    seconds = time.perf_counter() - started
    messages.detail(
        f"{source.path}: {len(record.claims)} claims, {len(read.text)} characters ({read.encoding}), {seconds:.2f} s"
    )
    return record
