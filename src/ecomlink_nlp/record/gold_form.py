"""Gold annotations: what a record keeps in a gold file, and their one-line forms in annotation tools.

A tool such as brat or Label Studio marks a span with a label; what else the annotation says (the name that is meant,
the number, the date) stands in a note as its *normal form*, which an annotator can read and correct::

    entity   快手                      repair  what should stand there, nothing for a deletion
    value    500000000; unit=CNY      time    2022-03-01; mod=START
    range    200000000..900000000; mod=APPROX
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

from ecomlink_nlp.errors import FormatError
from ecomlink_nlp.record.models import DocumentRecord, EntityType, RepairKind, TimeType, ValueType
from ecomlink_nlp.record.raw import raw_text
from ecomlink_nlp.text.edits import CONVERSIONS

Gold = dict[str, Any]
"""The content of a gold file; the annotation guide defines its fields."""

LABELS: dict[str, str] = {
    label: layer
    for layer, labels in (
        ("entities", get_args(EntityType)),
        ("values", get_args(ValueType)),
        ("times", get_args(TimeType)),
        ("repairs", tuple(kind for kind in get_args(RepairKind) if kind not in CONVERSIONS)),
    )
    for label in labels
}
"""The layer of each label; no two layers share one."""

_LAYERS = {
    "repairs": ("start", "end", "text", "clean", "kind"),
    "entities": ("start", "end", "text", "type", "name"),
    "values": ("start", "end", "text", "type", "value", "unit", "mod", "low", "high"),
    "times": ("start", "end", "text", "type", "timex", "mod"),
}
_CLAIM_KEYS = (
    "kind", "predicate", "subject", "objects", "metric", "measure", "value", "low", "high", "unit", "mod",
    "speaker", "role", "quote", "polarity", "status", "source", "time", "evidence",
)  # fmt: skip
_ONLY_IN_RECORDS = {
    "id", "doc", "time_how", "evidence_text", "norm_evidence", "arguments", "rule", "score", "quote_text", "norm_quote",
}  # fmt: skip
_LEFT_OUT_WHEN_EMPTY = ("low", "high", "channel", "amount", "content")


def gold_of(record: DocumentRecord) -> Gold:
    """Return the record as the content of a gold file; conversions of script and width are not annotated there."""
    fields = record.model_dump(mode="json")
    gold: Gold = {"doc": record.doc, "date": record.date}
    for layer, keys in _LAYERS.items():
        items = [item for item in fields[layer] if item.get("kind") not in CONVERSIONS]
        gold[layer] = [_present({key: item[key] for key in keys}) for item in items]
    gold["claims"] = [
        _present({key: value for key, value in claim.items() if key not in _ONLY_IN_RECORDS})
        for claim in fields["claims"]
    ]
    return gold


def _present(item: dict[str, Any]) -> dict[str, Any]:
    kept = {
        key: value
        for key, value in item.items()
        if key not in _LEFT_OUT_WHEN_EMPTY or value not in (None, [])
    }
    if "amount" in kept:
        kept["amount"] = _present(kept["amount"])
    return kept


def golds_of(records: Iterable[DocumentRecord]) -> Iterable[tuple[Gold, str]]:
    """Yield each record as gold with its raw text."""
    return ((gold_of(record), raw_text(record)) for record in records)


def label_of(layer: str, item: dict[str, Any]) -> str:
    """Return the label of an annotation in a tool."""
    return str(item["kind" if layer == "repairs" else "type"])


def normal_form(layer: str, item: dict[str, Any]) -> str:
    """Return what an annotation says besides its label, on one line.

    >>> normal_form("values", {"value": None, "low": 2e8, "high": 9e8, "unit": None, "mod": "APPROX"})
    '200000000..900000000; mod=APPROX'
    """
    if layer == "entities":
        return _one_line(item["name"])
    if layer == "repairs":
        return _one_line(item["clean"])
    if layer == "times":
        parts = [item["timex"]]
    elif item.get("value") is not None:
        parts = [_number(item["value"])]
    else:
        parts = [f"{_number(item['low'])}..{_number(item['high'])}"]
    return "; ".join(parts + [f"{key}={item[key]}" for key in ("unit", "mod") if item.get(key)])


def annotation(label: str, start: int, end: int, raw: str, form: str) -> tuple[str, dict[str, Any]]:
    """Return the layer and the gold annotation of a labelled span with a normal form.

    Raises `FormatError` for an unknown label or a form that cannot be read.

    >>> annotation("MONEY", 0, 3, "5亿元", "500000000; unit=CNY")[1]["value"]
    500000000
    """
    layer = LABELS.get(label)
    if layer is None:
        raise FormatError(f"unknown label {label!r}; the labels are {', '.join(LABELS)}")
    item: dict[str, Any] = {"start": start, "end": end, "text": raw[start:end]}
    if layer == "entities":
        return layer, item | {"type": label, "name": _lines(form) or item["text"]}
    if layer == "repairs":
        return layer, item | {"clean": _lines(form), "kind": label}
    head, *rest = (part.strip() for part in form.split(";"))
    more = dict(part.partition("=")[::2] for part in rest)
    if not head or not more.keys() <= {"unit", "mod"}:
        raise FormatError(f"{item['text']!r}: cannot read {form!r}; write it like 500000000; unit=CNY")
    item["type"] = label
    if layer == "times":
        return layer, item | {"timex": head, "mod": more.get("mod")}
    try:
        low, dots, high = head.partition("..")
        quantity = (
            {"value": None, "low": _parsed(low), "high": _parsed(high)} if dots else {"value": _parsed(head)}
        )
    except ValueError as error:
        raise FormatError(f"{item['text']!r}: {head!r} is no number") from error
    return layer, item | quantity | {"unit": more.get("unit"), "mod": more.get("mod")}


_NEEDED = {
    "event": ("predicate", "objects"),
    "metric": ("subject", "metric"),
    "statement": ("speaker", "quote"),
}
_WRITTEN = {
    "event": '{"subject": "快手", "objects": ["淘宝"]}',
    "metric": '{"subject": "快手", "metric": "gmv", "value": 500000000, "unit": "CNY"}',
    "statement": '{"speaker": "快手", "quote": [12, 40]}',
}


def completed_claim(claim: Gold) -> Gold:
    """Return a claim, which an annotator may have written by hand, with what goes without saying.

    Raises `FormatError` where it lacks a field that nobody can guess.

    >>> claim = {"kind": "metric", "subject": "快手", "metric": "gmv", "value": 5, "evidence": [[0, 9]]}
    >>> completed_claim(claim)["measure"]
    'level'
    >>> completed_claim({"kind": "statement", "speaker": "快手", "evidence": [[0, 9]]})
    Traceback (most recent call last):
    ...
    ecomlink_nlp.errors.FormatError: a statement without quote; write it like {"speaker": "快手", "quote": [12, 40]}
    """
    kind = claim.get("kind")
    if kind not in _NEEDED:
        raise FormatError(f"a claim of the kind {kind!r}; the kinds are {', '.join(_NEEDED)}")
    usual = {"polarity": "affirmed", "status": "actual"} | ({"measure": "level"} if kind == "metric" else {})
    lacking = [field for field in (*_NEEDED[kind], "evidence") if not claim.get(field)]
    if kind == "metric" and claim.get("value") is None and claim.get("low") is None:
        lacking.append("value")
    if lacking:
        raise FormatError(
            f"a{'n' * (kind == 'event')} {kind} without {', '.join(lacking)}; write it like {_WRITTEN[kind]}"
        )
    return usual | claim


def ordered(gold: Gold) -> Gold:
    """Return the gold as gold files have it: every layer in the order of the text, a claim's kind first."""
    layers = {layer: sorted(gold[layer], key=lambda item: (item["start"], item["end"])) for layer in _LAYERS}
    claims = [{key: claim[key] for key in _CLAIM_KEYS if key in claim} | claim for claim in gold["claims"]]
    return gold | layers | {"claims": claims}


def write_gold(documents: Iterable[tuple[Gold, str]], directory: Path) -> int:
    """Write each document as a gold file beside its text; return how many.

    Raises `FormatError` where a file is there already: corrected work is never overwritten.
    """
    directory.mkdir(parents=True, exist_ok=True)
    count = 0
    for gold, raw in documents:
        name = Path(gold["doc"]).name
        text, path = directory / name, directory / (Path(name).stem + ".json")
        if not name or text == path or text.exists() or path.exists():
            raise FormatError(
                f"{path}: is there already, or the document has no usable name. Take an empty directory."
            )
        text.write_text(raw, "utf-8", newline="")
        path.write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="")
        count += 1
    return count


def _number(value: float) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else repr(value)


def _parsed(digits: str) -> int | float:
    number = float(digits)
    if number != number or number in (float("inf"), float("-inf")):
        raise ValueError(digits)
    return int(digits) if digits.strip().lstrip("+-").isdecimal() else number


def _one_line(words: str) -> str:
    return words.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")


def _lines(form: str) -> str:
    pieces = form.split("\\\\")
    return "\\".join(p.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t") for p in pieces)
