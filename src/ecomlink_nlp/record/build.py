"""From the document of the stages to its record: repaired offsets become raw ones, claims get their ids."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any

from ecomlink_nlp.record.models import DocumentRecord, Repair
from ecomlink_nlp.text.document import (
    Argument,
    Claim,
    Document,
    EventClaim,
    MetricClaim,
    StatementClaim,
    Value,
)
from ecomlink_nlp.text.edits import Alignment

# What makes two claims of a document the same one. Evidence, rule, score and the places of arguments may improve
# from version to version without making it another claim.
_IDENTITY = (
    "kind", "predicate", "subject", "objects", "metric", "measure", "value", "low", "high", "unit",
    "speaker", "quote", "polarity", "status", "source", "time",
)  # fmt: skip

_Fields = dict[str, Any]


def build_record(document: Document) -> DocumentRecord:
    """Return the record of an annotated document.

    Raises ValueError when an annotation does not fit the text or the schema, which is a fault of a stage.

    >>> from ecomlink_nlp.text.document import Entity
    >>> from ecomlink_nlp.text.edits import Alignment, Edit
    >>> alignment = Alignment("Tik Tok表示")
    >>> alignment.apply([Edit(0, 7, "Tik Tok", "抖音", "mt_brand", "brand")])
    >>> record = build_record(Document("a.txt", alignment, entities=[Entity(0, 2, "PLATFORM", "抖音")]))
    >>> record.text, record.entities[0].text, record.entities[0].end, record.entities[0].norm_end
    ('抖音表示', 'Tik Tok', 7, 2)
    """
    # Lone surrogates cannot be encoded; they are hashed as they stand.
    sha256 = hashlib.sha256(document.raw.encode("utf-8", "surrogatepass")).hexdigest()
    places = _Places(document.alignment, document.raw)
    fields = {
        "doc": document.name,
        "sha256": sha256,
        "date": document.date,
        "date_source": document.date_source,
        "text": document.text,
        "repairs": _repairs(document.alignment),
        "entities": [
            {**places.located(e.start, e.end), "type": e.type, "name": e.name, "id": e.id}
            | {"rule": e.rule, "score": _score(e.score)}
            for e in document.entities
        ],
        "values": [
            {**places.located(v.start, v.end), "type": v.type, **_quantity(v)}
            | {"rule": v.rule, "score": _score(v.score)}
            for v in document.values
        ],
        "times": [
            {**places.located(t.start, t.end), "type": t.type, "timex": t.timex, "mod": t.mod}
            | {"interval": t.interval, "rule": t.rule, "score": _score(t.score)}
            for t in document.times
        ],
        "claims": _claims(document, places, sha256),
    }
    return DocumentRecord.model_validate(fields)


def repairs_of(alignment: Alignment) -> list[Repair]:
    """Return the repairs of a text: disjoint, in order, and leading from the raw to the repaired text."""
    return [Repair.model_validate(fields) for fields in _repairs(alignment)]


def _repairs(alignment: Alignment) -> list[_Fields]:
    repairs: list[_Fields] = []
    text = alignment.text
    shift = 0  # place in the repaired text minus place in the raw text
    for edit in alignment.repairs():
        norm_start = edit.start + shift
        norm_end = norm_start + len(edit.after)
        if text[norm_start:norm_end] != edit.after:
            raise ValueError(f"repair {edit} does not lead to the repaired text")
        shift = norm_end - edit.end
        repairs.append(
            {"start": edit.start, "end": edit.end, "text": edit.before, "clean": edit.after}
            | {"kind": edit.kind, "norm_start": norm_start, "norm_end": norm_end}
            | {"rule": edit.rule, "score": _score(edit.score)}
        )
    return repairs


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the spans of the repaired text stand in the raw text."""

    alignment: Alignment
    raw: str
    # The same names and sentences are asked for again and again.
    known: dict[tuple[int, int], _Fields] = field(default_factory=dict)

    def located(self, start: int, end: int) -> _Fields:
        if (start, end) in self.known:
            return self.known[start, end]
        raw_start, raw_end = self.alignment.to_raw(start, end)
        text = self.raw[raw_start:raw_end]
        if not text or len(text) != raw_end - raw_start:
            raise ValueError(f"span {start}-{end} of the repaired text has no place in the raw text")
        place = {"start": raw_start, "end": raw_end, "text": text, "norm_start": start, "norm_end": end}
        self.known[start, end] = place
        return place

    def argument(self, argument: Argument) -> _Fields:
        place: _Fields = dict.fromkeys(("start", "end", "text", "norm_start", "norm_end"))
        if argument.start is not None and argument.end is not None:
            place = self.located(argument.start, argument.end)
        return {"role": argument.role, "name": argument.name, **place, "how": argument.how}


def _claims(document: Document, places: _Places, sha256: str) -> list[_Fields]:
    """Return the claims; one that a stage gave twice stays once, so that ids are unique in the record."""
    claims: dict[str, _Fields] = {}
    for claim in document.claims:
        fields = {**_special(claim, places), **_common(claim, places)}
        identity = {key: fields[key] for key in _IDENTITY if fields.get(key) is not None}
        content = json.dumps([sha256, identity], ensure_ascii=True, sort_keys=True)
        key = hashlib.sha256(content.encode("ascii")).hexdigest()[:16]
        claims.setdefault(key, {"id": key, "doc": document.name, **fields})
    return list(claims.values())


def _common(claim: Claim, places: _Places) -> _Fields:
    evidence = [places.located(start, end) for start, end in claim.evidence]
    arguments = list(claim.arguments)
    if claim.source is not None and all(a.role != "source" for a in arguments):
        arguments.append(claim.source)
    return {
        "polarity": claim.polarity,
        "status": claim.status,
        "source": claim.source.name if claim.source else None,
        "time": claim.time,
        "time_how": claim.time_how,
        "evidence": [(place["start"], place["end"]) for place in evidence],
        "evidence_text": [place["text"] for place in evidence],
        "norm_evidence": list(claim.evidence),
        "arguments": [places.argument(argument) for argument in arguments],
        "rule": claim.rule,
        "score": _score(claim.score),
    }


def _special(claim: Claim, places: _Places) -> _Fields:
    match claim:
        case EventClaim():
            amount = claim.amount and {key: _whole(value) for key, value in asdict(claim.amount).items()}
            return {
                "kind": "event",
                "predicate": claim.predicate,
                "subject": claim.subject,
                "objects": list(claim.objects),
                "channel": list(claim.channel),
                "amount": amount,
                "content": claim.content,
            }
        case MetricClaim():
            names = {"subject": claim.subject, "metric": claim.metric, "measure": claim.measure}
            return {"kind": "metric", **names, **_quantity(claim)}
        case StatementClaim():
            quote = places.located(*claim.quote)
            return {
                "kind": "statement",
                "speaker": claim.speaker,
                "role": claim.role,
                "quote": (quote["start"], quote["end"]),
                "quote_text": quote["text"],
                "norm_quote": claim.quote,
            }
    raise TypeError(f"unknown kind of claim: {type(claim).__name__}")


def _quantity(item: Value | MetricClaim) -> _Fields:
    return {
        "value": _whole(item.value),
        "low": _whole(item.low),
        "high": _whole(item.high),
        "unit": item.unit,
        "mod": item.mod,
    }


def _whole(value: Any) -> Any:
    """Whole floats as int, so that JSON shows 650000000000 and not 650000000000.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _score(score: float) -> float:
    """Four digits are more than any score means, and the same on every machine."""
    return round(score, 4)
