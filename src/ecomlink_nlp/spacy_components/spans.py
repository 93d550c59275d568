"""From character offsets to spaCy spans: words are cut where an annotation begins or ends inside one.

jieba's dictionary knows 手电 (a torch) and reads 快|手电|商 where a platform ends inside a word. Widening the span to whole
words would change the name, so the word is cut instead.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.tokens import Doc, Span, Token


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to be made: character offsets, label, and the ids that spaCy keeps with it."""

    start: int
    end: int
    label: str
    kb_id: str = ""
    span_id: str = ""


# What other components may have written to tokens: only the retokenizer can carry it along.
_OTHERS = ("TAG", "POS", "MORPH", "LEMMA", "DEP")


def aligned_spans(doc: Doc, marks: Sequence[Mark]) -> tuple[Doc, list[Span]]:
    """Return the Doc, its words cut where a mark begins or ends, and the spans of the marks, in their order.

    >>> from spacy.vocab import Vocab
    >>> doc = Doc(Vocab(), words=["快", "手电", "商"], spaces=[False] * 3)
    >>> doc, spans = aligned_spans(doc, [Mark(0, 2, "PLATFORM")])
    >>> spans, [token.text for token in doc]
    ([快手], ['快', '手', '电', '商'])
    """
    doc = cut_words(doc, (offset for mark in marks for offset in (mark.start, mark.end)))
    return doc, _spans(doc, marks)


def cut_words(doc: Doc, offsets: Iterable[int]) -> Doc:
    """Return ``doc`` with its words cut at the character offsets that lie inside one.

    A Doc that holds nothing but what our components make is built anew, which takes time linear in its length. Where
    others have written to its tokens it is cut in place, which takes time proportional to length times cuts.
    """
    starts = [token.idx for token in doc]
    cuts: dict[int, list[int]] = {}
    for offset in sorted(set(offsets)):
        index = bisect_right(starts, offset) - 1
        # An offset in the space after a word is no place to cut.
        if index >= 0 and starts[index] < offset < starts[index] + len(doc[index]):
            cuts.setdefault(index, []).append(offset - starts[index])
    if not cuts:
        return doc
    groups = {name: [_mark(span) for span in group] for name, group in doc.spans.items()}
    if doc.tensor.size or doc.user_hooks or any(doc.has_annotation(name) for name in _OTHERS):
        _cut_in_place(doc, cuts)
    else:
        doc = _cut_anew(doc, cuts)
    # The retokenizer moves entities along, but leaves span groups pointing at the old word numbers.
    for name, marks in groups.items():
        doc.spans[name] = _spans(doc, marks)
    return doc


def _pieces(token: Token, places: list[int]) -> list[str]:
    return [token.text[start:end] for start, end in zip([0, *places], [*places, len(token)], strict=True)]


def _cut_anew(doc: Doc, cuts: dict[int, list[int]]) -> Doc:
    words: list[str] = []
    spaces: list[bool] = []
    begins: list[int] = []
    for token in doc:
        pieces = _pieces(token, cuts.get(token.i, []))
        words += pieces
        spaces += [False] * (len(pieces) - 1) + [bool(token.whitespace_)]
        begins += [1 if token.is_sent_start else -1] + [-1] * (len(pieces) - 1)
    new = Doc(doc.vocab, words=words, spaces=spaces, user_data=doc.user_data)
    new.cats = doc.cats
    if doc.has_annotation("SENT_START"):
        marks: Any = np.array(begins, dtype=np.int64)
        new.from_array(["SENT_START"], marks.astype(np.uint64))
    if doc.has_annotation("ENT_IOB"):
        new.set_ents(_spans(new, map(_mark, doc.ents)))
    return new


def _cut_in_place(doc: Doc, cuts: dict[int, list[int]]) -> None:
    has_parse = doc.has_annotation("DEP")
    with doc.retokenize() as retokenizer:
        for index, places in cuts.items():
            token = doc[index]
            pieces = _pieces(token, places)
            retokenizer.split(token, pieces, heads=_heads(token, len(pieces), has_parse))


def _heads(token: Token, pieces: int, has_parse: bool) -> list[Token | tuple[Token, int]]:
    if not has_parse:
        return [(token, piece) for piece in range(pieces)]
    # In a parsed text the first piece takes the word's place in the tree, the others hang on it.
    first = (token.head, 0)
    return [first, *((token, 0) for _ in range(pieces - 1))]


def _mark(span: Span) -> Mark:
    return Mark(span.start_char, span.end_char, span.label_, span.kb_id_, span.id_)


def _spans(doc: Doc, marks: Iterable[Mark]) -> list[Span]:
    starts = [token.idx for token in doc]
    return [
        Span(
            doc,
            bisect_right(starts, mark.start) - 1,
            bisect_left(starts, mark.end),
            label=mark.label,
            kb_id=mark.kb_id,
            span_id=mark.span_id,
        )
        for mark in marks
    ]
