"""What changes a text without changing what it says changes no claim.

Three changes: conversion to traditional script, conversion with inserted readings, 個(gè), and a paragraph that has nothing
to do with the rest, behind the text or in its middle.
"""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from opencc import OpenCC
from pypinyin import Style, pinyin

from ecomlink_nlp.claim.frames import FrameSet
from ecomlink_nlp.pipeline import Pipeline
from ecomlink_nlp.record.build import build_record
from ecomlink_nlp.repair.chain import repair

ROOT = Path(__file__).parents[2]
UNRELATED = "周末下了一场小雨，湖边的荷花开得正好，孩子们在树下听老人讲故事。"
DOCUMENTS = sorted((ROOT / "benchmarks" / "dev").glob("*.txt"))
EXAMPLES = sorted({example.text for frame in FrameSet.default().frames for example in frame.examples})
PLACES = {
    "id",
    "evidence",
    "evidence_text",
    "norm_evidence",
    "arguments",
    "score",
    "quote",
    "quote_text",
    "norm_quote",
}


@cache
def clean(path: Path) -> str:
    """The document as the repair leaves it."""
    return repair(path.read_bytes().decode("utf-8")).text


def claims(text: str) -> Counter[str]:
    """What the claims of a text say, in repaired words and without places."""
    document = Pipeline.default().annotate(text, date="2022-06-15")
    said = []
    for claim in build_record(document).claims:
        fields = claim.model_dump(exclude=PLACES)
        if claim.kind == "statement" and claim.norm_quote:
            fields["quote"] = document.text[slice(*claim.norm_quote)]
        said.append(repr(fields))
    return Counter(said)


def differing(before: str, after: str) -> int:
    """How many claims of either text the other lacks."""
    one, other = claims(before), claims(after)
    return ((one - other) + (other - one)).total()


def traditional(text: str) -> str:
    return OpenCC("s2t").convert(text)


def with_readings(text: str) -> str:
    """What a converter makes that is asked for traditional characters with readings: each converted one gets its own."""
    return "".join(
        after if before == after else f"{after}({pinyin(after, style=Style.TONE)[0][0]})"
        for before, after in zip(text, traditional(text), strict=True)
    )


def with_paragraph_behind(text: str) -> str:
    return f"{text}\n{UNRELATED}"


def with_paragraph_between(text: str) -> str:
    paragraphs = text.split("\n")
    half = len(paragraphs) // 2
    return "\n".join([*paragraphs[:half], UNRELATED, *paragraphs[half:]])


CHANGES = (traditional, with_readings, with_paragraph_behind, with_paragraph_between)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_claims_of_documents_stay(path: Path, change) -> None:
    text = clean(path)
    assert differing(text, change(text)) == 0


@pytest.mark.parametrize("change", [traditional, with_paragraph_behind], ids=lambda change: change.__name__)
def test_claims_of_the_frames_examples_stay(change) -> None:
    assert [text for text in EXAMPLES if differing(text, change(text))] == []
