"""Which reading of a passage read one byte off stands out, once its end is known.

Every reading so far goes on with every character that fits the last half. Most of them cannot come near the best, and
are told apart from those that can before the language model is asked.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from ecomlink_nlp.repair.ceiling import Ceiling
from ecomlink_nlp.repair.glosses import readings
from ecomlink_nlp.repair.language import LanguageModel, State, simplified
from ecomlink_nlp.repair.shifted_bytes import character, may_follow

# How many dropped pairs a reading may have.
MAX_GAPS = 4
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
# From so many readings on it pays to build the tables that tell what a reading can be worth.
_MANY = 1_500


class Hypothesis(NamedTuple):
    """What the bytes so far may be: ``out``, or ``plain`` in simplified characters, and the half that is ``pending``.

    ``lead``: of the readings that ended in the same words, how far the next was behind.
    """

    pending: int
    out: str
    plain: str
    gaps: int
    state: State
    lead: float = math.inf

    @property
    def score(self) -> float:
        """The log probability, with what stands before the passage."""
        return self.state[0][-1]

    def grown(self, char: str, pending: int, gaps: int, model: LanguageModel) -> "Hypothesis":
        """Return this hypothesis after one more character, behind which so many more pairs were dropped."""
        state = model.push(self.state, char)
        return Hypothesis(
            pending, self.out + char, self.plain + state[1][-1], self.gaps + gaps, state, self.lead
        )

    def ahead_of(self, other: "Hypothesis") -> "Hypothesis":
        """Return this hypothesis where ``other``, which is behind, is given up for it."""
        if self.plain == other.plain:  # variants of one character (線, 綫)
            return self
        return self._replace(lead=min(self.lead, self.score - other.score))


@dataclass(frozen=True, slots=True)
class Ending:
    """What is known of a passage's last character.

    ``seconds`` gives the second halves that it may have; it is read ``syllable``, if any. ``before`` is the character
    that the passage stands behind, whose log probability with what stands before it is ``base``; ``right`` is the
    undamaged text behind the passage.
    """

    seconds: Callable[[Hypothesis], Iterable[int]]
    syllable: str | None
    before: str
    base: float
    right: str


class Choice(NamedTuple):
    """The reading that stands out, and its log probability a character."""

    out: str
    average: float


class _Finished(NamedTuple):
    """A hypothesis with its last character, and the log probability of all including the text on the right."""

    score: float
    hypothesis: Hypothesis
    char: str

    @property
    def out(self) -> str:
        return self.hypothesis.out + self.char

    @property
    def plain(self) -> str:
        return self.hypothesis.plain + simplified(self.char)


def choose(
    hypotheses: Iterable[Hypothesis], ending: Ending, model: LanguageModel, most: int
) -> Choice | None:
    """Finish the hypotheses by one character each and return the best, or None where it does not stand out.

    It does not either where more than ``most`` readings would have to be looked at; likely hypotheses first make it fewer.
    """
    finished = list(islice(_finished(hypotheses, ending, model), most + 1))
    if not finished or len(finished) > most:
        return None
    score = max(each.score for each in finished)
    near = [each for each in finished if each.score > score - _CLEAR_LEAD]
    best = min((each for each in near if each.score == score), key=lambda each: each.out)
    average = (score - ending.base) / (len(best.out) + len(ending.right))
    lead = min((score - other.score for other in near if other.plain != best.plain), default=math.inf)
    gaps = best.hypothesis.gaps
    needed = _LEAST_LEAD_LONG if len(best.out) >= _LONG else _LEAST_LEAD_WITH_GAP if gaps else _LEAST_LEAD
    worst = _WORST_SCORE if lead < math.inf or gaps else _WORST_CLEAR_SCORE
    # With the most gaps that were tried, the right reading may have one more.
    unsure = best.hypothesis.lead < _LEAST_LEAD_WITHIN or gaps == MAX_GAPS
    return None if lead < needed or average < worst or unsure else Choice(best.out, average)


def _finished(hypotheses: Iterable[Hypothesis], ending: Ending, model: LanguageModel) -> Iterator[_Finished]:
    """Yield the finished hypotheses, leaving out most that are far behind the best."""
    right, syllable = ending.right, ending.syllable
    ceiling: Ceiling | None = None
    floor = -math.inf
    count = 0
    for hypothesis in hypotheses:
        if max(hypothesis.state[0]) < floor:
            continue
        if ceiling is None and count >= _MANY:
            ceiling = Ceiling(model, right)
        at_most = ceiling.after(hypothesis.state) if ceiling else None
        for second in ending.seconds(hypothesis):
            char = character(hypothesis.pending, second)
            if char is None or (syllable is not None and syllable not in readings(char)):
                continue
            if not may_follow(hypothesis.out[-1:] or ending.before, char):
                continue
            if at_most is not None and at_most(char) < floor:
                continue
            score = model.extend(hypothesis.state, char + right)[0][-1]
            floor = max(floor, score - _CLEAR_LEAD - _ROUNDING)
            count += 1
            yield _Finished(score, hypothesis, char)
