"""Words of Chinese text: jieba's dictionary behind a small interface that costs nothing until it is used.

Notes for a newcomer. Reading jieba's word list takes a tenth of a second (jieba itself half a second, and only `word_spans`
needs that), so most callers ask `crosses_common_word` first: it knows the frequent words only
(``data/common_words.txt``, read in a few milliseconds) and says whether it is worth asking the list at all. jieba keeps a parsed dictionary in
the shared temporary folder by default, where another user could plant one; ours lies in the user's own cache folder.
"""

import logging
import math
import os
import sys
import warnings
from functools import cache
from pathlib import Path
from typing import Any

from ecomlink_nlp.resources import data_text
from ecomlink_nlp.text.dictionary import word_frequencies

_WINDOW = 6
_LONGEST_COMMON = 3
# What a name counts for against dictionary words: as frequent as a word that is known but not everyday.
_NAME_FREQUENCY = 100


def cache_folder() -> Path:
    """Return the user's cache folder for this package (not created yet).

    Follows XDG on Unix, ``~/Library/Caches`` on macOS and ``%LOCALAPPDATA%`` on Windows.
    """
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "ecomlink-nlp"


@cache
def _tokenizer() -> Any:
    with warnings.catch_warnings():
        # jieba 0.42 has invalid escapes in its patterns, which newer Pythons warn about once, when compiling.
        warnings.simplefilter("ignore")
        import jieba
    # jieba hangs a handler on its logger and reports a cache that it cannot write as an error; it works without one.
    jieba.default_logger.handlers.clear()
    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        # A read-only home is no reason to fail: jieba then parses its dictionary again at each start.
        folder = Path(os.devnull)
    tokenizer.tmp_dir = str(folder)
    tokenizer.initialize()
    return tokenizer


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return the half-open spans of the words of ``text``, spaces and punctuation included, in order.

    >>> [("商家发货"[start:end]) for start, end in word_spans("商家发货")]
    ['商家', '发货']
    """
    return [(start, end) for _, start, end in _tokenizer().tokenize(text)]


@cache
def common_words() -> frozenset[str]:
    """Return the frequent Chinese words of two and three characters.

    >>> "音箱" in common_words()
    True
    """
    return frozenset(
        word
        for line in data_text("common_words.txt").splitlines()
        if line[:1] != "#"
        for word in line.split()
    )


def crosses_common_word(text: str, start: int, end: int) -> bool:
    """True when a frequent word of ``text`` straddles ``start`` or ``end``: the span may cut a word in two.

    >>> crosses_common_word("抖了抖音箱上的灰", 2, 4), crosses_common_word("在抖音看直播", 1, 3)
    (True, False)
    """
    common = common_words()
    for edge in (start, end):
        for left in range(max(0, edge - _LONGEST_COMMON + 1), edge):
            for right in range(edge + 1, min(len(text), left + _LONGEST_COMMON) + 1):
                if text[left:right] in common:
                    return True
    return False


def stands_as_word(text: str, start: int, end: int) -> bool:
    """True when reading ``text[start:end]`` as one word gives at least as likely a segmentation as any other.

    Compares the best unigram segmentation (jieba's dictionary and frequencies) of a window of six characters on each
    side with the best one in which the span is a word of its own, neither rare nor everyday.

    >>> stands_as_word("抖了抖音箱上的灰", 2, 4), stands_as_word("快手电商公告", 0, 2)
    (False, True)
    """
    left, right = max(0, start - _WINDOW), min(len(text), end + _WINDOW)
    before, name, after = text[left:start], text[start:end], text[end:right]
    frequencies, total = word_frequencies()
    as_name = math.log(max(frequencies.get(name) or 0, _NAME_FREQUENCY) / total)
    scores = _best_segmentation(before + name + after)[0]
    forced = scores[len(before)] + as_name + _best_segmentation(after)[0][-1]
    # The tolerance is for rounding: the same segmentation, added up in another order.
    return forced >= scores[-1] - 1e-6


def best_segmentation(text: str) -> list[tuple[int, int]]:
    """Return the half-open spans of the words of the most likely segmentation by jieba's dictionary.

    >>> [("慕铃撤出市场"[start:end]) for start, end in best_segmentation("慕铃撤出市场")]
    ['慕', '铃', '撤出', '市场']
    """
    starts = _best_segmentation(text)[1]
    spans: list[tuple[int, int]] = []
    end = len(text)
    while end > 0:
        spans.append((starts[end], end))
        end = starts[end]
    return spans[::-1]


def word_frequency(word: str) -> int:
    """Return how often jieba counted the word, 0 for one that its dictionary does not hold.

    >>> word_frequency("股价") > word_frequency("果壳") > word_frequency("慕铃")
    True
    """
    return word_frequencies()[0].get(word) or 0


def is_cut(text: str, start: int, end: int) -> bool:
    """True when ``text[start:end]`` takes only a part of some word of the most likely segmentation around it.

    False for a span that the dictionary does not hold, since the segmentation cannot find it.

    >>> is_cut("可直接下单购买", 2, 4), is_cut("作出终审判决", 4, 6)
    (True, False)
    """
    if not crosses_common_word(text, start, end) or text[start:end] not in word_frequencies()[0]:
        return False
    left, right = max(0, start - _WINDOW), min(len(text), end + _WINDOW)
    return any(
        left + first < start < left + last < end or start < left + first < end < left + last
        for first, last in best_segmentation(text[left:right])
    )


def _best_segmentation(text: str) -> tuple[list[float], list[int]]:
    """The best unigram segmentation of ``text`` and of what it begins with: for each length, its log probability and where
    its last word starts.
    """
    frequencies, total = word_frequencies()
    log_total = math.log(total)
    best, starts = [0.0], [0]
    for end in range(1, len(text) + 1):
        most, most_start = -math.inf, 0
        for start in range(end):
            frequency = frequencies.get(text[start:end])
            if frequency:
                score = best[start] + math.log(frequency) - log_total
            elif start == end - 1:
                score = best[start] - log_total
            else:
                continue
            if score >= most:
                most, most_start = score, start
        best.append(most)
        starts.append(most_start)
    return best, starts
