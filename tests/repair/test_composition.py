"""Names and terms translated part by part: the senses are sound, the spans are right, words are not cut."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecomlink_nlp.repair import translation
from ecomlink_nlp.repair.translation.composition import compose
from ecomlink_nlp.repair.translation.lexicon import lexicon
from ecomlink_nlp.repair.translation.parts import is_han, is_latin
from ecomlink_nlp.resources import read_tsv

_ROWS = read_tsv("translation_senses.tsv", ("id", "han", "latin"))
_PIECES = [
    form for row in _ROWS[:80] for form in (row["id"], *row["han"].split("|"), *row["latin"].split("|"))
]


def test_senses_are_sound() -> None:
    for row in _ROWS:
        han = [form for form in row["han"].split("|") if form]
        latin = [form for form in row["latin"].split("|") if form]
        assert han or latin, row["id"]
        assert len(set(han)) == len(han), row["id"]
        assert len(set(latin)) == len(latin), row["id"]
        assert row["id"] not in han, row["id"]
        assert all(map(is_han, han)), row["id"]
        assert all(is_latin(form) and form == form.lower() for form in latin), row["id"]


@settings(deadline=None)  # the first text loads the table of readings
@given(st.lists(st.sampled_from([*_PIECES, " ", "的", "，", "\n"]), max_size=12))
def test_composed_spans_fit(pieces: list[str]) -> None:
    text = "".join(pieces)
    parts = lexicon().parts
    for found in compose(text, text.lower(), parts, readings=True):
        assert 0 <= found.start < found.end <= len(text)
        assert found.name in parts.names
        assert found.name not in text[found.start : found.end] or found.sort == "han_grown"


@pytest.mark.parametrize(
    "text",
    [
        "快速手术室里的医生", "北京东方的天空", "美丽的团体操", "在东京东部的仓库", "新手机上市", "他饿了么么哒", "好评论家的文章", "拼写更正工具",
    ],
)  # fmt: skip
def test_words_are_not_cut_in_a_damaged_document(text: str) -> None:
    damaged = "Tik Tok的商家与JD.COM的平台，Aauto Quicker的主播与Ele.me的订单。\n"
    assert [
        edit.before for edit in translation.find_edits(damaged + text) if edit.start >= len(damaged)
    ] == []
