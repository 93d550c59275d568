"""What a reading that goes on in a character can be worth at most, for less than the language model takes to say it.

A character is a word of its own, or ends a word of two, or ends or continues a longer word: only where the
characters before it begin one, which few do.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

from ecomlink_nlp.repair.language import LanguageModel, State, simplified


class _Character(NamedTuple):
    """A simplified character, and what it is worth at most with the text on the right.

    ``as_word``: where a word begins with it. A long word that began before may end with it, or go on in that text.
    """

    form: str
    as_word: float
    goes_on: bool


class Ceiling:
    """The greatest log probability of texts that end in ``right``, a character before it.

    >>> from ecomlink_nlp.repair.language import START, general_model
    >>> model = general_model()
    >>> state, right = model.extend(START, "最后一"), "里路"
    >>> at_most = Ceiling(model, right).after(state)
    >>> [model.score(f"最后一{char}{right}") <= at_most(char) for char in "公次芮"]
    [True, True, True]
    """

    def __init__(self, model: LanguageModel, right: str) -> None:
        self._model = model
        self._right = "".join(map(simplified, right))
        behind = [model.score(self._right[index:]) for index in range(len(right) + 1)]
        self._apart = behind[0]
        self._behind_pair = behind[1] if right else -math.inf
        # Of a long word that ends before what is on the right, or in it.
        self._as_end = model.likeliest_long_word + behind[0]
        self._across = model.likeliest_long_word + max(behind[1:], default=-math.inf)
        self._characters: dict[str, _Character] = {}

    def after(self, state: State) -> Callable[[str], float]:
        """Return what a text can be worth at most by its next character, where ``state`` is what stands before."""
        best, tail = state
        alone, pair = best[-1], best[-2] if tail else -math.inf
        long = self._before_long_word(state)
        model, across, last = self._model, self._across, tail[-1:]

        def at_most(char: str) -> float:
            known = self._characters.get(char) or self._look_up(char)
            highest = alone + known.as_word
            if last:
                word = model.whole(last + known.form)
                if word is not None:
                    highest = max(highest, pair + word + self._apart)
                if known.goes_on and pair + across > highest and model.begins_long_word(last, known.form):
                    highest = pair + across
                as_end = max(self._as_end, across if known.goes_on else -math.inf)
                if long + as_end > highest and model.continues_long_word(last, known.form):
                    highest = long + as_end
            return highest

        return at_most

    def _look_up(self, char: str) -> "_Character":
        model, form = self._model, simplified(char)
        as_word = model.character(form) + self._apart
        goes_on = False
        if self._right:
            word = model.whole(form + self._right[0])
            if word is not None:
                as_word = max(as_word, word + self._behind_pair)
            if model.begins_long_word(form, self._right[0]):
                as_word = max(as_word, self._across)
            goes_on = model.continues_long_word(form, self._right[0])
        known = _Character(form, as_word, goes_on)
        self._characters[char] = known
        return known

    def _before_long_word(self, state: State) -> float:
        """Return the best log probability of what stands before a longer word that may go on, if any may."""
        best, tail = state
        before = -math.inf
        for length in range(2, min(len(tail), len(best) - 1) + 1):
            if best[-1 - length] > before and self._model.begins_long_word(tail[-length], tail[1 - length]):
                before = best[-1 - length]
        return before
