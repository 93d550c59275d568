"""The fuzzers' corpus, replayed without atheris."""

import importlib.util
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("fuzz", Path(__file__).with_name("fuzz.py"))
fuzz = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(fuzz)


@pytest.mark.parametrize("target", fuzz.TARGETS)
@pytest.mark.parametrize("path", sorted(fuzz.CORPUS.iterdir()), ids=lambda path: path.name)
def test_it_holds_for_the_corpus(path: Path, target: str) -> None:
    fuzz.TARGETS[target](path.read_bytes())
