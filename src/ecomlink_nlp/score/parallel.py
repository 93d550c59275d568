"""The parallel test: what survives the damage.

One article is there twice: machine-translated and back, and as its original. Claims of the one are matched with
claims of the other by the rules for gold; the agreement is the F1 of that matching, which needs no gold.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ecomlink_nlp.errors import GoldError
from ecomlink_nlp.score.evaluate import LayerScore, score_layer
from ecomlink_nlp.score.gold import GoldDocument
from ecomlink_nlp.score.layers import LAYERS, Item, Names, known_names
from ecomlink_nlp.score.matching import QUOTE_IOU, Counts, overlap_ratio, same_name

PARALLEL_LAYERS = ("events", "events_time", "metrics", "metrics_time", "statements")
_ALL = ("events", "metrics", "statements")


@dataclass(frozen=True, slots=True)
class Bead:
    """A passage of the translated text and the passage of the original that it renders, as raw offsets."""

    translated: tuple[int, int]
    original: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Scores per layer; ``missed`` are claims of the original alone, ``extra`` of the translation alone."""

    layers: dict[str, LayerScore]

    @property
    def claims(self) -> Counts:
        """Event triples, metrics and statements together."""
        return sum((self.layers[name].counts for name in _ALL), Counts(0, 0, 0))


def load_beads(path: Path) -> list[Bead]:
    """Load the sentence alignment: JSONL with ``mt_start``, ``mt_end``, ``orig_start`` and ``orig_end``."""
    try:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        return [Bead((row["mt_start"], row["mt_end"]), (row["orig_start"], row["orig_end"])) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GoldError(f"{path}: no sentence alignment: {error!r}. Check the path and its lines.") from error


def parallel_documents(golds: Sequence[GoldDocument]) -> tuple[GoldDocument, GoldDocument]:
    """Return the translated article (named ``000_…``) and its original (``001_…``)."""
    found = [next((gold for gold in golds if gold.name.startswith(p)), None) for p in ("000_", "001_")]
    if found[0] is None or found[1] is None:
        raise GoldError("the parallel test needs the seeds 000_… and 001_…. Name seeds/gold with --gold.")
    return found[0], found[1]


def agreement(translated: Item, original: Item, beads: Sequence[Bead]) -> Agreement:
    """Match the claims of a translated document's record with those of its original's.

    Names that are an entity's in either record must be equal. Quotes stand in different texts: they are compared by
    the aligned passages that they touch, again by intersection over union.

    >>> claim = {"kind": "statement", "speaker": "快手", "quote": (2, 9)}
    >>> empty = {"entities": [], "claims": []}
    >>> same = agreement({**empty, "claims": [claim]}, {**empty, "claims": [{**claim, "quote": (1, 5)}]},
    ...                  [Bead((0, 10), (0, 6))])
    >>> same.claims.f1
    1.0
    """
    known = known_names(translated) | known_names(original)
    left = _with_passages(original, [bead.original for bead in beads])
    right = _with_passages(translated, [bead.translated for bead in beads])
    layers = {name: LAYERS[name] for name in PARALLEL_LAYERS}
    layers["statements"] = replace(layers["statements"], same=_same_statement)
    return Agreement({name: score_layer(layer, left, right, known) for name, layer in layers.items()})


def _same_statement(original: Item, translated: Item, known: Names) -> bool:
    return (
        same_name(original["speaker"], translated["speaker"], known)
        and overlap_ratio(original["passages"], translated["passages"]) >= QUOTE_IOU
    )


def _with_passages(record: Item, passages: Sequence[tuple[int, int]]) -> Item:
    """Add to each statement the range of the numbers of the passages that its quote touches."""
    return {
        **record,
        "claims": [
            {**claim, "passages": _touched(claim["quote"], passages)} if "quote" in claim else claim
            for claim in record["claims"]
        ],
    }


def _touched(quote: Sequence[int], passages: Sequence[tuple[int, int]]) -> tuple[int, int]:
    numbers = [n for n, (start, end) in enumerate(passages) if start < quote[1] and end > quote[0]]
    return (numbers[0], numbers[-1] + 1) if numbers else (0, 0)
