"""Gold files: loading them with their documents, and checking them against the annotation guide."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from ecomlink_nlp.errors import GoldError
from ecomlink_nlp.record.models import (
    EntityType,
    Measure,
    Predicate,
    RepairKind,
    TimeMod,
    TimeType,
    ValueMod,
    ValueType,
)
from ecomlink_nlp.text.edits import CONVERSIONS

_LAYERS = {
    "repairs": ("kind", frozenset(get_args(RepairKind)) - CONVERSIONS),
    "entities": ("type", frozenset(get_args(EntityType))),
    "values": ("type", frozenset(get_args(ValueType))),
    "times": ("type", frozenset(get_args(TimeType))),
}
_MODS = {"values": {None, *get_args(ValueMod)}, "times": {None, *get_args(TimeMod)}}
_CLAIM_FIELDS = {
    "polarity": {"affirmed", "negated"},
    "status": {"actual", "planned", "possible"},
    "kind": {"event", "metric", "statement"},
}


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document with its annotations: ``raw`` is the text that the offsets in ``annotations`` refer to."""

    name: str
    raw: str
    annotations: dict[str, Any]

    @property
    def date(self) -> str | None:
        """The document's date as annotated."""
        date = self.annotations.get("date")
        return str(date) if date else None


def load_gold(
    directory: Path, texts: Path | None = None, predicates: Sequence[str] = ()
) -> list[GoldDocument]:
    """Load every gold file (``*.json``) of a directory with its text, in order of their names.

    The text, named by the file's ``doc``, is looked for in ``texts``; without it beside the gold file, then one
    directory above. ``predicates`` are those of a user's own frames, which events may have beside the guide's. Raises
    `GoldError`, naming file and place, when one is missing or breaks the guide.
    """
    paths = sorted(directory.glob("*.json"))
    if not paths:
        raise GoldError(f"{directory}: no gold files (*.json) there. Name the directory that holds them.")
    return [_load(path, texts, predicates) for path in paths]


def _load(path: Path, texts: Path | None, predicates: Sequence[str]) -> GoldDocument:
    try:
        annotations = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise GoldError(f"{path}: cannot be read as JSON: {error}. Mend or remove the file.") from error
    if not isinstance(annotations, dict) or not isinstance(annotations.get("doc"), str):
        raise GoldError(f"{path}: no gold file: it has no `doc`, the name of its text. Mend or remove it.")
    name = annotations["doc"]
    if Path(name).name != name:
        raise GoldError(f"{path}: `doc` must be a file name without a directory, not {name!r}.")
    places = [texts] if texts else [path.parent, path.parent.parent]
    text_path = next((place / name for place in places if (place / name).is_file()), None)
    if text_path is None:
        searched = " or ".join(str(place) for place in places)
        raise GoldError(f"{path}: its text {name} is not in {searched}. Name its directory with --texts.")
    try:
        raw = text_path.read_bytes().decode("utf-8")
        found = list(gold_problems(annotations, raw, predicates))
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{text_path}: cannot be read as UTF-8: {error}.") from error
    except (KeyError, TypeError, ValueError) as error:
        raise GoldError(
            f"{path}: an annotation lacks a field or has one of a wrong type: {error!r}."
        ) from error
    if found:
        more = f" (and {len(found) - 1} more)" if found[1:] else ""
        raise GoldError(f"{path}: {found[0]}{more}. Mend the gold file by the annotation guide.")
    return GoldDocument(name, raw, annotations)


def gold_problems(gold: dict[str, Any], raw: str, predicates: Sequence[str] = ()) -> Iterator[str]:
    """Yield one line for each breach of the annotation guide; ``predicates`` are allowed beside its own.

    >>> gold = {"date": None, "repairs": [], "entities": [], "values": [], "times": [], "claims": [
    ...     {"kind": "event", "polarity": "affirmed", "status": "actual", "evidence": [[0, 2]],
    ...      "predicate": "marry", "subject": None, "objects": ["快手"]}]}
    >>> list(gold_problems(gold, "快手"))
    ["claim 0: unknown predicate 'marry'; one of your own needs its file (--frames)"]
    """
    for layer, (key, allowed) in _LAYERS.items():
        previous_end = 0
        for item in gold[layer]:
            start, end = item["start"], item["end"]
            where = f"{layer} {start}-{end} {item['text']!r}"
            if raw[start:end] != item["text"] or not item["text"]:
                yield f"{where}: the text there is {raw[start:end]!r}"
            if item[key] not in allowed:
                yield f"{where}: unknown {key} {item[key]!r}"
            if start < previous_end:
                yield f"{where}: overlaps the item before it, or is out of order"
            previous_end = end
            if layer in _MODS and item.get("mod") not in _MODS[layer]:
                yield f"{where}: unknown mod {item['mod']!r}"
            yield from (f"{where}: {lack}" for lack in _lacks(layer, item))
    for number, claim in enumerate(gold["claims"]):
        yield from (f"claim {number}: {problem}" for problem in _claim_problems(claim, len(raw), predicates))


def _lacks(layer: str, item: dict[str, Any]) -> Iterator[str]:
    if layer == "entities" and not item.get("name"):
        yield "no name"
    if layer == "values" and not _has_quantity(item):
        yield "neither a value nor a range"
    if layer == "times" and not item.get("timex"):
        yield "no timex"


def _has_quantity(item: dict[str, Any]) -> bool:
    return item.get("value") is not None or bool(item.get("low") and item.get("high"))


def _claim_problems(claim: dict[str, Any], length: int, predicates: Sequence[str]) -> Iterator[str]:
    for key, allowed in _CLAIM_FIELDS.items():
        if claim.get(key) not in allowed:
            yield f"unknown {key} {claim.get(key)!r}"
    if not claim.get("evidence"):
        yield "no evidence"
    for start, end in claim.get("evidence", []):
        if not 0 <= start < end <= length:
            yield f"evidence {start}-{end} is outside the document"
    match claim.get("kind"):
        case "event":
            if claim.get("predicate") not in (*get_args(Predicate), *predicates):
                yield f"unknown predicate {claim.get('predicate')!r}; one of your own needs its file (--frames)"
            if "subject" not in claim or not claim.get("objects"):
                yield "an event needs a subject (or null) and objects"
        case "metric":
            if claim.get("measure") not in get_args(Measure):
                yield f"unknown measure {claim.get('measure')!r}"
            if not claim.get("subject") or not claim.get("metric"):
                yield "a metric needs a subject and a metric"
            if not _has_quantity(claim):
                yield "neither a value nor a range"
        case "statement":
            start, end = claim.get("quote") or (0, 0)
            if not claim.get("speaker") or not 0 <= start < end <= length:
                yield "a statement needs a speaker and a quote"
