"""``--format``: every format is written, binary ones only to files; corrections come back as gold."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from ecomlink_nlp.cli.commands import app
from ecomlink_nlp.score.gold import load_gold

TEXT = "2022年3月1日,Tik Tok切断了淘寶聯盟的鏈接,抖音有3亿用户。"


@pytest.fixture
def text(tmp_path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    return path


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.mark.parametrize(
    ("name", "start"),
    [("html", b"<!DOCTYPE html>"), ("parquet", b"PAR1"), ("conll", b"-DOCSTART-"), ("label-studio", b"[\n"),
     ("prodigy", b'{"text"'), ("web-annotation", b'{"@context"'), ("docbin", b"")],
)  # fmt: skip
def test_each_format_is_written(text, tmp_path, name, start):
    if name == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    out = tmp_path / "out"
    assert run("extract", text, "--format", name, "-o", out).exit_code == 0
    assert out.read_bytes().startswith(start)
    assert out.stat().st_size > 100


@pytest.mark.parametrize(
    ("name", "start"),
    [("a.html", b"<!DOCTYPE html>"), ("a.CSV", b"doc,id"), ("a.json", b"[\n"), ("a.txt", b'{"id"')],
)
def test_the_suffix_tells_the_format(text, tmp_path, name, start):
    assert run("extract", text, "-o", tmp_path / name).exit_code == 0
    assert (tmp_path / name).read_bytes().startswith(start)


def test_parquet_heeds_what_is_emitted(text, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    out = tmp_path / "out"
    run("extract", text, "--format", "parquet", "--emit", "document", "-o", out)
    assert parquet.read_table(out).num_rows == 1


def test_corrections_become_gold(text, tmp_path):
    folder, gold = tmp_path / "brat", tmp_path / "gold"
    assert run("extract", text, "--format", "brat", "-o", folder).exit_code == 0
    assert run("gold", folder, "-o", gold).exit_code == 0
    [document] = load_gold(gold)
    assert document.raw == TEXT
    again = run("extract", text, "--format", "brat", "-o", folder)
    assert again.exit_code == 1
    assert "not empty" in again.stderr
    export = tmp_path / "export.json"
    run("extract", text, "--format", "label-studio", "-o", export)
    assert run("gold", export, "-o", tmp_path / "gold2").exit_code == 0
    assert load_gold(tmp_path / "gold2") == [document]


def test_what_cannot_be_done_is_said(text, tmp_path):
    assert run("extract", text, "--format", "brat").exit_code == 2
    broken = tmp_path / "broken.json"
    broken.write_text("{", "utf-8")
    result = run("gold", broken, "-o", tmp_path / "gold")
    assert result.exit_code == 1
    assert "Label Studio" in result.stderr
    assert list((tmp_path / "gold").glob("*.json")) == []
