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
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ecomlink_nlp.repair.glosses import SYLLABLE, readings
from ecomlink_nlp.repair.language import START, LanguageModel, State, beginning, general_model
from ecomlink_nlp.repair.shifted_bytes import (
    Pair,
    character,
    first_bytes,
    gaps_before_gloss,
    gaps_between,
    gbk,
    glossed_seconds,
    likely_seconds,
    may_follow,
)

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
_MAX_GAPS = len(_BEAMS) - 1
_LEFT = 4
_RIGHT = 3
# Of the best reading, log probability a character, which may be less where no other comes near; and its lead over the
# next, in all.
_WORST_SCORE = -9.0
_WORST_CLEAR_SCORE = -14.0
_CLEAR_LEAD = 8.0
_LEAST_LEAD = 3.2
# Dropped pairs leave more readings open than the beam holds, so a reading with one must lead by more; in a long passage
# the words on all sides hold it.
_LEAST_LEAD_WITH_GAP = 5.0
_LEAST_LEAD_LONG = 2.5
_LONG = 12
# The lead over a reading that differs in a word within, both being alike before and behind.
_LEAST_LEAD_WITHIN = 1.9
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Recovery:
    """``text[start:end]`` stands for ``clean`` (``end`` is before a reading that belongs to its last character)."""

    start: int
    end: int
    clean: str
    score: float


class _Hypothesis(NamedTuple):
    """What the bytes so far may be: ``out``, or ``plain`` in simplified characters, and the half that is ``pending``.

    ``lead``: of the readings that ended in the same words, how far the next was behind.
    """

    score: float
    pending: int
    out: str
    plain: str
    gaps: int
    state: State
    lead: float = math.inf

    def ahead_of(self, other: "_Hypothesis") -> "_Hypothesis":
        """Return this hypothesis where ``other``, which is behind, is given up for it."""
        if self.plain == other.plain:  # variants of one character (線, 綫)
            return self
        return self._replace(lead=min(self.lead, self.score - other.score))


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
            _Hypothesis(0.0, first, "", "", 0, self.left)
            for first in first_bytes(text[self.start - 1], trigger.group(1))
        ]

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
            if char in "?�":
                return self._lost_end(current)
            data = gbk(char)
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

    def _grow(self, hypothesis: _Hypothesis, second: int, pending: int, gaps: int = 0) -> _Hypothesis | None:
        char = character(hypothesis.pending, second)
        if char is None or not may_follow(hypothesis.out[-1:] or self.text[self.start - 1], char):
            return None
        state = self.model.push(hypothesis.state, char)
        score = state[0][-1] - self.base
        plain = hypothesis.plain + state[1][-1]
        out, gaps, lead = hypothesis.out + char, hypothesis.gaps + gaps, hypothesis.lead
        return _Hypothesis(score, pending, out, plain, gaps, state, lead)

    def _with_gaps(
        self, gaps: Callable[[int], Iterable[tuple[Pair, ...]]], states: Sequence[int]
    ) -> Iterator[_Hypothesis]:
        """Assume that pairs of the user-defined area were dropped here: those that ``gaps`` gives for a half.

        ``states``: how many readings of each number of gaps are tried.
        """
        for hypothesis in self._best_of_each_gap_number(states):
            # Many pairs begin alike, and the character that a pair ends does not depend on its second byte.
            known: dict[tuple[int, ...], _Hypothesis | None] = {}
            for pairs in gaps(hypothesis.pending):
                if hypothesis.gaps + len(pairs) > _MAX_GAPS:
                    continue
                grown: _Hypothesis | None = hypothesis
                path: tuple[int, ...] = ()
                for lead, pending in pairs:
                    path += (lead,)
                    if path not in known:
                        known[path] = grown and self._grow(grown, lead, pending, 1)
                    grown = known[path]
                    if grown is None:
                        break
                    grown = _Hypothesis(grown.score, pending, *grown[2:])
                    path += (pending,)
                if grown is not None:
                    yield grown

    def _best_of_each_gap_number(self, states: Sequence[int]) -> Iterator[_Hypothesis]:
        taken: Counter[int] = Counter()
        for hypothesis in self.hypotheses:
            if taken[hypothesis.gaps] < states[hypothesis.gaps]:
                taken[hypothesis.gaps] += 1
                yield hypothesis

    def _gaps_before_next(self) -> Callable[[int], Iterable[tuple[Pair, ...]]]:
        """What may have been dropped before the next byte; 0 where that was lost."""
        char = self.text[self.position]
        following = 0 if char in "?�" else (gbk(char) or b"\0")[0]
        return lambda pending: gaps_between(pending, following)

    def _in_step(self, current: list[_Hypothesis], second: int) -> Recovery | None:
        """End at a byte in the ASCII range; a reading right behind it must fit the character."""
        end = self.position + 1
        gloss = _GLOSS.match(self.text, end)
        return self._choose(current, lambda _: (second,), end, syllable=gloss and gloss.group(1))

    def _glossed_end(self, gloss: re.Match[str]) -> Recovery | None:
        """End at a whole character with its reading: the bracket took its second half, the reading tells it."""
        syllable = gloss.group(1)
        current = [
            *self.hypotheses,
            *self._with_gaps(lambda pending: gaps_before_gloss(pending, syllable), (*_BEAMS[:-1], 0)),
        ]
        return self._choose(
            current, lambda hypothesis: glossed_seconds(hypothesis.pending, syllable), gloss.end()
        )

    def _lost_end(self, current: list[_Hypothesis]) -> Recovery | None:
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
        current: list[_Hypothesis],
        seconds: Callable[[_Hypothesis], Iterable[int]],
        end: int,
        *,
        syllable: str | None = None,
        lost: str = "",
    ) -> Recovery | None:
        """Finish the hypotheses by one character each (read ``syllable``) and take the best if it stands out.

        ``lost`` is what was lost behind it.
        """
        right = _right_context(self.text, end)
        finished = list(self._finished(current, seconds, right, syllable))
        if not finished:
            return None
        best = min(finished, key=lambda each: (-each.score, each.out))
        average = best.score / (len(best.out) + len(right))
        lead = min(
            [best.score - other.score for other in finished if other.plain != best.plain], default=math.inf
        )
        needed = (
            _LEAST_LEAD_LONG if len(best.out) >= _LONG else _LEAST_LEAD_WITH_GAP if best.gaps else _LEAST_LEAD
        )
        worst = _WORST_CLEAR_SCORE if lead >= _CLEAR_LEAD and not best.gaps else _WORST_SCORE
        # With the most gaps that were tried, the right reading may have one more.
        if lead < needed or best.lead < _LEAST_LEAD_WITHIN or average < worst or best.gaps == _MAX_GAPS:
            return None
        return Recovery(self.start, end, best.out + lost, round(max(0.0, 1.0 + average / 20), 3))

    def _finished(
        self,
        current: list[_Hypothesis],
        seconds: Callable[[_Hypothesis], Iterable[int]],
        right: str,
        syllable: str | None,
    ) -> Iterator[_Hypothesis]:
        """Yield the finished hypotheses, leaving out most that cannot come near the best."""
        model, base = self.model, self.base
        # What is still to come costs the words that end in the last characters at least.
        last_word = model.ending(right[-1]) if right else 0.0
        endings: dict[str, float] = {}
        floor = -math.inf
        for hypothesis in sorted(current, key=lambda each: max(each.state[0]), reverse=True):
            most = max(hypothesis.state[0])
            if most + last_word < floor:
                break  # as are all that follow
            for second in seconds(hypothesis):
                char = character(hypothesis.pending, second)
                if char is None or (syllable is not None and syllable not in readings(char)):
                    continue
                if not may_follow(hypothesis.out[-1:] or self.text[self.start - 1], char):
                    continue
                if not right:
                    if char not in endings:
                        endings[char] = min(model.ending(char), 0.0)
                    if most + endings[char] < floor:
                        continue
                state = model.push(hypothesis.state, char)
                if max(state[0]) + last_word < floor:
                    continue
                score = model.extend(state, right)[0][-1]
                floor = max(floor, score - _LEAST_LEAD_WITH_GAP - _ROUNDING)
                out, plain = hypothesis.out + char, hypothesis.plain + state[1][-1]
                yield hypothesis._replace(score=score - base, out=out, plain=plain)


def _score(hypothesis: _Hypothesis) -> float:
    return hypothesis.score


def _promise(hypothesis: _Hypothesis) -> float:
    """Rank a hypothesis by its score, and by the words that its last character may begin."""
    return hypothesis.score + _beginning_bonus(hypothesis.out[-1])


@cache
def _beginning_bonus(char: str) -> float:
    return max(0.0, beginning(char) - general_model().character(char))


def _last_seconds(hypothesis: _Hypothesis) -> tuple[int, ...]:
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
