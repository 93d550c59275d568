"""`ecomlink lexicon`, and files of the user's own at the prompt."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ecomlink_nlp.cli.commands import app

FRAME = """predicate = "praise"
subject = ["ORG", "PLATFORM"]
objects = ["PRODUCT"]
[[trigger]]
id = "praise"
words = ["夸赞"]
[[example]]
text = "京东夸赞微信小店。"
claims = ["京东 > 微信小店"]
"""
TEXT = "2022年3月1日，Happy Tea夸赞了微信小店。"


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (" \n", "is empty. Write rows into it"),
        ("id\ttype\tname\talias\nx\tORG\t喜悦茶\t喜茶\n", "unknown column alias; known are id, type"),
        ("id\ttype\tname\tparent\nx\tORG\t喜悦茶\tnobody\n", "row 'x': no row has the id of its parent 'nobody'"),
    ],
)  # fmt: skip
def test_wrong_columns_and_parents_are_named(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(text, encoding="utf-8")
    assert f"{path}: {message}" in run("lexicon", "check", "--lexicon", path).stderr


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    texts = {
        "lexicon": "id\ttype\tname\nxyc\tORG\t喜悦茶\n",
        "artefacts": "id\tcanonical\tforms\nxyc\t喜悦茶\tHappy Tea\n",
        "frames": FRAME,
    }
    options = []
    for what, text in texts.items():
        (tmp_path / what).write_text(text, encoding="utf-8")
        options += [f"--{what}", str(tmp_path / what)]
    return options


def test_list_counts_and_lists() -> None:
    head, *rows = [line.split("\t") for line in run("lexicon", "list").stdout.splitlines()]
    assert head == ["kind", "rows", "words"]
    assert [row[0] for row in rows] == ["parties", "artefacts", "frames", "metrics"]
    listed = run("lexicon", "list", "metrics").stdout.splitlines()
    assert len(listed) - 1 == int(rows[3][1])
    assert any(line.startswith("metrics\tgmv\tgmv\t") for line in listed)
    assert "no kind of row" in run("lexicon", "list", "unicorns").stderr


def test_search_finds_names_and_words_in_any_case(files: list[str]) -> None:
    assert "parties\ttaobao\t淘宝 (PLATFORM)" in run("lexicon", "search", "TAOBAO.com").stdout
    assert "\nframes\tblock_link.block" in run("lexicon", "search", "屏蔽").stdout
    assert "喜悦茶" in run("lexicon", "search", "happy tea", *files).stdout
    missing = run("lexicon", "search", "没有这个词")
    assert (missing.stdout, missing.exit_code) == ("", 0)
    assert "no row has it" in missing.stderr
    assert run("lexicon", "search").exit_code == 1


def test_check_runs_the_examples_and_names_wrong_rows(files: list[str], tmp_path: Path) -> None:
    good = run("lexicon", "check", *files)
    assert good.exit_code == 0, good.stderr
    assert "1 party, well-formed" in good.stdout
    (tmp_path / "frames").write_text(FRAME.replace("京东 >", "淘宝 >"), encoding="utf-8")
    bad = run("lexicon", "check", *files)
    assert bad.exit_code == 1
    assert "gives 京东 > 微信小店, not 淘宝 > 微信小店" in bad.stderr
    (tmp_path / "lexicon").write_text("id\ttype\tname\nxyc\tORG\t淘宝\n", encoding="utf-8")
    assert (
        "row 'xyc': '淘宝' is also a name of the packaged 淘宝 (taobao)"
        in run("lexicon", "check", *files).stderr
    )
    (tmp_path / "lexicon").write_text("id\ttype\tname\nxyc\tSHOP\t淘宝\n", encoding="utf-8")
    for command in (["lexicon", "check"], ["extract", "-"]):
        wrong = run(*command, *files, stdin=TEXT)
        assert (wrong.exit_code, wrong.stdout) == (1, "")
        assert "row 'xyc': type 'SHOP'" in wrong.stderr
    assert "nothing to check" in run("lexicon", "check").stderr


def test_check_names_ordinary_words(tmp_path: Path) -> None:
    (tmp_path / "p").write_text(
        "id\ttype\tname\taliases\tambiguous\nx\tORG\t喜悦茶\t今天|昨天|云\t昨天:context\n", encoding="utf-8"
    )
    (tmp_path / "a").write_text(
        "id\tcanonical\tforms\tneed\nx\t喜悦茶\t高兴\t\ny\t喜悦茶\t明天\t2\n", encoding="utf-8"
    )
    result = run("lexicon", "check", "--lexicon", tmp_path / "p", "--artefacts", tmp_path / "a")
    assert result.exit_code == 0
    named = [line.partition(": '")[2].partition("'")[0] for line in result.stderr.splitlines()]
    assert named == ["今天", "云", "高兴"]


def test_own_files_count_in_extract_explain_and_repair(files: list[str], tmp_path: Path) -> None:
    (claim,) = [json.loads(line) for line in run("extract", "-", *files, stdin=TEXT).stdout.splitlines()]
    assert (claim["predicate"], claim["subject"], claim["objects"]) == ("praise", "喜悦茶", ["微信小店"])
    explained = run("explain", "-", *files, stdin=TEXT).stdout
    assert "frame praise, construction active: 夸赞" in explained
    assert run("repair", "-", *files[2:4], stdin=TEXT).stdout == TEXT.replace("Happy Tea", "喜悦茶")
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    both = run("extract", tmp_path / "a.txt", tmp_path / "b.txt", *files, "--jobs", "2").stdout
    assert [json.loads(line)["predicate"] for line in both.splitlines()] == ["praise", "praise"]


def test_own_files_count_when_corrections_are_scored(files: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    run("extract", tmp_path / "a.txt", *files, "--format", "brat", "-o", tmp_path / "brat")
    assert run("gold", tmp_path / "brat", "-o", tmp_path / "gold").exit_code == 0
    scores = ("evaluate", "--gold", tmp_path / "gold", "--json", "--date", "given")
    total = json.loads(run(*scores, *files).stdout)["total"]
    assert {layer["f1"] for layer in total.values()} == {1.0}
    assert f"with {tmp_path / 'lexicon'}, " in run("evaluate", "--gold", tmp_path / "gold", *files).stdout
    assert "unknown predicate 'praise'; one of your own needs its file (--frames)" in run(*scores).stderr
