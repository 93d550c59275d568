"""Speed: characters a second by stage and end to end, growth with length and number, latency, memory, cold start.

The texts are made of the sentences of real documents in a seeded random order, digits varied, a few documents to each text,
so that it is as damaged as they are and no paragraph repeats. Stages and latency are measured over five megabytes of
them. Times of one process are its processor time, which other programs disturb little; those of several processes,
and the cold start, are wall time. What is compared is measured in turns, and the ratio is the median of the turns'
ratios. Memory is that of a process of its own.
"""

import gc
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ecomlink_nlp.batch import GARBAGE_THRESHOLD, WorkerError, extract_in_processes, map_ordered
from ecomlink_nlp.pipeline import Pipeline
from ecomlink_nlp.record.build import build_record
from ecomlink_nlp.text.document import Document

_SENTENCE = re.compile(r"(?<=[。！？\n])")
_TYPICAL = 2_000
_SHORT = 500
_BYTES = 5_000_000
_LENGTHS = (500, 2_000, 20_000, 200_000)
_COUNTS = (10, 100, 1_000, 10_000)
_BATCH = 300
_RUNS = 3
_NAIVE_DOCUMENTS = 20
_SOURCES_A_TEXT = 3


def varied_texts(sources: Sequence[str], length: int, count: int, seed: int = 1) -> Iterator[str]:
    """Yield ``count`` texts of ``length`` characters from the sentences of ``sources``, the same for the same seed.

    A text takes from three sources, a longer one from one more for every 2,000 characters: from all, each would be in
    both scripts and have every kind of damage.

    >>> list(varied_texts(["甲走了。乙来了。"], 8, 1))[0] in {"甲走了。乙来了。", "乙来了。甲走了。", "甲走了。甲走了。", "乙来了。乙来了。"}
    True
    """
    by_source = [[s for s in _SENTENCE.split(source) if s.strip()] for source in sources]
    by_source = [sentences for sentences in by_source if sentences]
    for number in range(count):
        random_ = random.Random(seed * 1_000_003 + number)
        taken = random_.sample(by_source, min(len(by_source), max(_SOURCES_A_TEXT, length // _TYPICAL)))
        sentences = [sentence for chosen in taken for sentence in chosen]
        pieces: list[str] = []
        size = 0
        while size < length:
            sentence = random_.choice(sentences)
            if random_.random() < 0.5:
                sentence = re.sub(r"[1-9]", lambda _, r=random_: str(r.randint(1, 9)), sentence)
            pieces.append(sentence)
            size += len(sentence)
        yield "".join(pieces)[:length]


def run_benchmark(
    sources: Sequence[str], seed_path: str | None, note: Callable[[str], None], size: int = _BYTES
) -> dict[str, Any]:
    """Measure and return all figures as JSON data; ``note`` is told what is being measured.

    ``seed_path`` is a file for the cold start of the command; ``size`` the UTF-8 bytes of text for stages and latency, to
    which the other parts keep their proportion. The yardstick is left out where its packages are missing.
    """
    gc.set_threshold(GARBAGE_THRESHOLD)  # as in the command and its processes
    pipeline = Pipeline.default()
    for text in varied_texts(sources, _TYPICAL, 20, seed=9):
        build_record(pipeline.annotate(text))  # loads what is loaded at first use
    share = size / _BYTES
    texts = [*_up_to(varied_texts(sources, _TYPICAL, size), size)]
    result: dict[str, Any] = {"machine": _machine()}
    note("stages and latency")
    result |= _stages(pipeline, texts)
    note("length of a document")
    result["by_length"] = _by_length(
        pipeline, "".join(varied_texts(sources, int(_LENGTHS[-1] * share), 1, 3))
    )
    note("number of documents")
    counts = [max(1, int(count * share)) for count in _COUNTS]
    result["by_count"] = _by_count(sources, counts)
    note("processes")
    result["by_jobs"] = _by_jobs(pipeline, texts[: max(20, int(_BATCH * share))])
    if seed_path is not None:
        note("cold start")
        result["cold_start"] = _cold_start(seed_path)
    note("naive composition")
    result["naive"] = _beside_naive(pipeline, texts[:_NAIVE_DOCUMENTS])
    return result


def _up_to(texts: Iterator[str], size: int) -> Iterator[str]:
    for text in texts:
        yield text
        size -= len(text.encode())
        if size <= 0:
            return


def _machine() -> dict[str, Any]:
    return {"cores": os.cpu_count(), "processor": platform.machine(), "python": platform.python_version()} | {
        "system": platform.system(), "load": round(os.getloadavg()[0], 2)}  # fmt: skip


def _timed(function: Callable[[], object]) -> float:
    started = time.process_time()
    function()
    return time.process_time() - started


def _rate(pipeline: Pipeline, texts: Sequence[str]) -> int:
    def run() -> None:
        for text in texts:
            build_record(pipeline.annotate(text))

    return round(sum(map(len, texts)) / _timed(run))


def _stages(pipeline: Pipeline, texts: Sequence[str]) -> dict[str, Any]:
    """Rates by stage and the latency, from the same pass over all texts."""
    spent: dict[str, float] = {}
    latencies: list[float] = []

    def timed(stage: str, function: Callable[[], object]) -> None:
        spent[stage] = spent.get(stage, 0.0) + _timed(function)

    for text in texts:
        before = sum(spent.values())
        document = Document("", pipeline.chain.repair(""))

        def repair(document: Document = document, text: str = text) -> None:
            document.alignment = pipeline.chain.repair(text)

        timed("repair", repair)
        timed("entities", lambda d=document: pipeline.tag_entities(d))  # type: ignore[misc]
        timed("times", lambda d=document: pipeline.tag_times(d, None))  # type: ignore[misc]
        timed("values", lambda d=document: pipeline.tag_values(d))  # type: ignore[misc]
        timed("claims", lambda d=document: pipeline.find_claims(d))  # type: ignore[misc]
        timed("record", lambda d=document: build_record(d))  # type: ignore[misc]
        latencies.append(sum(spent.values()) - before)
    characters = sum(map(len, texts))
    rates = {stage: round(characters / seconds) for stage, seconds in spent.items()}
    cuts = statistics.quantiles(latencies, n=100)
    return {
        "texts": {
            "documents": len(texts),
            "characters": characters,
            "bytes": sum(len(t.encode()) for t in texts),
        },
        "stages": rates | {"all": round(characters / sum(spent.values()))},
        "latency": {
            "length": len(texts[0]),
            "p50_ms": round(1000 * cuts[49], 1),
            "p99_ms": round(1000 * cuts[98], 1),
        },
    }


def _by_length(pipeline: Pipeline, text: str) -> list[dict[str, Any]]:
    """The same text in pieces of several lengths; ``cost`` is the time a character against that of 2,000 together."""
    lengths = [n for n in _LENGTHS if n < len(text)] + [len(text)]
    rows = []
    for length in lengths:
        pieces = [text[start : start + length] for start in range(0, len(text), length)]
        rate = round(statistics.median(_rate(pipeline, pieces) for _ in range(_RUNS)))
        rows.append({"documents": len(pieces), "length": length, "characters_per_second": rate})
    typical = next((r["characters_per_second"] for r in rows if r["length"] == _TYPICAL), None)
    return [row | {"cost": round(typical / row["characters_per_second"], 2)} for row in rows if typical]


def _by_count(sources: Sequence[str], counts: Sequence[int]) -> list[dict[str, Any]]:
    """A stream of short documents through a process of its own: rate so far, memory then and at most."""
    rows = next(map_ordered(_stream, [(list(sources), list(counts))], 1))
    if isinstance(rows, WorkerError):
        raise rows
    return rows


def _stream(work: tuple[list[str], list[int]]) -> list[dict[str, Any]]:
    sources, counts = work
    pipeline = Pipeline.default()
    for text in varied_texts(sources, _TYPICAL, 20, seed=9):
        build_record(pipeline.annotate(text))
    rows: list[dict[str, Any]] = []
    texts = varied_texts(sources, _SHORT, max(counts), 4)
    seconds, done = 0.0, 0
    for count in sorted(counts):
        for text in islice(texts, count - done):
            seconds += _timed(lambda t=text: build_record(pipeline.annotate(t)))  # type: ignore[misc]
        done = count
        row = {"documents": count, "length": _SHORT, "characters_per_second": round(count * _SHORT / seconds)}
        rows.append(row | {"memory_mb": _memory("VmRSS"), "peak_mb": _memory("VmHWM")})
    return rows


def _memory(field: str) -> int | None:
    """A figure of this process in MB; None where the system does not tell it so."""
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    found = re.search(rf"{field}:\s*(\d+)", status.read_text())
    return int(found[1]) // 1024 if found else None


def _by_jobs(pipeline: Pipeline, texts: Sequence[str]) -> list[dict[str, Any]]:
    characters = sum(map(len, texts))
    rates: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(_RUNS):
        started = time.perf_counter()
        for text in texts:
            build_record(pipeline.annotate(text))
        rates[1].append(characters / (time.perf_counter() - started))
        # The processes are started before the clock is: a long run is what is asked about.
        first = texts[:20]
        records = extract_in_processes([*first, *texts], None, 2)
        for _ in first:
            next(records)
        started = time.perf_counter()
        for _ in zip(texts, records, strict=True):
            pass
        rates[2].append(characters / (time.perf_counter() - started))
    ratios = [two / one for one, two in zip(rates[1], rates[2], strict=True)]
    return [
        {"jobs": jobs, "characters_per_second": round(statistics.median(rates[jobs])), "ratio": ratio}
        for jobs, ratio in ((1, 1.0), (2, round(statistics.median(ratios), 2)))
    ]


def _cold_start(path: str) -> dict[str, Any]:
    code = (
        "import re, sys; sys.argv = ['ecomlink', 'extract', sys.argv[1], '-o', '/dev/null', '-q']\n"
        "from ecomlink_nlp.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        # Not getrusage, which counts what the parent held before this program was started.
        "print(re.search(r'VmHWM:\\s*(\\d+)', open('/proc/self/status').read())[1])"
    )
    with TemporaryDirectory() as folder:
        # The first run, not counted, compiles the modules, as installing does; a checkout may be told not to.
        environment = os.environ | {"PYTHONPYCACHEPREFIX": folder, "PYTHONDONTWRITEBYTECODE": ""}

        def timed(*arguments: str) -> tuple[float, str]:
            started = time.perf_counter()
            command = [sys.executable, "-c", *arguments]
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
            return time.perf_counter() - started, done.stdout

        runs = [timed(code, path) for _ in range(_RUNS + 1)][1:]
        import_seconds, _ = timed("import ecomlink_nlp")
    memory = [int(shown.split()[-1]) / 1024 for _, shown in runs]
    return {
        "seconds": round(statistics.median(seconds for seconds, _ in runs), 2),
        "peak_mb": round(statistics.median(memory)),
        "import_seconds": round(import_seconds, 3),
    }


def _beside_naive(pipeline: Pipeline, texts: Sequence[str]) -> dict[str, Any] | None:
    """Ours and the naive composition in turns over the same texts."""
    naive = _naive_composition()
    if naive is None:
        return None
    naive(texts[0][:100])
    characters = sum(map(len, texts))
    rates, ratios = [], []
    for _ in range(_RUNS):
        ours = _rate(pipeline, texts)
        rates.append(characters / _timed(lambda: [naive(text) for text in texts]))
        ratios.append(ours / rates[-1])
    return {
        "characters": characters,
        "characters_per_second": round(statistics.median(rates)),
        "ratio": round(statistics.median(ratios), 1),
    }


def _naive_composition() -> Callable[[str], None] | None:
    """OpenCC, spaCy's Chinese with jieba, jieba's part-of-speech tags, dateparser's search: no claims at all."""
    try:
        import jieba.posseg
        import spacy
        from dateparser.search import search_dates
        from opencc import OpenCC
    except ImportError:
        return None
    converter = OpenCC("t2s")
    language = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})

    def run(text: str) -> None:
        simplified = converter.convert(text)
        list(language(simplified))
        list(jieba.posseg.cut(simplified))
        search_dates(simplified, languages=["zh"])

    return run
