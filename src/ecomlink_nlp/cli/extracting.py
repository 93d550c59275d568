"""``ecomlink extract``: from inputs to a stream of records."""

import sys
import time
import traceback
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from ecomlink_nlp.batch import WorkerError, map_ordered
from ecomlink_nlp.cli.formats import other_writer
from ecomlink_nlp.cli.inputs import STANDARD_INPUT, Input, find_inputs
from ecomlink_nlp.cli.output import Messages
from ecomlink_nlp.errors import EcomlinkError, ReadError
from ecomlink_nlp.own_rules import OwnRules
from ecomlink_nlp.record import writers
from ecomlink_nlp.record.build import build_record
from ecomlink_nlp.record.models import DocumentRecord
from ecomlink_nlp.sources import BadRow, Columns, SourceRow, read_source
from ecomlink_nlp.sources.reader import is_table

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
    arguments: Sequence[str],
    date: str | None,
    encoding: str | None,
    messages: Messages,
    progress: bool,
    jobs: int = 1,
    done: Counter[str] | None = None,
    own: OwnRules | None = None,
    columns: Columns | None = None,
) -> Iterator[DocumentRecord]:
    """Yield the record of each input, in order; an input that fails is reported and the others go on.

    ``progress`` shows a bar on a terminal's stderr (not beside records that scroll by on the same terminal).
    """
    found = extract_keys(arguments, date, encoding, messages, progress, jobs, done or Counter(), own, columns)
    yield from (record for _, record in found)


def extract_keys(
    arguments: Sequence[str],
    date: str | None,
    encoding: str | None,
    messages: Messages,
    progress: bool,
    jobs: int,
    done: Counter[str],
    own: OwnRules | None = None,
    columns: Columns | None = None,
) -> Iterator[tuple[str, DocumentRecord]]:
    """Yield key and record of each input; ``done`` counts the inputs of an earlier run, which are left out.

    Rows come out of their files as they are needed, so that neither inputs nor records pile up.
    """
    started = time.perf_counter()
    found = list(find_inputs(arguments))
    left_out = Counter(done)
    taken: deque[Input | SourceRow | BadRow] = deque()
    seen = 0

    def work() -> Iterator[_Work]:
        nonlocal seen
        for step in _opened(found, columns, encoding):
            seen += 1
            if isinstance(step, ReadError):
                messages.error(str(step))
                continue
            if not isinstance(step, BadRow) and left_out[step.key]:
                left_out[step.key] -= 1
            else:
                taken.append(step)
                yield step, date, encoding, own or OwnRules()

    many = len(found) > 1 or any(isinstance(step, Input) and is_table(step.path) for step in found)
    outcomes: Iterator[_Outcome | WorkerError] = map(_extract, work())
    if (
        jobs > 1
        and many
        and all(isinstance(step, ReadError) or step.path != STANDARD_INPUT for step in found)
    ):
        outcomes = map_ordered(_extract, work(), jobs)
    pairs: Iterable[tuple[Input | SourceRow | BadRow, _Outcome | WorkerError]]
    pairs = ((taken.popleft(), outcome) for outcome in outcomes)
    shown = (progress or not sys.stdout.isatty()) and sys.stderr.isatty() and not messages.quiet
    if shown and many:
        files = [step for step in found if isinstance(step, Input)]
        total = None if any(is_table(step.path) for step in files) else len(files) - sum(done.values())
        pairs = _with_progress(pairs, total)
    documents = characters = claims = 0
    for source, outcome in pairs:
        if isinstance(outcome, WorkerError):
            messages.error(f"{source.path if isinstance(source, BadRow) else source.place}: {outcome}")
        elif outcome.record is None:
            _report(source, outcome, messages)
        elif not isinstance(source, BadRow):
            messages.detail(outcome.note)
            if outcome.is_empty:
                messages.note(f"{source.place}: holds no text")
            documents += 1
            characters += outcome.characters
            claims += len(outcome.record.claims)
            yield source.key, outcome.record
    if seen > 1:
        failed = f", {messages.failures} failed" if messages.failures else ""
        before = f", {sum(done.values())} done before" if done else ""
        rate = characters / max(time.perf_counter() - started, 1e-9)
        messages.note(
            f"{documents} of {seen} documents done{failed}{before}: "
            f"{characters:,} characters, {claims:,} claims, {rate:,.0f} characters/s"
        )


def _opened(
    found: Iterable[Input | ReadError], columns: Columns | None, encoding: str | None
) -> Iterator[Input | SourceRow | BadRow | ReadError]:
    for step in found:
        if isinstance(step, Input) and is_table(step.path):
            yield from read_source(step.path, step.name, columns, encoding)
        else:
            yield step


def _with_progress(
    pairs: Iterable[tuple[Input | SourceRow | BadRow, "_Outcome | WorkerError"]], total: int | None
) -> Iterator[tuple[Input | SourceRow | BadRow, "_Outcome | WorkerError"]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )  # fmt: skip
    started = time.perf_counter()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("extracting", total=total, rate="")
        for count, pair in enumerate(pairs, 1):
            rate = count / max(time.perf_counter() - started, 1e-9)
            progress.update(task, advance=1, rate=f"{rate:.1f} documents/s")
            yield pair


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of one input, ready to go from a worker to the command."""

    record: DocumentRecord | None = None
    characters: int = 0
    is_empty: bool = False
    note: str = ""
    error: str = ""
    fault: tuple[str, str] | None = None


_Work = tuple[Input | SourceRow | BadRow, str | None, str | None, OwnRules]


def _extract(work: _Work) -> _Outcome:
    source, date, encoding, own = work
    if isinstance(source, BadRow):
        return _Outcome(error=source.error)
    started = time.perf_counter()
    try:
        read = source.read(encoding)
        record = build_record(own.pipeline().annotate(read.text, name=read.name, date=source.date or date))
    except EcomlinkError as error:
        return _Outcome(error=str(error))
    except Exception as error:
        return _Outcome(fault=(repr(error), "".join(traceback.format_exception(error))))
    seconds = time.perf_counter() - started
    note = f"{source.place}: {len(record.claims)} claims, {len(read.text)} characters ({read.encoding}), {seconds:.2f} s"
    return _Outcome(record, len(read.text), not read.text.strip(), note)


def _report(source: Input | SourceRow | BadRow, outcome: _Outcome, messages: Messages) -> None:
    if outcome.fault is None or isinstance(source, BadRow):
        messages.error(outcome.error)
    else:
        messages.described_fault(source.place, *outcome.fault)
