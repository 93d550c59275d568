"""What a reading can be worth at most is never less than what the language model says it is worth."""

import random
import re
from pathlib import Path

import pytest

from ecomlink_nlp.repair.ceiling import Ceiling
from ecomlink_nlp.repair.language import START, LanguageModel

TEXT = (Path(__file__).parents[2] / "benchmarks" / "dev" / "d05.txt").read_text(encoding="utf-8")
RUNS = re.findall(r"[㐀-鿿]+", TEXT)


@pytest.mark.parametrize("document", ["", TEXT], ids=["general", "document"])
def test_no_reading_is_worth_more(document: str) -> None:
    model, random_ = LanguageModel(document), random.Random(1)
    tight = 0
    for _ in range(3000):
        run = random_.choice(RUNS)
        place = random_.randrange(len(run))
        left, right = run[max(0, place - 5) : place], run[place + 1 : place + 1 + random_.randrange(4)]
        state = model.extend(START, left)
        at_most = Ceiling(model, right).after(state)
        for char in (run[place], random_.choice(random_.choice(RUNS))):
            worth = model.extend(state, char + right)[0][-1]
            assert worth <= at_most(char) + 1e-9, (left, char, right)
            tight += at_most(char) - worth < 1e-9
    # Most are exact: a ceiling of nought would leave nothing out.
    assert tight > 3000
