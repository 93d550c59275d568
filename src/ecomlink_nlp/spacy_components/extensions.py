"""Custom attributes: getters over the plain data in ``doc.user_data``; nothing else is stored.

``doc._``: raw_text, repairs, date (can be set, before the times are found), claims, record. ``span._``: canonical
(the name of an entity), value and time (what a span of ``doc.spans["values"]`` or ``["times"]`` means).
"""

from typing import Any

from spacy.tokens import Doc, Span

from ecomlink_nlp.errors import EcomlinkError
from ecomlink_nlp.record.build import build_record, repairs_of
from ecomlink_nlp.record.models import ClaimRecord, DocumentRecord, Repair
from ecomlink_nlp.segment.tokenizer import stored_alignment
from ecomlink_nlp.spacy_components.storage import (
    DATE_KEY,
    has_layer,
    store_date,
    stored_document,
    stored_layer,
)
from ecomlink_nlp.text.dates import checked_date
from ecomlink_nlp.text.document import Time, Value


def raw_text(doc: Doc) -> str:
    """The text as it was given to the tokenizer."""
    return stored_alignment(doc).raw


def repairs(doc: Doc) -> list[Repair]:
    """What leads from the raw text to ``doc.text``, in order."""
    return repairs_of(stored_alignment(doc))


def date(doc: Doc) -> str | None:
    """The document's date in ISO 8601, given or inferred."""
    found: str | None = doc.user_data.get(DATE_KEY)
    return found


def set_date(doc: Doc, value: str | None) -> None:
    """Give the document its date; raises EcomlinkError when it is none, or the times are already resolved by another."""
    if has_layer(doc, "times"):
        raise EcomlinkError(
            "the times of this Doc are already resolved: set doc._.date on nlp.make_doc(text), then call nlp(doc)"
        )
    store_date(doc, checked_date(value) if value else None, "given" if value else "none")


def claims(doc: Doc) -> list[ClaimRecord]:
    """The claims, as in the record."""
    return record(doc).claims


def record(doc: Doc) -> DocumentRecord:
    """The document record, with offsets into the raw text; its ``doc`` is empty."""
    return build_record(stored_document(doc))


def canonical(span: Span) -> str:
    """The canonical name of an entity, empty for other spans."""
    return span.id_ if span.label_ else ""


def value(span: Span) -> Value | None:
    """What a span of ``doc.spans["values"]`` means, None for other spans."""
    found: Value | None = _annotation(span, "values")
    return found


def time(span: Span) -> Time | None:
    """What a span of ``doc.spans["times"]`` means, None for other spans."""
    found: Time | None = _annotation(span, "times")
    return found


def _annotation(span: Span, layer: Any) -> Any:
    name, _, number = span.id_.partition(":")
    if name != layer or not number.isdecimal():
        return None
    annotations = stored_layer(span.doc, layer)
    return annotations[int(number)] if int(number) < len(annotations) else None


_DOC: dict[str, dict[str, Any]] = {
    "raw_text": {"getter": raw_text},
    "repairs": {"getter": repairs},
    "date": {"getter": date, "setter": set_date},
    "claims": {"getter": claims},
    "record": {"getter": record},
}
_SPAN: dict[str, dict[str, Any]] = {
    "canonical": {"getter": canonical},
    "value": {"getter": value},
    "time": {"getter": time},
}


def register_extensions() -> None:
    """Add the custom attributes to spaCy's Doc and Span; a second call changes nothing.

    Raises EcomlinkError when another package has taken one of the names, before any is added.
    """
    missing: list[tuple[Any, str, dict[str, Any]]] = []
    owners: tuple[tuple[Any, dict[str, dict[str, Any]]], ...] = ((Doc, _DOC), (Span, _SPAN))
    for owner, attributes in owners:
        for name, functions in attributes.items():
            if not owner.has_extension(name):
                missing.append((owner, name, functions))
            elif owner.get_extension(name)[2] is not functions["getter"]:
                raise EcomlinkError(
                    f"another package has registered {owner.__name__}._.{name}; "
                    f"take it away with {owner.__name__}.remove_extension({name!r}) or use ecomlink_nlp.extract"
                )
    for owner, name, functions in missing:
        owner.set_extension(name, **functions)
