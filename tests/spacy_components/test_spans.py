"""Cutting words where annotations begin or end."""

import time

from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from ecomlink_nlp.spacy_components.spans import Mark, aligned_spans, cut_words

VOCAB = Vocab()


@given(st.data())
def test_spans_are_exact_and_nothing_else_moves(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.text("快手电a1", min_size=1, max_size=4), min_size=1, max_size=8))
    spaces = data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)))
    doc = Doc(VOCAB, words=words, spaces=spaces)
    text = doc.text
    doc.spans["others"] = [Span(doc, i, i + 1, label="X") for i in range(len(doc))]
    doc.ents = [Span(doc, len(doc) - 1, len(doc), label="E", span_id="name")]
    edges = [edge for token in doc for edge in range(token.idx, token.idx + len(token))]
    start = data.draw(st.sampled_from(edges))
    end = data.draw(st.sampled_from([edge + 1 for edge in edges if edge >= start]))
    if data.draw(st.booleans(), "tagged"):
        for token in doc:
            token.tag_ = "T"
    doc.user_data["kept"] = 1
    doc, (span,) = aligned_spans(doc, [Mark(start, end, "Y", "kb", "id")])
    assert doc.user_data["kept"] == 1
    assert span.text == text[start:end]
    assert (span.start_char, span.end_char, span.label_, span.kb_id_, span.id_) == (
        start,
        end,
        "Y",
        "kb",
        "id",
    )
    assert doc.text == text
    assert [s.text for s in doc.spans["others"]] == words
    assert [(e.text, e.id_) for e in doc.ents] == [(words[-1], "name")]


def test_a_parsed_text_stays_one_tree() -> None:
    doc = Doc(VOCAB, words=["快", "手电", "商"], spaces=[False] * 3, heads=[1, 1, 1], deps=["a", "ROOT", "b"])
    doc = cut_words(doc, [2])
    assert [(token.text, token.head.text) for token in doc] == [
        ("快", "手"),
        ("手", "手"),
        ("电", "手"),
        ("商", "手"),
    ]
    assert len(list(doc.sents)) == 1


def test_many_cuts_take_time_linear_in_the_length() -> None:
    def least(count: int) -> float:
        """Of three runs, since other work on the machine lengthens some."""
        runs = []
        for _ in range(3):
            doc = Doc(VOCAB, words=["手电"] * count, spaces=[False] * count)
            start = time.process_time()
            doc = cut_words(doc, range(1, 2 * count, 2))
            runs.append(time.process_time() - start)
            assert len(doc) == 2 * count
        return min(runs)

    assert least(20_000) < 10 * least(5_000) + 0.1
