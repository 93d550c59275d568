"""The components: each lays one stage of `Pipeline` over a Doc.

A component whose inputs no other component has made makes them for itself and keeps them to itself, so that
a value or claim is the same whether its component stands alone or in the whole pipeline.
"""

from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc

from ecomlink_nlp.own_rules import OwnRules
from ecomlink_nlp.pipeline import Pipeline
from ecomlink_nlp.spacy_components.extensions import register_extensions
from ecomlink_nlp.spacy_components.own_files import StoredFiles
from ecomlink_nlp.spacy_components.spans import Mark, aligned_spans
from ecomlink_nlp.spacy_components.storage import (
    has_layer,
    store_claims,
    store_date,
    store_layer,
    stored_document,
)
from ecomlink_nlp.text.dates import checked_date
from ecomlink_nlp.text.document import Document
from ecomlink_nlp.text.sentences import sentence_spans


class Stage:
    """What the components share. They hold settings only, so that they can be sent to other processes."""

    def __init__(self, name: str) -> None:
        register_extensions()
        self.name = name

    @property
    def pipeline(self) -> Pipeline:
        """The stages with their lexicons."""
        return Pipeline.default()


class OwnRulesStage(Stage):
    """A stage with files of the user's own, each given as its path."""

    def __init__(self, name: str, **paths: str | None) -> None:
        super().__init__(name)
        self._files = StoredFiles(paths)

    @property
    def pipeline(self) -> Pipeline:
        """The stages with the packaged rules and the user's own; raises `ResourceError` where a file is missing."""
        return OwnRules(**self._files.contents()).pipeline()

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002 - spaCy passes it, we have one part
        """Return the user's rows."""
        return self._files.to_bytes()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "OwnRulesStage":  # noqa: ARG002
        """Take the user's rows."""
        self._files.from_bytes(data)
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002
        """Write the user's files into the folder ``path``; nothing where there are none."""
        self._files.to_disk(Path(path))

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "OwnRulesStage":  # noqa: ARG002
        """Read what `to_disk` wrote."""
        self._files.from_disk(Path(path))
        return self


class Sentences(Stage):
    """Marks where sentences begin."""

    def __call__(self, doc: Doc) -> Doc:
        """Set ``token.is_sent_start`` of every token, over what was there; a sentence that begins inside a word begins with that word."""
        starts = [start for start, _ in sentence_spans(doc.text)]
        ends = [token.idx + len(token) for token in doc]
        first = {0, *(bisect_right(ends, start) for start in starts)}
        # One array for all: setting the tokens one by one takes time quadratic in their number.
        marks: Any = np.array([1 if index in first else -1 for index in range(len(doc))], dtype=np.int64)
        doc.from_array(["SENT_START"], marks.astype(np.uint64))
        return doc


class Entities(OwnRulesStage):
    """Finds names: ``doc.ents`` with label, ``kb_id_`` (row of the knowledge base) and ``id_`` (canonical name)."""

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.ents``; entities of earlier components stay where they touch none of ours."""
        document = stored_document(doc)
        self.pipeline.tag_entities(document)
        store_layer(doc, "entities", document)
        doc, ours = aligned_spans(
            doc, [Mark(e.start, e.end, e.type, e.id or "", e.name) for e in document.entities]
        )
        taken = {token.i for span in ours for token in span}
        others = [span for span in doc.ents if not any(token.i in taken for token in span)]
        doc.ents = [*ours, *others]
        return doc


class Times(Stage):
    """Finds times: ``doc.spans["times"]``, and the document's date, given or inferred."""

    def __init__(self, name: str, date: str | None = None) -> None:
        super().__init__(name)
        self._date = checked_date(date) if date else None

    def __call__(self, doc: Doc, date: str | None = None) -> Doc:
        """Set times and date; ``date`` (from ``component_cfg``), ``doc._.date`` and the config count in this order."""
        document = stored_document(doc)
        _fill_missing(doc, document, self.pipeline, "entities")
        self.pipeline.tag_times(document, date or document.date or self._date)
        store_date(doc, document.date, document.date_source)
        store_layer(doc, "times", document)
        doc, spans = aligned_spans(doc, _numbered("times", document.times))
        doc.spans["times"] = spans
        return doc


class Values(Stage):
    """Finds numerals that count or measure: ``doc.spans["values"]``."""

    def __call__(self, doc: Doc) -> Doc:
        """Set the values."""
        document = stored_document(doc)
        _fill_missing(doc, document, self.pipeline, "times")
        self.pipeline.tag_values(document)
        store_layer(doc, "values", document)
        doc, spans = aligned_spans(doc, _numbered("values", document.values))
        doc.spans["values"] = spans
        return doc


class Claims(OwnRulesStage):
    """Finds claims: ``doc._.claims``."""

    def __call__(self, doc: Doc) -> Doc:
        """Set the claims."""
        document = stored_document(doc)
        _fill_missing(doc, document, self.pipeline, "values")
        self.pipeline.find_claims(document)
        store_claims(doc, document.claims)
        return doc


def _numbered(layer: str, annotations: list[Any]) -> list[Mark]:
    """The id of a span names its layer and number there, by which ``span._.value`` finds what it means."""
    return [Mark(a.start, a.end, a.type, span_id=f"{layer}:{n}") for n, a in enumerate(annotations)]


def _fill_missing(doc: Doc, document: Document, pipeline: Pipeline, upto: str) -> None:
    """Fill the layers of ``document`` up to ``upto`` that no component has filled in ``doc``."""
    if not has_layer(doc, "entities"):
        pipeline.tag_entities(document)
    if upto != "entities" and not has_layer(doc, "times"):
        pipeline.tag_times(document, document.date)
    if upto == "values" and not has_layer(doc, "values"):
        pipeline.tag_values(document)
