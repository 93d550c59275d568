"""The spaCy tokenizer: raw text in, a Doc of the repaired text in jieba's words out.

Notes for a newcomer. A spaCy tokenizer usually keeps ``doc.text`` equal to its input. This one repairs first, so that
every later component of whatever origin sees readable text. What leads back to the raw text stays in
``doc.user_data`` as plain strings, numbers and lists, which is all that ``Doc.to_bytes`` can carry.
"""

from collections.abc import Iterable
from dataclasses import astuple
from typing import Any

from spacy.tokens import Doc
from spacy.util import DummyTokenizer
from spacy.vocab import Vocab

from ecomlink_nlp.errors import ReadError
from ecomlink_nlp.repair.chain import RepairChain, default_chain
from ecomlink_nlp.segment.words import word_spans
from ecomlink_nlp.text.edits import Alignment, Edit, Layer

RAW_KEY = "ecomlink_raw"
LAYERS_KEY = "ecomlink_layers"


class Tokenizer(DummyTokenizer):
    """Repairs a text and cuts it into words; the Doc's text is the repaired text, whitespace included.

    >>> doc = Tokenizer(Vocab())("快手這個(gè)平臺(tái)")
    >>> [token.text for token in doc], doc.user_data["ecomlink_raw"]
    (['快手', '这个', '平台'], '快手這個(gè)平臺(tái)')
    """

    def __init__(self, vocab: Vocab, chain: RepairChain | None = None) -> None:
        self.vocab = vocab
        self._chain = chain

    def __call__(self, text: str) -> Doc:
        """Return the Doc of the repaired ``text``; raises `ReadError` on lone surrogates, which spaCy cannot hold."""
        alignment = (self._chain or default_chain()).repair(_encodable(text))
        words, spaces = _words_and_spaces(alignment.text)
        doc = Doc(self.vocab, words=words, spaces=spaces)
        doc.user_data[RAW_KEY] = alignment.raw
        doc.user_data[LAYERS_KEY] = [
            [list(astuple(edit)) for edit in layer.edits] for layer in alignment.layers
        ]
        return doc


def stored_alignment(doc: Doc) -> Alignment:
    """Return the alignment between the raw text and ``doc.text``; both are one where another tokenizer made the Doc.

    >>> stored_alignment(Tokenizer(Vocab())("這個(gè)人")).to_raw(2, 3)
    (6, 7)
    """
    raw = doc.user_data.get(RAW_KEY)
    if raw is None:
        return Alignment(doc.text)
    alignment = Alignment(raw)
    layers: Iterable[Iterable[Any]] = doc.user_data[LAYERS_KEY]
    for edits in layers:
        alignment.layers.append(Layer(alignment.text, (Edit(*edit) for edit in edits)))
    return alignment


def _encodable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ReadError(
            f"the text holds half of a surrogate pair at offset {error.start}, which spaCy cannot store; "
            "decode its file again, or replace it: text.encode('utf-8', 'replace').decode()"
        ) from error
    return text


def _words_and_spaces(text: str) -> tuple[list[str], list[bool]]:
    """Words and whether a space follows each; other whitespace stays as words of its own."""
    words: list[str] = []
    spaces: list[bool] = []
    for start, end in word_spans(text):
        word = text[start:end]
        if word == " " and words and not spaces[-1] and not words[-1].isspace():
            spaces[-1] = True
        else:
            words.append(word)
            spaces.append(False)
    return words, spaces
