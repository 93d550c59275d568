"""Many documents over several processes: results in order, in constant memory, whatever a worker does.

Notes for a newcomer. Only a window of work is in flight, so neither inputs nor results pile up. When a worker dies (out
of memory, killed), the pool is lost with all that it held: what was in flight is then done again one by one, each
in a worker of its own, so that the one that kills its worker is named and no other is lost.
"""

import copyreg
import gc
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, TypeVar

from ecomlink_nlp.errors import EcomlinkError
from ecomlink_nlp.own_rules import OwnRules
from ecomlink_nlp.record.build import build_record
from ecomlink_nlp.record.models import DocumentRecord
from ecomlink_nlp.record.parts import plain, restored

Item = TypeVar("Item")
Result = TypeVar("Result")
_WINDOW = 4  # items in flight a process
GARBAGE_THRESHOLD = 50_000
"""New objects before Python looks for cycles among them: hardly any stage makes some, and looking took 6% of the time."""


def _taken_apart(
    record: DocumentRecord,
) -> tuple[Callable[[dict[str, Any]], DocumentRecord], tuple[dict[str, Any]]]:
    return restored, (plain(record),)


# From process to process a record goes as plain data: JSON takes twice as long, hundreds of objects three times.
copyreg.pickle(DocumentRecord, _taken_apart)


class WorkerError(EcomlinkError):
    """A worker process died on an item, twice."""


def map_ordered(
    function: Callable[[Item], Result], items: Iterable[Item], jobs: int
) -> Iterator[Result | WorkerError]:
    """Yield ``function(item)`` for each item, in order, computed by ``jobs`` processes.

    An item whose worker dies is tried again; when that worker dies too, a `WorkerError` stands in its place. An
    exception of ``function`` itself is raised here. ``function`` and items must be importable or plain data.

    >>> list(map_ordered(len, ["a", "bc"], 2))
    [1, 2]
    """
    remaining = iter(items)
    window: deque[tuple[Item, Future[Result]]] = deque()
    pool = _pool(jobs)
    try:
        while True:
            try:
                while len(window) < jobs * _WINDOW and (item := next(remaining, _END)) is not _END:
                    window.append((item, _submitted(pool, function, item)))  # type: ignore[arg-type]
                if not window:
                    return
                result = window[0][1].result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                for item, future in window:
                    yield _finished(future) if _is_done(future) else _alone(function, item)
                window.clear()
                pool = _pool(jobs)
            else:
                window.popleft()
                yield result
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


_END = object()


def _pool(jobs: int) -> ProcessPoolExecutor:
    # A forked copy of a process with threads may hang; a fresh interpreter costs half a second once.
    return ProcessPoolExecutor(
        jobs,
        mp_context=get_context("spawn"),
        initializer=gc.set_threshold,
        initargs=(GARBAGE_THRESHOLD,),
    )


def _submitted(pool: ProcessPoolExecutor, function: Callable[[Item], Result], item: Item) -> Future[Result]:
    try:
        with _interrupts_held():
            return pool.submit(function, item)
    except BrokenProcessPool as error:
        # The item joins those that are done again.
        lost: Future[Result] = Future()
        lost.set_exception(error)
        return lost


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Processes started in here never see Ctrl-C, not even while they start: this process alone answers it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _is_done(future: Future[Result]) -> bool:
    return future.done() and not future.cancelled() and not isinstance(future.exception(), BrokenProcessPool)


def _finished(future: Future[Result]) -> Result:
    return future.result()


def _alone(function: Callable[[Item], Result], item: Item) -> Result | WorkerError:
    with _pool(1) as pool:
        try:
            return _submitted(pool, function, item).result()
        except BrokenProcessPool:
            return WorkerError(
                "the process that worked on it died twice. It may be too large for the memory."
            )


def extract_in_processes(
    texts: Iterable[str | tuple[str, str]], date: str | None, jobs: int, own: OwnRules | None = None
) -> Iterator[DocumentRecord]:
    """Yield the records of texts, as `ecomlink_nlp.extract_many` does. Raises `WorkerError`."""
    rules = own or OwnRules()
    for result in map_ordered(_extract, ((text, date, rules) for text in texts), jobs):
        if isinstance(result, WorkerError):
            raise result
        yield result


def _extract(item: tuple[str | tuple[str, str], str | None, OwnRules]) -> DocumentRecord:
    source, date, own = item
    name, text = ("", source) if isinstance(source, str) else source
    return build_record(own.pipeline().annotate(text, name=name, date=date))
