"""Edits, layers of edits, and the alignment between a raw text and its repaired form.

Notes for a newcomer. A stage that changes text does not return a new string: it returns a `Layer`, a
sorted list of disjoint `Edit`s over the text that it received. An `Alignment` is the raw text plus the
layers applied so far, in order. Positions are mapped by walking the layers; the layers are kept, so "which
rule did this" stays answerable for every character.

Mapping back is conservative: a span that touches any part of an edit's replacement maps to the whole
of what the edit replaced, since nobody can say which raw character a replaced one stands for.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from ecomlink_nlp.text.light import light_dataclass


@light_dataclass(frozen=True, slots=True)
class Edit:
    """One replacement: ``text[start:end]``, which is ``before``, becomes ``after``.

    ``start``/``end`` are code-point offsets into the text that the layer received. ``before`` is never
    empty: an insertion takes a neighbouring character along, so that every span maps to something.
    ``kind`` is a repair kind of the record, ``rule`` the id of the rule that decided, ``score`` 0 to 1.
    """

    start: int
    end: int
    before: str
    after: str
    kind: str
    rule: str
    score: float = 1.0

    def __post_init__(self) -> None:
        if self.end - self.start != len(self.before) or not self.before:
            raise ValueError(
                f"edit {self.rule} at {self.start}-{self.end} does not fit its text {self.before!r}"
            )

    def moved_to(self, start: int) -> "Edit":
        """Return the same replacement at another place."""
        return Edit(
            start, start + len(self.before), self.before, self.after, self.kind, self.rule, self.score
        )


class Layer:
    """Sorted, disjoint edits over one text.

    >>> layer = Layer("個(gè)人", [Edit(1, 5, "(gè)", "", "pinyin", "reading")])
    >>> layer.after, layer.to_before(1, 2), layer.to_after(0, 6)
    ('個人', (5, 6), (0, 2))

    Raises ValueError when the edits overlap, are unsorted, or do not fit ``before``.
    """

    __slots__ = ("_after_ends", "_after_starts", "_before_starts", "after", "before", "edits")

    def __init__(self, before: str, edits: Iterable[Edit]) -> None:
        self.before = before
        self.edits: tuple[Edit, ...] = tuple(edits)
        pieces: list[str] = []
        self._before_starts: list[int] = []
        self._after_starts: list[int] = []
        self._after_ends: list[int] = []
        position = length = 0
        for edit in self.edits:
            if edit.start < position or before[edit.start : edit.end] != edit.before:
                raise ValueError(f"edit {edit.rule} at {edit.start}-{edit.end} overlaps or does not fit")
            pieces += (before[position : edit.start], edit.after)
            length += edit.start - position
            self._before_starts.append(edit.start)
            self._after_starts.append(length)
            length += len(edit.after)
            self._after_ends.append(length)
            position = edit.end
        pieces.append(before[position:])
        self.after = "".join(pieces)

    def to_before(self, start: int, end: int) -> tuple[int, int]:
        """Map a non-empty span of the text after the edits to the text before them."""
        starts, ends = self._after_starts, self._after_ends
        # The last edit whose replacement starts at or before the span.
        index = bisect_right(starts, start) - 1
        if index >= 0:
            edit = self.edits[index]
            start = edit.start if start < ends[index] else edit.end + start - ends[index]
        # Only edits that start before the end can be touched: a removal right after the span stays outside.
        index = bisect_right(starts, end - 1) - 1
        if index >= 0:
            edit, after = self.edits[index], ends[index]
            end = edit.end if end <= after and after > starts[index] else edit.end + end - after
        return start, end

    def to_after(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the text before the edits to the text after them (possibly to an empty span)."""
        return self._point_after(start, False), self._point_after(end, True)

    def _point_after(self, offset: int, is_end: bool) -> int:
        index = bisect_right(self._before_starts, offset - 1 if is_end else offset) - 1
        if index < 0:
            return offset
        edit = self.edits[index]
        if offset < edit.end or (is_end and offset == edit.end):
            return self._after_ends[index] if is_end else self._after_starts[index]
        return self._after_ends[index] + offset - edit.end


@dataclass(slots=True)
class Alignment:
    """A raw text and the layers that lead from it to the repaired text.

    >>> alignment = Alignment("個(gè)人")
    >>> alignment.apply([Edit(1, 5, "(gè)", "", "pinyin", "reading")])
    >>> alignment.apply([Edit(0, 1, "個", "个", "script", "t2s")])
    >>> alignment.text, alignment.to_raw(0, 2), alignment.to_text(5, 6)
    ('个人', (0, 6), (1, 2))
    """

    raw: str
    layers: list[Layer] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text after all layers."""
        return self.layers[-1].after if self.layers else self.raw

    def apply(self, edits: Sequence[Edit]) -> None:
        """Add a layer of edits over the current text; an empty sequence adds none."""
        if edits:
            self.layers.append(Layer(self.text, edits))

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Map a non-empty span of the repaired text to the raw text: ``0 <= start < end <= len(raw)``."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"span {start}-{end} is empty or outside the repaired text")
        for layer in reversed(self.layers):
            start, end = layer.to_before(start, end)
        return start, end

    def to_text(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the raw text to the repaired text; removed text maps to an empty span."""
        if not 0 <= start <= end <= len(self.raw):
            raise ValueError(f"span {start}-{end} is outside the raw text")
        for layer in self.layers:
            start, end = layer.to_after(start, end)
        return start, max(start, end)

    def repairs(self) -> list[Edit]:
        """All layers' edits composed into disjoint edits over the raw text, in order.

        Edits of later layers that touch what an earlier one wrote are merged with it. The merged edit takes kind
        and rule of the earliest edit that is damage (the cause), of the earliest at all where all are mere
        conversion, and the lowest score. Applying the result to the raw text gives the repaired text.
        """
        composed: Sequence[Edit] = ()
        for layer in self.layers:
            composed = _compose(self.raw, composed, layer)
        return list(composed)


# Not damage, but the form of the text: conversion is scored on its own and never the cause of a merged edit.
CONVERSIONS = frozenset({"script", "vocabulary", "width"})


def _compose(raw: str, first: Sequence[Edit], layer: Layer) -> Sequence[Edit]:
    """Compose edits over ``raw`` with the layer over the text that they produce."""
    if not first:
        return layer.edits
    below = Layer(raw, first)
    later = [(*below.to_before(edit.start, edit.end), edit) for edit in layer.edits]
    items = sorted([*((e.start, e.end, e) for e in first), *later], key=itemgetter(0, 1))
    result: list[Edit] = []
    shift = 0  # position in the text after the layer minus position in the raw text, before the current group
    i = 0
    while i < len(items):
        start, end, edit = items[i]
        if i + 1 == len(items) or items[i + 1][0] >= end:
            # Alone, as most are: it stays as it is, at its place in the raw text.
            shift += len(edit.after) - len(edit.before)
            i += 1
            if edit.before != edit.after:
                result.append(edit if edit.start == start else edit.moved_to(start))
            continue
        group: list[Edit] = []
        while i < len(items) and (not group or items[i][0] < end):
            end = max(end, items[i][1])
            group.append(items[i][2])
            i += 1
        growth = sum(len(edit.after) - len(edit.before) for edit in group)
        after = layer.after[start + shift : end + shift + growth]
        shift += growth
        if raw[start:end] == after:
            continue
        cause = next((edit for edit in group if edit.kind not in CONVERSIONS), group[0])
        score = min(edit.score for edit in group)
        result.append(Edit(start, end, raw[start:end], after, cause.kind, cause.rule, score))
    return result
