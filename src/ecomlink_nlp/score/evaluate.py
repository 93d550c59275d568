"""Scores of records against gold: per layer, per document and in total, with what is missed and what is extra."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ecomlink_nlp.score.gold import GoldDocument
from ecomlink_nlp.score.layers import LAYERS, Item, Names, ScoredLayer, known_names
from ecomlink_nlp.score.matching import Counts, match_pairs


@dataclass(frozen=True, slots=True)
class LayerScore:
    """The counts of one layer of one document, and the items that found no partner."""

    counts: Counts
    missed: list[Item] = field(default_factory=list)
    extra: list[Item] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """All layers' scores of one document; ``raw`` is its text, for showing the misses."""

    doc: str
    raw: str
    layers: dict[str, LayerScore]


def score_record(gold: GoldDocument, predicted: Item, layers: Sequence[str] = tuple(LAYERS)) -> DocumentScore:
    """Score one record, a mapping in the form of the gold file, against the gold of its document.

    >>> gold = {"doc": "a", "date": None, "repairs": [], "values": [], "times": [], "claims": [], "entities": [
    ...     {"start": 0, "end": 2, "text": "抖音", "type": "PLATFORM", "name": "抖音"}]}
    >>> score = score_record(GoldDocument("a", "抖音说", gold), {**gold, "entities": []}, ["entities"])
    >>> score.layers["entities"].counts, score.layers["entities"].missed[0]["name"]
    (Counts(gold=1, predicted=0, matched=0), '抖音')
    """
    known = known_names(gold.annotations)
    scores = {name: score_layer(LAYERS[name], gold.annotations, predicted, known) for name in layers}
    return DocumentScore(gold.name, gold.raw, scores)


def score_layer(layer: ScoredLayer, gold: Item, predicted: Item, known: Names) -> LayerScore:
    """Match one layer's items of two records one to one; ``known`` holds the names that must be met exactly."""
    gold_items, predicted_items = layer.items(gold), layer.items(predicted)
    pairs = match_pairs(gold_items, predicted_items, lambda g, p: layer.same(g, p, known))
    matched_gold, matched_predicted = {i for i, _ in pairs}, {j for _, j in pairs}
    return LayerScore(
        Counts(len(gold_items), len(predicted_items), len(pairs)),
        [item for i, item in enumerate(gold_items) if i not in matched_gold],
        [item for j, item in enumerate(predicted_items) if j not in matched_predicted],
    )


def evaluate(
    golds: Iterable[GoldDocument],
    predict: Callable[[GoldDocument], Item],
    layers: Sequence[str] = tuple(LAYERS),
) -> list[DocumentScore]:
    """Score what ``predict`` gives for each gold document."""
    return [score_record(gold, predict(gold), layers) for gold in golds]


def totals(scores: Iterable[DocumentScore]) -> dict[str, Counts]:
    """Return the micro totals per layer: counts added up over the documents."""
    result: dict[str, Counts] = {}
    for score in scores:
        for name, layer in score.layers.items():
            result[name] = result.get(name, Counts(0, 0, 0)) + layer.counts
    return result


def scores_as_json(scores: Sequence[DocumentScore], misses: bool = False) -> dict[str, Any]:
    """Return scores as plain data: ``total`` and ``documents``, each layer with its counts and ratios."""
    return {
        "total": {name: _ratios(counts) for name, counts in totals(scores).items()},
        "documents": {
            score.doc: {
                name: {
                    **_ratios(layer.counts),
                    **({"missed": layer.missed, "extra": layer.extra} if misses else {}),
                }
                for name, layer in score.layers.items()
            }
            for score in scores
        },
    }


def _ratios(counts: Counts) -> dict[str, float]:
    return {
        "gold": counts.gold,
        "predicted": counts.predicted,
        "matched": counts.matched,
        "precision": round(counts.precision, 4),
        "recall": round(counts.recall, 4),
        "f1": round(counts.f1, 4),
    }


def describe(item: Item, raw: str) -> str:
    """Return one readable line for an item of any layer, with its words in the original.

    >>> describe({"start": 0, "end": 2, "text": "阿里", "type": "ORG", "name": "阿里巴巴"}, "阿里说")
    '0-2 「阿里」 ORG 阿里巴巴'
    """
    if "date" in item and "start" not in item:
        return str(item["date"])
    if "start" in item:
        hidden = {"start", "end", "text", "norm_start", "norm_end", "rule", "score", "id", "interval"}
        shown = " ".join(_shown(key, value) for key, value in item.items() if key not in hidden)
        return f"{item['start']}-{item['end']} 「{item['text']}」 {shown}".rstrip()
    words = raw[slice(*item["evidence"][0])] if item["evidence"] else ""
    return f"{_claim_line(item, raw)}  ⟵ {_shortened(words)}"


def _shown(key: str, value: Any) -> str:
    if key == "clean":
        return f"→ {value!r}"
    return "" if value is None else str(value)


def _claim_line(claim: Mapping[str, Any], raw: str) -> str:
    polarity = "not " if claim["polarity"] == "negated" else ""
    when = f" @{claim['time']}" if claim.get("time") else ""
    alternatives = "".join(f" (or {a})" for a in claim.get("time_alt", ()))
    match claim["kind"]:
        case "event":
            said = f"{polarity}{claim['predicate']}({claim['subject']} → {claim['object']})"
        case "metric":
            value = claim.get("value")
            figure = f"{claim.get('low')}…{claim.get('high')}" if value is None else str(value)
            names = " ".join((claim["metric"], *claim.get("metric_alt", ())))
            said = f"{polarity}{claim['subject']} {names} {claim['measure']} = {figure} {claim.get('unit') or ''}"
        case _:
            said = f"{claim['speaker']}: 「{_shortened(raw[slice(*claim['quote'])])}」"
    return f"{said.rstrip()}{when}{alternatives}"


def _shortened(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 80 else words[:60] + "…" + words[-19:]
