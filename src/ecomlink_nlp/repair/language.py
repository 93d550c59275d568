"""How likely a string of Chinese is: word unigrams over the best segmentation, growing a character at a time."""

import math
import re
from collections import Counter
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from ecomlink_nlp.errors import ResourceError
from ecomlink_nlp.repair.script import traditional_to_simplified
from ecomlink_nlp.resources import read_tsv

_MAX_WORD = 5
# A character that is no frequent word of its own: what mojibake is full of.
_RARE = -7.0
_RARE_PENALTY = 2.0
# Shares of punctuation marks in running news text, roughly; all others are rarer.
_PUNCTUATION = {"，": -3.0, "。": -3.8, "、": -4.5, "“": -5.0, "”": -5.0, "：": -5.5, "；": -6.5}
_OTHER_PUNCTUATION = -7.5
_DOCUMENT_MINIMUM = 3
_FOLLOWERS = 40

State = tuple[tuple[float, ...], str]
"""Best log probabilities of the last prefixes, and the last characters."""

START: State = ((0.0,), "")


class LanguageModel:
    """Log probabilities by jieba's word frequencies and by the words that the document itself repeats.

    >>> model = LanguageModel("")
    >>> model.score("商品上架渠道") > model.score("唐飞霞芮溃〇")
    True
    """

    def __init__(self, document: str) -> None:
        self._frequencies, total = _word_frequencies()
        self._log_total = math.log(total)
        self._document = _document_words(document)
        self._words: dict[str, float | None] = {}

    def push(self, state: State, char: str) -> State:
        """Return the state after one more character, traditional or simplified."""
        best, tail = state
        tail += _simplified(char)
        score = -math.inf
        # The innermost loop of the search for shifted bytes: known words are looked up without a call.
        words = self._words
        for length in range(1, min(len(tail), len(best)) + 1):
            end = tail[-length:]
            word = words[end] if end in words else self._word(end)
            if word is not None and best[-length] + word > score:
                score = best[-length] + word
        return (*best, score)[-_MAX_WORD:], tail[1 - _MAX_WORD :]

    def extend(self, state: State, text: str) -> State:
        """Return the state after ``text``."""
        for char in text:
            state = self.push(state, char)
        return state

    def score(self, text: str) -> float:
        """Return the log probability of ``text``."""
        return self.extend(START, text)[0][-1]

    def word(self, word: str) -> float:
        """Return the log probability of a word, or of its characters one by one where that is more."""
        simplified = "".join(map(_simplified, word))
        whole = self._word(simplified)
        apart = sum(map(self.character, word))
        return apart if whole is None else max(whole, apart)

    def character(self, char: str) -> float:
        """Return the log probability of one character as a word."""
        score = self._word(_simplified(char))
        return -math.inf if score is None else score

    def _word(self, word: str) -> float | None:
        if word in self._words:
            return self._words[word]
        frequency = self._frequencies.get(word, 0)
        score = math.log(frequency) - self._log_total if frequency else None
        in_document = self._document.get(word)
        if in_document is not None and (score is None or in_document > score):
            score = in_document
        if len(word) == 1:
            if not word.isalpha():
                score = _PUNCTUATION.get(word, _OTHER_PUNCTUATION)
            elif score is None:
                score = -self._log_total - 3.0
            if score < _RARE:
                score -= _RARE_PENALTY
        self._words[word] = score
        return score


@cache
def general_model() -> LanguageModel:
    """Return the model that knows no document."""
    return LanguageModel("")


@cache
def _simplified(char: str) -> str:
    return traditional_to_simplified().stages[0].table.get(ord(char), char)


def _document_words(document: str) -> dict[str, float]:
    counts: Counter[str] = Counter()
    runs = re.findall(r"[㐀-鿿]+", traditional_to_simplified().convert(document))
    size = sum(map(len, runs))
    for run in runs:
        for length in range(2, _MAX_WORD):
            counts.update(run[i : i + length] for i in range(len(run) - length + 1))
    return {
        word: math.log(count / size) - 0.5 for word, count in counts.items() if count >= _DOCUMENT_MINIMUM
    }


@cache
def _word_frequencies() -> tuple[dict[str, int], int]:
    """Read the word list in jieba's package without importing jieba, which would cost a second."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ResourceError("jieba's word list is missing. Install the package jieba.")
    frequencies: dict[str, int] = {}
    for line in (Path(spec.origin).parent / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, frequency, _ = line.split(" ", 2)
        if len(word) <= _MAX_WORD:
            frequencies[word] = int(frequency)
    for row in read_tsv("language_words.tsv", ("id", "word", "count")):
        frequencies[row["word"]] = max(int(row["count"]), frequencies.get(row["word"], 0))
    return frequencies, sum(frequencies.values())


def beginning(char: str) -> float:
    """Return the log probability that a word begins with ``char``."""
    counts, log_total = _beginnings()
    return math.log(counts.get(_simplified(char), 0) + 0.5) - log_total


@cache
def _beginnings() -> tuple[Counter[str], float]:
    frequencies, total = _word_frequencies()
    counts: Counter[str] = Counter()
    for word, frequency in frequencies.items():
        counts[word[0]] += frequency
    return counts, math.log(total)


@cache
def followers(char: str) -> tuple[str, ...]:
    """Return the characters that most often end a word of two characters that begins with ``char``."""
    return _followers().get(_simplified(char), ())


@cache
def _followers() -> dict[str, tuple[str, ...]]:
    words: dict[str, list[tuple[int, str]]] = {}
    for word, frequency in _word_frequencies()[0].items():
        if len(word) == 2:
            words.setdefault(word[0], []).append((-frequency, word[1]))
    return {first: tuple(char for _, char in sorted(ends)[:_FOLLOWERS]) for first, ends in words.items()}
