"""Quotations: the stretches between quotation marks, nested and over several sentences.

Chinese marks open and close by themselves (“ ” ‘ ’ 「 」 『 』); ASCII marks are paired in turn within a line, also with a
Chinese mark where the text mixes both ("…”). A quotation may run over line breaks only as long as no new one opens
there; a mark that never closes opens nothing.
"""

from bisect import bisect_right
from collections.abc import Sequence

from ecomlink_nlp.text.light import light_dataclass

_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "﹁": "﹂", "﹃": "﹄"}
_CLOSING = {close: opened for opened, close in _PAIRS.items()}
_FULL = ("。", "！", "？", "!", "?", "…", ".")
_PAUSES = ("，", ",", "；", ";")
_MIN_SENTENCE = 8  # characters: shorter quotations without a full stop are terms, names and slogans
_MAX_NESTING = 8


@light_dataclass(frozen=True, slots=True)
class Quotation:
    """The words between two marks: ``[start, end)`` without the marks; ``depth`` 0 for the outermost."""

    start: int
    end: int
    depth: int

    def is_sentence(self, text: str) -> bool:
        """True where the words read as something said rather than as a name or a term."""
        if text.endswith(_PAUSES, self.start, self.end):
            return True  # “价格不是重点，”某人说
        return self.is_full(text) or self.end - self.start >= _MIN_SENTENCE

    def is_full(self, text: str) -> bool:
        """True where the words end like a sentence."""
        return text.endswith(_FULL, self.start, self.end)


def find_quotations(text: str) -> list[Quotation]:
    """Return all quotations in order of their start, outer ones before those inside.

    >>> text = "她说：“他讲‘不卖’。”"
    >>> [(text[q.start:q.end], q.depth) for q in find_quotations(text)]
    [('他讲‘不卖’。', 0), ('不卖', 1)]
    """
    found: list[Quotation] = []
    stack: list[tuple[str, int]] = []
    for offset, character in enumerate(text):
        if character == "\n":
            following = text[offset + 1 : offset + 2]
            if stack and (stack[0][0] == '"' or following in _PAIRS or following in {"\n", '"', ""}):
                stack.clear()
        elif character == '"':
            if stack and stack[-1][0] in {'"', "“"}:
                _close(stack, found, stack[-1][0], offset)
            else:
                stack.append((character, offset + 1))
        elif character in _PAIRS:
            if len(stack) < _MAX_NESTING:
                stack.append((character, offset + 1))
        elif character in _CLOSING:
            opened = _CLOSING[character]
            if any(mark == opened for mark, _ in stack):
                _close(stack, found, opened, offset)
            elif character == "”" and any(mark == '"' for mark, _ in stack):
                _close(stack, found, '"', offset)
    return sorted((q for q in found if q.start < q.end), key=lambda q: (q.start, -q.end))


def _close(stack: list[tuple[str, int]], found: list[Quotation], opened: str, offset: int) -> None:
    """Close the innermost quotation that ``opened`` began, and drop those left open inside it."""
    while stack:
        mark, start = stack.pop()
        if mark == opened:
            found.append(Quotation(start, offset, len(stack)))
            return


def enclosing(quotations: Sequence[Quotation], offset: int) -> Quotation | None:
    """Return the innermost of the sorted ``quotations`` around ``offset``; None where there is none."""
    index = bisect_right(quotations, offset, key=lambda quotation: quotation.start) - 1
    while index >= 0:
        quotation = quotations[index]
        if offset < quotation.end:
            return quotation
        if quotation.depth == 0:
            return None
        index -= 1
    return None
