"""``ecomlink extract`` on files of many texts: rows in order, bad rows told, runs that are resumed."""

import gzip
import json
import os
import random
import time
from multiprocessing import get_context
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ecomlink_nlp.cli.commands import app
from ecomlink_nlp.own_rules import OwnRules
from ecomlink_nlp.sources.rows import SourceRow

TEXT = "2022年3月{}日,快手切断了淘寶聯盟的鏈接。"


def run(*arguments):
    return CliRunner().invoke(app, ["extract", *map(str, arguments)])


def table(path: Path, rows) -> Path:
    data = "".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


@pytest.mark.parametrize("jobs", [1, 2])
def test_rows_in_order_and_bad_rows_told(tmp_path, jobs):
    rows = [{"url": f"u{day}", "body": TEXT.format(day)} for day in range(1, 8)]
    path = table(tmp_path / "t.jsonl.gz", [*rows[:3], "{\n", *rows[3:]])
    result = run(path, "--text-column", "body", "--id-column", "url", "--jobs", jobs)
    assert result.exit_code == 1
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(claim["doc"], claim["time"]) for claim in found] == [
        (f"u{d}", f"2022-03-0{d}") for d in range(1, 8)
    ]
    assert f"{path}: row 4: no JSON" in result.stderr
    assert "7 of 8 documents done, 1 failed" in result.stderr


def test_a_date_of_the_row_goes_before_that_of_the_command(tmp_path):
    text = "3月1日,快手切断了淘宝联盟的链接。"
    path = table(tmp_path / "t.jsonl", [{"text": text, "date": "2020-03-02"}, {"text": text}])
    found = [json.loads(line) for line in run(path, "--date", "2022-03").stdout.splitlines()]
    assert [(claim["doc"], claim["time"]) for claim in found] == [
        ("t.jsonl#1", "2020-03-01"),
        ("t.jsonl#2", "2022-03-01"),
    ]


def test_a_packed_text_in_a_folder(tmp_path):
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(TEXT.format(1).encode()))
    assert json.loads(run(tmp_path).stdout)["doc"] == "a.txt.gz"


def test_resume_refuses_other_options_and_tries_failed_rows_again(tmp_path):
    path = table(tmp_path / "t.jsonl", [{"id": str(n), "text": TEXT.format(n)} for n in range(1, 4)])
    second = SourceRow(str(path), 2, "2", TEXT.format(2))
    output = tmp_path / "out.jsonl"
    (tmp_path / "out.jsonl.partial").write_text('{"doc": "2"}\n', "utf-8")
    options = {"emit": "document", "date": None, "encoding": None, "own rules": "OwnRules(lexicon=None, artefacts=None, frames=None, metrics=None)",
               "text-column": "text", "id-column": None, "date-column": None}  # fmt: skip
    journal = tmp_path / "out.jsonl.done"
    journal.write_text(f"{json.dumps(options)}\n{json.dumps([second.key, 13])}\n", "utf-8")
    refused = run(path, "--emit", "document", "-o", output, "--resume", "--date", "2022")
    assert refused.exit_code == 1
    assert "started with other options (date)" in refused.stderr
    assert run(path, "--emit", "document", "-o", output, "--resume").exit_code == 0
    assert [json.loads(line)["doc"] for line in output.read_text("utf-8").splitlines()] == ["2", "1", "3"]


def test_resume_tells_rows_of_one_id_apart(tmp_path):
    """The first of two rows of one id failed, the second is done: the first is tried again and the second is not."""
    path = table(tmp_path / "t.jsonl", [{"id": "x", "text": TEXT.format(n)} for n in (1, 2)])
    output, journal = tmp_path / "out.jsonl", tmp_path / "out.jsonl.done"
    assert run(path, "--emit", "document", "-o", output).exit_code == 0
    first, second = output.read_text("utf-8").splitlines(keepends=True)
    output.unlink()
    (tmp_path / "out.jsonl.partial").write_text(second, "utf-8")
    options = {"emit": "document", "date": None, "encoding": None, "own rules": repr(OwnRules()),
               "text-column": "text", "id-column": None, "date-column": None}  # fmt: skip
    entry = [SourceRow(str(path), 2, "x", TEXT.format(2)).key, len(second.encode("utf-8"))]
    journal.write_text(f"{json.dumps(options)}\n{json.dumps(entry)}\n", "utf-8")
    assert run(path, "--emit", "document", "-o", output, "--resume").exit_code == 0
    assert output.read_text("utf-8") == second + first


def _run_to_the_end(arguments):
    os._exit(run(*arguments).exit_code)


def test_twenty_random_kills_lose_nothing_and_repeat_nothing(tmp_path):
    """Each run is killed at a random moment after it has written something, so that the runs get somewhere."""
    chosen = random.Random(20)
    count = 1000
    rows = [{"id": str(number), "text": TEXT.format(number % 28 + 1) * 3} for number in range(count)]
    path = table(tmp_path / "t.jsonl.gz", rows)
    output, journal = tmp_path / "out.jsonl", tmp_path / "out.jsonl.done"
    arguments = (path, "--emit", "document", "-o", output, "--resume")
    run(table(tmp_path / "warm.jsonl", rows[:1]))
    (tmp_path / "warm.jsonl").unlink()
    # Forked copies of this warm process start at once.
    processes = get_context("fork")
    for _ in range(20):
        before = journal.stat().st_size if journal.exists() else 0
        process = processes.Process(target=_run_to_the_end, args=(arguments,))
        process.start()
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and not (journal.exists() and journal.stat().st_size > before):
            time.sleep(0.001)
        time.sleep(chosen.random() * 0.03)
        assert process.is_alive(), "the run ended before it was killed"
        process.kill()
        process.join()
        assert not output.exists()
    assert run(*arguments).exit_code == 0
    names = [json.loads(line)["doc"] for line in output.read_text("utf-8").splitlines()]
    assert names == [str(number) for number in range(count)]
    assert sorted(found.name for found in tmp_path.iterdir()) == ["out.jsonl", "t.jsonl.gz"]
