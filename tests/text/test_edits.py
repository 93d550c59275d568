"""Alignment: mapping holds for any layers of edits, and the composed repairs say the same as the layers."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecomlink_nlp.text.edits import CONVERSIONS, Alignment, Edit, Layer


@given(data=st.data())
def test_spans_stay_in_bounds_and_cover_untouched_characters(layered, data):
    alignment = data.draw(layered)
    if not alignment.text:
        return
    start = data.draw(st.integers(0, len(alignment.text) - 1))
    end = data.draw(st.integers(start + 1, len(alignment.text)))
    raw_start, raw_end = alignment.to_raw(start, end)
    assert 0 <= raw_start < raw_end <= len(alignment.raw)
    # A longer span maps to a span that covers it.
    for sub_start, sub_end in ((start, start + 1), (end - 1, end)):
        inner = alignment.to_raw(sub_start, sub_end)
        assert raw_start <= inner[0]
        assert inner[1] <= raw_end
    # Going there and back covers where one came from.
    back = alignment.to_text(raw_start, raw_end)
    assert back[0] <= start
    assert back[1] >= end


@given(data=st.data())
def test_untouched_raw_characters_keep_their_place(layered, data):
    alignment = data.draw(layered)
    touched = set()
    for number, layer in enumerate(alignment.layers):
        below = Alignment(alignment.raw, alignment.layers[:number])
        touched.update(i for edit in layer.edits for i in range(*below.to_raw(edit.start, edit.end)))
    for i, character in enumerate(alignment.raw):
        if i in touched:
            continue
        start, end = alignment.to_text(i, i + 1)
        assert alignment.text[start:end] == character
        assert alignment.to_raw(start, end) == (i, i + 1)


@given(data=st.data())
def test_repairs_lead_from_raw_to_text(layered, data):
    alignment = data.draw(layered)
    repairs = alignment.repairs()
    assert all(a.end <= b.start for a, b in pairwise(repairs))
    assert Layer(alignment.raw, repairs).after == alignment.text
    assert all(edit.before != edit.after for edit in repairs)


def test_the_damage_is_the_cause_of_a_merged_edit():
    alignment = Alignment("個(gè)人")
    alignment.apply([Edit(0, 1, "個", "个", "script", "t2s")])
    alignment.apply([Edit(0, 6, "个(gè)人", "有人", "mt_term", "term", 0.5)])
    (edit,) = alignment.repairs()
    assert edit == Edit(0, 6, "個(gè)人", "有人", "mt_term", "term", 0.5)
    assert "mt_term" not in CONVERSIONS


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(0, 2, "ab", "", "spam", "x"), Edit(1, 3, "bc", "", "spam", "x")],
        [Edit(1, 2, "b", "", "spam", "x"), Edit(0, 1, "a", "", "spam", "x")],
        [Edit(0, 1, "z", "", "spam", "x")],
    ],
    ids=["overlap", "unsorted", "misfit"],
)
def test_wrong_edits_are_refused(edits):
    with pytest.raises(ValueError, match="overlaps or does not fit"):
        Layer("abc", edits)


@pytest.mark.parametrize("span", [(0, 0), (-1, 1), (0, 4), (2, 1)])
def test_spans_outside_are_refused(span):
    with pytest.raises(ValueError, match=r"outside|empty"):
        Alignment("abc").to_raw(*span)
