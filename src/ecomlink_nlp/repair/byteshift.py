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
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from ecomlink_nlp.repair.dropped_pairs import Gap, gaps_before_gloss, gaps_between
from ecomlink_nlp.repair.glosses import SYLLABLE, readings
from ecomlink_nlp.repair.language import START, LanguageModel, beginning, general_model
from ecomlink_nlp.repair.shifted_bytes import (
    character,
    first_bytes,
    gbk,
    glossed_seconds,
    likely_seconds,
    may_follow,
)
from ecomlink_nlp.repair.shifted_endings import MAX_GAPS, Ending, Hypothesis, choose

# What stands before is asked behind the mark, so that `re` looks for the mark first.
TRIGGER = re.compile(rf"[?�](?<=[^\x00-\x20\x30-\x39A-Za-z()?][?�])({SYLLABLE})\)")

_INNER = re.compile(rf"[?�]({SYLLABLE})\)")
_GLOSS = re.compile(rf"\(({SYLLABLE})\)")
_HAN = re.compile(r"[㐀-鿿]*")
# What may follow a lost second half. Not a point or comma in a number: then its first digits were lost with the half.
_CLOSING = re.compile(r"[,;:!?，。；：！？)）、](?!\d)")
_LINE_END = re.compile(r"\n|$")
# The byte that was lost with the second half was the first digit: of a year it is known, else not.
_YEAR = re.compile(r"([01789])\d\d年")
_DIGITS = re.compile(r"\.?\d|[年月日]")
_LOST = "\N{REPLACEMENT CHARACTER}"
_STOPS = frozenset("。！？")
_FULL_STOP, _QUOTE_END, _COMMA = (tuple(mark.encode("gbk")) for mark in "。”，")
_MAX_LENGTH = 40
# By the number of gaps: how many readings go on, and of how many a further gap is tried.
_BEAMS = (20, 16, 12, 8, 6)
_GAP_STATES = (3, 2, 1, 1, 0)
# How many readings are looked at in all. A passage that needs more is left alone: what stands out does so sooner.
_MOST_STEPS = 10_000
_LEFT = 4
_RIGHT = 3


@dataclass(frozen=True, slots=True)
class Recovery:
    """``text[start:end]`` stands for ``clean`` (``end`` is before a reading that belongs to its last character)."""

    start: int
    end: int
    clean: str
    score: float


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
        self.hypotheses = [
            Hypothesis(first, "", "", 0, self.left)
            for first in first_bytes(text[self.start - 1], trigger.group(1))
        ]
        self.steps = 0

    def run(self) -> Recovery | None:
        while self.hypotheses and self.position < min(len(self.text), self.start + _MAX_LENGTH):
            char = self.text[self.position]
            gloss = _GLOSS.match(self.text, self.position)
            if gloss is not None and gloss.group(1) in readings(self.text[self.position - 1]):
                # The search hit two halves again: its reading does not change the step.
                self.position = gloss.end()
                continue
            if inner := _INNER.match(self.text, self.position):
                return self._glossed_end(inner)
            current = [*self.hypotheses, *self._with_gaps(self._gaps_before_next(), _GAP_STATES)]
            self.steps += len(current)
            if self.steps > _MOST_STEPS:
                return None
            if char in "?�":
                return self._lost_end(_likeliest_first(current))
            data = gbk(char)
            if len(data) == 1:
                return self._in_step(_likeliest_first(current), data[0]) if data[0] >= 0x40 else None
            if len(data) != 2:
                return None
            self._advance(current, data)
            self.position += 1
        return None

    def _advance(self, current: list[Hypothesis], data: bytes) -> None:
        best: dict[tuple[str, int], Hypothesis] = {}
        for hypothesis in current:
            grown = self._grow(hypothesis, data[0], data[1])
            if grown is not None:
                # What is still to come sees the last characters only.
                key = (grown.state[1], grown.gaps)
                if key in best:
                    first, second = sorted((grown, best[key]), key=_score, reverse=True)
                    grown = first.ahead_of(second)
                best[key] = grown
        # A gap adds characters and so costs probability before it pays: each number of gaps has a beam of its own.
        self.hypotheses = [
            hypothesis
            for gaps, beam in enumerate(_BEAMS)
            for hypothesis in heapq.nlargest(
                beam, (each for each in best.values() if each.gaps == gaps), key=_promise
            )
        ]

    def _grow(self, hypothesis: Hypothesis, second: int, pending: int, gaps: int = 0) -> Hypothesis | None:
        char = character(hypothesis.pending, second)
        if char is None or not may_follow(hypothesis.out[-1:] or self.text[self.start - 1], char):
            return None
        return hypothesis.grown(char, pending, gaps, self.model)

    def _with_gaps(self, gaps: Callable[[int], Iterable[Gap]], states: Sequence[int]) -> Iterator[Hypothesis]:
        """Assume that pairs of the user-defined area were dropped here: those that ``gaps`` gives for a half.

        ``states``: how many readings of each number of gaps are tried.
        """
        for hypothesis in self._best_of_each_gap_number(states):
            # Many pairs begin alike, and the character that a pair ends does not depend on its second byte.
            known: dict[tuple[int, ...], Hypothesis | None] = {}
            for pairs in gaps(hypothesis.pending):
                if hypothesis.gaps + len(pairs) > MAX_GAPS:
                    continue
                grown: Hypothesis | None = hypothesis
                path: tuple[int, ...] = ()
                for lead, pending in pairs:
                    path += (lead,)
                    if path not in known:
                        known[path] = grown and self._grow(grown, lead, pending, 1)
                    grown = known[path]
                    if grown is None:
                        break
                    grown = Hypothesis(pending, *grown[1:])
                    path += (pending,)
                if grown is not None:
                    yield grown

    def _best_of_each_gap_number(self, states: Sequence[int]) -> Iterator[Hypothesis]:
        taken: Counter[int] = Counter()
        for hypothesis in self.hypotheses:
            if taken[hypothesis.gaps] < states[hypothesis.gaps]:
                taken[hypothesis.gaps] += 1
                yield hypothesis

    def _gaps_before_next(self) -> Callable[[int], Iterable[Gap]]:
        """What may have been dropped before the next byte; 0 where that was lost."""
        char = self.text[self.position]
        following = 0 if char in "?�" else (gbk(char) or b"\0")[0]
        return lambda pending: gaps_between(pending, following)

    def _in_step(self, current: list[Hypothesis], second: int) -> Recovery | None:
        """End at a byte in the ASCII range; a reading right behind it must fit the character."""
        end = self.position + 1
        gloss = _GLOSS.match(self.text, end)
        return self._choose(current, lambda _: (second,), end, syllable=gloss and gloss.group(1))

    def _glossed_end(self, gloss: re.Match[str]) -> Recovery | None:
        """End at a whole character with its reading: the bracket took its second half, the reading tells it."""
        syllable = gloss.group(1)
        with_gaps = self._with_gaps(lambda pending: gaps_before_gloss(pending, syllable), (*_BEAMS[:-1], 0))
        current = chain(_likeliest_first(self.hypotheses), with_gaps)
        return self._choose(
            current, lambda hypothesis: glossed_seconds(hypothesis.pending, syllable), gloss.end()
        )

    def _lost_end(self, current: list[Hypothesis]) -> Recovery | None:
        """End at a second half that was lost with what followed it: the words themselves must tell it."""
        end = self.position + 1
        if _CLOSING.match(self.text, end):
            return self._choose(current, lambda hypothesis: likely_seconds(hypothesis.pending), end)
        if year := _YEAR.match(self.text, end):
            lost = "2" if year[1] in "01" else "1"
        elif _DIGITS.match(self.text, end):
            lost = _LOST
        elif _LINE_END.match(self.text, end):
            lost = ""
        else:
            return None
        return self._choose(current, _last_seconds, end, lost=lost)

    def _choose(
        self,
        current: Iterable[Hypothesis],
        seconds: Callable[[Hypothesis], Iterable[int]],
        end: int,
        *,
        syllable: str | None = None,
        lost: str = "",
    ) -> Recovery | None:
        """Take the reading that stands out, if any; ``lost`` is what was lost behind it."""
        right = _right_context(self.text, end)
        ending = Ending(seconds, syllable, self.text[self.start - 1], self.left[0][-1], right)
        choice = choose(current, ending, self.model, _MOST_STEPS - self.steps)
        if choice is None:
            return None
        return Recovery(self.start, end, choice.out + lost, round(max(0.0, 1.0 + choice.average / 20), 3))


def _score(hypothesis: Hypothesis) -> float:
    return hypothesis.score


def _likeliest_first(hypotheses: Iterable[Hypothesis]) -> list[Hypothesis]:
    return sorted(hypotheses, key=_score, reverse=True)


def _promise(hypothesis: Hypothesis) -> float:
    """Rank a hypothesis by its score, and by the words that its last character may begin."""
    return hypothesis.score + _beginning_bonus(hypothesis.out[-1])


@cache
def _beginning_bonus(char: str) -> float:
    return max(0.0, beginning(char) - general_model().character(char))


def _last_seconds(hypothesis: Hypothesis) -> tuple[int, ...]:
    """Return the lost second halves before a number or a line's end: of marks, the ones that are common there."""
    if hypothesis.pending == _COMMA[0]:
        return _COMMA[1:]
    if hypothesis.pending == _FULL_STOP[0]:
        return _QUOTE_END[1:] if hypothesis.out[-1:] in _STOPS else _FULL_STOP[1:]
    return likely_seconds(hypothesis.pending)


def _right_context(text: str, end: int) -> str:
    window = _GLOSS.sub("", text[end : end + 20])
    match = _HAN.match(window)
    return match.group()[:_RIGHT] if match else ""
