"""Faults around the command: a full disk, a closed pipe, Ctrl-C, no cache directory. Kills are in `test_batch` and `tests/cli/test_tables`."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from ecomlink_nlp.cli import main; main()"]
SEEDS = str(ROOT / "seeds")


def run(*arguments: str | Path, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], capture_output=True, text=True, timeout=120, **options
    )


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small file system needs root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("emit", ["document", "claims"])
def test_a_full_disk_is_told_and_leaves_no_half_file(small_disk: Path, emit: str) -> None:
    (small_disk / "filler").write_bytes(bytes(56_000))
    result = run("extract", SEEDS, "--emit", emit, "-o", small_disk / "out.jsonl")
    assert result.returncode == 1
    assert "out.jsonl: cannot be written: No space left on device" in result.stderr
    assert "Traceback" not in result.stderr
    assert [path.name for path in small_disk.iterdir()] == ["filler"]


def test_a_full_standard_output_is_told() -> None:
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [*COMMAND, "extract", SEEDS],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
            check=False,
        )
    assert result.returncode == 1
    assert "No space left on device" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_closed_pipe_ends_the_command_in_silence() -> None:
    first = subprocess.Popen(
        [*COMMAND, "extract", SEEDS, "-q"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert first.stdout is not None
    assert first.stderr is not None
    assert first.stdout.readline().startswith(b"{")
    first.stdout.close()
    assert first.stderr.read() == b""
    first.stderr.close()
    assert first.wait(60) in {0, 1, 141, -signal.SIGPIPE}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_a_batch_without_a_half_file(tmp_path: Path, jobs: str) -> None:
    for number in range(300):
        (tmp_path / f"{number:03}.txt").write_bytes((ROOT / "benchmarks" / "dev" / "d01.txt").read_bytes())
    out = tmp_path / "out" / "claims.jsonl"
    out.parent.mkdir()
    batch = subprocess.Popen(
        [*COMMAND, "extract", str(tmp_path), "-o", str(out), "--jobs", jobs],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    until = time.monotonic() + 30
    while not any(path.stat().st_size for path in out.parent.iterdir()) and time.monotonic() < until:
        time.sleep(0.05)
    os.killpg(batch.pid, signal.SIGINT)
    _, errors = batch.communicate(timeout=60)
    assert batch.returncode in {130, -signal.SIGINT}
    assert b"Traceback" not in errors
    assert list(out.parent.iterdir()) == []


def test_no_home_and_no_cache_directory_change_nothing() -> None:
    there = run("extract", SEEDS)
    nowhere = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "TMPDIR"), "/proc/none")
    without = run("extract", SEEDS, env={**os.environ, **nowhere})
    assert without.returncode == 0, without.stderr
    assert without.stdout == there.stdout
