"""The tokenizer of the pipeline: repairs with a user's own artefacts too, and takes them along to disk."""

from pathlib import Path
from typing import Any

from spacy.tokens import Doc
from spacy.vocab import Vocab

from ecomlink_nlp.own_rules import chain_with
from ecomlink_nlp.segment.tokenizer import Tokenizer
from ecomlink_nlp.spacy_components.own_files import StoredFiles


class RepairingTokenizer(Tokenizer):
    """A `Tokenizer` with a TSV of further artefacts; it holds their text only, so that it goes to other processes."""

    def __init__(self, vocab: Vocab, artefacts: str | None = None) -> None:
        super().__init__(vocab)
        self._files = StoredFiles({"artefacts": artefacts})

    def __call__(self, text: str) -> Doc:
        """Return the Doc of the repaired ``text``; raises `ReadError` on lone surrogates."""
        artefacts = self._files.contents().get("artefacts")
        if artefacts is None:
            return super().__call__(text)
        return Tokenizer(self.vocab, chain_with(artefacts))(text)

    def to_bytes(self, **_: Any) -> bytes:
        """Return the user's rows."""
        return self._files.to_bytes()

    def from_bytes(self, data: bytes, **_: Any) -> "RepairingTokenizer":
        """Take the user's rows."""
        self._files.from_bytes(data)
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write the user's file into the folder ``path``."""
        self._files.to_disk(Path(path))

    def from_disk(self, path: str | Path, **_: Any) -> "RepairingTokenizer":
        """Read what `to_disk` wrote."""
        self._files.from_disk(Path(path))
        return self
