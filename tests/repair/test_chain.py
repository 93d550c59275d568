"""The chain as a whole: seeds against their clean originals, restraint, idempotence, what it costs."""

import difflib
import json
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecomlink_nlp.repair.chain import RepairChain, repair

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
DEV = sorted((ROOT / "benchmarks" / "dev").glob("*.txt"))
# Documents without damage that stand in mainland simplified Chinese.
CLEAN = ("d05", "d06", "d07", "d09", "d11", "d12", "d14")


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def _without_spam(raw: str, clean: str, name: str) -> tuple[str, str]:
    """Take the spam of the gold out of both texts: whether it goes is judged elsewhere."""
    gold = json.loads((ROOT / "seeds" / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    alignment = repair(raw)
    keep = [True] * len(alignment.text)
    for item in gold["repairs"]:
        if item["kind"] == "spam":
            start, end = alignment.to_text(item["start"], item["end"])
            keep[start:end] = [False] * (end - start)
    return "".join(c for c, kept in zip(alignment.text, keep, strict=True) if kept), clean


@pytest.mark.parametrize("name", ["001_e2b2725616ee361b", "003_df1c54fff0426b07", "004_e4ffccfd94905939"])
def test_character_error_rate_against_the_clean_original(name: str) -> None:
    raw = _read(ROOT / "seeds" / f"{name}.txt")
    clean = _read(ROOT / "seeds" / "gold" / f"{name[:3]}.clean.txt")
    # The clean original of 001 keeps the host's two numbered notices, which are spam.
    clean = "\n".join(line for line in clean.split("\n") if not line.startswith(("2、电商号", "3、如对")))
    repaired, clean = _without_spam(raw, clean, name)
    a = unicodedata.normalize("NFKC", repaired).split()
    b = unicodedata.normalize("NFKC", clean).split()
    left, right = "\n".join(a), "\n".join(b)
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    errors = sum(max(j - i, m - k) for op, i, j, k, m in matcher.get_opcodes() if op != "equal")
    assert errors / len(right) <= 0.002


@pytest.mark.parametrize("name", CLEAN)
def test_clean_mainland_text_is_left_alone(name: str) -> None:
    assert repair(_read(ROOT / "benchmarks" / "dev" / f"{name}.txt")).layers == []


@pytest.mark.parametrize("path", [*SEEDS, *DEV], ids=lambda path: path.stem[:3])
def test_repairing_the_repaired_changes_nothing(path: Path) -> None:
    once = repair(_read(path)).text
    assert repair(once).repairs() == []


@pytest.mark.parametrize("path", [*SEEDS, *DEV], ids=lambda path: path.stem[:3])
def test_repairs_lead_from_the_raw_text_to_the_repaired(path: Path) -> None:
    raw = _read(path)
    alignment = repair(raw)
    position, pieces = 0, []
    for edit in alignment.repairs():
        assert raw[edit.start : edit.end] == edit.before
        pieces += (raw[position : edit.start], edit.after)
        position = edit.end
    assert "".join([*pieces, raw[position:]]) == alignment.text


# Fragments of all kinds of damage, to be glued in any order.
_FRAGMENTS = (
    "這個(gè)時(shí)代", "他們?cè)诳焓炙械纳唐飞霞芮溃〇|也", "?!?/strong>", "“要流量", "鎶栭煶", "æ\x8a\x96é\x9f³",
    "隨著網際網路", "短影片", "點選", "Tik Tok", "Aauto更快", "&nbsp;", "</p>", "\n", "。", "，", " ", "社交 電商", "２０２１",
    "快手电商", "直播间", "?", "(", ")", "€", "锟斤拷", "�", "\u200b", "ÔÂ", "乾隆", "JD.COM",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_FRAGMENTS), max_size=14).map("".join))
def test_any_mixture_is_repaired_once_and_for_all(raw: str) -> None:
    alignment = repair(raw)
    assert repair(alignment.text).text == alignment.text
    for start in range(0, len(alignment.text), 3):
        low, high = alignment.to_raw(start, start + 1)
        assert 0 <= low < high <= len(raw)


def test_a_translator_of_ones_own_takes_the_place_of_the_packaged_one() -> None:
    chain = RepairChain(translator=lambda _: [])
    assert chain.repair("Aauto更快電商和Tik Tok電商").text == "Aauto更快电商和Tik Tok电商"


def test_undamaged_text_costs_little() -> None:
    text = _read(ROOT / "benchmarks" / "dev" / "d14.txt") * 20
    repair(text)
    start = time.perf_counter()
    repair(text)
    assert time.perf_counter() - start < len(text) * 10e-6
