"""The search ends after a number of readings, whatever the text; what stands out does so sooner."""

import random

import pytest

from ecomlink_nlp.repair import byteshift
from ecomlink_nlp.repair.byteshift import TRIGGER, recover
from ecomlink_nlp.repair.language import LanguageModel, State
from ecomlink_nlp.repair.shifted_bytes import character

# Passages of benchmarks/damage.py that had taken longest, and what they hide (nothing: no reading stands out).
SLOW = {
    "回?zhēn)ＶЦ秾殨?huì)不會反過來接入視頻號": "應。支付寶會",
    "處?gàn)昧Χ葧?huì)更大”。被告席上並不冷清": "置力度會",
    "跳?yāng)恿碛?jì)劃在年內向其東南亞倉儲公司追加": "動另計",
    "淘?chà)毜纳唐房ㄆ唤衲?月,淘寶接入微信支付": None,
    "起?kuì)怼⒗锿嘎叮刂?月28日,餓了麼、優酷": None,
    "天?yú)际枪潱褥?yú)沒有節。”該券商分析師": None,
    "購?jìng)灰坠?24宗,同比減少三分之一": None,
}


@pytest.fixture
def pushes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The number of times that a language model was asked."""
    count = [0]
    push = LanguageModel.push

    def counted(self: LanguageModel, state: State, char: str) -> State:
        count[0] += 1
        return push(self, state, char)

    monkeypatch.setattr(LanguageModel, "push", counted)
    return count


def _recovered(text: str) -> str | None:
    trigger = TRIGGER.search(text)
    assert trigger is not None
    recovery = recover(text, trigger, LanguageModel(""))
    return recovery and recovery.clean


@pytest.mark.parametrize(("text", "clean"), list(SLOW.items()))
def test_the_slowest_passages(text: str, clean: str | None, pushes: list[int]) -> None:
    assert _recovered(text) == clean
    assert 0 < pushes[0] < 20_000


def test_no_text_takes_more(pushes: list[int]) -> None:
    random_, most = random.Random(1), 0
    chars = [
        char
        for first in range(0x81, 0xFF)
        for char in (character(first, second) for second in range(0xA1, 0xFF))
        if char
    ]
    for _ in range(60):
        pushes[0] = 0
        end = random_.choice(("?", "?duì)", "?yú)", "?。", "?2022"))
        _recovered(f"淘?chà){''.join(random_.choices(chars, k=random_.randrange(3, 34)))}{end}沒有節")
        most = max(most, pushes[0])
    assert 1_000 < most < 40_000


def test_a_passage_that_needs_more_steps_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "處?gàn)昧Χ葧?huì)更大”"
    assert _recovered(text) == "置力度會"
    monkeypatch.setattr(byteshift, "_MOST_STEPS", 200)
    assert _recovered(text) is None
