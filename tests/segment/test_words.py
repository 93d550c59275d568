"""The word interface over jieba."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecomlink_nlp.segment.words import cache_folder, crosses_common_word, stands_as_word, word_spans

# The name between bars stands there (True) or only its characters do (False).
_EDGES = [
    ("抖了|抖音|箱上的灰", False),
    ("轻|微信|号", False),
    ("细|微博|弈", False),
    ("完|美团|聚", False),
    ("逛|淘宝|贝时", False),
    ("最|美团|队", False),
    ("容|易车|辆", False),
    ("在|快手|电商", True),
    ("和|美团|团购", True),
    ("上|京东|买", True),
    ("对|抖音|来说", True),
]


@pytest.mark.parametrize(("marked", "stands"), _EDGES)
def test_edges(marked: str, stands: bool) -> None:
    before, name, after = marked.split("|")
    text, start, end = before + name + after, len(before), len(before) + len(name)
    assert (not crosses_common_word(text, start, end) or stands_as_word(text, start, end)) is stands


@given(st.text(alphabet="快手电商在北京发布a1，。 \n", max_size=40))
@settings(max_examples=50, deadline=None)
def test_word_spans_tile_the_text(text: str) -> None:
    position = 0
    for start, end in word_spans(text):
        assert start == position < end
        position = end
    assert position == len(text)


def test_cache_lies_with_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    assert cache_folder() == tmp_path / "ecomlink-nlp"


def test_import_and_plain_names_do_not_load_jieba() -> None:
    code = (
        "import sys; from ecomlink_nlp.tag.entities import Gazetteer; "
        "Gazetteer.default().find_entities('淘宝与天猫商家在双11期间使用支付宝。'); "
        "assert 'jieba' not in sys.modules, 'jieba'"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_unwritable_cache_is_no_failure() -> None:
    code = "from ecomlink_nlp.segment.words import word_spans; print(len(word_spans('商家发货')))"
    environment = {"XDG_CACHE_HOME": "/proc/nowhere", "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("2\n", "")
