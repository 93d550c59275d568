"""The other commands: repair, explain, evaluate, schema and the versions."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from ecomlink_nlp import cli, extract
from ecomlink_nlp.cli.commands import app
from ecomlink_nlp.cli.explaining import NoSuchClaimError, find_claim
from ecomlink_nlp.pipeline import Pipeline
from ecomlink_nlp.score.layers import LAYERS

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "000_6bbe77b7898e83ab.txt"
GOLD = ROOT / "seeds" / "gold"
TEXT = "這個(gè)平臺(tái)說\x1b[31m好\r\n"


def run(*arguments, stdin=None):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


def test_repair_writes_the_text_exactly():
    result = run("repair", "-", stdin=TEXT.encode())
    assert result.stdout_bytes.decode() == "这个平台说\x1b[31m好\r\n"
    assert result.exit_code == 0


def test_repair_shows_a_diff_that_steers_no_terminal():
    result = run("repair", "-", "--diff", stdin=TEXT.encode())
    assert result.stdout.startswith("[-這個(gè)-]{+这个+}平[-臺(tái)說-]{+台说+}\\x1b[31m好")


def test_repair_lists_edits_that_lead_to_the_text():
    raw = SEED.read_bytes().decode("utf-8")
    edits = [json.loads(line) for line in run("repair", SEED, "--edits").stdout.splitlines()]
    pieces, position = [], 0
    for edit in edits:
        assert raw[edit["start"] : edit["end"]] == edit["text"]
        assert edit["doc"] == SEED.name
        assert edit["rule"]
        pieces += [raw[position : edit["start"]], edit["clean"]]
        position = edit["end"]
    assert "".join([*pieces, raw[position:]]) == run("repair", SEED).stdout


def test_repair_goes_on_after_a_failure(tmp_path):
    result = run("repair", tmp_path / "none", SEED, "--diff")
    assert result.exit_code == 1
    assert "none: cannot be read" in result.stderr
    assert result.stdout.startswith(f"==> {SEED.name} <==\n")
    assert run("repair", SEED, "--diff", "--edits").exit_code == 2


@pytest.mark.parametrize("command", [("explain", SEED), ("evaluate", "--gold", GOLD), ("extract", SEED)])
def test_a_fault_of_ours_is_one_line_unless_details_are_asked_for(command, monkeypatch):
    def failing(*_, **__):
        raise RuntimeError("boom")

    monkeypatch.setattr(Pipeline, "annotate", failing)
    result = run(*command)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "internal error: RuntimeError('boom'). Please report it" in result.stderr
    assert "Traceback" in run(*command, "--verbose").stderr


def test_explain_shows_evidence_slots_repairs_and_rule():
    claims = [json.loads(line) for line in run("extract", SEED).stdout.splitlines()]
    claim = next(
        c for c in claims
        if c["kind"] == "event" and any(a["text"] not in (None, a["name"]) for a in c["arguments"] if a["role"] == "subject")
    )  # fmt: skip
    result = run("explain", SEED, "--claim", claim["id"][:8])
    shown = result.stdout
    assert (result.exit_code, shown.startswith(claim["id"])) == (0, True)
    subject = next(a for a in claim["arguments"] if a["role"] == "subject")
    assert f"rule: {claim['rule']}" in shown
    assert f"[subject {subject['text']}]" in shown
    assert f"subject: {subject['name']} ← {subject['text']}  {subject['start']}-{subject['end']}" in shown
    assert re.search(rf"{subject['text']} → {subject['name']}  mt_brand, rule \w+, score", shown)
    assert f"frame {claim['predicate']}, construction" in shown


def test_explain_without_a_claim_explains_all():
    claims = run("extract", SEED).stdout.splitlines()
    shown = run("explain", SEED).stdout
    assert all(json.loads(line)["id"] in shown for line in claims)


def test_explain_wants_one_claim():
    result = run("explain", SEED, "--claim", "zz")
    assert result.exit_code == 1
    assert "no claim has an id that begins with 'zz'. Take one of: " in result.stderr
    record = extract(SEED.read_bytes().decode("utf-8"))
    with pytest.raises(NoSuchClaimError, match=f"{len(record.claims)} claims have"):
        find_claim(record, "")
    assert find_claim(record, record.claims[0].id.upper()) == record.claims[0]


def test_explain_wants_one_file(tmp_path):
    assert (
        "stands for 0 files" in run("explain", tmp_path / "").stderr
        or run("explain", tmp_path).exit_code == 1
    )
    result = run("explain", ROOT / "seeds")
    assert result.exit_code == 1
    assert "Name one of them" in result.stderr
    assert "no claims" in run("explain", "-", stdin="今天天气很好。").stderr


def test_evaluate_prints_all_layers_and_documents():
    result = run("evaluate", "--gold", GOLD, "--predictions", GOLD)
    assert result.exit_code == 0
    totals, _, per_document = result.stdout.partition("F1 per document")
    for layer in LAYERS.values():
        assert re.search(rf"^{re.escape(layer.title)} +100\.0 +100\.0 +100\.0 ", totals, re.MULTILINE), (
            layer.title
        )
    assert all(f"\n{path.name} " in per_document for path in (ROOT / "seeds").glob("*.txt"))
    assert "date inferred" not in result.stdout


def test_evaluate_runs_the_pipeline_and_says_with_which_date():
    result = run("evaluate", "--gold", GOLD, "--layers", "times,date", "--json")
    data = json.loads(result.stdout)
    assert (data["date"], set(data["total"])) == ("inferred", {"times", "date"})
    assert data["total"]["times"]["gold"] == 99
    given = json.loads(
        run("evaluate", "--gold", GOLD, "--date", "given", "--layers", "date", "--json").stdout
    )
    assert given["total"]["date"]["f1"] == 1.0
    assert "the pipeline, date inferred" in run("evaluate", "--gold", GOLD, "--layers", "date").stdout


def test_evaluate_scores_stored_records(tmp_path):
    path = tmp_path / "records.jsonl"
    assert run("extract", ROOT / "seeds" / "*.txt", "--emit", "document", "-o", path).exit_code == 0
    stored = json.loads(run("evaluate", "--gold", GOLD, "--predictions", path, "--json").stdout)
    fresh = json.loads(run("evaluate", "--gold", GOLD, "--json").stdout)
    assert stored["total"] == fresh["total"]


def test_evaluate_lists_misses(tmp_path):
    gold = json.loads((GOLD / "000_6bbe77b7898e83ab.json").read_text("utf-8"))
    dropped = gold["values"].pop(0)
    (tmp_path / "p.json").write_text(json.dumps(gold), "utf-8")
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.json").write_bytes((GOLD / "000_6bbe77b7898e83ab.json").read_bytes())
    arguments = ("--gold", tmp_path / "gold", "--texts", ROOT / "seeds", "--predictions", tmp_path / "p.json")
    result = run("evaluate", *arguments, "--misses")
    assert (
        f"values: 1 missed, 0 extra\n  - {dropped['start']}-{dropped['end']} 「{dropped['text']}」"
        in result.stdout
    )
    data = json.loads(run("evaluate", *arguments, "--misses", "--json").stdout)
    assert data["documents"][gold["doc"]]["values"]["missed"] == [dropped]


def test_evaluate_parallel():
    result = run("evaluate", "--gold", GOLD, "--predictions", GOLD, "--parallel", "--json")
    data = json.loads(result.stdout)
    assert data["agreement"] == data["gold_against_gold"]
    assert data["agreement"]["all claims"] == {"f1": 0.963, "original": 41, "translated": 40, "agreed": 39}
    assert "gold against gold" in run("evaluate", "--gold", GOLD, "--parallel", "--misses").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--gold", "/nonexistent"), "no gold files"),
        (("--layers", "events,magic"), "magic is no layer"),
        (("--predictions", "/nonexistent"), "holds no document records"),
        (("--gold", ROOT / "benchmarks" / "dev", "--parallel"), "parallel.jsonl"),
        (("--gold", ROOT / "benchmarks" / "dev", "--predictions", GOLD), "no record of d01.txt"),
    ],
)
def test_evaluate_errors_say_what_to_do(arguments, message):
    result = run("evaluate", *arguments)
    assert result.exit_code == 1
    assert message in result.stderr


@pytest.mark.parametrize("emit", ["document", "claims"])
def test_schema_is_a_json_schema(emit):
    schema = json.loads(run("schema", "--emit", emit).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)


def test_version_names_schema_and_data():
    assert re.fullmatch(
        r"ecomlink-nlp \d+\.\d+\.\d+\S* \(record schema \d+\.\d+, data [0-9a-f]{12}\)\nwith words and tagger weights of jieba \S+,.*\n",
        run("--version").stdout,
    )


def test_every_command_has_help():
    for command in ("extract", "repair", "explain", "evaluate", "schema"):
        assert command in run("--help").stdout
        assert run(command, "--help").exit_code == 0


@pytest.mark.parametrize(
    ("words", "completed"),
    [("ecomlink ex", "extract\nexplain"), ("ecomlink extract --format con", "conll"), ("ecomlink lexicon list me", "metrics"),
     ("ecomlink lexicon search me", ""), ("ecomlink evaluate --layers events,st", "events,statements")],
)  # fmt: skip
def test_the_shell_completes(words, completed):
    code = "from ecomlink_nlp.cli import main; main()"
    environment = {
        **os.environ, "COMP_WORDS": words, "COMP_CWORD": str(words.count(" ")), "_ECOMLINK_COMPLETE": "complete_bash"
    }  # fmt: skip
    result = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert result.stdout.strip() == completed


def test_the_command_starts_without_the_heavy_packages():
    heavy = "spacy,jieba,dateparser,numpy,opencc,rich.console,ahocorasick_rs"
    code = (
        f"import sys, ecomlink_nlp.cli.commands; print([m for m in '{heavy}'.split(',') if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"
    assert callable(cli.main)
