"""From sentences to spans of names: normalisation, batches, and what is cut off a tagged span."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["PER", "LOC", "ORG"]

_BATCH = 128
# The longest stretch that is read at once; scraped text without punctuation may be of any length.
_LONGEST = 256
_KINDS: dict[str, Kind] = {"PER": "PER", "LOC": "LOC", "ORG": "ORG", "nr": "PER", "ns": "LOC", "nt": "ORG"}
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_ODD = {
    "　": " ",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "、": ",",
    "。": ".",
    "《": "<",
    "》": ">",
    "【": "[",
    "】": "]",
}
# One character for one, so that offsets stay: the model was trained on such text.
_NORMAL = (
    _WIDE | {ord(odd): plain for odd, plain in _ODD.items()} | {code: code + 32 for code in range(65, 91)}
)
_NORMAL |= {code: code - 0xFEE0 + 32 for code in range(0xFF21, 0xFF3B)}
_EDGE = re.compile(r"[\W_]")
_INNER = re.compile(r"[^\w·.&\- ]")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class TaggedName:
    """A stretch of a sentence that the model takes for the name of a person, place or organisation."""

    start: int
    end: int
    kind: Kind


def normalise(text: str) -> str:
    """Fold width, quotation marks and case, one character for one.

    >>> normalise("“ＡＢ”、《Cd》。")
    '"ab",<cd>.'
    """
    return text.translate(_NORMAL)


def tag_names(sentences: Sequence[str]) -> list[list[TaggedName]]:
    """Return the names in each sentence, with offsets into it.

    The model is loaded with the first call that has something to read. Batches hold sentences of like length; the result
    does not depend on them.

    >>> sentence = "秦牧野在浙江义乌表示,销量不错。"
    >>> [(sentence[name.start : name.end], name.kind) for name in tag_names([sentence])[0]]
    [('秦牧野', 'PER'), ('浙江', 'LOC'), ('义乌', 'LOC')]
    """
    found: list[list[TaggedName]] = [[] for _ in sentences]
    pieces = [
        (at, start, sentence[start : start + _LONGEST])
        for at, sentence in enumerate(sentences)
        for start in range(0, len(sentence), _LONGEST)
    ]
    for (at, start, piece), tags in zip(pieces, _tags([piece for *_, piece in pieces]), strict=True):
        for name in _names(piece, tags):
            found[at].append(TaggedName(start + name.start, start + name.end, name.kind))
    return found


def _tags(pieces: Sequence[str]) -> list[list[str]]:
    """The tag of each character of each piece."""
    if not pieces:
        return []
    # Numpy and the weights take a tenth of a second: only who has text to read pays it.
    from ecomlink_nlp.tag.neural.model import shipped_model

    model = shipped_model()
    tags: list[list[str]] = [[] for _ in pieces]
    order = sorted(range(len(pieces)), key=lambda at: -len(pieces[at]))
    for low in range(0, len(order), _BATCH):
        members = order[low : low + _BATCH]
        for at, found in zip(members, model.tags([normalise(pieces[at]) for at in members]), strict=True):
            tags[at] = found
    return tags


def _names(text: str, tags: Sequence[str]) -> list[TaggedName]:
    """The spans of one piece, trimmed, without those that cannot be names."""
    names: list[TaggedName] = []
    start = 0
    while start < len(tags):
        word = tags[start].removesuffix("-B").removesuffix("-I")
        end = start + 1
        while end < len(tags) and tags[end] == f"{word}-I":
            end += 1
        kind = _KINDS.get(word)
        if kind is not None and (span := _trimmed(text, start, end, kind)):
            names.append(TaggedName(*span, kind))
        start = end
    return names


def _trimmed(text: str, start: int, end: int, kind: Kind) -> tuple[int, int] | None:
    """Cut punctuation off the edges; None for a span with punctuation inside or, unless ORG, without Chinese characters."""
    while start < end and _EDGE.match(text[start]):
        start += 1
    while end > start and _EDGE.match(text[end - 1]):
        end -= 1
    if (
        end == start
        or _INNER.search(text, start, end)
        or (kind != "ORG" and not _HAN.search(text, start, end))
    ):
        return None
    return (start, end) if end - start > 1 or kind == "LOC" else None
