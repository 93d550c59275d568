"""Full width to half width."""

import pytest

from ecomlink_nlp.repair import width
from ecomlink_nlp.text.edits import Layer


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [
        ("２０２１年８月", "2021年8月"),
        ("占比５０．５％", "占比50.5%"),
        ("１，３００家", "1,300家"),
        ("ＧＭＶ与Ｂ站", "GMV与B站"),
        ("２.４倍", "2.4倍"),
        ("＄５０", "$50"),
    ],
)
def test_letters_and_numbers_narrow(wide: str, narrow: str) -> None:
    assert Layer(wide, width.find_edits(wide)).after == narrow


@pytest.mark.parametrize(
    "text", ["你好，世界！（完）", "“引号”：《书名》；省略……", "一、二、三", "全角　空格", "１．总则"[1:]]
)
def test_chinese_punctuation_stays(text: str) -> None:
    assert width.find_edits(text) == []
