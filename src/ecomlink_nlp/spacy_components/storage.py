"""The layers of a `Document` in ``doc.user_data``, as plain data that ``Doc.to_bytes`` and ``DocBin`` carry.

Each layer has a key of its own; a layer that no component has filled yet has no key. Offsets are those of the repaired
text, which is ``doc.text``, so they stay right when other components merge or split tokens.
"""

from typing import Any, Literal

from pydantic import TypeAdapter
from spacy.tokens import Doc

from ecomlink_nlp.segment.tokenizer import stored_alignment
from ecomlink_nlp.text.document import (
    Claim,
    Document,
    Entity,
    EventClaim,
    MetricClaim,
    StatementClaim,
    Time,
    Value,
)
from ecomlink_nlp.text.sentences import sentence_spans

Layer = Literal["entities", "times", "values", "claims"]

DATE_KEY = "ecomlink_date"
DATE_SOURCE_KEY = "ecomlink_date_source"

_ADAPTERS: dict[str, TypeAdapter[Any]] = {
    "entities": TypeAdapter(list[Entity]),
    "times": TypeAdapter(list[Time]),
    "values": TypeAdapter(list[Value]),
}
_CLAIMS: dict[str, TypeAdapter[Any]] = {
    kind.__name__: TypeAdapter(kind) for kind in (EventClaim, MetricClaim, StatementClaim)
}


def stored_document(doc: Doc) -> Document:
    """Return the document of a Doc with the layers that its components have filled."""
    document = Document("", stored_alignment(doc))
    document.date = doc.user_data.get(DATE_KEY)
    document.date_source = doc.user_data.get(DATE_SOURCE_KEY, "none")
    document.sentences = sentence_spans(document.text)
    document.entities = stored_layer(doc, "entities")
    document.times = stored_layer(doc, "times")
    document.values = stored_layer(doc, "values")
    document.claims = [
        _CLAIMS[kind].validate_python(fields) for kind, fields in doc.user_data.get(_key("claims"), ())
    ]
    return document


def has_layer(doc: Doc, layer: Layer) -> bool:
    """True when a component has filled the layer, be it with nothing."""
    return _key(layer) in doc.user_data


def stored_layer(doc: Doc, layer: Literal["entities", "times", "values"]) -> list[Any]:
    """Return the annotations of one layer; none where no component has filled it."""
    annotations: list[Any] = _ADAPTERS[layer].validate_python(doc.user_data.get(_key(layer), []))
    return annotations


def store_layer(doc: Doc, layer: Literal["entities", "times", "values"], document: Document) -> None:
    """Write one layer of the document into the Doc."""
    doc.user_data[_key(layer)] = _ADAPTERS[layer].dump_python(getattr(document, layer))


def store_claims(doc: Doc, claims: list[Claim]) -> None:
    """Write the claims into the Doc, each with its kind."""
    kinds = ((type(claim).__name__, claim) for claim in claims)
    doc.user_data[_key("claims")] = [[kind, _CLAIMS[kind].dump_python(claim)] for kind, claim in kinds]


def store_date(doc: Doc, date: str | None, source: str) -> None:
    """Write the document's date and where it comes from into the Doc."""
    doc.user_data[DATE_KEY] = date
    doc.user_data[DATE_SOURCE_KEY] = source


def _key(layer: Layer) -> str:
    return f"ecomlink_{layer}"
