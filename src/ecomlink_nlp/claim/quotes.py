"""Quotations: the stretches between quotation marks, nested and over several sentences.

Chinese marks open and close by themselves (“ ” ‘ ’ 「 」 『 』); ASCII marks are paired in turn within a line. A mark
that never closes in its paragraph opens nothing.
"""

from dataclasses import dataclass

_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』"}
_CLOSING = {close: opened for opened, close in _PAIRS.items()}
_FULL = ("。", "！", "？", "!", "?", "…", ".")
_MIN_SENTENCE = 8  # characters: shorter quotations without a full stop are terms, names and slogans


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words between two marks: ``[start, end)`` without the marks; ``depth`` 0 for the outermost."""

    start: int
    end: int
    depth: int

    def is_sentence(self, text: str) -> bool:
        """True where the words read as something said rather than as a name or a term."""
        words = text[self.start : self.end]
        return words.endswith(_FULL) or len(words) >= _MIN_SENTENCE


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
            # a speech may run over several lines, an ASCII pair never does
            if (
                text[offset + 1 : offset + 2] not in _PAIRS and stack and stack[0][0] == '"'
            ) or text.startswith("\n", offset + 1):
                stack.clear()
        elif character == '"':
            if stack and stack[-1][0] == '"':
                _, start = stack.pop()
                found.append(Quotation(start, offset, len(stack)))
            else:
                stack.append(('"', offset + 1))
        elif character in _PAIRS:
            stack.append((character, offset + 1))
        elif character in _CLOSING and any(mark == _CLOSING[character] for mark, _ in stack):
            while stack:
                mark, start = stack.pop()
                if mark == _CLOSING[character]:
                    found.append(Quotation(start, offset, len(stack)))
                    break
    return sorted((q for q in found if q.start < q.end), key=lambda q: (q.start, -q.end))
