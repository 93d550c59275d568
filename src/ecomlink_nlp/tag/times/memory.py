"""What the text spoke of before: the anchors that anaphoric times (同年, 次日, 三个月后, 去年同期) count from.

Notes for a newcomer. Every resolved date becomes an `Anchor`. Deadlines (17日以前) and dates that are
announced for later than the document are anchors for nothing that happened, so anaphors pass over them. A
paragraph is the usual reach: a new paragraph starts a new thread of the story.
"""

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from ecomlink_nlp.tag.times.period import Period
from ecomlink_nlp.text.light import light_dataclass

PARAGRAPH_REACH = 4000
"""The longest paragraph that is looked back over, in characters."""
ANCHORS = 200
"""How many anchors are looked back over."""
_SENTENCE_END = re.compile(r"[。！？!?\n]")


@light_dataclass(frozen=True, slots=True)
class Anchor:
    """A resolved date at ``start``..``end``; ``pending`` when it is a deadline or still to come."""

    start: int
    end: int
    period: Period
    pending: bool = False
    deictic: bool = False
    compared: bool = False


@dataclass(frozen=True, slots=True)
class Festival:
    """A festival's name at ``start``..``end`` and the rule of its day."""

    start: int
    end: int
    rule: str


@lru_cache(maxsize=2)
def _sentence_ends(text: str) -> list[int]:
    """Where sentences end; kept for a moment, since a text is read up to three times to find its date."""
    return [match.start() for match in _SENTENCE_END.finditer(text)]


class Memory:
    """The anchors of one text so far, in order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.anchors: list[Anchor] = []
        self.festivals: list[Festival] = []

    def add(self, anchor: Anchor) -> None:
        """Remember a resolved date."""
        self.anchors.append(anchor)

    def paragraph(self, position: int) -> int:
        """Where the paragraph of ``position`` begins."""
        return self.text.rfind("\n", max(0, position - PARAGRAPH_REACH), position) + 1

    def sentence(self, position: int) -> int:
        """Where the sentence of ``position`` begins."""
        ends = _sentence_ends(self.text)
        index = bisect_left(ends, position) - 1
        low = max(0, position - PARAGRAPH_REACH)
        return max(low, ends[index] + 1) if index >= 0 else low

    def last(
        self, since: int = 0, accept: Callable[[Anchor], bool] | None = None, pending: bool = False
    ) -> Anchor | None:
        """The last anchor at or after ``since`` that is accepted."""
        for anchor in islice(reversed(self.anchors), ANCHORS):
            if anchor.start < since:
                return None
            if (pending or not anchor.pending) and (accept is None or accept(anchor)):
                return anchor
        return None
