"""Agreement of the translated and the original article."""

import copy
from pathlib import Path

import pytest

from ecomlink_nlp.errors import GoldError
from ecomlink_nlp.score.parallel import agreement, load_beads

BEADS = Path(__file__).parents[2] / "seeds" / "gold" / "parallel.jsonl"


@pytest.fixture(scope="module")
def beads():
    return load_beads(BEADS)


def test_a_record_agrees_with_itself(seeds, beads):
    same = [type(bead)(bead.translated, bead.translated) for bead in beads]
    result = agreement(seeds[0].annotations, seeds[0].annotations, same)
    assert result.claims.f1 == 1.0
    assert all(score.counts.f1 == 1.0 for score in result.layers.values())


def test_the_gold_of_both_articles_agrees_almost(seeds, beads):
    """The ceiling: the two articles differ in some figures (40 and 41 claims, of which 39 agree)."""
    result = agreement(seeds[0].annotations, seeds[1].annotations, beads)
    assert result.layers["statements"].counts.f1 == 1.0
    assert (result.claims.predicted, result.claims.gold, result.claims.matched) == (40, 41, 39)


def test_losing_a_claim_lowers_the_agreement(seeds, beads):
    poorer = copy.deepcopy(seeds[0].annotations)
    lost = next(claim for claim in poorer["claims"] if claim["kind"] == "statement")
    poorer["claims"].remove(lost)
    result = agreement(poorer, seeds[1].annotations, beads)
    assert result.layers["statements"].missed[0]["speaker"] == lost["speaker"]
    assert result.claims.matched == 38


def test_a_wrong_alignment_file_is_an_error(tmp_path):
    path = tmp_path / "p.jsonl"
    path.write_text('{"mt_start": 0}\n', "utf-8")
    with pytest.raises(GoldError, match=r"p\.jsonl"):
        load_beads(path)
