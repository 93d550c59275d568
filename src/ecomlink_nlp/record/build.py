"""From the document of the stages to its record: repaired offsets become raw ones, claims get their ids.

Notes for a newcomer. The parts of a record are put together without pydantic's checks (see `parts`): what could be wrong is
checked here (`_Places`, `_one_of`), and tests validate what comes out.
"""

import hashlib
import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any, get_args

from ecomlink_nlp.record import parts
from ecomlink_nlp.record.models import (
    ArgumentRecord,
    ClaimRecord,
    DocumentRecord,
    EntityRecord,
    EntityType,
    Repair,
    TimeMod,
    TimeRecord,
    TimeType,
    ValueMod,
    ValueRecord,
    ValueType,
)
from ecomlink_nlp.text.document import (
    Amount,
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
_identity_json = json.JSONEncoder(ensure_ascii=True, sort_keys=True).encode
_ENTITY_TYPES, _VALUE_TYPES, _TIME_TYPES = map(frozenset, map(get_args, (EntityType, ValueType, TimeType)))
_VALUE_MODS, _TIME_MODS = (frozenset((None, *get_args(mods))) for mods in (ValueMod, TimeMod))


def build_record(document: Document) -> DocumentRecord:
    """Return the record of an annotated document.

    Raises ValueError when an annotation does not fit the text or has a type of none, which is a fault of a stage.

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
    places = _Places(document.alignment)
    fields = {
        "doc": document.name,
        "sha256": sha256,
        "date": document.date,
        "date_source": document.date_source,
        "text": document.text,
        "repairs": repairs_of(document.alignment),
        "entities": _entities(document, places),
        "values": _values(document, places),
        "times": _times(document, places),
        "claims": _claims(document, places, sha256),
    }
    return DocumentRecord.model_validate(fields)


def _one_of(found: str | None, known: frozenset[str | None]) -> str | None:
    """Return ``found``; annotations may be those of a user's own component."""
    if found not in known:
        raise ValueError(f"an annotation says {found!r}, which is none of {sorted(filter(None, known))}")
    return found


def repairs_of(alignment: Alignment) -> list[Repair]:
    """Return the repairs of a text: disjoint, in order, and leading from the raw to the repaired text."""
    repairs: list[Repair] = []
    text = alignment.text
    shift = 0  # place in the repaired text minus place in the raw text
    for edit in alignment.repairs():
        norm_start = edit.start + shift
        norm_end = norm_start + len(edit.after)
        if text[norm_start:norm_end] != edit.after:
            raise ValueError(f"repair {edit} does not lead to the repaired text")
        shift = norm_end - edit.end
        fields = {
            "start": edit.start,
            "end": edit.end,
            "text": edit.before,
            "norm_start": norm_start,
            "norm_end": norm_end,
            "rule": edit.rule,
            "score": _score(edit.score),
            "clean": edit.after,
            "kind": edit.kind,
        }
        repairs.append(parts.repair(fields))
    return repairs


class _Places:
    """Where the spans of the repaired text stand in the raw text."""

    def __init__(self, alignment: Alignment) -> None:
        self.alignment = alignment
        self.raw = alignment.raw
        # The same names and sentences are asked for again and again.
        self.known: dict[tuple[int, int], _Fields] = {}

    def located(self, start: int, end: int) -> _Fields:
        place = self.known.get((start, end))
        if place is None:
            raw_start, raw_end = self.alignment.to_raw(start, end)
            text = self.raw[raw_start:raw_end]
            if not text or len(text) != raw_end - raw_start:
                raise ValueError(f"span {start}-{end} of the repaired text has no place in the raw text")
            place = {"start": raw_start, "end": raw_end, "text": text, "norm_start": start, "norm_end": end}
            self.known[start, end] = place
        return place

    def argument(self, argument: Argument) -> ArgumentRecord:
        start, end = argument.start, argument.end
        place = _NOWHERE if start is None or end is None else self.located(start, end)
        fields = {
            "role": argument.role,
            "name": argument.name,
            "start": place["start"],
            "end": place["end"],
            "norm_start": place["norm_start"],
            "norm_end": place["norm_end"],
            "text": place["text"],
            "how": argument.how,
        }
        return parts.argument(fields)


_NOWHERE: _Fields = dict.fromkeys(("start", "end", "text", "norm_start", "norm_end"))


def _entities(document: Document, places: _Places) -> list[EntityRecord]:
    return [
        parts.entity(
            {
                **places.located(e.start, e.end),
                "rule": e.rule,
                "score": _score(e.score),
                "type": _one_of(e.type, _ENTITY_TYPES),
                "name": e.name,
                "id": e.id,
            },
        )
        for e in document.entities
    ]


def _values(document: Document, places: _Places) -> list[ValueRecord]:
    return [
        parts.value(
            {
                **places.located(v.start, v.end),
                "rule": v.rule,
                "score": _score(v.score),
                "type": _one_of(v.type, _VALUE_TYPES),
                **_quantity(v),
            },
        )
        for v in document.values
    ]


def _times(document: Document, places: _Places) -> list[TimeRecord]:
    return [
        parts.time(
            {
                **places.located(t.start, t.end),
                "rule": t.rule,
                "score": _score(t.score),
                "type": _one_of(t.type, _TIME_TYPES),
                "timex": t.timex,
                "mod": _one_of(t.mod, _TIME_MODS),
                "interval": t.interval,
            },
        )
        for t in document.times
    ]


def _claims(document: Document, places: _Places, sha256: str) -> list[ClaimRecord]:
    """Return the claims; one that a stage gave twice stays once, so that ids are unique in the record."""
    claims: dict[str, ClaimRecord] = {}
    for claim in document.claims:
        make, special = _special(claim, places)
        source = claim.source.name if claim.source else None
        common = {"polarity": claim.polarity, "status": claim.status, "source": source, "time": claim.time}
        fields = special | common
        identity = {key: fields[key] for key in _IDENTITY if fields.get(key) is not None}
        content = _identity_json([sha256, identity])
        key = hashlib.sha256(content.encode("ascii")).hexdigest()[:16]
        if key not in claims:
            head = {"id": key, "doc": document.name, **common}
            claims[key] = make({**head, **_support(claim, places), **special})
    return list(claims.values())


def _support(claim: Claim, places: _Places) -> _Fields:
    """What does not make it another claim."""
    if not claim.evidence:
        raise ValueError(f"a claim by {claim.rule} has no evidence")
    evidence = [places.located(start, end) for start, end in claim.evidence]
    arguments = list(claim.arguments)
    if claim.source is not None and all(a.role != "source" for a in arguments):
        arguments.append(claim.source)
    return {
        "time_how": claim.time_how,
        "evidence": [(place["start"], place["end"]) for place in evidence],
        "evidence_text": [place["text"] for place in evidence],
        "norm_evidence": list(claim.evidence),
        "arguments": [places.argument(argument) for argument in arguments],
        "rule": claim.rule,
        "score": _score(claim.score),
    }


def _special(claim: Claim, places: _Places) -> tuple[Callable[[_Fields], ClaimRecord], _Fields]:
    match claim:
        case EventClaim():
            if not claim.objects:
                raise ValueError(f"an event by {claim.rule} has no object")
            amount = claim.amount and parts.amount(_quantity(claim.amount))
            return parts.event, {
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
            return parts.metric, {"kind": "metric", **names, **_quantity(claim)}
        case StatementClaim():
            quote = places.located(*claim.quote)
            return parts.statement, {
                "kind": "statement",
                "speaker": claim.speaker,
                "role": claim.role,
                "quote": (quote["start"], quote["end"]),
                "quote_text": quote["text"],
                "norm_quote": claim.quote,
            }
    raise TypeError(f"unknown kind of claim: {type(claim).__name__}")


def _quantity(item: Value | MetricClaim | Amount) -> _Fields:
    return {
        "value": _whole(item.value),
        "low": _whole(item.low),
        "high": _whole(item.high),
        "unit": item.unit,
        "mod": _one_of(item.mod, _VALUE_MODS),
    }


def _whole(value: Any) -> Any:
    """Whole floats as int, so that JSON shows 650000000000 and not 650000000000.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


@lru_cache(maxsize=1024)
def _score(score: float) -> float:
    """Four digits are more than any score means, and the same on every machine."""
    return round(float(score), 4)
