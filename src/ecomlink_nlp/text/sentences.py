"""Sentences and clauses of a repaired text, by punctuation."""

import re

# A sentence ends at a full stop, question or exclamation mark or an ellipsis, with the closing quotes and
# brackets behind it, or at a line break. An ASCII full stop ends one only before a space or the end.
_SENTENCE = re.compile(r"(?:[。！？!?]+|…{2,}|\.{3,}|(?<=[A-Za-z])\.(?=\s|$))[”’」』》）)\"]*|\n+")
# A comma between digits groups thousands or is a list without spaces in scraped text: only the first kind binds.
# A space between two Chinese characters separates the halves of a headline; 1—5月 is one time.
_CLAUSE = re.compile(
    r"[，；：;:]|,(?!\d{3}(?!\d))|——+|—(?!\d)|(?<=[\u4e00-\u9fff])[ \u3000](?=[\u4e00-\u9fff])"
)
_LONGEST_CLAUSE = 200  # characters; a long one of real text has 70
_LONGEST_SENTENCE = 600  # characters; a long one of real text has 130
_GAP = re.compile(r"[\s、]")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the half-open spans of the sentences, without surrounding white space.

    A text that never ends a sentence is cut every 600 characters, at a comma where there is one: whom a clause is about
    is looked up in all of its sentence, which costs a square.

    >>> text = "快手发公告。“都不能挂了!”\\n谁说的?"
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['快手发公告。', '“都不能挂了!”', '谁说的?']
    """
    spans: list[tuple[int, int]] = []
    position = 0
    for match in _SENTENCE.finditer(text):
        _append_bounded(text, position, match.end(), spans)
        position = match.end()
    _append_bounded(text, position, len(text), spans)
    return spans


def clause_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the clauses of ``text[start:end]``, cut after commas, semicolons, colons and dashes.

    A text without punctuation is cut every 200 characters: what is compared within a clause costs a square.

    >>> text = "GMV达1,300亿,同比增长5%;日活2.6亿"
    >>> [text[s:e] for s, e in clause_spans(text, 0, len(text))]
    ['GMV达1,300亿,', '同比增长5%;', '日活2.6亿']
    """
    spans: list[tuple[int, int]] = []
    position = start
    for match in _CLAUSE.finditer(text, start, end):
        if _is_clock_colon(text, match.start()):
            continue
        _append_pieces(text, position, match.end(), spans)
        position = match.end()
    _append_pieces(text, position, end, spans)
    return spans


def _append_bounded(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    while end - start > _LONGEST_SENTENCE:
        cut = _last_cut(text, start + _LONGEST_SENTENCE // 2, start + _LONGEST_SENTENCE)
        _append_stripped(text, start, cut, spans)
        start = cut
    _append_stripped(text, start, end, spans)


def _last_cut(text: str, start: int, end: int) -> int:
    """Return where the last clause of ``text[start:end]`` that ends there ends, else the last word or item, else ``end``."""
    for pattern in (_CLAUSE, _GAP):
        # The comma of 1,300 needs to see the digits behind it.
        cuts = [match.end() for match in pattern.finditer(text, start, end + 4)]
        if fitting := [cut for cut in cuts if cut <= end and not _is_clock_colon(text, cut - 1)]:
            return fitting[-1]
    return end


def _append_pieces(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    for piece in range(start, end, _LONGEST_CLAUSE):
        _append_stripped(text, piece, min(end, piece + _LONGEST_CLAUSE), spans)


def _is_clock_colon(text: str, offset: int) -> bool:
    """True for the colon of 24:00 or 24: 00."""
    return (
        text[offset] in ":："
        and text[offset - 1 : offset].isdigit()
        and text[offset + 1 :].lstrip(" ")[:1].isdigit()
    )


def _append_stripped(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
