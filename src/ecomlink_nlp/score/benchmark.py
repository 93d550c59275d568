"""Speed: characters a second by stage and end to end, growth with length and number, latency, memory, cold start.

The text is made of the sentences of real documents in a seeded random order, digits varied, so that it is as damaged as
they are and no paragraph repeats. Times of one process are medians of
its processor time, which other programs disturb little; those of several processes, and the cold start, are wall time.
Memory is the peak of a process of its own.
"""

import os
import platform
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ecomlink_nlp.batch import extract_in_processes
from ecomlink_nlp.claim.extract import extract_claims
from ecomlink_nlp.pipeline import Pipeline
from ecomlink_nlp.record.build import build_record
from ecomlink_nlp.text.document import Document
from ecomlink_nlp.text.sentences import sentence_spans

_SENTENCE = re.compile(r"(?<=[。！？\n])")
_TYPICAL = 2000
_LENGTHS = (500, 2_000, 20_000, 200_000)
_COUNTS = (10, 100, 1_000)
_RUNS = 3
_NAIVE_CHARACTERS = 3_000


def varied_texts(sources: Sequence[str], length: int, count: int, seed: int = 1) -> Iterator[str]:
    """Yield ``count`` texts of ``length`` characters from the sentences of ``sources``, the same for the same seed.

    >>> list(varied_texts(["甲走了。乙来了。"], 8, 1))[0] in {"甲走了。乙来了。", "乙来了。甲走了。", "甲走了。甲走了。", "乙来了。乙来了。"}
    True
    """
    sentences = [s for source in sources for s in _SENTENCE.split(source) if s.strip()]
    for number in range(count):
        random_ = random.Random(seed * 1_000_003 + number)
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
    sources: Sequence[str], seed_path: str | None, note: Callable[[str], None]
) -> dict[str, Any]:
    """Measure and return all figures as JSON data; ``note`` is told what is being measured.

    ``seed_path`` is a file for the cold start of the command. The yardstick is left out where its packages are missing.
    """
    pipeline = Pipeline.default()
    for text in varied_texts(sources, _TYPICAL, 20, seed=9):
        build_record(pipeline.annotate(text))  # loads what is loaded at first use
    result: dict[str, Any] = {"machine": _machine()}
    note("stages")
    result["stages"] = _stages(pipeline, [*varied_texts(sources, _TYPICAL, 50)])
    note("latency")
    result["latency"] = _latency([*varied_texts(sources, _TYPICAL, 200, seed=2)])
    note("length of a document")
    result["by_length"] = [_rate([*varied_texts(sources, n, max(1, 40_000 // n), 3)]) for n in _LENGTHS]
    note("number of documents")
    result["by_count"] = [_rate([*varied_texts(sources, 500, n, 4)], runs=1) for n in _COUNTS]
    note("processes")
    result["by_jobs"] = _by_jobs([*varied_texts(sources, _TYPICAL, 400, seed=5)])
    if seed_path is not None:
        note("cold start")
        result["cold_start"] = _cold_start(seed_path)
    note("naive composition")
    result["naive"] = _naive("".join(varied_texts(sources, _NAIVE_CHARACTERS, 1, seed=6)))
    if result["naive"] is not None:
        naive_rate = result["naive"]["characters_per_second"]
        result["naive"]["ratio"] = round(result["by_length"][1]["characters_per_second"] / naive_rate, 1)
    return result


def _machine() -> dict[str, Any]:
    return {"cores": os.cpu_count(), "processor": platform.machine(), "python": platform.python_version()} | {
        "system": platform.system(), "load": round(os.getloadavg()[0], 2)}  # fmt: skip


def _timed(function: Callable[[], object]) -> float:
    started = time.process_time()
    function()
    return time.process_time() - started


def _rate(texts: Sequence[str], runs: int = _RUNS) -> dict[str, Any]:
    pipeline = Pipeline.default()

    def run() -> None:
        for text in texts:
            build_record(pipeline.annotate(text))

    seconds = statistics.median(_timed(run) for _ in range(runs))
    characters = sum(map(len, texts))
    return {
        "documents": len(texts),
        "length": len(texts[0]),
        "characters_per_second": round(characters / seconds),
    }


def _stages(pipeline: Pipeline, texts: Sequence[str]) -> dict[str, int]:
    spent: dict[str, float] = {}

    def timed(stage: str, function: Callable[[], object]) -> None:
        spent[stage] = spent.get(stage, 0.0) + _timed(function)

    for text in texts:
        document = Document("", pipeline.chain.repair(text))
        timed("repair", lambda t=text: pipeline.chain.repair(t))  # type: ignore[misc]
        timed("entities", lambda d=document: pipeline.tag_entities(d))  # type: ignore[misc]
        timed("times", lambda d=document: pipeline.tag_times(d, None))  # type: ignore[misc]
        timed("values", lambda d=document: pipeline.tag_values(d))  # type: ignore[misc]
        document.sentences = sentence_spans(document.text)
        document.claims = extract_claims(document, pipeline.frames, pipeline.owner)
        timed("claims", lambda d=document: pipeline.find_claims(d))  # type: ignore[misc]
        timed("record", lambda d=document: build_record(d))  # type: ignore[misc]
    characters = sum(map(len, texts))
    rates = {stage: round(characters / seconds) for stage, seconds in spent.items()}
    return rates | {"all": round(characters / sum(spent.values()))}


def _latency(texts: Sequence[str]) -> dict[str, Any]:
    pipeline = Pipeline.default()
    times = sorted(_timed(lambda t=text: build_record(pipeline.annotate(t))) for text in texts)  # type: ignore[misc]
    cuts = statistics.quantiles(times, n=100)
    return {"length": len(texts[0]), "p50_ms": round(1000 * cuts[49], 1), "p99_ms": round(1000 * cuts[98], 1)}


def _by_jobs(texts: Sequence[str]) -> list[dict[str, Any]]:
    pipeline = Pipeline.default()
    started = time.perf_counter()
    for text in texts:
        build_record(pipeline.annotate(text))
    characters = sum(map(len, texts))
    rows = [{"jobs": 1, "characters_per_second": round(characters / (time.perf_counter() - started))}]
    # The processes are started before the clock is: a long run is what is asked about.
    records = extract_in_processes([*texts[:20], *texts], None, 2)
    for _ in range(20):
        next(records)
    started = time.perf_counter()
    characters = sum(len(text) for text, _ in zip(texts, records, strict=True))
    rows.append({"jobs": 2, "characters_per_second": round(characters / (time.perf_counter() - started))})
    return rows


def _cold_start(path: str) -> dict[str, Any]:
    code = (
        "import re, sys; sys.argv = ['ecomlink', 'extract', sys.argv[1], '-o', '/dev/null', '-q']\n"
        "from ecomlink_nlp.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        # Not getrusage, which counts what the parent held before this program was started.
        "print(re.search(r'VmHWM:\\s*(\\d+)', open('/proc/self/status').read())[1])"
    )
    seconds, memory = [], []
    for _ in range(_RUNS):
        started = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
        seconds.append(time.perf_counter() - started)
        memory.append(int(done.stdout.split()[-1]) / 1024)
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import ecomlink_nlp"], check=True)
    return {"seconds": round(statistics.median(seconds), 2), "peak_mb": round(statistics.median(memory))} | {
        "import_seconds": round(time.perf_counter() - started, 3)
    }


def _naive(text: str) -> dict[str, Any] | None:
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

    def run(part: str) -> None:
        simplified = converter.convert(part)
        list(language(simplified))
        list(jieba.posseg.cut(simplified))
        search_dates(simplified, languages=["zh"])

    run(text[:100])
    seconds = _timed(lambda: run(text))
    return {"characters": len(text), "characters_per_second": round(len(text) / seconds)}
