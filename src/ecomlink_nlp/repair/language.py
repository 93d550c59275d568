"""How likely a string of Chinese is: word unigrams over the best segmentation, growing a character at a time."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain

from ecomlink_nlp.repair.script import traditional_to_simplified
from ecomlink_nlp.resources import read_tsv
from ecomlink_nlp.text.dictionary import word_frequencies

_MAX_WORD = 5
_LONG_WORD = 3
# A character that is no frequent word of its own: what mojibake is full of. jieba's counts of those beyond level 1 of
# GB 2312 come from mojibake in its own sources (锛 more often than 罚).
_RARE = -7.0
_RARE_PENALTY = 2.0
_UNCOMMON = -13.0
# Shares of punctuation marks in running news text, roughly; all others are rarer.
_PUNCTUATION = {"，": -3.0, "。": -3.8, "、": -4.5, "“": -5.0, "”": -5.0, "：": -5.5, "；": -6.5}
_OTHER_PUNCTUATION = -7.5
_DOCUMENT_MINIMUM = 3

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
        general = _general_words()
        self._frequencies, self._more = word_frequencies()[0], general.more
        self._log_total = math.log(general.total)
        self._document = _document_words(document)
        self._words: dict[str, float | None] = {}
        long_words = [word for word in self._document if len(word) >= _LONG_WORD]
        self._long_beginnings = {word[:2] for word in long_words}
        self._long_insides = {word[i : i + 2] for word in long_words for i in range(1, len(word) - 1)}

    def push(self, state: State, char: str) -> State:
        """Return the state after one more character, traditional or simplified."""
        best, tail = state
        tail += simplified(char)
        score = -math.inf
        # The innermost loop of the search for shifted bytes: known words are looked up without a call.
        words = self._words
        start = len(tail) - len(best)  # 0, or less where the text has just begun
        for prefix in best:
            end = tail[start:]
            word = words[end] if end in words else self.whole(end)
            if word is not None and prefix + word > score:
                score = prefix + word
            start += 1
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
        whole = self.whole("".join(map(simplified, word)))
        apart = sum(map(self.character, word))
        return apart if whole is None else max(whole, apart)

    def character(self, char: str) -> float:
        """Return the log probability of one character as a word."""
        score = self.whole(simplified(char))
        return -math.inf if score is None else score

    def begins_long_word(self, first: str, second: str) -> bool:
        """True where a word of three simplified characters or more begins with these two."""
        return second in _long_words().beginnings.get(first, "") or first + second in self._long_beginnings

    def continues_long_word(self, first: str, second: str) -> bool:
        """True where these two stand side by side in a word of three simplified characters or more, not at its beginning."""
        return second in _long_words().insides.get(first, "") or first + second in self._long_insides

    @cached_property
    def likeliest_long_word(self) -> float:
        """The log probability of the likeliest word of three characters or more."""
        general = math.log(_long_words().most) - self._log_total
        return max([general, *(score for word, score in self._document.items() if len(word) >= _LONG_WORD)])

    def whole(self, word: str) -> float | None:
        """Return the log probability of a simplified word, None where it is not known."""
        if word in self._words:
            return self._words[word]
        frequency = self._more.get(word) or self._frequencies.get(word, 0)
        score = math.log(frequency) - self._log_total if frequency else None
        in_document = self._document.get(word)
        if in_document is not None and (score is None or in_document > score):
            score = in_document
        if len(word) == 1:
            if not word.isalpha():
                score = _PUNCTUATION.get(word, _OTHER_PUNCTUATION)
            elif score is None:
                score = -self._log_total - 3.0
            elif not is_common(word):
                score = min(score, _UNCOMMON)
            if score < _RARE:
                score -= _RARE_PENALTY
        self._words[word] = score
        return score


@cache
def is_common(char: str) -> bool:
    """True for a character that is, simplified, of level 1 of GB 2312: the 3,755 that running text is made of.

    >>> is_common("罰"), is_common("锛")
    (True, False)
    """
    try:
        data = simplified(char).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return b"\xb0\xa1" <= data <= b"\xd7\xf9"


@cache
def general_model() -> LanguageModel:
    """Return the model that knows no document."""
    return LanguageModel("")


@cache
def simplified(char: str) -> str:
    """Return the simplified form of a character as the model knows it.

    >>> simplified("寶")
    '宝'
    """
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


@dataclass(frozen=True, slots=True)
class _GeneralWords:
    """What is known of the words of at most five characters: jieba's list and ours, which has the greater counts."""

    more: dict[str, int]
    total: int
    # The counts of all words that begin with a character.
    beginnings: dict[str, int]


@cache
def _general_words() -> _GeneralWords:
    frequencies, _ = word_frequencies()
    rows = read_tsv("language_words.tsv", ("id", "word", "count"))
    more = {row["word"]: max(int(row["count"]), frequencies.get(row["word"], 0)) for row in rows}
    total = 0
    beginnings: dict[str, int] = {}
    listed = ((word, frequency) for word, frequency in frequencies.items() if word not in more)
    for word, frequency in chain(listed, more.items()):
        if len(word) <= _MAX_WORD:
            total += frequency
            beginnings[word[0]] = beginnings.get(word[0], 0) + frequency
    return _GeneralWords(more, total, beginnings)


@dataclass(frozen=True, slots=True)
class _LongWords:
    """Of the words of three characters or more: what follows the first one, or one inside; the greatest count of one."""

    beginnings: dict[str, str]
    insides: dict[str, str]
    most: int


@cache
def _long_words() -> _LongWords:
    counts = {word: count for word, count in _frequencies() if _LONG_WORD <= len(word) <= _MAX_WORD}
    longer = [word for word in counts if len(word) > _LONG_WORD]
    insides = {word[1:3] for word in counts}
    insides.update([word[2:4] for word in longer])
    insides.update([word[3:] for word in longer if len(word) == _MAX_WORD])
    return _LongWords(_by_first({word[:2] for word in counts}), _by_first(insides), max(counts.values()))


def _by_first(pairs: Iterable[str]) -> dict[str, str]:
    """Return what follows each character: short strings, since a set of pairs would take twenty times the memory."""
    seconds: dict[str, str] = {}
    for pair in pairs:
        seconds[pair[0]] = seconds.get(pair[0], "") + pair[1]
    return seconds


@cache
def beginning(char: str) -> float:
    """Return the log probability that a word begins with ``char``."""
    general = _general_words()
    return math.log(general.beginnings.get(simplified(char), 0) + 0.5) - math.log(general.total)


@cache
def followers(char: str) -> str:
    """Return the characters that end a word of two characters that begins with ``char``, the most frequent first."""
    return _followers().get(simplified(char), "")


@cache
def _followers() -> dict[str, str]:
    words: dict[str, list[tuple[int, str]]] = {}
    for word, frequency in _frequencies():
        if len(word) == 2:
            words.setdefault(word[0], []).append((-frequency, word[1]))
    return {first: "".join(char for _, char in sorted(ends)) for first, ends in words.items()}


def _frequencies() -> Iterator[tuple[str, int]]:
    more, frequencies = _general_words().more, word_frequencies()[0]
    return chain(more.items(), ((word, count) for word, count in frequencies.items() if word not in more))
