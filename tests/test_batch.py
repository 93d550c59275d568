"""Many documents over several processes: order, dying workers, killed runs."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import ecomlink_nlp
from ecomlink_nlp.batch import WorkerError, map_ordered
from ecomlink_nlp.own_rules import OwnFile, OwnRules

TEXT = "2022年3月{}日,快手切断了淘寶聯盟的鏈接。"


def die_on_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 2


@pytest.fixture(autouse=True)
def importable(monkeypatch):
    """Workers import the functions of this file by its name."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    monkeypatch.setitem(sys.modules, "test_batch", sys.modules[__name__])
    monkeypatch.setattr(die_on_three, "__module__", "test_batch")


def test_a_worker_that_dies_costs_only_its_item():
    results = list(map_ordered(die_on_three, range(6), 2))
    assert isinstance(results[3], WorkerError)
    assert results[:3] + results[4:] == [0, 2, 4, 8, 10]


def test_items_are_taken_as_needed():
    taken = []
    numbers = (taken.append(n) or n for n in range(1000))
    results = map_ordered(abs, numbers, 2)
    assert next(results) == 0
    assert len(taken) <= 10
    results.close()


def test_records_are_those_of_one_process():
    texts = [(f"{day}.txt", TEXT.format(day)) for day in range(1, 8)]
    assert list(ecomlink_nlp.extract_many(texts, jobs=2)) == list(ecomlink_nlp.extract_many(texts))


def test_a_killed_run_resumes_without_loss_or_repetition(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    count = 150
    for number in range(count):
        (folder / f"{number:03}.txt").write_text(TEXT.format(number % 28 + 1) * 60, encoding="utf-8")
    output = tmp_path / "claims.jsonl"
    journal = tmp_path / "claims.jsonl.done"
    command = [sys.executable, "-c", "from ecomlink_nlp.cli import main; main()", "extract", str(folder)]
    command += ["--emit", "document", "-o", str(output), "--resume"]
    done = 0
    for _ in range(2):
        run = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and run.poll() is None:
            if journal.exists() and journal.read_bytes().count(b"\n") >= done + 10:
                break
            time.sleep(0.01)
        assert run.poll() is None, "the run ended before it was killed"
        run.kill()
        run.wait()
        done = journal.read_bytes().count(b"\n")
        assert not output.exists()
    with (tmp_path / "claims.jsonl.partial").open("a", encoding="utf-8") as partial:
        partial.write('{"doc": "half a li')
    subprocess.run([*command, "--jobs", "2"], check=True, stderr=subprocess.DEVNULL)
    names = [json.loads(line)["doc"] for line in output.read_text(encoding="utf-8").splitlines()]
    assert names == [f"{number:03}.txt" for number in range(count)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims.jsonl", "texts"]


def test_a_users_own_files_go_to_the_processes():
    own = OwnRules(lexicon=OwnFile("own.tsv", "id\ttype\tname\nxyc\tORG\t喜悦茶\n"))
    text = "喜悦茶屏蔽了抖音的链接。"
    alone = ecomlink_nlp.extract(text, own=own)
    assert [claim.subject for claim in alone.claims] == ["喜悦茶"]
    for jobs in (1, 2):
        assert list(ecomlink_nlp.extract_many([text] * 3, jobs=jobs, own=own)) == [alone] * 3
