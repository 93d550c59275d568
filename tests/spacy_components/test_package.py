"""The packaged pipeline under ``models/``."""

from pathlib import Path

import spacy

import ecomlink_nlp as ecom

CONFIG = Path(__file__).parents[2] / "models" / "zh_ecomlink" / "config.cfg"


def test_the_config_rebuilds_the_pipeline_of_the_library() -> None:
    nlp, library = (
        spacy.util.load_model_from_config(spacy.util.load_config(CONFIG), auto_fill=True),
        ecom.load(),
    )
    assert nlp.config == library.config
    assert [claim.predicate for claim in nlp("微信屏蔽了抖音的链接。")._.claims] == ["block_link"]


def test_a_pipeline_says_that_it_needs_this_package(tmp_path: Path) -> None:
    blank = spacy.blank("zh")
    blank.add_pipe("ecomlink_entities")
    blank.add_pipe("ecomlink_values")
    for nlp in (blank, ecom.load()):
        nlp.to_disk(tmp_path / "model")
        stated = spacy.load(tmp_path / "model").meta["requirements"]
        assert [requirement.partition(">")[0] for requirement in stated] == ["ecomlink-nlp"]
