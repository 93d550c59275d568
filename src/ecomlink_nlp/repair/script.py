"""Simplified characters and mainland words: conversion, its corrections, and the words of Taiwan and Hong Kong.

Notes for a newcomer. Three layers of knowledge give one list of edits over the text as it came:
OpenCC's ``t2s`` dictionaries (`opencc_chain`), rows that mend what these get wrong
(``data/script_corrections.tsv``), and words with mainland equivalents (``data/vocabulary.tsv``). ``tw2sp`` is not used:
it turns mainland words into others (核心 into 内核, 什么 into 什幺), while our rows apply only in documents whose own
words show the variety. All of ``t2s`` and the corrections keep the length, so one offset holds in all three.

An edit is one character where characters change one by one: a name's last character must not drag its neighbour
into the name's span only because both changed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ecomlink_nlp.errors import ResourceError
from ecomlink_nlp.repair.opencc_chain import ScriptConverter, Stage
from ecomlink_nlp.resources import read_tsv
from ecomlink_nlp.text.edits import Edit

# Words of a variety count in documents in traditional script only: so many distinct characters, this share.
_TRADITIONAL_KINDS = 3
_TRADITIONAL_SHARE = 0.02
# A text too short for so many kinds is in traditional script from this share on.
_TRADITIONAL_SENTENCE = 0.1
_VARIETY_MARKS = 3
# A line with several hiragana is Japanese: its characters are not traditional Chinese.
_JAPANESE = re.compile(r"^.*[ぁ-ゖ].*[ぁ-ゖ].*$", re.MULTILINE)


def find_edits(text: str) -> list[Edit]:
    """Return what makes ``text`` simplified, of the kinds ``script`` and ``vocabulary``.

    Simplified text gets no edits, also where it holds characters that OpenCC would convert (乾隆, 昇腾).

    >>> [(e.before, e.after, e.rule) for e in find_edits("隨著業務")]
    [('隨', '随', 't2s'), ('著', '着', 'zhu_aspect'), ('業', '业', 't2s'), ('務', '务', 't2s')]
    >>> find_edits("著名的乾隆年间")
    []
    """
    resources = _resources()
    found = resources.traditional.findall(text)
    if not found:
        return []
    kinds = set(found)
    changes: dict[int, tuple[str, str]] = {}
    is_traditional = len(kinds) >= _TRADITIONAL_KINDS or len(found) >= _TRADITIONAL_SENTENCE * len(text)
    for start, _, after in resources.stage.replacements(text):
        if is_traditional or text[start] in kinds:
            changes[start] = (after, "t2s")
    converted = _apply(text, changes)
    for start, after, rule in _corrections(converted, resources):
        for offset, char in enumerate(after, start):
            if text[offset] == char:
                changes.pop(offset, None)
            elif converted[offset] != char:
                changes[offset] = (char, rule)
    for line in _JAPANESE.finditer(text):
        for offset in range(*line.span()):
            changes.pop(offset, None)
    edits = [Edit(i, i + 1, text[i], after, "script", rule) for i, (after, rule) in sorted(changes.items())]
    words = _vocabulary_edits(text, _apply(text, changes), resources) if is_traditional else []
    return _merge(edits, words) if words else edits


@cache
def traditional_to_simplified() -> ScriptConverter:
    """Return the converter of the configuration ``t2s``, loaded once."""
    return ScriptConverter("t2s")


@dataclass(frozen=True, slots=True)
class _Word:
    id: str
    word: str
    mainland: str
    variety: str
    marks: int
    not_after: str


@dataclass(frozen=True, slots=True)
class _Resources:
    stage: Stage
    traditional: re.Pattern[str]
    corrections: re.Pattern[str]
    after: dict[str, str]
    words: dict[str, _Word]
    vocabulary: re.Pattern[str]


@cache
def _resources() -> _Resources:
    (stage,) = traditional_to_simplified().stages
    ambiguous = {row["character"] for row in read_tsv("script_ambiguous.tsv", ("id", "character"))}
    strict = sorted(
        char
        for char in map(chr, stage.table)
        if char <= "\uffff" and char not in ambiguous and not _in_gb2312(char)
    )
    rows = read_tsv("script_corrections.tsv", ("id", "pattern", "after"))
    words = {
        row["word"]: _word(row)
        for row in read_tsv("vocabulary.tsv", ("id", "word", "mainland", "variety", "marks", "not_after"))
    }
    return _Resources(
        stage,
        re.compile(f"[{''.join(map(re.escape, strict))}]"),
        re.compile("|".join(f"(?P<{row['id']}>{row['pattern']})" for row in rows), re.MULTILINE),
        {row["id"]: row["after"] for row in rows},
        words,
        re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))),
    )


def _word(row: dict[str, str]) -> _Word:
    if row["variety"] not in ("tw", "hk"):
        raise ResourceError(f"vocabulary.tsv: row {row['id']!r}: variety must be tw or hk.")
    return _Word(
        row["id"], row["word"], row["mainland"], row["variety"], int(row["marks"] or 0), row["not_after"]
    )


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _apply(text: str, changes: dict[int, tuple[str, str]]) -> str:
    chars = list(text)
    for offset, (after, _) in changes.items():
        chars[offset] = after
    return "".join(chars)


def _corrections(converted: str, resources: _Resources) -> Iterator[tuple[int, str, str]]:
    for match in resources.corrections.finditer(converted):
        rule = match.lastgroup or ""
        if after := resources.after[rule]:
            yield match.start(), after, rule


def _vocabulary_edits(text: str, converted: str, resources: _Resources) -> list[Edit]:
    """Return the edits that make mainland words of a variety that the document shows."""
    hits = (
        (match.start(), resources.words[match.group()]) for match in resources.vocabulary.finditer(converted)
    )
    found = [(start, row) for start, row in hits if not start or converted[start - 1] not in row.not_after]
    varieties = _varieties({word for _, word in found})
    if not varieties:
        return []
    traditional = sum(1 for _ in resources.traditional.finditer(text))
    if traditional < _TRADITIONAL_SHARE * len(text):
        return []
    return [
        Edit(
            start,
            start + len(row.word),
            text[start : start + len(row.word)],
            row.mainland,
            "vocabulary",
            row.id,
            0.9,
        )
        for start, row in found
        if row.mainland and row.mainland != row.word and row.variety in varieties
    ]


def _varieties(words: set[_Word]) -> set[str]:
    """Name the varieties that independent words of the document show: two words at least."""
    varieties = set()
    for variety in ("tw", "hk"):
        marks = [word.marks for word in words if word.variety == variety and word.marks]
        if len(marks) >= 2 and sum(marks) >= _VARIETY_MARKS:
            varieties.add(variety)
    return varieties


def _merge(edits: list[Edit], words: list[Edit]) -> list[Edit]:
    """Put the word edits in place of the character edits inside them."""
    result: list[Edit] = []
    position = 0
    for word in words:
        while position < len(edits) and edits[position].start < word.start:
            result.append(edits[position])
            position += 1
        while position < len(edits) and edits[position].start < word.end:
            position += 1
        result.append(word)
    return result + edits[position:]
