"""The layers that are scored: which items a record gives for each, and when two of them are the same.

The rules are those of the annotation guide. Records and gold files are plain mappings here, so that the
JSON files of any other extractor can be scored too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ecomlink_nlp.resources import read_tsv
from ecomlink_nlp.score.matching import QUOTE_IOU, overlap_ratio, same_name, same_number
from ecomlink_nlp.text.edits import CONVERSIONS

Item = Mapping[str, Any]
Names = frozenset[str]


@cache
def listed_metrics() -> Names:
    """Return the metric names of the guide; a gold metric of another name is matched without comparing it.

    >>> "gmv" in listed_metrics()
    True
    """
    return frozenset(row["id"] for row in read_tsv("scored_metrics.tsv", ("id",)))


@dataclass(frozen=True, slots=True)
class ScoredLayer:
    """A layer: ``items`` takes them from a record, ``same(gold, predicted, known names)`` compares two."""

    name: str
    title: str
    items: Callable[[Item], list[Item]]
    same: Callable[[Item, Item, Names], bool]


def known_names(record: Item) -> Names:
    """Return the canonical names of a record's entities."""
    return frozenset(entity["name"] for entity in record["entities"])


def _date(record: Item) -> list[Item]:
    return [{"date": record["date"]}] if record.get("date") else []


def _repairs(record: Item) -> list[Item]:
    return [r for r in record["repairs"] if r["kind"] != "pinyin" and r["kind"] not in CONVERSIONS]


def _pinyin(record: Item) -> list[Item]:
    return [r for r in record["repairs"] if r["kind"] == "pinyin"]


def _listed(layer: str) -> Callable[[Item], list[Item]]:
    return lambda record: list(record[layer])


def _claims(kind: str) -> Callable[[Item], list[Item]]:
    return lambda record: [claim for claim in record["claims"] if claim["kind"] == kind]


def event_triples(record: Item) -> list[Item]:
    """Return the events of a record, one an object: claims with ``object`` in place of ``objects``."""
    return [{**claim, "object": name} for claim in _claims("event")(record) for name in claim["objects"]]


def _same_span(gold: Item, predicted: Item) -> bool:
    return bool(gold["start"] == predicted["start"] and gold["end"] == predicted["end"])


def _overlaps(gold: Item, predicted: Item) -> bool:
    return bool(gold["start"] < predicted["end"] and predicted["start"] < gold["end"])


def _equal(*keys: str) -> Callable[[Item, Item], bool]:
    return lambda gold, predicted: all(gold.get(key) == predicted.get(key) for key in keys)


_same_date = _equal("date")
_same_repair = _equal("start", "end", "clean", "kind")
_same_entity_name = _equal("name")
_same_entity_type = _equal("type")
_same_time = _equal("start", "end", "timex", "mod")


def _same_quantity(gold: Item, predicted: Item) -> bool:
    return gold.get("unit") == predicted.get("unit") and all(
        same_number(gold.get(key), predicted.get(key)) for key in ("value", "low", "high")
    )


def _same_value(gold: Item, predicted: Item, _: Names) -> bool:
    return (
        _same_span(gold, predicted)
        and gold.get("mod") == predicted.get("mod")
        and _same_quantity(gold, predicted)
    )


def _accepts(gold: Item, key: str, predicted: Item) -> bool:
    """Tell whether the prediction's field is the gold's or one of its alternatives."""
    return predicted.get(key) == gold.get(key) or predicted.get(key) in gold.get(f"{key}_alt", ())


def _same_event(gold: Item, predicted: Item, known: Names) -> bool:
    if not _EVENT_KIND(gold, predicted):
        return False
    subject, target = predicted["subject"], predicted["object"]
    if same_name(gold["subject"], subject, known) and same_name(gold["object"], target, known):
        return True
    return (
        gold["predicate"] == "partner"
        and same_name(gold["subject"], target, known)
        and same_name(gold["object"], subject, known)
    )


_EVENT_KIND = _equal("predicate", "polarity")


def _same_metric(gold: Item, predicted: Item, known: Names) -> bool:
    return (
        _same_quantity(gold, predicted)
        and _accepts(gold, "measure", predicted)
        and (gold["metric"] not in listed_metrics() or _accepts(gold, "metric", predicted))
        and same_name(gold["subject"], predicted["subject"], known)
    )


def _same_statement(gold: Item, predicted: Item, known: Names) -> bool:
    return (
        same_name(gold["speaker"], predicted["speaker"], known)
        and overlap_ratio(gold["quote"], predicted["quote"]) >= QUOTE_IOU
    )


def _with_time(same: Callable[[Item, Item, Names], bool]) -> Callable[[Item, Item, Names], bool]:
    return lambda gold, predicted, known: _accepts(gold, "time", predicted) and same(gold, predicted, known)


LAYERS: dict[str, ScoredLayer] = {
    layer.name: layer
    for layer in (
        ScoredLayer("date", "document date", _date, lambda g, p, _: _same_date(g, p)),
        ScoredLayer("repairs", "repairs (without readings)", _repairs, lambda g, p, _: _same_repair(g, p)),
        ScoredLayer("pinyin", "inserted readings", _pinyin, lambda g, p, _: _same_repair(g, p)),
        ScoredLayer(
            "entities",
            "entities: span + name",
            _listed("entities"),
            lambda g, p, _: _same_span(g, p) and _same_entity_name(g, p),
        ),
        ScoredLayer(
            "entities_overlap_name",
            "entities: overlap + name",
            _listed("entities"),
            lambda g, p, _: _overlaps(g, p) and _same_entity_name(g, p),
        ),
        ScoredLayer(
            "entities_overlap_type",
            "entities: overlap + type",
            _listed("entities"),
            lambda g, p, _: _overlaps(g, p) and _same_entity_type(g, p),
        ),
        ScoredLayer("values", "values", _listed("values"), _same_value),
        ScoredLayer("times", "times", _listed("times"), lambda g, p, _: _same_time(g, p)),
        ScoredLayer("events", "events", event_triples, _same_event),
        ScoredLayer("events_time", "events with time", event_triples, _with_time(_same_event)),
        ScoredLayer("metrics", "metrics", _claims("metric"), _same_metric),
        ScoredLayer("metrics_time", "metrics with time", _claims("metric"), _with_time(_same_metric)),
        ScoredLayer("statements", "statements", _claims("statement"), _same_statement),
    )
}
"""All scored layers by name, in reading order."""
