"""Time grows with the length of the text and no faster, whatever is repeated in it."""

import time

import pytest

from ecomlink_nlp.pipeline import Pipeline
from ecomlink_nlp.record.build import build_record

LENGTH = 6000
# Seconds of CPU a character: some ten times what ordinary text takes, and far below what a square would.
BOUND = 150e-6

UNITS = (
    "1", "一", "万亿", "1,", "1.", "1-", "0.", "约1", "第一", "两三", "亿元", "%", "同比增长1%", "2021年", "月1日", "3月", "去年",
    "(", "）", "“", "“”", "「", "《", "《》", "/", "<p", "</p>", "&", "&amp;", "&#", "個(gè)", "(gè)", "?", "?!?/", "锟斤拷", "鎶栭煶", "é",
    "æ\x8a", "�", "快手", "抖音、", "快手屏蔽抖音", "快手屏蔽抖音，", "Tik Tok ", "Aauto ", "a", "a ", "A", "。", "，", "、", "\n", " ", "\u3000", "\x00", "\r",
    "表示：“", "称,", "其", "不", "没有", "与", "和", "的一个", "市", "公司", "张三", "人", "来源：", "关注公众号", "@", "http://", "www.",
    "GMV增长1%", "+1", "|", "—", "…", "他说", "他说，", "与抖音合作", "指控抖音", "张伟说，", "”", "\u0301", "\u200b", "\u202e", "😀", "İ", "·",
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    build_record(
        Pipeline.default().annotate(
            "快手這個(gè)平臺(tái)2021年上线小店,锟斤拷锟斤拷鎶栭煶表示：“没有屏蔽抖音，增长1%。”"
        )
    )


@pytest.mark.parametrize("unit", UNITS, ids=ascii)
def test_repeats_cost_no_more_than_their_length(unit: str) -> None:
    text = (unit * LENGTH)[:LENGTH]
    start = time.process_time()
    build_record(Pipeline.default().annotate(text))
    assert time.process_time() - start < LENGTH * BOUND
