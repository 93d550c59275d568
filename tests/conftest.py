"""Strategies shared by the property tests of several areas."""

import pytest
from hypothesis import strategies as st

from ecomlink_nlp.text.edits import Alignment, Edit

# Few characters, so that edits repeat text; astral, combining and bidirectional ones, since offsets are code points.
ALPHABET = "快手個(gè)人aA1 。\n\U00020000\u0301\u202e\ufeff"
KINDS = ("mt_brand", "pinyin", "mojibake", "markup", "script", "vocabulary", "width")


@st.composite
def _layered(draw: st.DrawFn) -> Alignment:
    alignment = Alignment(draw(st.text(ALPHABET, max_size=40)))
    for number in range(draw(st.integers(0, 4))):
        text, edits, position = alignment.text, [], 0
        while position < len(text) and len(edits) < 6:
            start = draw(st.integers(position, len(text) - 1))
            end = draw(st.integers(start + 1, min(len(text), start + 4)))
            after = draw(st.text(ALPHABET, max_size=3))
            before = text[start:end]
            if after != before:
                edits.append(Edit(start, end, before, after, draw(st.sampled_from(KINDS)), f"l{number}"))
            position = end + draw(st.integers(0, 5))
        alignment.apply(edits)
    return alignment


@pytest.fixture(scope="session")
def layered() -> st.SearchStrategy[Alignment]:
    """Alignments with random layers of edits, adjacent and overlapping across the layers."""
    return _layered()
