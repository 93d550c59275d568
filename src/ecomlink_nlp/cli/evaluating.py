"""``ecomlink evaluate``: scores against gold, and the agreement of the two parallel articles."""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ecomlink_nlp.cli.output import Messages
from ecomlink_nlp.errors import GoldError
from ecomlink_nlp.own_rules import OwnRules
from ecomlink_nlp.record.build import build_record
from ecomlink_nlp.record.table import shortened, visible
from ecomlink_nlp.record.writers import parse_documents
from ecomlink_nlp.score.evaluate import DocumentScore, LayerScore, describe, evaluate, scores_as_json, totals
from ecomlink_nlp.score.gold import GoldDocument, load_gold
from ecomlink_nlp.score.layers import LAYERS, Item
from ecomlink_nlp.score.matching import Counts
from ecomlink_nlp.score.parallel import Agreement, agreement, load_beads, parallel_documents

_WIDTH_IN_A_PIPE = 160


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be scored, and how it is shown."""

    gold: Sequence[Path] | None
    texts: Path | None
    predictions: Path | None
    date_mode: str
    layers: Sequence[str] | None
    misses: bool
    as_json: bool
    own: OwnRules
    """The user's files; predicates of their frames may stand in the gold."""


def evaluate_request(request: Request, parallel: bool, messages: Messages) -> None:
    """Load, predict, score and print."""
    layers = tuple(request.layers or LAYERS)
    if unknown := [name for name in layers if name not in LAYERS]:
        raise GoldError(f"--layers: {', '.join(unknown)} is no layer. Take some of {', '.join(LAYERS)}.")
    directories = request.gold or [default_gold()]
    predicates = [frame.predicate for frame in request.own.own_frames()]
    golds = [gold for directory in directories for gold in load_gold(directory, request.texts, predicates)]
    predict = (
        _stored(request.predictions) if request.predictions else _pipeline(request.date_mode, request.own)
    )
    if parallel:
        _print_parallel(request, golds, predict, directories[0] / "parallel.jsonl")
        return
    started = time.perf_counter()
    scores = evaluate(golds, predict, layers)
    seconds = time.perf_counter() - started
    if request.as_json:
        _print_json({"date": request.date_mode, **scores_as_json(scores, request.misses)})
        return
    source = str(request.predictions) if request.predictions else f"the pipeline, date {request.date_mode}"
    if files := [file.origin for file in request.own.files() if not request.predictions]:
        source += f", with {', '.join(files)}"
    size = sum(len(gold.raw) for gold in golds)
    console = _console()
    documents = f"{len(golds)} document{'s' * (len(golds) != 1)}"
    console.print(f"{documents}, {size} characters, predicted by {source}", highlight=False)
    console.print(totals_table(totals(scores)))
    for columns in _columns_that_fit(layers, console.width):
        console.print(documents_table(scores, columns))
    if request.misses:
        print_misses(scores)
    if not request.predictions:
        messages.note(f"{seconds:.2f} s, resources included")


def default_gold() -> Path:
    """Return the gold directory of the checkout: below the working directory, or that the package runs from."""
    for root in (Path.cwd(), Path(__file__).parents[3]):
        if (root / "seeds" / "gold").is_dir():
            return root / "seeds" / "gold"
    raise GoldError(
        "seeds/gold: not here, and the package does not run from a checkout. Name gold with --gold."
    )


def _pipeline(date_mode: str, own: OwnRules) -> Callable[[GoldDocument], Item]:
    pipeline = own.pipeline()

    def predict(gold: GoldDocument) -> Item:
        date = gold.date if date_mode == "given" else None
        return build_record(pipeline.annotate(gold.raw, name=gold.name, date=date)).model_dump()

    return predict


def _stored(path: Path) -> Callable[[GoldDocument], Item]:
    """Records from a JSON or JSONL file, or from all ``*.json`` of a directory, found by their ``doc``."""
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    records: dict[str, Item] = {}
    for file in files:
        try:
            records |= {document["doc"]: document for document in parse_documents(file.read_text("utf-8"))}
        except (OSError, ValueError, KeyError) as error:
            raise GoldError(
                f"{file}: holds no document records: {error!r}. Mend or remove the file."
            ) from error

    def predict(gold: GoldDocument) -> Item:
        if gold.name not in records:
            raise GoldError(f"{path}: no record of {gold.name}. Extract it with --emit document.")
        return records[gold.name]

    return predict


def _console() -> Console:
    return Console(file=sys.stdout, width=None if sys.stdout.isatty() else _WIDTH_IN_A_PIPE, highlight=False)


def _print_json(data: dict[str, Any]) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=1))


def totals_table(counts: dict[str, Counts]) -> Table:
    """Return the micro totals: precision, recall and F1 in percent, and the counts behind them."""
    table = Table(box=None, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("layer")
    for column in ("precision", "recall", "F1", "gold", "predicted", "matched"):
        table.add_column(column, justify="right")
    for name, count in counts.items():
        title = LAYERS[name].title if name in LAYERS else name
        ratios = (_percent(ratio) for ratio in (count.precision, count.recall, count.f1))
        table.add_row(title, *ratios, str(count.gold), str(count.predicted), str(count.matched))
    return table


_NAME = 24
"""Characters of a document's name that a table shows."""


def documents_table(scores: Iterable[DocumentScore], layers: Sequence[str]) -> Table:
    """Return F1 in percent per document and layer; a dash where there is nothing to find and nothing found."""
    table = Table(box=None, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0), title="F1 per document")
    table.title_justify = "left"
    table.add_column("document", no_wrap=True)
    for name in layers:
        table.add_column(name.replace("_", "\n"), justify="right")
    for score in scores:
        counts = (score.layers[name].counts for name in layers)
        cells = (_percent(count.f1) if count.gold or count.predicted else "–" for count in counts)
        table.add_row(Text(shortened(score.doc, _NAME)), *cells)
    return table


def _columns_that_fit(layers: Sequence[str], width: int) -> Iterator[list[str]]:
    """Yield the layers in groups whose columns fit beside the documents' names."""
    group: list[str] = []
    left = width - _NAME - 2
    for name in layers:
        needed = max(len("100.0"), *map(len, name.split("_"))) + 2
        if group and needed > left:
            yield group
            group, left = [], width - _NAME - 2
        group.append(name)
        left -= needed
    yield group


def _percent(ratio: float) -> str:
    return f"{100 * ratio:.1f}"


def print_misses(scores: Iterable[DocumentScore]) -> None:
    """Print what is missed (-) and what is extra (+), per document and layer, as plain lines."""
    for score in scores:
        for name, layer in score.layers.items():
            if layer.missed or layer.extra:
                print(
                    f"\n{score.doc} · {LAYERS[name].title}: {len(layer.missed)} missed, {len(layer.extra)} extra"
                )
            for sign, items in (("-", layer.missed), ("+", layer.extra)):
                for item in items:
                    print(f"  {sign} {visible(describe(item, score.raw))}")


def _print_parallel(
    request: Request, golds: list[GoldDocument], predict: Callable[[GoldDocument], Item], beads_path: Path
) -> None:
    beads = load_beads(beads_path)
    translated, original = parallel_documents(golds)
    ours = agreement(predict(translated), predict(original), beads)
    ceiling = agreement(translated.annotations, original.annotations, beads)
    if request.as_json:
        _print_json({"agreement": _agreement_json(ours), "gold_against_gold": _agreement_json(ceiling)})
        return
    console = _console()
    console.print(f"{translated.name} (machine-translated) against {original.name} (its original)")
    table = Table(box=None, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0))
    for column in ("claims", "agreement F1", "original", "translated", "agreed", "gold against gold"):
        table.add_column(column, justify="left" if column == "claims" else "right")
    limits = _agreement_counts(ceiling)
    for name, counts in _agreement_counts(ours).items():
        numbers = (str(n) for n in (counts.gold, counts.predicted, counts.matched))
        table.add_row(name, _percent(counts.f1), *numbers, _percent(limits[name].f1))
    console.print(table)
    if request.misses:
        print_misses([DocumentScore("original alone", original.raw, _only(ours, "missed"))])
        print_misses([DocumentScore("translated alone", translated.raw, _only(ours, "extra"))])


def _only(result: Agreement, side: Literal["missed", "extra"]) -> dict[str, LayerScore]:
    if side == "missed":
        return {name: replace(score, extra=[]) for name, score in result.layers.items()}
    return {name: replace(score, missed=[]) for name, score in result.layers.items()}


def _agreement_counts(result: Agreement) -> dict[str, Counts]:
    return {"all claims": result.claims, **{name: score.counts for name, score in result.layers.items()}}


def _agreement_json(result: Agreement) -> dict[str, Any]:
    return {
        name: {"f1": round(c.f1, 4), "original": c.gold, "translated": c.predicted, "agreed": c.matched}
        for name, c in _agreement_counts(result).items()
    }
