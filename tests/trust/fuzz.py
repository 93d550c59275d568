"""Coverage-guided fuzzing with atheris; the corpus is committed beside, and `test_corpus.py` replays it without atheris.

    python tests/trust/fuzz.py repair tests/trust/corpus -max_total_time=60
    python tests/trust/fuzz.py all -max_total_time=5     # each target in turn, on a copy of the corpus

Options behind the target are libFuzzer's. What it finds goes into the corpus under a name that says what it is.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import copytree

CORPUS = Path(__file__).with_name("corpus")
LONGEST = 600


def reading(data: bytes) -> None:
    """Bytes of a file become text or a clear error."""
    from ecomlink_nlp.errors import ReadError
    from ecomlink_nlp.text.reading import decode

    try:
        decode(data, "x")[0].encode("utf-8", "surrogatepass")
    except ReadError as error:
        if "x" not in str(error):
            raise AssertionError("the error does not name the file") from error


def repair(data: bytes) -> None:
    """The repair tiles its raw text and needs no repair itself."""
    from ecomlink_nlp.repair.chain import repair as repaired

    alignment = repaired(data.decode("utf-8", "replace"))
    assert repaired(alignment.text).text == alignment.text


def values(data: bytes) -> None:
    """Values lie inside the text, in order."""
    from ecomlink_nlp.tag.values import find_values

    text = data.decode("utf-8", "replace")
    found = find_values(text, [])
    assert all(0 <= value.start < value.end <= len(text) for value in found)
    assert [value.start for value in found] == sorted(value.start for value in found)


def times(data: bytes) -> None:
    """Times lie inside the text."""
    from ecomlink_nlp.tag.times import find_times

    text = data.decode("utf-8", "replace")
    assert all(
        0 <= time.start < time.end <= len(text) for time in find_times(text, "2022-06-15", entities=[])
    )


def pipeline(data: bytes) -> None:
    """The record is made, and every annotation is where it says."""
    from ecomlink_nlp.pipeline import Pipeline
    from ecomlink_nlp.record.build import build_record

    raw = data.decode("utf-8", "replace")
    record = build_record(Pipeline.default().annotate(raw))
    for item in (*record.repairs, *record.entities, *record.values, *record.times):
        assert raw[item.start : item.end] == item.text


TARGETS = {target.__name__: target for target in (reading, repair, values, times, pipeline)}


def main() -> int:
    """Fuzz one target in this process, or all in processes of their own."""
    name, *options = sys.argv[1:]
    if name == "all":
        failed = []
        for target in TARGETS:
            with tempfile.TemporaryDirectory() as folder:
                copy = copytree(CORPUS, Path(folder) / "corpus")
                command = [
                    sys.executable,
                    __file__,
                    target,
                    str(copy),
                    f"-artifact_prefix={folder}/",
                    *options,
                ]
                run = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
                last = [line for line in run.stderr.splitlines() if line.startswith(("#", "Done"))][-1:]
                print(f"{target}: {'ok' if not run.returncode else 'FAILED'} {' '.join(last)}", flush=True)
                if run.returncode:
                    failed.append(target)
                    print(run.stdout[-3000:], run.stderr[-3000:])
        return 1 if failed else 0
    import atheris

    for package in ("text", "repair", "tag"):
        __import__(f"ecomlink_nlp.{package}")
    with atheris.instrument_imports(include=["ecomlink_nlp"]):
        TARGETS[name](b"2022\xe5\xb9\xb4")
    atheris.Setup([sys.argv[0], f"-max_len={LONGEST}", "-timeout=20", *options], TARGETS[name])
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
