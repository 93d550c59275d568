"""One-to-one matching, the counts it gives, and when two names, numbers or spans are the same.

Everything here is symmetric in form but not in role: the first argument is the gold's side, whose alternatives
(``time_alt`` and the like) and known names decide.
"""

from collections import Counter, deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

G = TypeVar("G")
P = TypeVar("P")

NAME_DICE = 0.6
QUOTE_IOU = 0.5
VALUE_TOLERANCE = 0.001


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are in the gold, how many were predicted, and how many of them match one to one.

    Precision, recall and F1 are 1 where there is nothing to find and nothing was found.

    >>> counts = Counts(gold=4, predicted=2, matched=1) + Counts(0, 0, 0)
    >>> counts.precision, counts.recall, round(counts.f1, 3), Counts(0, 0, 0).f1
    (0.5, 0.25, 0.333, 1.0)
    """

    gold: int
    predicted: int
    matched: int

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.gold + other.gold, self.predicted + other.predicted, self.matched + other.matched)

    @property
    def precision(self) -> float:
        """The part of the predictions that is right."""
        return self.matched / self.predicted if self.predicted else float(not self.gold)

    @property
    def recall(self) -> float:
        """The part of the gold that was found."""
        return self.matched / self.gold if self.gold else float(not self.predicted)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.gold + self.predicted
        return 2 * self.matched / both if both else 1.0


def match_pairs(
    gold: Sequence[G], predicted: Sequence[P], same: Callable[[G, P], bool]
) -> list[tuple[int, int]]:
    """Return the index pairs of a maximum one-to-one matching.

    Maximum rather than greedy, so that the order of the items never changes a score: augmenting paths, breadth
    first (Hopcroft and Karp's idea without its phases; the lists are short).

    >>> match_pairs([3, 5], [5, 3, 4], lambda g, p: abs(g - p) <= 1)
    [(0, 1), (1, 0)]
    """
    candidates = [[j for j, p in enumerate(predicted) if same(g, p)] for g in gold]
    gold_of: dict[int, int] = {}
    for start in range(len(gold)):
        _augment(start, candidates, gold_of)
    return sorted((i, j) for j, i in gold_of.items())


def _augment(start: int, candidates: list[list[int]], gold_of: dict[int, int]) -> None:
    reached_from: dict[int, int] = {}
    queue = deque([start])
    while queue:
        i = queue.popleft()
        for j in candidates[i]:
            if j in reached_from:
                continue
            reached_from[j] = i
            if j in gold_of:
                queue.append(gold_of[j])
                continue
            # A free prediction: turn the path that led here round.
            previous = {i: j for j, i in gold_of.items()}
            at: int | None = j
            while at is not None:
                i = reached_from[at]
                gold_of[at] = i
                at = previous.get(i)
            return


def same_name(gold: str | None, predicted: str | None, known: Collection[str]) -> bool:
    """Tell whether two names or noun phrases are the same; ``known`` holds the gold's entity names.

    A known name must be met exactly, a noun phrase that is none by a character Dice of 0.6.

    >>> same_name("快手", "快手小店", {"快手"}), same_name("业内人士", "一位业内人士", {"快手"})
    (False, True)
    """
    if gold == predicted:
        return True
    if gold is None or predicted is None or gold in known:
        return False
    return character_dice(gold, predicted) >= NAME_DICE


def character_dice(a: str, b: str) -> float:
    """Return the Dice coefficient of the two strings' characters, counted as often as they stand.

    >>> round(character_dice("电商平台", "平台"), 2)
    0.67
    """
    shared = (Counter(a) & Counter(b)).total()
    return 2 * shared / (len(a) + len(b)) if a or b else 1.0


def same_number(gold: Any, predicted: Any) -> bool:
    """Tell whether two numbers (or nulls) are the same within 0.1 % of the gold's.

    >>> same_number(28.4, 28.41), same_number(100, 101), same_number(None, None), same_number(-5, 5)
    (True, False, True, False)
    """
    if gold is None or predicted is None:
        return gold is predicted
    return bool(abs(gold - predicted) <= VALUE_TOLERANCE * abs(gold))


def overlap_ratio(a: Sequence[int], b: Sequence[int]) -> float:
    """Return the intersection over union of two spans.

    >>> overlap_ratio((0, 10), (5, 10))
    0.5
    """
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared / (a[1] - a[0] + b[1] - b[0] - shared) if shared > 0 else 0.0
