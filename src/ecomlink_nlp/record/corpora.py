"""Records for training and checking taggers: CoNLL-2003 columns, Prodigy tasks, spaCy's DocBin.

Chinese has no spaces; a token here is a character, or a run of Latin letters or digits, cut where an annotation ends.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, TextIO

from ecomlink_nlp.record.models import DocumentRecord, EntityRecord, Found
from ecomlink_nlp.record.raw import raw_text

_TOKEN = re.compile(r"[A-Za-z0-9]+|\S")
_SENTENCE_END = re.compile(r"[。！？!?；;]")


def tokens(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the tokens' places; no token runs over an edge of ``spans``.

    >>> [("抖音TikTok 3亿"[s:e]) for s, e in tokens("抖音TikTok 3亿", [(2, 5)])]
    ['抖', '音', 'Tik', 'Tok', '3', '亿']
    """
    edges = {edge for span in spans for edge in span}
    for match in _TOKEN.finditer(text):
        start = match.start()
        for place in range(start + 1, match.end() + 1):
            if place in edges or place == match.end():
                yield start, place
                start = place


def write_conll(records: Iterable[DocumentRecord], out: TextIO) -> None:
    """Write CoNLL-2003's four columns over the raw text: token, two unused, entity tag (IOB2).

    A sentence ends at its punctuation or the end of its line. Of overlapping mentions the first one counts.
    """
    for record in records:
        text = raw_text(record)
        mentions = _disjoint(record.entities)
        out.write("-DOCSTART- -X- -X- O\n\n")
        line, ended = 0, True
        following = iter(mentions)
        mention = next(following, None)
        for start, end in tokens(text, [(m.start, m.end) for m in mentions]):
            while mention and mention.end <= start:
                mention = next(following, None)
            inside = mention is not None and mention.start <= start
            if not ended and "\n" in text[line:start] and not (inside and mention and mention.start < start):
                out.write("\n")
            tag = "O"
            if mention and inside:
                tag = ("B-" if mention.start == start else "I-") + mention.type
            out.write(f"{text[start:end]} _ _ {tag}\n")
            ended = tag == "O" and bool(_SENTENCE_END.fullmatch(text[start:end]))
            if ended:
                out.write("\n")
            line = end
        if not ended:
            out.write("\n")


def _disjoint(entities: Iterable[EntityRecord]) -> list[EntityRecord]:
    kept: list[EntityRecord] = []
    for entity in sorted(entities, key=lambda e: (e.start, -e.end)):
        if not kept or entity.start >= kept[-1].end:
            kept.append(entity)
    return kept


def write_prodigy(records: Iterable[DocumentRecord], out: TextIO) -> None:
    """Write one Prodigy task a line: raw text, tokens, and entities, values and times as spans.

    Format: https://prodi.gy/docs/api-interfaces#spans_manual
    """
    for record in records:
        text = raw_text(record)
        found: list[tuple[str, Found]] = [
            (item.type, item) for layer in (record.entities, record.values, record.times) for item in layer
        ]
        places = list(tokens(text, [(item.start, item.end) for _, item in found]))
        starts = {start: number for number, (start, _) in enumerate(places)}
        ends = {end: number for number, (_, end) in enumerate(places)}
        task: dict[str, Any] = {
            "text": text,
            "meta": {"doc": record.doc},
            "tokens": [
                {
                    "text": text[start:end],
                    "start": start,
                    "end": end,
                    "id": number,
                    "ws": text[end : end + 1] == " ",
                }
                for number, (start, end) in enumerate(places)
            ],
            "spans": [
                {"start": item.start, "end": item.end, "label": label}
                | {"token_start": starts[item.start], "token_end": ends[item.end]}
                for label, item in sorted(found, key=lambda each: each[1].start)
                if item.start in starts and item.end in ends
            ],
        }
        out.write(json.dumps(task, ensure_ascii=False) + "\n")


def write_docbin(records: Iterable[DocumentRecord], out: BinaryIO) -> None:
    """Write spaCy's ``DocBin`` over the repaired text: entities with ``kb_id`` and names (``ent.id_``) as in the
    pipeline of `ecomlink_nlp.load`, the values and times as span groups, and the whole record as JSON in ``doc.user_data["ecomlink_record"]``.
    """
    from spacy.tokens import DocBin, Span
    from spacy.tokens.doc import Doc
    from spacy.vocab import Vocab

    vocab = Vocab()
    store = DocBin(store_user_data=True)
    for record in records:
        layers: dict[str, list[Any]] = {
            "entities": [*record.entities],
            "values": [*record.values],
            "times": [*record.times],
        }
        spans = [(item.norm_start, item.norm_end) for items in layers.values() for item in items]
        words, spaces = _words(record.text, spans)
        doc = Doc(vocab, words=words, spaces=spaces)
        for name, items in layers.items():
            group = [
                doc.char_span(
                    i.norm_start,
                    i.norm_end,
                    i.type,
                    getattr(i, "id", None) or "",
                    span_id=getattr(i, "name", ""),
                )
                for i in items
            ]
            doc.spans[name] = [span for span in group if span is not None]
        chosen: list[Span] = []
        for span in sorted(doc.spans["entities"], key=lambda s: (s.start, -s.end)):
            if not chosen or span.start >= chosen[-1].end:
                chosen.append(span)
        doc.set_ents(chosen)
        doc.user_data["ecomlink_record"] = record.model_dump_json()
        store.add(doc)
    out.write(store.to_bytes())


def _words(text: str, spans: list[tuple[int, int]]) -> tuple[list[str], list[bool]]:
    """Return words and following spaces that join to exactly ``text``, other white space as words of its own."""
    words: list[str] = []
    spaces: list[bool] = []
    position = 0
    for start, end in [*tokens(text, spans), (len(text), len(text))]:
        gap = text[position:start]
        if gap.startswith(" ") and words:
            spaces[-1], gap = True, gap[1:]
        words += [gap] if gap else []
        spaces += [False] if gap else []
        if start < end:
            words.append(text[start:end])
            spaces.append(False)
        position = end
    return words, spaces
