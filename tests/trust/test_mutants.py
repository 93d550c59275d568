"""Mutated seeds and dev documents; `mutants.py` says what must hold, and runs more of them by command."""

import importlib.util
from pathlib import Path

import pytest

import ecomlink_nlp as ecom
from ecomlink_nlp.record.models import DocumentRecord

_spec = importlib.util.spec_from_file_location("mutants", Path(__file__).with_name("mutants.py"))
mutants = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(mutants)
SOURCES = [mutants.read(path) for path in mutants.SOURCES]

COUNT, BLOCKS = 300, 10


@pytest.mark.parametrize("block", range(BLOCKS))
def test_what_must_hold_holds_for_mutants(block: int) -> None:
    found = {}
    for number in range(block, COUNT, BLOCKS):
        raw = mutants.mutant(SOURCES, 0, number)
        if wrong := list(mutants.violations(raw)):
            found[number] = wrong[:2]
    assert not found, f"seed 0: {found}"


def test_a_mutant_is_made_again_by_its_number() -> None:
    assert mutants.mutant(SOURCES, 1, 7) == mutants.mutant(SOURCES, 1, 7) != mutants.mutant(SOURCES, 1, 8)


@pytest.mark.parametrize(
    "text", ["{}", "{}快手上线快手小店。", "快手{}上线快手小店,", "快手上线快手小店。Tik Tok電商{}"]
)
@pytest.mark.parametrize(
    "codes", [(0xD800,), (0xDBFF,), (0xDC00,), (0xDFFF,), (0xDC00, 0xD800), (0xD83D, 0xDE00)]
)
def test_a_lone_surrogate_is_read_as_a_lost_character(text: str, codes: tuple[int, ...]) -> None:
    half = "".join(map(chr, codes))
    record = ecom.extract(text.format(half), name=f"a{half}.txt")
    lost = ecom.extract(text.format("\ufffd" * len(half)), name="a" + "\ufffd" * len(half) + ".txt")
    assert record == lost
    assert DocumentRecord.model_validate_json(record.model_dump_json().encode("utf-8")) == record
