"""The same text gives the same bytes: in every process, whatever the hash seed, and however often."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import ecomlink_nlp as ecom

ROOT = Path(__file__).parents[2]
PATHS = [*sorted((ROOT / "seeds").glob("*.txt")), *sorted((ROOT / "benchmarks" / "dev").glob("d0*.txt"))]

_PROGRAM = """
import hashlib, sys
from pathlib import Path
import ecomlink_nlp as ecom

for path in sys.argv[1:]:
    with Path(path).open(encoding="utf-8", newline="") as file:
        record = ecom.extract(file.read(), name=Path(path).name)
    print(Path(path).name, hashlib.sha256(record.model_dump_json().encode()).hexdigest())
"""


def _elsewhere(hash_seed: str, paths: list[Path]) -> dict[str, str]:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    command = [sys.executable, "-c", _PROGRAM, *map(str, paths)]
    done = subprocess.run(
        command, env=environment, capture_output=True, encoding="utf-8", check=True, timeout=120
    )
    return dict(line.split() for line in done.stdout.splitlines())


def _here(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        record = ecom.extract(file.read(), name=path.name)
    return hashlib.sha256(record.model_dump_json().encode()).hexdigest()


def test_records_are_the_same_in_every_process_and_order() -> None:
    first = _elsewhere("0", PATHS)
    assert len(first) == len(PATHS)
    # In reverse, so that what one document leaves behind in a cache would show in the others.
    assert _elsewhere("12345", PATHS[::-1]) == first
    assert {path.name: _here(path) for path in PATHS} == first
    assert {path.name: _here(path) for path in PATHS} == first
