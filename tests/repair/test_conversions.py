"""The cases of script, vocabulary, readings and mojibake, a file each; known failures are strict xfails."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ecomlink_nlp.repair import encoding, glosses, script
from ecomlink_nlp.resources import parse_tsv
from ecomlink_nlp.text.edits import Alignment, Edit

CASES = Path(__file__).parent.parent / "cases" / "repair"
STAGES: dict[str, Callable[[str], list[Edit]]] = {
    "script": script.find_edits,
    "vocabulary": script.find_edits,
    "glosses": glosses.find_edits,
    "mojibake": encoding.find_edits,
}


def _cases() -> Iterator[object]:
    for name in STAGES:
        path = CASES / f"{name}.tsv"
        for row in parse_tsv(path.read_text(encoding="utf-8"), ("id", "text", "clean", "known"), path.name):
            marks = [pytest.mark.xfail(reason=row["note"], strict=True)] if row["known"] else []
            yield pytest.param(name, row["text"], row["clean"], id=f"{name}-{row['id']}", marks=marks)


def _unescape(text: str) -> str:
    return re.sub(r"\\x([0-9a-f]{2})", lambda match: chr(int(match.group(1), 16)), text)


@pytest.mark.parametrize(("stage", "text", "clean"), _cases())
def test_case(stage: str, text: str, clean: str) -> None:
    alignment = Alignment(_unescape(text))
    alignment.apply(STAGES[stage](alignment.text))
    assert alignment.text == clean
    assert STAGES[stage](clean) == [], "a second repair changes something"
