"""Recovery of text whose GBK bytes were read one byte off.

Notes for a newcomer. The damage came about so: a program searched GBK *bytes* for characters of its table and wrote
`(pinyin)` behind each find. Two bytes ``p2 x1`` that end one character and begin the next may look like such a
character. Then the brackets land in the middle of the next character: ``x1`` and ``(`` make no character (a ``?``),
and everything after ``)`` is read one byte off, until a byte in the ASCII range, which is only ever the second
half of a traditional character, brings reading back into step: 地德邦與 came out as ``?shù)氐掳钆c``.

So the passage can be undone. ``p2`` is the second byte of the character before ``?``; ``x1`` is such that
``p2 x1`` has the reading in the bracket; each pair of bytes read gives a second half and the next first half. What
is open: which ``x1``, and pairs in the user-defined area, which the reader dropped. A beam search over these, by a
language model, decides; where no reading stands out the passage is left alone.
"""

import heapq
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ecomlink_nlp.repair.glosses import SYLLABLE, readings
from ecomlink_nlp.repair.language import START, LanguageModel, State, beginning, followers, general_model
from ecomlink_nlp.repair.script import traditional_to_simplified

# What stands before is asked behind the mark, so that `re` looks for the mark first.
TRIGGER = re.compile(rf"[?�](?<=[^\x00-\x20\x30-\x39A-Za-z()?][?�])({SYLLABLE})\)")

_INNER = re.compile(rf"[?�]({SYLLABLE})\)")
_GLOSS = re.compile(rf"\(({SYLLABLE})\)")
_HAN = re.compile(r"[㐀-鿿]*")
_PUNCTUATION = frozenset("，。、：；？！“”‘’（）《》…—")
# Not a point or comma in a number: then its first digits were lost with the half of the character.
_CLOSING = re.compile(r"[,;:!?，。；：！？)）、](?!\d)")
# What a site that folded punctuation made of it.
_FULL_WIDTH = str.maketrans(",:;!", "，：；！")
_MAX_LENGTH = 40
_BEAM = 20
_MAX_GAPS = 3
_GAP_STATES = 3
_GAP_PAIRS = 50
_LOST_SECONDS = 60
_LEFT = 4
_RIGHT = 3
# Of the best reading, log probability a character; and its lead over the next, in all.
_WORST_SCORE = -9.0
_LEAST_LEAD = 3.2
# Dropped pairs leave more readings open than the beam holds, so a reading with one must lead by more; a long passage is
# held by its own words. Measured on damaged clean text (five seeds, 765 passages): wrong ones fall from
# 3.3 % to 0.9 %.
_LEAST_LEAD_WITH_GAP = 5.0
_LEAST_LEAD_LONG = 2.5
_LONG = 12
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Recovery:
    """``text[start:end]`` stands for ``clean`` (``end`` is before a reading that belongs to its last character)."""

    start: int
    end: int
    clean: str
    score: float


class _Hypothesis(NamedTuple):
    score: float
    pending: int
    out: str
    gaps: int
    state: State


def recover(text: str, trigger: re.Match[str], model: LanguageModel) -> Recovery | None:
    """Undo the passage that begins at ``trigger``, or return None where no reading stands out."""
    return _Search(text, trigger, model).run()


class _Search:
    def __init__(self, text: str, trigger: re.Match[str], model: LanguageModel) -> None:
        self.text = text
        self.start = trigger.start()
        self.position = trigger.end()
        self.model = model
        left = _GLOSS.sub("", text[max(0, self.start - 20) : self.start])
        self.left = model.extend(START, re.findall(r"[㐀-鿿]*", left[-_LEFT:])[-2] if left else "")
        self.base = self.left[0][-1]
        self.hypotheses = [
            _Hypothesis(0.0, first, "", 0, self.left)
            for first in _first_bytes(text[self.start - 1], trigger.group(1))
        ]

    def run(self) -> Recovery | None:
        while self.hypotheses and self.position < min(len(self.text), self.start + _MAX_LENGTH):
            char = self.text[self.position]
            gloss = _GLOSS.match(self.text, self.position)
            if gloss is not None and gloss.group(1) in readings(self.text[self.position - 1]):
                # The search hit two halves again: its reading does not change the step.
                self.position = gloss.end()
                continue
            current = [*self.hypotheses, *self._with_gaps()]
            if char in "?�":
                inner = _INNER.match(self.text, self.position)
                return self._glossed_end(current, inner) if inner else self._lost_end(current)
            data = b"\x80" if char == "€" else _gbk(char)
            if len(data) == 1:
                return self._in_step(current, data[0]) if data[0] >= 0x40 else None
            if len(data) != 2:
                return None
            self._advance(current, data)
            self.position += 1
        return None

    def _advance(self, current: list[_Hypothesis], data: bytes) -> None:
        best: dict[tuple[str, int], _Hypothesis] = {}
        for hypothesis in current:
            grown = self._grow(hypothesis, data[0], data[1])
            if grown is not None:
                key = (grown.out[-_LEFT:], grown.gaps)
                if key not in best or best[key].score < grown.score:
                    best[key] = grown
        # A gap adds characters and so costs probability before it pays: each number of gaps has a beam of its own.
        self.hypotheses = [
            hypothesis
            for gaps in range(_MAX_GAPS + 1)
            for hypothesis in heapq.nlargest(
                _BEAM, (each for each in best.values() if each.gaps == gaps), key=_promise
            )
        ]

    def _grow(self, hypothesis: _Hypothesis, second: int, pending: int, gaps: int = 0) -> _Hypothesis | None:
        char = _character(hypothesis.pending, second)
        if char is None:
            return None
        state = self.model.push(hypothesis.state, char)
        score = state[0][-1] - self.base
        return _Hypothesis(score, pending, hypothesis.out + char, hypothesis.gaps + gaps, state)

    def _with_gaps(self) -> Iterator[_Hypothesis]:
        """Assume that a pair of the user-defined area was dropped here."""
        following = self._next_byte()
        if following is None:
            return
        for hypothesis in self._best_of_each_gap_number():
            for lead, pending in _gap_pairs(hypothesis.pending, following):
                grown = self._grow(hypothesis, lead, pending, 1)
                if grown is not None:
                    yield grown

    def _best_of_each_gap_number(self) -> Iterator[_Hypothesis]:
        taken: Counter[int] = Counter()
        for hypothesis in self.hypotheses:
            if hypothesis.gaps < _MAX_GAPS and taken[hypothesis.gaps] < _GAP_STATES:
                taken[hypothesis.gaps] += 1
                yield hypothesis

    def _next_byte(self) -> int | None:
        char = self.text[self.position]
        if char in "?�":
            return 0
        data = b"\x80" if char == "€" else _gbk(char)
        return data[0] if data else None

    def _in_step(self, current: list[_Hypothesis], second: int) -> Recovery | None:
        """End at a byte in the ASCII range; a reading right behind it must fit the character."""
        end = self.position + 1
        gloss = _GLOSS.match(self.text, end)
        return self._choose(current, lambda _: (second,), end, gloss and gloss.group(1))

    def _glossed_end(self, current: list[_Hypothesis], gloss: re.Match[str]) -> Recovery | None:
        """End at a whole character with its reading: the bracket took its second half, the reading tells it."""
        return self._choose(
            current, lambda pending: _glossed_seconds(pending, gloss.group(1)), gloss.end(), None
        )

    def _lost_end(self, current: list[_Hypothesis]) -> Recovery | None:
        """End at a lost second half: only before punctuation, where the words themselves must tell it."""
        end = self.position + 1
        return self._choose(current, _likely_seconds, end, None) if _CLOSING.match(self.text, end) else None

    def _choose(
        self,
        current: list[_Hypothesis],
        seconds: Callable[[int], Iterable[int]],
        end: int,
        syllable: str | None,
    ) -> Recovery | None:
        """Finish the hypotheses by one character each (read ``syllable``) and take the best if it stands out."""
        right = _right_context(self.text, end)
        scored = list(self._finished(current, seconds, right, syllable))
        if not scored:
            return None
        converter = traditional_to_simplified()
        # Variants of one character (線, 綫) are one reading.
        score, clean, gaps = min(scored, key=lambda item: (-item[0], item[1]))
        if score / (len(clean) + len(right)) < _WORST_SCORE:
            return None
        average, best = score / (len(clean) + len(right)), converter.convert(clean)
        # Only the few readings that come close need to be compared.
        lead = _LEAST_LEAD_LONG if len(clean) >= _LONG else _LEAST_LEAD_WITH_GAP if gaps else _LEAST_LEAD
        if any(score - other < lead and converter.convert(out) != best for other, out, _ in scored):
            return None
        return Recovery(self.start, end, clean, round(max(0.0, 1.0 + average / 20), 3))

    def _finished(
        self,
        current: list[_Hypothesis],
        seconds: Callable[[int], Iterable[int]],
        right: str,
        syllable: str | None,
    ) -> Iterator[tuple[float, str, int]]:
        """Yield score, text and gaps of the finished hypotheses, leaving out most that cannot come near the best."""
        model, base = self.model, self.base
        # What is still to come costs the words that end in the last characters at least.
        last_word = model.ending(right[-1]) if right else 0.0
        endings: dict[str, float] = {}
        floor = -math.inf
        for hypothesis in sorted(current, key=lambda each: max(each.state[0]), reverse=True):
            most = max(hypothesis.state[0])
            for second in seconds(hypothesis.pending):
                char = _character(hypothesis.pending, second)
                if char is None or (syllable is not None and syllable not in readings(char)):
                    continue
                if char not in endings:
                    endings[char] = min(model.ending(char), 0.0)
                if most + (last_word if right else endings[char]) < floor:
                    continue
                state = model.push(hypothesis.state, char)
                if max(state[0]) + last_word < floor:
                    continue
                score = model.extend(state, right)[0][-1]
                floor = max(floor, score - _LEAST_LEAD_WITH_GAP - _ROUNDING)
                yield score - base, hypothesis.out + char, hypothesis.gaps


def _promise(hypothesis: _Hypothesis) -> float:
    """Rank a hypothesis by its score, and by the words that its last character may begin."""
    return hypothesis.score + _beginning_bonus(hypothesis.out[-1])


@cache
def _beginning_bonus(char: str) -> float:
    return max(0.0, beginning(char) - general_model().character(char))


@cache
def _undefined() -> dict[int, frozenset[int]]:
    """Return the pairs that are no character of GBK, which readers dropped: seconds by first byte."""
    return {
        first: frozenset(second for second in range(0x81, 0xFF) if not _is_defined(first, second))
        for first in range(0x81, 0xFF)
    }


def _is_defined(first: int, second: int) -> bool:
    try:
        bytes((first, second)).decode("gbk")
    except UnicodeDecodeError:
        return False
    return True


@cache
def _gbk(char: str) -> bytes:
    try:
        return char.encode("gbk")
    except UnicodeEncodeError:
        return b""


@cache
def _character(first: int, second: int) -> str | None:
    """Decode two bytes to a character that running text may hold."""
    try:
        char = bytes((first, second)).decode("gbk")
    except UnicodeDecodeError:
        return None
    return char if len(char) == 1 and ("㐀" <= char <= "鿿" or char in _PUNCTUATION) else None


@cache
def _gap_pairs(pending: int, following: int) -> tuple[tuple[int, int], ...]:
    """Return the likeliest dropped pairs between ``pending`` and ``following`` (0: that is not known either)."""
    model = general_model()
    ranked: list[tuple[float, int, int]] = []
    for lead, dropped in _undefined().items():
        first = _character(pending, lead) if dropped else None
        if first is None:
            continue
        for trail, second in _seconds(first, following):
            if trail not in dropped:
                continue
            ranked.append(
                (-max(model.word(first + second), model.character(first) + beginning(second)), lead, trail)
            )
    ranked.sort()
    return tuple(dict.fromkeys((lead, trail) for _, lead, trail in ranked[:_GAP_PAIRS]))


def _seconds(first: str, following: int) -> Iterator[tuple[int, str]]:
    if following:
        for trail in range(0x81, 0xFF):
            if (char := _character(trail, following)) is not None:
                yield trail, char
    else:
        for char in followers(first):
            if len(data := _gbk(char)) == 2:
                yield data[0], char


@cache
def _likely_seconds(first: int) -> tuple[int, ...]:
    model = general_model()
    pairs = ((second, _character(first, second)) for second in range(0x40, 0xFF))
    known = [(second, char) for second, char in pairs if char is not None and char not in _PUNCTUATION]
    known.sort(key=lambda pair: -model.character(pair[1]))
    return tuple(second for second, _ in known[:_LOST_SECONDS])


@cache
def _glossed_seconds(first: int, syllable: str) -> tuple[int, ...]:
    converter = traditional_to_simplified()
    return tuple(
        second
        for second in range(0x40, 0xFF)
        if (char := _character(first, second)) is not None
        and converter.convert(char) != char
        and syllable in readings(char)
    )


def _first_bytes(before: str, syllable: str) -> list[int]:
    """Return the bytes that after ``before``'s second byte look like a character read ``syllable``."""
    data = _gbk(before.translate(_FULL_WIDTH))
    if len(data) != 2:
        return []
    converter = traditional_to_simplified()
    # The program wrote the readings behind what it had converted, so behind traditional characters.
    return [
        first
        for first in range(0x81, 0xFF)
        if (char := _character(data[1], first)) is not None
        and converter.convert(char) != char
        and syllable in readings(char)
    ]


def _right_context(text: str, end: int) -> str:
    window = _GLOSS.sub("", text[end : end + 20])
    match = _HAN.match(window)
    return match.group()[:_RIGHT] if match else ""
