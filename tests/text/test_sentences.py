"""Sentences of texts that never end one."""

import pytest

from ecomlink_nlp.text.sentences import sentence_spans


@pytest.mark.parametrize(
    "unit", ["快手上线快手小店，", "快手和抖音、", "快手 ", "到24:00为止，", "销售额达1,300,", "的"]
)
def test_what_never_ends_a_sentence_is_cut_behind_a_clause_or_item(unit: str) -> None:
    text = (unit * 400).strip()
    spans = sentence_spans(text)
    assert max(end - start for start, end in spans) <= 600
    assert all(text[: end + 1].endswith(" ") or end % len(unit) == 0 for _, end in spans[:-1])
    assert "".join(text[start:end] for start, end in spans).replace(" ", "") == text.replace(" ", "")


def test_a_long_sentence_of_real_text_stays_whole() -> None:
    text = "，".join(["快手上线快手小店"] * 60) + "。"
    assert sentence_spans(text) == [(0, len(text))]
