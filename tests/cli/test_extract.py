"""``ecomlink extract``: records on stdout, the rest on stderr, exit codes, whole output files."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from ecomlink_nlp.cli.commands import app
from ecomlink_nlp.cli.output import WriteError, open_output
from ecomlink_nlp.pipeline import Pipeline
from ecomlink_nlp.record.models import claim_schema, record_schema

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "000_6bbe77b7898e83ab.txt"
TEXT = "2022年3月1日,快手切断了淘寶聯盟的鏈接。"


def run(*arguments, stdin=None):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


def lines(result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "docs"
    (folder / "sub").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (folder / "b.txt").write_text(TEXT, "utf-8")
    (folder / "a.TXT").write_bytes(("这是我们的公告,请大家知道。" + TEXT).encode("gb18030"))
    (folder / "sub" / "c.txt").write_bytes(b"\xef\xbb\xbf" + TEXT.encode() + b"\r\n")
    (folder / "sub" / "notes.md").write_text("no", "utf-8")
    (folder / ".hidden" / "d.txt").write_text("no", "utf-8")
    return folder


def test_claims_of_a_seed_in_a_pipe_are_valid_jsonl_whose_spans_fit():
    result = run("extract", SEED)
    assert (result.exit_code, result.stderr) == (0, "")
    claims = lines(result)
    raw = SEED.read_bytes().decode("utf-8")
    assert len(claims) > 10
    for claim in claims:
        jsonschema.validate(claim, claim_schema())
        assert claim["doc"] == SEED.name
        assert [raw[start:end] for start, end in claim["evidence"]] == claim["evidence_text"]


def test_the_document_record_fits_its_schema():
    (record,) = lines(run("extract", SEED, "--emit", "document"))
    jsonschema.validate(record, record_schema())
    raw = SEED.read_bytes().decode("utf-8")
    for layer in ("repairs", "entities", "values", "times"):
        assert record[layer]
        assert all(raw[item["start"] : item["end"]] == item["text"] for item in record[layer])


def test_formats():
    claims = lines(run("extract", SEED))
    assert json.loads(run("extract", SEED, "--format", "json").stdout) == claims
    rows = list(csv.DictReader(io.StringIO(run("extract", SEED, "--format", "csv").stdout, newline="")))
    assert [row["id"] for row in rows] == [claim["id"] for claim in claims]
    table = run("extract", SEED, "--format", "table").stdout
    assert all(claim["id"][:8] in table for claim in claims)
    assert "\x1b" not in table
    assert len(json.loads(run("extract", SEED, "--emit", "document", "--format", "json").stdout)) == 1


@pytest.mark.parametrize("output_format", ["csv", "table"])
def test_a_document_is_no_row(output_format):
    result = run("extract", SEED, "--emit", "document", "--format", output_format)
    assert result.exit_code == 2
    assert "take json or jsonl" in result.stderr


def test_standard_input():
    result = run("extract", "-", stdin=TEXT)
    (claim,) = lines(result)
    assert (claim["doc"], claim["predicate"], claim["objects"]) == ("stdin", "block_link", ["淘宝联盟"])


def test_a_folder_is_walked_in_order_and_named_by_path(folder):
    result = run("extract", folder, "--emit", "document")
    assert [record["doc"] for record in lines(result)] == ["a.TXT", "b.txt", "sub/c.txt"]
    assert {record["text"][-1] for record in lines(result)} == {"。", "\n"}
    assert result.stderr.startswith("3 of 3 documents done: 85 characters, 3 claims, ")


def test_patterns_are_expanded(folder):
    result = run("extract", folder / "**" / "*.txt", "-q", "--emit", "document")
    assert [record["doc"] for record in lines(result)] == ["b.txt", "c.txt"]


@pytest.mark.parametrize(
    ("date", "time"), [("2022-09-02", "2022-09-01"), ("2019", "2019-09-01"), ("2022-09", "2022-09-01")]
)
def test_a_given_date_resolves_times(date, time):
    (record,) = lines(
        run("extract", "-", "--date", date, "--emit", "document", stdin="9月1日,微信屏蔽了抖音的链接。")
    )
    assert (record["date"], record["date_source"]) == (date, "given")
    assert record["times"][0]["timex"] == time


@pytest.mark.parametrize("date", ["2022-13", "22", "2022-2-3", "today", "2022-02-30", ""])
def test_a_wrong_date_is_a_usage_error(date):
    result = run("extract", SEED, "--date", date)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is no date such as 2022" in result.stderr


def test_bad_documents_do_not_stop_the_batch(folder, tmp_path):
    (folder / "aa.txt").write_bytes(b"%PDF-1.4")
    (folder / "ab.txt").write_bytes(b"a\0b")
    (folder / "ac.txt").write_bytes(b"")
    result = run("extract", folder, tmp_path / "none.txt", tmp_path / "*.nope", "--emit", "document")
    assert result.exit_code == 1
    assert [r["doc"] for r in lines(result)] == ["a.TXT", "ac.txt", "b.txt", "sub/c.txt"]
    for name in (
        "aa.txt: is a PDF",
        "ab.txt: holds NUL",
        "ac.txt: holds no text",
        "none.txt: cannot be read",
        "no file fits",
    ):
        assert name in result.stderr
    assert "4 of 8 documents done, 4 failed" in result.stderr


def test_an_internal_error_is_told_and_the_rest_goes_on(folder, monkeypatch):
    real = Pipeline.annotate

    def failing(self, raw, *, name="", date=None):
        if name == "b.txt":
            raise RuntimeError("boom")
        return real(self, raw, name=name, date=date)

    monkeypatch.setattr(Pipeline, "annotate", failing)
    result = run("extract", folder, "--emit", "document")
    assert result.exit_code == 1
    assert len(lines(result)) == 2
    assert "b.txt: internal error: RuntimeError('boom'). Please report it" in result.stderr
    assert "Traceback" not in result.stderr
    assert "Traceback" in run("extract", folder, "--verbose").stderr


def test_quiet_and_verbose(folder):
    assert run("extract", folder, "--quiet").stderr == ""
    assert f"b.txt: 1 claims, {len(TEXT)} characters (utf-8)" in run("extract", folder, "--verbose").stderr
    assert "(gb18030)" in run("extract", folder, "--verbose").stderr


def test_a_named_encoding(tmp_path):
    path = tmp_path / "short.txt"
    path.write_bytes("快手".encode("gb18030"))
    assert run("extract", path).exit_code == 1
    (record,) = lines(run("extract", path, "--encoding", "gb18030", "--emit", "document"))
    assert record["text"] == "快手"


def test_the_output_file_is_whole_or_not_there(folder, tmp_path):
    target = tmp_path / "out.jsonl"
    result = run("extract", folder, "-o", target)
    assert (result.exit_code, result.stdout) == (0, "")
    assert len(target.read_text("utf-8").splitlines()) == 3
    assert sorted(os.listdir(tmp_path)) == ["docs", "out.jsonl"]

    target.write_text("old", "utf-8")
    with pytest.raises(UnicodeEncodeError), open_output(str(target)) as out:
        out.write("half" * 10_000 + "\ud800")
    assert target.read_text("utf-8") == "old"
    assert sorted(os.listdir(tmp_path)) == ["docs", "out.jsonl"]


def test_output_keeps_rights_links_and_line_ends(tmp_path):
    target = tmp_path / "out"
    target.write_text("old", "utf-8")
    target.chmod(0o640)
    (tmp_path / "link").symlink_to(target)
    with open_output(str(tmp_path / "link")) as out:
        out.write("a\r\nb\n快")
    assert target.read_bytes() == "a\r\nb\n快".encode()
    assert (tmp_path / "link").is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640
    with open_output(os.devnull) as out:
        out.write("x")
    assert not Path(os.devnull).is_file()


def test_output_that_cannot_be_written_is_an_error(tmp_path):
    result = run("extract", SEED, "-o", tmp_path / "none" / "x.jsonl")
    assert result.exit_code == 1
    assert "x.jsonl: cannot be written: No such file or directory" in result.stderr
    with pytest.raises(WriteError, match="cannot be written"), open_output(str(tmp_path)):
        pass


@pytest.mark.parametrize(
    "arguments", [(), ("extract",), ("extract", "--format", "xml", "a"), ("unknown",), ("extract", "--x")]
)
def test_usage_errors(arguments):
    result = run(*arguments)
    assert (result.exit_code, result.stdout if arguments else "") == (2, "")


def test_the_same_input_gives_the_same_bytes_in_every_process():
    command = [
        sys.executable,
        "-c",
        "from ecomlink_nlp.cli import main; main()",
        "extract",
        str(SEED),
        "--emit",
        "document",
    ]
    outputs = {
        subprocess.run(
            command,
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale},
            capture_output=True,
            check=True,
        ).stdout
        for seed, locale in (("1", "C"), ("2", "C.UTF-8"))
    }
    assert len(outputs) == 1


def test_a_closed_pipe_gives_no_traceback():
    command = f"{sys.executable} -c 'from ecomlink_nlp.cli import main; main()' extract '{ROOT / 'seeds'}' --emit document | head -c 1"
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in result.stderr
    assert "Exception ignored" not in result.stderr
