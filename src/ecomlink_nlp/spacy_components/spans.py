"""From character offsets to spaCy spans: words are cut where an annotation begins or ends inside one.

jieba's dictionary knows 手电 (a torch) and reads 快|手电|商 where a platform ends inside a word. Widening the span to whole
words would change the name, so the word is cut instead.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to be made: character offsets, label, and the ids that spaCy keeps with it."""

    start: int
    end: int
    label: str
    kb_id: str = ""
    span_id: str = ""


def aligned_spans(doc: Doc, marks: Sequence[Mark]) -> list[Span]:
    """Return the spans of the marks, in their order; cuts the words that a mark begins or ends in.

    >>> from spacy.vocab import Vocab
    >>> doc = Doc(Vocab(), words=["快", "手电", "商"], spaces=[False] * 3)
    >>> aligned_spans(doc, [Mark(0, 2, "PLATFORM")]), [token.text for token in doc]
    ([快手], ['快', '手', '电', '商'])
    """
    cut_words(doc, (offset for mark in marks for offset in (mark.start, mark.end)))
    return _spans(doc, marks)


def cut_words(doc: Doc, offsets: Iterable[int]) -> None:
    """Cut the words of ``doc`` at the character offsets that lie inside one; span groups keep their places."""
    starts = [token.idx for token in doc]
    cuts: dict[int, list[int]] = {}
    for offset in sorted(set(offsets)):
        index = bisect_right(starts, offset) - 1
        # An offset in the space after a word is no place to cut.
        if index >= 0 and starts[index] < offset < starts[index] + len(doc[index]):
            cuts.setdefault(index, []).append(offset - starts[index])
    if not cuts:
        return
    # The retokenizer moves entities along, but leaves span groups pointing at the old word numbers.
    groups = {name: [_mark(span) for span in group] for name, group in doc.spans.items()}
    has_parse = doc.has_annotation("DEP")
    with doc.retokenize() as retokenizer:
        for index, places in cuts.items():
            token = doc[index]
            pieces = [
                token.text[start:end] for start, end in zip([0, *places], [*places, len(token)], strict=True)
            ]
            retokenizer.split(token, pieces, heads=_heads(token, len(pieces), has_parse))
    for name, marks in groups.items():
        doc.spans[name] = _spans(doc, marks)


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
