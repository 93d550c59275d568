"""Gold files are loaded with their text, and refused with file, place and reason."""

import copy
import importlib.util
import json
from pathlib import Path

import pytest

from ecomlink_nlp.errors import GoldError
from ecomlink_nlp.score.gold import gold_problems, load_gold

GOLD_DIRECTORY = Path(__file__).parents[2] / "seeds" / "gold"


def test_the_gold_of_the_checkout_keeps_the_guide(golds):
    assert len(golds) == 19
    assert [list(gold_problems(gold.annotations, gold.raw)) for gold in golds] == [[]] * 19
    assert golds[0].date == "2022-02"


BREACHES = {
    "text": lambda g: g["entities"][0].update(text="x"),
    "empty": lambda g: g["entities"][0].update(end=g["entities"][0]["start"], text=""),
    "type": lambda g: g["entities"][0].update(type="BRAND"),
    "conversion": lambda g: g["repairs"][0].update(kind="script"),
    "order": lambda g: g["entities"].reverse(),
    "name": lambda g: g["entities"][0].update(name=""),
    "mod": lambda g: g["values"][0].update(mod="MANY"),
    "value": lambda g: g["values"][0].update(value=None),
    "timex": lambda g: g["times"][0].update(timex=None),
    "time mod": lambda g: g["times"][0].update(mod="LESS_THAN"),
    "claim kind": lambda g: g["claims"][0].update(kind="rumour"),
    "polarity": lambda g: g["claims"][0].update(polarity=None),
    "status": lambda g: g["claims"][0].update(status="done"),
    "evidence": lambda g: g["claims"][0].update(evidence=[]),
    "evidence place": lambda g: g["claims"][0].update(evidence=[[0, 99999]]),
    "predicate": lambda g: event(g).update(predicate="marry"),
    "objects": lambda g: event(g).update(objects=[]),
    "measure": lambda g: of_kind(g, "metric").update(measure="level_up"),
    "metric": lambda g: of_kind(g, "metric").update(metric=""),
    "metric value": lambda g: of_kind(g, "metric").update(value=None, low=None),
    "quote": lambda g: of_kind(g, "statement").update(quote=[5, 5]),
}  # fmt: skip


def of_kind(gold, kind):
    return next(claim for claim in gold["claims"] if claim["kind"] == kind)


def event(gold):
    return of_kind(gold, "event")


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_of_the_guide_is_found_here_and_by_the_guides_own_checker(seeds, breach):
    damaged = copy.deepcopy(seeds[0].annotations)
    BREACHES[breach](damaged)
    assert list(gold_problems(damaged, seeds[0].raw))
    spec = importlib.util.spec_from_file_location("check_gold", GOLD_DIRECTORY / "check_gold.py")
    checker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(checker)
    assert list(checker.problems(damaged, seeds[0].raw))


def write(directory: Path, gold, text="快手"):
    (directory / "a.json").write_text(gold if isinstance(gold, str) else json.dumps(gold), "utf-8")
    if text is not None:
        (directory / "a.txt").write_text(text, "utf-8")


EMPTY = {"doc": "a.txt", "date": None, "repairs": [], "entities": [], "values": [], "times": [], "claims": []}


@pytest.mark.parametrize(
    ("gold", "text", "message"),
    [
        ("{", "快手", "JSON"),
        ("[]", "快手", "no `doc`"),
        ({**EMPTY, "doc": "../a.txt"}, "快手", "without a directory"),
        (EMPTY, None, "Name its directory with --texts"),
        ({**EMPTY, "entities": [{"start": 0}]}, "快手", "lacks a field"),
        ({"doc": "a.txt"}, "快手", "lacks a field"),
        ({**EMPTY, "claims": [{}]}, "快手", "unknown polarity"),
    ],
)
def test_errors_name_file_and_reason(tmp_path, gold, text, message):
    write(tmp_path, gold, text)
    with pytest.raises(GoldError, match=message) as caught:
        load_gold(tmp_path)
    assert str(tmp_path / "a.json") in str(caught.value)


def test_texts_may_lie_beside_above_or_elsewhere(tmp_path):
    (tmp_path / "gold").mkdir()
    write(tmp_path / "gold", EMPTY, None)
    (tmp_path / "a.txt").write_text("上", "utf-8")
    assert load_gold(tmp_path / "gold")[0].raw == "上"
    (tmp_path / "gold" / "a.txt").write_bytes("旁\r\n".encode())
    assert load_gold(tmp_path / "gold")[0].raw == "旁\r\n"
    assert load_gold(tmp_path / "gold", tmp_path)[0].raw == "上"


def test_a_directory_without_gold_is_an_error(tmp_path):
    with pytest.raises(GoldError, match="no gold files"):
        load_gold(tmp_path)
