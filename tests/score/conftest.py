"""The gold documents of the checkout, loaded once."""

from pathlib import Path

import pytest

from ecomlink_nlp.score.gold import GoldDocument, load_gold

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def seeds() -> list[GoldDocument]:
    return load_gold(ROOT / "seeds" / "gold")


@pytest.fixture(scope="session")
def golds(seeds) -> list[GoldDocument]:
    return [*seeds, *load_gold(ROOT / "benchmarks" / "dev")]
