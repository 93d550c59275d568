"""W3C Web Annotation Data Model (https://www.w3.org/TR/annotation-model/): one JSON-LD page of annotations."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO
from urllib.parse import quote

from ecomlink_nlp.record.models import DocumentRecord
from ecomlink_nlp.record.raw import raw_text

_CONTEXT = 30  # characters before and after a quotation, enough to find it again in a changed text


def write_web_annotations(records: Iterable[DocumentRecord], out: TextIO) -> None:
    """Write an ``AnnotationPage``; positions count code points of the raw text, as the model demands."""
    out.write('{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": [')
    before = "\n"
    for record in records:
        for item in web_annotations(record):
            out.write(before + json.dumps(item, ensure_ascii=False))
            before = ",\n"
    out.write("\n]}\n")


def web_annotations(record: DocumentRecord) -> Iterator[dict[str, Any]]:
    """Yield the annotations of one record: repairs as edits, mentions as tags, claims as descriptions."""
    raw = raw_text(record)
    source = quote(record.doc) or f"urn:sha256:{record.sha256}"

    def target(start: int, end: int) -> dict[str, Any]:
        text = {"type": "TextQuoteSelector", "exact": raw[start:end]}
        around = {"prefix": raw[max(0, start - _CONTEXT) : start], "suffix": raw[end : end + _CONTEXT]}
        place = {"type": "TextPositionSelector", "start": start, "end": end}
        return {"source": source, "selector": [text | around, place]}

    def made(name: str, motivation: str, body: Any, place: Any) -> dict[str, Any]:
        identity = f"urn:ecomlink:{record.sha256[:16]}:{name}"
        return {"id": identity, "type": "Annotation", "motivation": motivation, "body": body, "target": place}

    for repair in record.repairs:
        body = [_text(repair.clean, "editing"), _text(repair.kind, "classifying")]
        yield made(f"repair:{repair.start}", "editing", body, target(repair.start, repair.end))
    for layer in ("entities", "values", "times"):
        for number, item in enumerate(getattr(record, layer)):
            fields = item.model_dump(mode="json", exclude_none=True)
            body = [_text(fields["type"], "tagging")]
            if layer == "entities":
                body.append(_text(fields["name"], "identifying"))
            else:
                content = {
                    key: fields[key]
                    for key in ("value", "low", "high", "unit", "timex", "mod")
                    if key in fields
                }
                body.append(_data(content))
            yield made(f"{layer}:{number}", "tagging", body, target(item.start, item.end))
    for claim in record.claims:
        body = [_data(claim.model_dump(mode="json", exclude={"evidence_text", "arguments"}))]
        yield made(
            f"claim:{claim.id}", "describing", body, [target(start, end) for start, end in claim.evidence]
        )


def _text(value: str, purpose: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def _data(content: dict[str, Any]) -> dict[str, str]:
    value = json.dumps(content, ensure_ascii=False)
    return _text(value, "describing") | {"format": "application/json"}
